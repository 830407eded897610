"""Many exhibits at once: one offer for all, and one acknowledgement of what arrived.

Each exhibit has its own event in its own chain; one transaction holds them, all or none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.errors import DomainError, RuleBroken
from casework.models import User
from evidence import custody
from evidence.links import Details, hold_all
from evidence.models import CustodyEvent, Exhibit

MOST = 200


@dataclass(frozen=True)
class Problem:
    """Why one exhibit of a batch cannot go with the others."""

    exhibit: Exhibit
    why: str
    field: str = ""


class BatchRefused(RuleBroken):
    """Nothing was written; `problems` names each exhibit at fault."""

    code = "batch-refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        told = ngettext(
            "One exhibit cannot go with the others; nothing was recorded.",
            "%(n)s exhibits cannot go with the others; nothing was recorded.",
            len(problems),
        )
        super().__init__(told % {"n": len(problems)})


@dataclass(frozen=True)
class Arrival:
    """What the receiver read on one exhibit, and how a difference is explained."""

    offer: CustodyEvent
    reading: Details
    discrepancy: str = ""


@transaction.atomic
def offer_all(
    exhibits: Sequence[Exhibit], *, to: User, actor: User, **details: Unpack[Details]
) -> list[CustodyEvent]:
    """Offer all of them to one person. Raises BatchRefused with everything that is in the way."""
    if not exhibits:
        raise RuleBroken(_("Choose at least one exhibit."), field="codes")
    if len(exhibits) > MOST:
        told = _("At most %(n)s at once. Hand them over in parts.")
        raise RuleBroken(told % {"n": MOST}, field="codes")

    def one(exhibit: Exhibit) -> CustodyEvent:
        own: Details = {**details}
        return custody.offer(exhibit, to=to, actor=actor, **own)

    ordered = sorted(exhibits, key=lambda exhibit: exhibit.pk)  # as they were registered
    return _all_or_none([(exhibit, lambda e=exhibit: one(e)) for exhibit in ordered])  # type: ignore[misc]  # bound


@transaction.atomic
def acknowledge_all(arrivals: Iterable[Arrival], *, actor: User) -> list[CustodyEvent]:
    """Take what arrived. What is not named stays offered. BatchRefused names what is in the way."""

    def one(arrival: Arrival) -> CustodyEvent:
        told = arrival.discrepancy
        return custody.acknowledge(arrival.offer, actor=actor, discrepancy=told, **arrival.reading)

    ordered = sorted(arrivals, key=lambda arrival: arrival.offer.exhibit_id)
    if not ordered:
        raise RuleBroken(_("Nothing is ticked. Scan or tick what arrived."))
    return _all_or_none([(a.offer.exhibit, lambda a=a: one(a)) for a in ordered])  # type: ignore[misc]  # bound


def _all_or_none(
    acts: Sequence[tuple[Exhibit, Callable[[], CustodyEvent]]],
) -> list[CustodyEvent]:
    events, problems = [], []
    hold_all(exhibit for exhibit, _act in acts)
    for exhibit, act in acts:
        try:
            with transaction.atomic():
                events.append(act())
        except DomainError as refused:
            problems.append(Problem(exhibit, str(refused.message), refused.field or ""))
        except Http404:
            problems.append(Problem(exhibit, _("You may not handle this exhibit any more.")))
    if problems:
        raise BatchRefused(problems)
    return events


def offers_to(user: User) -> QuerySet[CustodyEvent]:
    """What waits for this person, in the order in which it was offered."""
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).awaiting_acknowledgement()
    mine = rows.filter(to_user=user)
    return mine.select_related("exhibit__case", "from_user").order_by("recorded_at", "pk")

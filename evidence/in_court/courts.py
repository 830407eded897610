"""How the courts stand on cases: what is open, and when the last decision can be appealed no more.

`by` reads a past day: what a court did later must not keep what happened out of the record.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from casework.models import Charge, Outcome, Proceeding
from evidence.in_court import windows


@dataclass(frozen=True)
class Standing:
    """One case before the courts."""

    has_proceedings: bool = False
    is_uncharged: bool = False  # a trial is open in which nobody is charged with anything yet
    is_undecided: bool = False
    awaits_retrial: bool = False
    has_appeal: bool = False  # lodged and not decided
    decided: tuple[tuple[date, str], ...] = field(default=())  # decisions that stand, and appeals
    country: str = "KE"

    @property
    def is_open(self) -> bool:
        return self.is_undecided or self.awaits_retrial or self.has_appeal

    def free_from(self) -> date | None:
        """The first day after every time to appeal; None where nothing was decided."""
        days = {windows.free_from(day, decision, self.country) for day, decision in self.decided}
        return max(days, default=None)


def standings(cases: Collection[int], by: date | None = None) -> dict[int, Standing]:
    """In four queries, however many cases."""
    day = by or date.max
    proceedings = Proceeding.objects.filter(case__in=cases, opened_on__lte=day)
    charged = Charge.objects.filter(
        Q(count__charge_sheet__proceeding=OuterRef("pk")) | Q(tried_in=OuterRef("pk"))
    )
    rows = list(
        proceedings.annotate(is_charged=Exists(charged))
        .order_by()
        .values_list("case", "kind", "is_charged", "case__agency__country")
    )
    charges = list(
        Charge.objects.filter(
            count__charge_sheet__proceeding__case__in=cases,
            count__charge_sheet__proceeding__opened_on__lte=day,
        )
        .order_by()
        .values_list("pk", "count__charge_sheet__proceeding__case")
    )
    case_of = dict(charges)
    last = _decisions(list(case_of), day)
    appeals = set(_pending_appeals(cases, day))
    found = {}
    for case in cases:
        own = [row for row in rows if row[0] == case]
        mine = [pk for pk, owner in charges if owner == case]
        found[case] = Standing(
            has_proceedings=bool(own),
            is_uncharged=any(
                kind == Proceeding.Kind.TRIAL and not is_charged for _c, kind, is_charged, _l in own
            ),
            is_undecided=any(pk not in last for pk in mine),
            awaits_retrial=any(
                pk in last and last[pk][1] == Outcome.Decision.RETRIAL for pk in mine
            ),
            has_appeal=case in appeals,
            decided=tuple(
                {last[pk] for pk in mine if pk in last}
                - {(on, kind) for on, kind in last.values() if kind in Outcome.NOT_COUNTED}
            ),
            country=own[0][3] if own else "KE",
        )
    return found


def _decisions(charges: list[int], day: date) -> dict[int, tuple[date, str]]:
    """Day and kind of the last decision on each charge that was made by that day.

    A correction takes the place of what it corrects, whatever the day it names.
    """
    rows = Outcome.objects.filter(charge__in=charges, decided_on__lte=day).exclude(
        superseded_by__is_correction=True
    )
    found = rows.order_by("decided_on", "pk").values_list("charge", "decided_on", "decision")
    return {charge: (on, decision) for charge, on, decision in found}


def _pending_appeals(cases: Collection[int], day: date) -> list[int]:
    """Cases with an appeal that has still to decide on a charge it is about."""
    rows = Proceeding.objects.filter(
        case__in=cases, kind=Proceeding.Kind.APPEAL, opened_on__lte=day
    )
    undecided = ~Exists(Outcome.objects.filter(proceeding=OuterRef("pk"), decided_on__lte=day))
    named = Charge.objects.filter(appeals=OuterRef("pk"))
    answered = Outcome.objects.filter(
        charge=OuterRef("pk"), proceeding=OuterRef(OuterRef("pk")), decided_on__lte=day
    )
    partly = Exists(named.filter(~Exists(answered)))
    return list(rows.filter(undecided | partly).order_by().values_list("case", flat=True))

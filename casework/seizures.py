"""Operations on seizures: recording one, which opens its case, and amending it.

Nothing dated in the future, no weight below zero, none without its scale or the word estimated.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, cases, clock, display, roles, seized_items, signals
from casework.errors import RuleBroken
from casework.holding import hold
from casework.models import Case, Code, ImportedRow, Port, RouteCountry, Seizure, User
from casework.seized_items import Found, check, save

__all__ = ["Found", "Stop", "add", "amend", "record"]

EARLIEST_YEAR = 1900


@dataclass(frozen=True)
class Stop:
    """A country on the route, with its share in percent where several origins are known."""

    role: str
    country: str
    percent: int | None = None


def date_fault(seized_at: datetime) -> StrOrPromise:
    """What is wrong with the moment of a seizure, or an empty text."""
    if seized_at.year < EARLIEST_YEAR:
        return _("Write the year with four digits.")
    now = clock.now()
    if seized_at <= now:
        return ""
    today = clock.today()
    names = {"today": display.day(today)}
    ahead = (timezone.localtime(seized_at).date() - today).days
    if ahead == 0:
        return _("This time has not come yet. It is %(now)s.") % {"now": display.clock(now)}
    if ahead == 1:
        return _("This is tomorrow. Today is %(today)s.") % names
    return _("This lies in the future. Today is %(today)s.") % names


@transaction.atomic
def record(
    *,
    actor: User,
    title: str,
    tier: str,
    seized_at: datetime,
    items: Sequence[Found] = (),
    route: Sequence[Stop] = (),
    summary: str = "",
    occurrence_book: str = "",
    opened_at: datetime | None = None,
    **fields: Any,
) -> Seizure:
    """A seizure and the case it opens. `fields` are those of Seizure; times are aware.

    Raises RuleBroken (with the field at fault) or NotAllowed; then neither is written.
    """
    _refuse_date(seized_at)
    case = cases.open_case(
        title=title,
        tier=tier,
        actor=actor,
        opened_at=opened_at,
        summary=summary,
        occurrence_book=occurrence_book,
    )
    return _save_new(case, actor, seized_at, items, route, fields)


@transaction.atomic
def add(
    case: Case,
    *,
    actor: User,
    seized_at: datetime,
    items: Sequence[Found] = (),
    route: Sequence[Stop] = (),
    **fields: Any,
) -> Seizure:
    """One more seizure of a case that exists."""
    access.require(actor, case, roles.EDIT)
    hold(case)  # its seizures are numbered one at a time
    return _save_new(case, actor, seized_at, items, route, fields)


def _save_new(
    case: Case,
    actor: User,
    seized_at: datetime,
    items: Sequence[Found],
    route: Sequence[Stop],
    fields: dict[str, Any],
) -> Seizure:
    _refuse_date(seized_at)
    last = case.seizures.order_by("-number").first()
    fields = {"agency": actor.agency or case.agency, "unit": actor.unit, **fields}
    seizure = Seizure(
        case=case,
        number=last.number + 1 if last else 1,
        seized_at=seized_at,
        recorded_by=actor,
        recorded_at=clock.now(),
        **fields,
    )
    save(seizure, actor)
    seized_items.add_all(seizure, items, actor)
    set_route(seizure, route)
    audit.record("seizure.record", actor=actor, case=case, subject=seizure, items=len(items))
    signals.changed.send(sender=Seizure, instance=seizure)
    return seizure


@transaction.atomic
def amend(
    seizure: Seizure,
    *,
    actor: User,
    reason: str = "",
    route: Sequence[Stop] | None = None,
    **fields: Any,
) -> Seizure:
    """Change what is recorded of a seizure; its history keeps what stood before."""
    access.require(actor, seizure.case, roles.EDIT)
    if "seized_at" in fields:
        _refuse_date(fields["seized_at"])
    changed = [name for name, value in fields.items() if getattr(seizure, name) != value]
    for name in changed:
        setattr(seizure, name, fields[name])
    save(seizure, actor, reason)
    if route is not None:
        set_route(seizure, route)
    audit.record(
        "seizure.amend",
        actor=actor,
        case=seizure.case,
        subject=seizure,
        fields=changed,
        reason=reason,
    )
    signals.changed.send(sender=Seizure, instance=seizure)
    return seizure


def set_route(seizure: Seizure, route: Sequence[Stop]) -> None:
    """The countries of the route in their order, instead of those before."""
    seizure.route.all().delete()
    for position, stop in enumerate(route):
        row = RouteCountry(seizure=seizure, position=position, **asdict(stop))
        check(row)
        row.save()


def mark_imported(seizure: Seizure, *, digest: str, line: int, file_name: str) -> ImportedRow:
    """Say which line of which file a seizure came from; the same line cannot come twice."""
    return ImportedRow.objects.create(
        seizure=seizure, file_digest=digest, line=line, file_name=file_name[:300]
    )


def title_of(items: Sequence[Found], port: Port | None, place: str = "") -> str:
    """A title that says the thing, for those who typed none: “African elephant tusks, Mombasa”."""
    where = port.name if port else place
    what = []
    for found in items:
        name = found.taxon.common_name or found.taxon.scientific_name if found.taxon else ""
        species = name or found.taxon_as_given or found.description
        part = found.specimen.label if found.specimen else ""
        what.append(f"{species} {part}".strip())
    named = ", ".join(dict.fromkeys(filter(None, what))) or str(_("Seizure"))
    tail = f", {where}" if where else ""
    return f"{named[: 200 - len(tail)]}{tail}"[:200]


def _refuse_date(seized_at: datetime) -> None:
    if fault := date_fault(seized_at):
        raise RuleBroken(fault, field="seized_at")


def named_route(seizure: Seizure) -> list[tuple[str, str]]:
    """The route as (role, country's name), in the order of the journey."""
    stops = list(seizure.route.all())
    rows = Code.objects.kind("country").filter(code__in={stop.country for stop in stops})
    names = dict(rows.values_list("code", "label"))
    return [(stop.get_role_display(), names.get(stop.country, stop.country)) for stop in stops]

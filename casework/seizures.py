"""Operations on seizures: recording one, which opens its case, and amending it.

Nothing dated in the future, no weight below zero, none without its scale or the word estimated.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, cases, display, roles, signals
from casework.errors import RuleBroken
from casework.identifiers import HEAVIEST_MG
from casework.models import (
    Case,
    Code,
    ImportedRow,
    Port,
    RouteCountry,
    SeizedItem,
    Seizure,
    Taxon,
    User,
)

EARLIEST_YEAR = 1900
MOST_COUNT = 2_000_000_000


@dataclass(frozen=True)
class Found:
    """One line of what was found. Weights in milligrams; `quantity` only where `unit` names one."""

    taxon: Taxon | None = None
    taxon_as_given: str = ""
    specimen: Code | None = None
    description: str = ""
    count: int | None = None
    weight_mg: int | None = None
    is_weight_estimated: bool = False
    scale: str = ""
    scale_calibrated_on: date | None = None
    quantity: Decimal | None = None
    unit: Code | None = None
    value: Decimal | None = None
    currency: str = ""

    def fields(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields_of(self)}


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
    now = timezone.now()
    if seized_at <= now:
        return ""
    today = timezone.localdate()
    names = {"today": display.day(today)}
    ahead = (timezone.localtime(seized_at).date() - today).days
    if ahead == 0:
        return _("This time has not come yet. It is %(now)s.") % {"now": display.clock(now)}
    if ahead == 1:
        return _("This is tomorrow. Today is %(today)s.") % names
    return _("This lies in the future. Today is %(today)s.") % names


def faults(found: Found, seized_at: datetime | None = None) -> dict[str, StrOrPromise]:
    """What is wrong with an item, by field; a form shows all of it, an operation refuses it."""
    wrong: dict[str, StrOrPromise] = {}
    if found.count is not None and not 0 < found.count <= MOST_COUNT:
        wrong["count"] = _(
            "A count is a whole number from one up. Leave it empty if none was made."
        )
    if found.weight_mg is not None and found.weight_mg < 0:
        wrong["weight_mg"] = _("A weight cannot be below zero. Type what the scale showed.")
    elif found.weight_mg is not None and found.weight_mg > HEAVIEST_MG:
        wrong["weight_mg"] = _("No ship carries that much. Read the scale and the unit again.")
    if found.weight_mg is not None and not (found.scale or found.is_weight_estimated):
        wrong["scale"] = _(
            "Name the scale the weight was read on. If there was none, tick “Estimated”."
        )
    calibrated = found.scale_calibrated_on
    if calibrated and seized_at and calibrated > timezone.localtime(seized_at).date():
        wrong["scale_calibrated_on"] = _("A scale is calibrated before it weighs. Check this date.")
    if not (found.taxon or found.taxon_as_given or found.specimen or found.description):
        wrong["taxon"] = _("Say what it is: species, specimen or a description.")
    return wrong


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
    Case.objects.select_for_update().get(pk=case.pk)  # its seizures are numbered one at a time
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
        **fields,
    )
    _save(seizure, actor)
    for found in items:
        _add_item(seizure, found, actor)
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
    _save(seizure, actor, reason)
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


@transaction.atomic
def add_item(seizure: Seizure, found: Found, *, actor: User) -> SeizedItem:
    """One more item of what was found."""
    access.require(actor, seizure.case, roles.EDIT)
    Seizure.objects.select_for_update().get(pk=seizure.pk)
    item = _add_item(seizure, found, actor)
    audit.record("seizure.add_item", actor=actor, case=seizure.case, subject=item)
    signals.changed.send(sender=Seizure, instance=seizure)
    return item


@transaction.atomic
def amend_item(item: SeizedItem, found: Found, *, actor: User, reason: str = "") -> SeizedItem:
    """Change an item; its history keeps what stood before."""
    access.require(actor, item.seizure.case, roles.EDIT)
    _refuse_faults(found, item.seizure)
    values = found.fields()
    changed = [name for name, value in values.items() if getattr(item, name) != value]
    if not changed:
        return item
    for name in changed:
        setattr(item, name, values[name])
    _save(item, actor, reason)
    audit.record(
        "seizure.amend_item",
        actor=actor,
        case=item.seizure.case,
        subject=item,
        fields=changed,
        reason=reason,
    )
    signals.changed.send(sender=Seizure, instance=item.seizure)
    return item


def set_route(seizure: Seizure, route: Sequence[Stop]) -> None:
    """The countries of the route in their order, instead of those before."""
    seizure.route.all().delete()
    for position, stop in enumerate(route):
        row = RouteCountry(seizure=seizure, position=position, **asdict(stop))
        _check(row)
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


def _refuse_faults(found: Found, seizure: Seizure) -> None:
    for field, fault in faults(found, seizure.seized_at).items():
        raise RuleBroken(fault, field=field)


def _add_item(seizure: Seizure, found: Found, actor: User) -> SeizedItem:
    _refuse_faults(found, seizure)
    last = seizure.items.order_by("-number").first()
    item = SeizedItem(seizure=seizure, number=last.number + 1 if last else 1, **found.fields())
    _save(item, actor)
    return item


def _save(row: Seizure | SeizedItem, actor: User, reason: str = "") -> None:
    _check(row)
    audit.sign(row, actor, reason)
    row.save()


def _check(row: Seizure | SeizedItem | RouteCountry) -> None:
    """What no earlier rule named: a text too long, a code of no list."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise RuleBroken(messages[0], field=field) from wrong

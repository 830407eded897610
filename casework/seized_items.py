"""What was found in a seizure: its items, with their count, weight and the scale.

No weight below zero, none without its scale or the word estimated. Weights in milligrams.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, roles, signals
from casework.errors import RuleBroken
from casework.holding import hold
from casework.identifiers import HEAVIEST_MG
from casework.models import Code, Listing, SeizedItem, Seizure, Taxon, User

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

    @classmethod
    def of(cls, item: SeizedItem) -> "Found":
        """An item as it is recorded, to be changed in part."""
        return cls(**{field.name: getattr(item, field.name) for field in fields_of(cls)})


def faults(found: Found, seizure: Seizure | None = None) -> dict[str, StrOrPromise]:
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
    if calibrated and seizure and calibrated > timezone.localtime(seizure.seized_at).date():
        wrong["scale_calibrated_on"] = _("A scale is calibrated before it weighs. Check this date.")
    if not (found.taxon or found.taxon_as_given or found.specimen or found.description):
        wrong["taxon"] = _("Say what it is: species, specimen or a description.")
    return wrong


def of_seizure(seizure: Seizure) -> QuerySet[SeizedItem]:
    """The items, each with its taxon's CITES listings on the day of the seizure (`listed`)."""
    day = timezone.localtime(seizure.seized_at).date()
    listed = Listing.objects.on(day).filter(scheme="CITES")
    rows: QuerySet[SeizedItem] = seizure.items.select_related("taxon", "specimen", "unit")
    return rows.prefetch_related(Prefetch("taxon__listings", queryset=listed, to_attr="listed"))


def add_all(seizure: Seizure, items: Sequence[Found], actor: User) -> None:
    """Items of a seizure that is being written: inside its transaction, under its audit row."""
    last = seizure.items.order_by("-number").first()
    first = last.number + 1 if last else 1
    for number, found in enumerate(items, start=first):
        _refuse_faults(found, seizure)
        save(SeizedItem(seizure=seizure, number=number, **found.fields()), actor)


@transaction.atomic
def amend_all(
    seizure: Seizure, rows: Sequence[tuple[int | None, dict[str, Any]]], *, actor: User
) -> None:
    """Bring items to what was typed: (number of the item or None for a new one, its cells).

    Cells that were not typed stay; the history keeps what stood before.
    """
    access.require(actor, seizure.case, roles.EDIT)
    hold(seizure)  # its items are numbered one at a time
    existing = {item.number: item for item in seizure.items.all()}
    changed = [n for n, typed in rows if n in existing and _amend(existing[n], typed, actor)]
    new = [Found(**typed) for number, typed in rows if number not in existing]
    add_all(seizure, new, actor)
    if changed or new:
        audit.record(
            "seizure.amend_items",
            actor=actor,
            case=seizure.case,
            subject=seizure,
            items=changed,
            added=len(new),
        )
        signals.changed.send(sender=Seizure, instance=seizure)


def _amend(item: SeizedItem, typed: dict[str, Any], actor: User) -> bool:
    before = Found.of(item)
    after = replace(before, **typed)
    if after == before:
        return False
    _refuse_faults(after, item.seizure)
    for name, value in after.fields().items():
        setattr(item, name, value)
    save(item, actor)
    return True


def _refuse_faults(found: Found, seizure: Seizure) -> None:
    for field, fault in faults(found, seizure).items():
        raise RuleBroken(fault, field=field)


def save(row: Seizure | SeizedItem, actor: User, reason: str = "") -> None:
    """Check and write a row under its actor's name."""
    check(row)
    audit.sign(row, actor, reason)
    row.save()


def check(row: models.Model) -> None:
    """What no earlier rule named: a text too long, a code of no list."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise RuleBroken(messages[0], field=field) from wrong

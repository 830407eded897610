"""Operations on customs entries: each version that was lodged, with the lane selection gave it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, clock, roles
from casework.errors import RuleBroken
from casework.holding import read_again
from casework.models import User
from kyc.cargo import loads
from kyc.models import Consignment, EntryVersion

FIELDS = (
    "number", "lodged_at", "lane", "selected_at", "declarant", "exporter", "consignee",
    "goods_description", "hs_codes", "packages", "gross_weight_mg", "value", "value_currency",
    "equipment_references", "country_of_destination", "changed_by", "received_from",
)  # fmt: skip


@transaction.atomic
def add_version(consignment: Consignment, *, actor: User, **fields: Any) -> EntryVersion:
    """The entry as it was lodged now, beside all versions before it; `fields` are of FIELDS."""
    access.require(actor, consignment.seizure.case, roles.EDIT)
    read_again(consignment)  # versions come in turn
    last = consignment.entries.order_by("-version").first()
    entry = EntryVersion(
        consignment=consignment,
        number=last.number if last else consignment.entry_number,
        version=last.version + 1 if last else 1,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    _write(entry, actor, fields)
    if not consignment.entry_number:
        consignment.entry_number = entry.number
        loads.save(consignment, actor)
    loads.told("entry.version", consignment, actor, entry=entry.number, version=entry.version)
    return entry


@transaction.atomic
def correct(entry: EntryVersion, *, actor: User, reason: str, **fields: Any) -> EntryVersion:
    """Mend what we typed wrong in one version; its history keeps what stood there, and why."""
    access.require(actor, entry.consignment.seizure.case, roles.EDIT)
    if not reason.strip():
        raise RuleBroken(_("Say what was typed wrong."), field="reason")
    new = _write(entry, actor, fields, reason)
    loads.told(
        "entry.correct", entry.consignment, actor,
        entry=entry.number, version=entry.version, fields=new, reason=reason,
    )  # fmt: skip
    return entry


def _write(entry: EntryVersion, actor: User, fields: dict[str, Any], reason: str = "") -> list[str]:
    new = loads.put(entry, FIELDS, fields)
    if not entry.number:
        raise RuleBroken(_("Give the number of the customs entry."), field="number")
    loads.not_ahead(entry.lodged_at, "lodged_at")
    loads.not_ahead(entry.selected_at, "selected_at")
    loads.save(entry, actor, reason)
    return new

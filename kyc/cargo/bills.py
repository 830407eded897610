"""Operations on bills of lading: every version that came is kept beside the ones before it.

A version is how the paper read. Its own history holds only what we had typed wrong.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, clock, identifiers, roles
from casework.errors import RuleBroken
from casework.holding import hold
from casework.models import User
from kyc.cargo import loads
from kyc.models import BillOfLading, Consignment, Match
from kyc.ties import matches

FIELDS = (
    "number", "issued_on", "is_to_order", "is_switch", "is_electronic", "carrier_code",
    "shipped_on_board_on", "place_of_receipt", "port_of_loading", "port_of_discharge",
    "place_of_delivery", "vessel_name", "voyage", "description_of_goods", "hs_codes", "packages",
    "gross_weight_mg", "equipment_references", "seal_numbers", "freight_payment", "freight_payer",
    "endorsee", "shipper", "consignee", "notify_party", "changed_by", "changed_at",
    "change_reason", "received_from", "received_on", "attachment",
)  # fmt: skip


@transaction.atomic
def add_version(consignment: Consignment, *, actor: User, **fields: Any) -> BillOfLading:
    """The bill as it reads now, beside all versions before it; `fields` are those of FIELDS.

    `changed_by`, `changed_at` and `change_reason` say who had the carrier change it.
    """
    access.require(actor, consignment.seizure.case, roles.EDIT)
    bill = write_next(consignment, actor, fields)
    loads.told("bill.version", consignment, actor, bill=bill.number, version=bill.version)
    return bill


def write_next(consignment: Consignment, actor: User, fields: dict[str, Any]) -> BillOfLading:
    """The row alone, for an operation that tells of more than the bill."""
    hold(consignment)  # versions come in turn
    last = consignment.bills.order_by("-version").first()
    bill = BillOfLading(
        consignment=consignment,
        number=last.number if last else "",
        version=last.version + 1 if last else 1,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    _write(bill, actor, fields)
    return bill


@transaction.atomic
def correct(bill: BillOfLading, *, actor: User, reason: str, **fields: Any) -> BillOfLading:
    """Mend what we typed wrong in one version; its history keeps what stood there, and why."""
    consignment = bill.consignment
    access.require(actor, consignment.seizure.case, roles.EDIT)
    if not reason.strip():
        raise RuleBroken(_("Say what was typed wrong."), field="reason")
    was = bill.number_key
    new = _write(bill, actor, fields, reason)
    loads.told(
        "bill.correct", consignment, actor,
        bill=bill.number, version=bill.version, fields=new, reason=reason,
    )  # fmt: skip
    if was != bill.number_key:
        matches.forget(consignment.seizure.case, Match.Kind.BILL, was)
    return bill


def _write(bill: BillOfLading, actor: User, fields: dict[str, Any], reason: str = "") -> list[str]:
    new = loads.put(bill, FIELDS, fields)
    if not bill.number:
        raise RuleBroken(_("Give the number of the bill of lading."), field="number")
    bill.number_key = identifiers.squeeze(bill.number)[:35]
    loads.not_ahead(bill.changed_at, "changed_at")
    if "attachment" in new:
        loads.own_paper(bill.attachment, bill.consignment.seizure.case, actor)
    loads.save(bill, actor, reason)
    return new

"""Operations on the consignment a seizure was made from, and the recording of both at once.

A container number with a wrong check digit stands only where somebody said that the door shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, clock, identifiers, roles, seizures
from casework.errors import RuleBroken
from casework.holding import hold, read_again
from casework.models import Case, Code, Seizure, User
from kyc.cargo import bills, loads
from kyc.models import Consignment, Container, Match, Seal
from kyc.ties import matches

FIELDS = (
    "booking_number", "entry_number", "vessel_name", "vessel_imo", "voyage", "port_of_loading",
    "port_of_discharge", "goods_description", "goods", "packages", "declared_weight_mg", "vgm_mg",
    "weighbridge_mg", "scan_mg", "is_scanned", "declared_value", "value_currency", "stuffing_kind",
    "stuffing_place", "stuffed_on", "is_stuffing_supervised",
)  # fmt: skip
SEAL_FIELDS = (
    "number", "source", "container", "stage", "seen_by", "seen_at_place", "seen_on", "is_intact",
)  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A container as read from its door, with the seal on it."""

    number: str = ""
    is_recorded_as_found: bool = False
    size_type: str = ""
    seal_number: str = ""
    seal_source: Code | None = None
    is_seal_intact: bool | None = None
    seal_seen_on: date | None = None
    seal_seen_at: str = ""


@transaction.atomic
def record_seizure(
    *,
    actor: User,
    consignment: dict[str, Any] | None = None,
    boxes: Sequence[Box] = (),
    bill: dict[str, Any] | None = None,
    **seizure: Any,
) -> Seizure:
    """A seizure, the case it opens, and its consignment where anything of one is known.

    `seizure` goes to `seizures.record`; `consignment`, `boxes` and `bill` to `add`.
    """
    recorded = seizures.record(actor=actor, **seizure)
    _add_if_any(recorded, actor, consignment, boxes, bill)
    return recorded


@transaction.atomic
def add_seizure(
    case: Case,
    *,
    actor: User,
    consignment: dict[str, Any] | None = None,
    boxes: Sequence[Box] = (),
    bill: dict[str, Any] | None = None,
    **seizure: Any,
) -> Seizure:
    """One more seizure of a case, with its consignment as above."""
    recorded = seizures.add(case, actor=actor, **seizure)
    _add_if_any(recorded, actor, consignment, boxes, bill)
    return recorded


def _add_if_any(
    seizure: Seizure,
    actor: User,
    consignment: dict[str, Any] | None,
    boxes: Sequence[Box],
    bill: dict[str, Any] | None,
) -> None:
    if boxes or has_anything(consignment) or has_anything(bill):
        add(seizure, actor=actor, boxes=boxes, bill=bill, **(consignment or {}))


def has_anything(values: dict[str, Any] | None) -> bool:
    """Whether anything was filled in; an unticked box is nothing."""
    return any(value not in ("", None, False) for value in (values or {}).values())


@transaction.atomic
def add(
    seizure: Seizure,
    *,
    actor: User,
    boxes: Sequence[Box] = (),
    bill: dict[str, Any] | None = None,
    **fields: Any,
) -> Consignment:
    """A consignment of a seizure with its containers, seals and bill of lading, version 1."""
    access.require(actor, seizure.case, roles.EDIT)
    hold(seizure)  # its consignments are numbered in turn
    last = seizure.consignments.order_by("-number").first()
    consignment = Consignment(
        seizure=seizure,
        number=last.number + 1 if last else 1,
        recorded_by=actor,
        recorded_at=clock.now(),
        **fields,
    )
    _check_ship(consignment)
    loads.save(consignment, actor)
    for box in boxes:
        _add_box(consignment, box, actor)
    if has_anything(bill):
        _first_bill(consignment, bill or {}, actor)
    loads.told("consignment.record", consignment, actor)
    return consignment


@transaction.atomic
def amend(
    consignment: Consignment,
    *,
    actor: User,
    boxes: Sequence[Box] = (),
    reason: str = "",
    **fields: Any,
) -> Consignment:
    """Change a consignment and add containers; the history keeps what stood before.

    Bills and customs entries have operations of their own: each version is kept.
    """
    # Its parts are typed on pages of their own: what another page wrote meanwhile stays.
    read_again(consignment)
    access.require(actor, consignment.seizure.case, roles.EDIT)
    new = loads.put(consignment, FIELDS, fields)
    _check_ship(consignment)
    loads.save(consignment, actor, reason)
    for box in boxes:
        _add_box(consignment, box, actor)
    loads.told("consignment.amend", consignment, actor, fields=new, reason=reason)
    return consignment


@transaction.atomic
def amend_container(
    container: Container,
    *,
    number: str,
    is_recorded_as_found: bool,
    actor: User,
    reason: str = "",
    **fields: Any,
) -> Container:
    """Correct a container number, or say more of the box: size_type, is_shipper_owned, tare_mg."""
    consignment, was = container.consignment, container.number
    access.require(actor, consignment.seizure.case, roles.EDIT)
    container.number = _container_number(number, is_recorded_as_found)
    container.is_recorded_as_found = not identifiers.has_container_check_digit(container.number)
    loads.put(container, ("size_type", "is_shipper_owned", "tare_mg"), fields)
    loads.save(container, actor, reason)
    loads.told("consignment.amend_container", consignment, actor, container=container.number)
    if was != container.number:
        matches.forget(consignment.seizure.case, Match.Kind.CONTAINER, was)
    return container


@transaction.atomic
def add_seal(
    consignment: Consignment,
    *,
    number: str,
    source: Code,
    actor: User,
    container: Container | None = None,
    **fields: Any,
) -> Seal:
    """A seal of a consignment, as somebody read it; `number_key` is what seals are compared by."""
    access.require(actor, consignment.seizure.case, roles.EDIT)
    seal = _add_seal(consignment, container, number, source, actor, fields)
    loads.told("consignment.add_seal", consignment, actor, seal=seal.number)
    return seal


@transaction.atomic
def amend_seal(seal: Seal, *, actor: User, reason: str, **fields: Any) -> Seal:
    """Mend what we typed wrong of a reading; what somebody read later is a reading of its own."""
    consignment, was = seal.consignment, seal.number_key
    access.require(actor, consignment.seizure.case, roles.EDIT)
    if not reason.strip():
        raise RuleBroken(_("Say what was typed wrong."), field="reason")
    new = loads.put(seal, SEAL_FIELDS, fields)
    seal.number_key = _seal_key(seal.number)
    _check_box(seal)
    loads.save(seal, actor, reason)
    loads.told(
        "consignment.amend_seal", consignment, actor, seal=seal.number, fields=new, reason=reason
    )
    if was != seal.number_key:
        matches.forget(consignment.seizure.case, Match.Kind.SEAL, was)
    return seal


def _add_box(consignment: Consignment, box: Box, actor: User) -> None:
    container = None
    if box.number:
        number = _container_number(box.number, box.is_recorded_as_found)
        if consignment.containers.filter(number=number).exists():
            raise RuleBroken(_("This container is on the list already."), field="number")
        container = Container(
            consignment=consignment,
            number=number,
            is_recorded_as_found=not identifiers.has_container_check_digit(number),
            size_type=box.size_type,
        )
        loads.save(container, actor)
    if box.seal_number:
        if box.seal_source is None:
            raise RuleBroken(_("Say whose seal it is."), field="seal_source")
        seen = {
            "is_intact": box.is_seal_intact,
            "seen_on": box.seal_seen_on,
            "seen_at_place": box.seal_seen_at,
        }
        _add_seal(consignment, container, box.seal_number, box.seal_source, actor, seen)


def _add_seal(
    consignment: Consignment,
    container: Container | None,
    number: str,
    source: Code,
    actor: User,
    fields: dict[str, Any],
) -> Seal:
    seal = Seal(
        consignment=consignment,
        container=container,
        number=number,
        number_key=_seal_key(number),
        source=source,
        **fields,
    )
    _check_box(seal)
    loads.save(seal, actor)
    return seal


def _check_box(seal: Seal) -> None:
    if seal.container and seal.container.consignment_id != seal.consignment_id:
        raise RuleBroken(_("Choose a container of this consignment."), field="container")


def _seal_key(number: str) -> str:
    try:
        return identifiers.seal_key(number)
    except identifiers.IdentifierError as error:
        message = _("A seal number has letters and digits only, twenty at most.")
        raise RuleBroken(message, field="seal_number") from error


def _container_number(text: str, as_found: bool) -> str:
    try:
        return identifiers.parse_container(text, as_found=as_found)
    except identifiers.IdentifierError as error:
        if error.code == "container_check_digit":
            message = _("The last digit should be %(expected)s. Read the door again.")
            raise RuleBroken(message % error.params, field="number") from error
        message = _("A container number has four letters and seven digits.")
        raise RuleBroken(message, field="number") from error


def _check_ship(consignment: Consignment) -> None:
    if not consignment.vessel_imo:
        return
    try:
        consignment.vessel_imo = identifiers.parse_imo(consignment.vessel_imo)
    except identifiers.IdentifierError as error:
        message = _("This is no IMO number: its seven digits do not add up. Read it again.")
        raise RuleBroken(message, field="vessel_imo") from error


def _first_bill(consignment: Consignment, values: dict[str, Any], actor: User) -> None:
    if not values.get("number"):
        raise RuleBroken(_("Give the number of the bill of lading."), field="bill_number")
    bills.write_next(consignment, actor, values)

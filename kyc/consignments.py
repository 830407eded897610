"""Operations on the consignment a seizure was made from, and the recording of both at once.

A container number with a wrong check digit stands only where somebody said that the door shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, identifiers, roles, seizures, signals
from casework.errors import RuleBroken
from casework.models import Case, Code, Seizure, User
from kyc.models import BillOfLading, Consignment, Container, Seal


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
    Seizure.objects.select_for_update().get(pk=seizure.pk)  # consignments are numbered in turn
    last = seizure.consignments.order_by("-number").first()
    consignment = Consignment(
        seizure=seizure,
        number=last.number + 1 if last else 1,
        recorded_by=actor,
        recorded_at=clock.now(),
        **fields,
    )
    _check_ship(consignment)
    _save(consignment, actor)
    for box in boxes:
        _add_box(consignment, box, actor)
    if has_anything(bill):
        _set_bill(consignment, bill or {}, actor)
    _tell("consignment.record", consignment, actor)
    return consignment


@transaction.atomic
def amend(
    consignment: Consignment,
    *,
    actor: User,
    boxes: Sequence[Box] = (),
    bill: dict[str, Any] | None = None,
    reason: str = "",
    **fields: Any,
) -> Consignment:
    """Change a consignment or its bill, and add containers; the history keeps what stood before."""
    access.require(actor, consignment.seizure.case, roles.EDIT)
    for name, value in fields.items():
        setattr(consignment, name, value)
    _check_ship(consignment)
    _save(consignment, actor, reason)
    for box in boxes:
        _add_box(consignment, box, actor)
    if bill is not None and (has_anything(bill) or consignment.bills.exists()):
        _set_bill(consignment, bill, actor, reason)
    _tell("consignment.amend", consignment, actor, fields=sorted(fields), reason=reason)
    return consignment


@transaction.atomic
def amend_container(
    container: Container, *, number: str, is_recorded_as_found: bool, actor: User, reason: str = ""
) -> Container:
    """Correct a container number."""
    access.require(actor, container.consignment.seizure.case, roles.EDIT)
    container.number = _container_number(number, is_recorded_as_found)
    container.is_recorded_as_found = not identifiers.has_container_check_digit(container.number)
    _save(container, actor, reason)
    _tell("consignment.amend_container", container.consignment, actor, container=container.number)
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
    _tell("consignment.add_seal", consignment, actor, seal=seal.number)
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
        _save(container, actor)
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
    try:
        key = identifiers.parse_seal(number)
    except identifiers.IdentifierError as error:
        message = _("A seal number has letters and digits only, twenty at most.")
        raise RuleBroken(message, field="seal_number") from error
    seal = Seal(
        consignment=consignment,
        container=container,
        number=number,
        number_key=key,
        source=source,
        **fields,
    )
    _save(seal, actor)
    return seal


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


def _set_bill(
    consignment: Consignment, values: dict[str, Any], actor: User, reason: str = ""
) -> None:
    bill = consignment.bills.order_by("-version").first()
    if bill is None:
        bill = BillOfLading(
            consignment=consignment, version=1, recorded_by=actor, recorded_at=clock.now()
        )
    for name, value in values.items():
        setattr(bill, name, value)
    if not bill.number:
        raise RuleBroken(_("Give the number of the bill of lading."), field="bill_number")
    _save(bill, actor, reason)


def _save(row: models.Model, actor: User, reason: str = "") -> None:
    try:
        row.full_clean()
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise RuleBroken(messages[0], field=field) from wrong
    audit.sign(row, actor, reason)
    row.save()


def _tell(action: str, consignment: Consignment, actor: User, **detail: Any) -> None:
    case = consignment.seizure.case
    audit.record(action, actor=actor, case=case, subject=consignment, **detail)
    signals.changed.send(sender=Consignment, instance=consignment)

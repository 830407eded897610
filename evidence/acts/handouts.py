"""Handing an exhibit to somebody without an account, and taking it back.

The chain names the person, their number and their organisation. They sign on the screen or on the
printed form; either is kept under its digest, which the chain names.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, row_digests
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.ledger.event import Person
from casework.models import User
from evidence.acts import differences, enclosures
from evidence.filestore.uploads import HashedUpload
from evidence.in_court import lock as disposal
from evidence.in_court import owners
from evidence.links import Details, append, lock, require_holder, require_text, sender_of
from evidence.models import Attachment, CustodyEvent, Exhibit, HandOut

Kind = CustodyEvent.Kind


@dataclass(frozen=True)
class Outside:
    """Somebody without an account, as their own document names them."""

    name: str
    number: str  # of their service card or identity card
    organisation: str


@transaction.atomic
def hand_out(
    exhibit: Exhibit,
    *,
    to: Outside,
    actor: User,
    expected_back_on: date | None = None,
    signature: HashedUpload | None = None,
    is_signed_on_paper: bool = False,
    discrepancy: str = "",
    is_owner: bool = False,
    **details: Unpack[Details],
) -> CustodyEvent:
    """From now on that person answers for it. Seal, count and weight are those of the chain.

    To its owner, or to whom the case names, only when nothing needs it: it need not come back.
    """
    goes_to_owner = is_owner or owners.is_named(exhibit.case, to.name, to.organisation)
    if goes_to_owner:
        disposal.hold(exhibit)
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    _check(to, details, expected_back_on)
    if goes_to_owner:
        day = disposal.day_of(details.get("happened_at") or clock.now())
        disposal.check(exhibit, actor=actor, act=disposal.RETURN, on=day, field="to_name")
    if signature is None and not is_signed_on_paper:
        told = _("Let them sign here, or choose the printed form.")
        raise RuleBroken(told, field="signature")
    standing = held.standing
    links = differences.since_standing(exhibit, standing, details, discrepancy)
    details.setdefault("seal_number", standing.seal_number)
    details.setdefault("count", standing.count)
    details.setdefault("weight_mg", standing.weight_mg)
    drawn = [signature] if signature else []
    named = [*details.get("file_digests", []), *enclosures.digests(drawn)]
    details["file_digests"] = named
    person = Person(to.name.strip(), to.number.strip(), to.organisation.strip())
    event = append(held, Kind.HANDED_OUT, actor, details, giver=holder, outside=person, **links)
    row = HandOut.objects.create(
        event=event, expected_back_on=expected_back_on, is_signed_on_paper=is_signed_on_paper
    )
    case, rows = held.exhibit.case, row_digests.of([row])
    audit.record("hand-out.record", actor=actor, case=case, subject=held.exhibit, rows=rows)
    caption = _("Signature of %(name)s, event %(n)s")
    said = str(caption % {"name": person.name, "n": event.sequence})[:300]
    paper = Attachment.Kind.DOCUMENT
    enclosures.keep(event, drawn, actor=actor, caption=said, kind=paper)
    return event


def _check(to: Outside, details: Details, expected_back_on: date | None) -> None:
    require_text(to.name, "to_name", _("Write the person's name, as on their card."))
    require_text(to.number, "to_number", _("Write the number of their service or identity card."))
    require_text(to.organisation, "organisation", _("Write for whom they take it."))
    require_text(details.get("purpose", ""), "purpose", _("Write what for."))
    if expected_back_on and expected_back_on < clock.today():
        told = _("This day has passed. Write when it is expected back.")
        raise RuleBroken(told, field="expected_back_on")


@transaction.atomic
def take_back(
    hand_out: CustodyEvent, *, actor: User, discrepancy: str = "", **details: Unpack[Details]
) -> CustodyEvent:
    """It came back: seal, count and weight as they were read. What differs has to be explained."""
    held = lock(hand_out.exhibit, actor)
    if held.open_hand_out != hand_out:
        raise Conflict(_("It has been taken back already. Read the chain again."))
    if not may_take_back(hand_out, actor):
        told = _("Whoever handed it out takes it back, or a custodian, or the lead of the case.")
        raise NotAllowed(told)
    taken = differences.allowed(hand_out)
    found = differences.between(hand_out, details, taken)
    told = _("%(what)s. Read it again. If it really says this, explain the difference.")
    discrepancy = differences.explained(found, discrepancy, str(told))
    links: dict[str, Any] = {"discrepancy": discrepancy, "tolerance_mg": taken, "answers": hand_out}
    sender = sender_of(hand_out)
    kind = Kind.TAKEN_BACK
    return append(held, kind, actor, details, sender=sender, receiver=actor, **links)


def may_take_back(hand_out: CustodyEvent, actor: User) -> bool:
    """Whoever handed it out, a custodian of the team, or the lead."""
    case = hand_out.exhibit.case
    return (
        actor in (hand_out.from_user, hand_out.recorder)
        or actor.position == "custodian"
        or access.can(actor, case, roles.TEAM)
    )


def open_of(user: User) -> QuerySet[HandOut]:
    """Exhibits that this person handed out and that are not back yet; late ones first."""
    rows: QuerySet[HandOut] = HandOut.objects.visible_to(user).filter(
        event__from_user=user, event__answer__isnull=True
    )
    return rows.select_related("event__exhibit__case").order_by("expected_back_on", "pk")


def overdue_of(user: User) -> QuerySet[HandOut]:
    """Of these, the ones that should have been back before today."""
    return open_of(user).filter(expected_back_on__lt=clock.today())


def without_paper(user: User) -> QuerySet[HandOut]:
    """Signed on paper, and the signed form is not added yet."""
    rows: QuerySet[HandOut] = HandOut.objects.visible_to(user).filter(
        is_signed_on_paper=True, event__from_user=user
    )
    return rows.exclude(event__corrections__kind=Kind.ENCLOSED)

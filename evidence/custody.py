"""The acts of custody: each appends one event to an exhibit's chain, or refuses and says why.

An exhibit changes hands when the receiver acknowledges, never when the giver offers. Every act may
state Details; what the rules of all acts are stands in links.py.
"""

from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.errors import NotAllowed, RuleBroken
from casework.ledger.event import Person
from casework.models import User
from evidence.acts import differences
from evidence.acts.differences import Difference
from evidence.chain import Chain, chain, chains, extract
from evidence.gaps import of as gaps
from evidence.in_court import lock as disposal
from evidence.in_court.orders import Order
from evidence.links import (
    Details,
    Held,
    append,
    demand_holder,
    lock,
    refuse_lost,
    refuse_open_offer,
    require_holder,
    require_insight,
    require_receiver,
    require_text,
    sender_of,
)
from evidence.models import CustodyEvent, Exhibit
from evidence.store.moves import move

__all__ = ["Chain", "Details", "Difference", "chain", "chains", "extract", "gaps", "move"]

Kind = CustodyEvent.Kind
MOST_AUTHORITY = 300  # characters, of the column


@transaction.atomic
def seize(
    exhibit: Exhibit, *, actor: User, holder: User | None = None, **details: Unpack[Details]
) -> CustodyEvent:
    """The first event: who took the exhibit, and so answers for it. The actor, unless named."""
    return begin(exhibit, Kind.SEIZED, actor, holder, details)


@transaction.atomic
def receive(
    exhibit: Exhibit, *, actor: User, holder: User | None = None, **details: Unpack[Details]
) -> CustodyEvent:
    """The first event of an exhibit that came from outside, such as from another agency."""
    return begin(exhibit, Kind.RECEIVED, actor, holder, details)


@transaction.atomic
def seal(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Put a seal on it: `seal_number`."""
    number = details.get("seal_number", "")
    require_text(number, "seal_number", _("Write the number of the seal."))
    return _plain(exhibit, Kind.SEALED, actor, details)


@transaction.atomic
def offer(
    exhibit: Exhibit,
    *,
    to: User,
    actor: User,
    discrepancy: str = "",
    **details: Unpack[Details],
) -> CustodyEvent:
    """Offer the exhibit; seal, count and weight are those of the chain unless they are given.

    A count or weight that is not the one that stood has to be explained.
    """
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    require_receiver(held, to, holder, actor)
    standing = held.standing
    links = differences.since_standing(exhibit, standing, details, discrepancy)
    details.setdefault("seal_number", standing.seal_number)
    details.setdefault("count", standing.count)
    details.setdefault("weight_mg", standing.weight_mg)
    return append(held, Kind.OFFERED, actor, details, giver=holder, receiver=to, **links)


@transaction.atomic
def acknowledge(
    offer: CustodyEvent, *, actor: User, discrepancy: str = "", **details: Unpack[Details]
) -> CustodyEvent:
    """Take the exhibit as it arrived. What differs from the offer has to be explained."""
    held = lock(offer.exhibit, actor, offer=offer)
    if actor != offer.to_user:
        raise NotAllowed(_("The exhibit is offered to somebody else. Only they can take it."))
    if offer.kind != Kind.OFFERED:
        raise RuleBroken(_("It is not offered to you: its destruction waits for your account."))
    refuse_lost(held)
    taken = differences.allowed(offer)
    differing = differences.between(offer, details, taken)
    told = _("%(what)s. Explain the difference, or refuse the exhibit.")
    discrepancy = differences.explained(differing, discrepancy, str(told))
    return append(
        held,
        Kind.ACKNOWLEDGED,
        actor,
        details,
        giver=offer.from_user,
        receiver=actor,
        answers=offer,
        discrepancy=discrepancy,
        tolerance_mg=taken,
    )


@transaction.atomic
def refuse(
    offer: CustodyEvent, *, reason: str, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """Do not take it: the giver holds it still."""
    held = lock(offer.exhibit, actor, offer=offer)
    if actor != offer.to_user:
        raise NotAllowed(_("The exhibit is offered to somebody else. Only they can refuse it."))
    return _answer(held, Kind.REFUSED, offer, reason, actor, details)


@transaction.atomic
def withdraw(
    offer: CustodyEvent, *, reason: str, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """Take an offer back that nobody has answered."""
    held = lock(offer.exhibit, actor, offer=offer)
    require_holder(held, actor, during_offer=True)
    return _answer(held, Kind.WITHDRAWN, offer, reason, actor, details)


@transaction.atomic
def examine(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    return _plain(exhibit, Kind.EXAMINED, actor, details)


@transaction.atomic
def copy(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    return _plain(exhibit, Kind.COPIED, actor, details)


@transaction.atomic
def reweigh(
    exhibit: Exhibit, *, actor: User, discrepancy: str = "", **details: Unpack[Details]
) -> CustodyEvent:
    """Put it on a scale: `weight_mg` and `scale`. More or less than stood has to be explained."""
    if details.get("weight_mg") is None:
        raise RuleBroken(_("Write the weight."), field="weight_mg")
    require_text(details.get("scale", ""), "scale", _("Name the scale the weight was read on."))
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    links = differences.since_standing(exhibit, held.standing, details, discrepancy)
    return append(held, Kind.REWEIGHED, actor, details, giver=holder, **links)


@transaction.atomic
def declare(
    exhibit: Exhibit, *, tolerance_mg: int, reason: str, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """Say in advance how far its weight may drift; it counts for what is read after this event."""
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    weight = held.standing.weight_mg
    if weight is None:
        raise RuleBroken(_("It has no weight yet. Weigh it first."))
    if not 0 < tolerance_mg < weight:
        told = _("The tolerance is more than nothing and less than what the exhibit weighs.")
        raise RuleBroken(told, field="tolerance")
    require_text(reason, "reason", _("Write why its weight will change: fresh horn dries, ..."))
    details["note"] = reason.strip()
    kind = Kind.DECLARED
    return append(held, kind, actor, details, giver=holder, tolerance_mg=tolerance_mg)


@transaction.atomic
def enclose(event: CustodyEvent, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Add papers to an event that stands, such as the form that was signed: `file_digests`."""
    held = lock(event.exhibit, actor)
    if not details.get("file_digests"):
        raise RuleBroken(_("Add the paper: a scan or a photograph of it."), field="photographs")
    require_text(details.get("note", ""), "note", _("Write what paper it is."))
    return append(held, Kind.ENCLOSED, actor, details, corrects=event)


@transaction.atomic
def sample(
    exhibit: Exhibit,
    *,
    parts: list[Exhibit],
    actor: User,
    discrepancy: str = "",
    **details: Unpack[Details],
) -> CustodyEvent:
    """Take parts from it: one event here, and the first event of each part, held by the same.

    Count and weight in `details` are those of what remains.
    """
    if not parts or any(part.parent_id != exhibit.pk for part in parts):
        raise RuleBroken(_("Register the samples as parts of this exhibit first."))
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    taken = [part.identifier for part in parts]
    links: dict[str, Any] = {"related": taken, "discrepancy": discrepancy}
    event = append(held, Kind.SAMPLED, actor, details, giver=holder, **links)
    when: Details = {"happened_at": event.happened_at, "place": event.place}
    for part in parts:
        begin(part, Kind.SAMPLED, actor, holder, when, related=[exhibit.identifier])
    return event


@transaction.atomic
def produce(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Produced in court, also while the court's clerk has it; the prosecutor may record it too."""
    held = lock(exhibit, actor)
    refuse_open_offer(held)
    refuse_lost(held)
    if (out := held.open_hand_out) is not None:
        return append(held, Kind.PRODUCED, actor, details, sender=sender_of(out))
    return append(held, Kind.PRODUCED, actor, details, giver=demand_holder(held))


@transaction.atomic
def return_(
    exhibit: Exhibit,
    *,
    to_name: str,
    actor: User,
    order: Order | None = None,
    **details: Unpack[Details],
) -> CustodyEvent:
    """Given back to its owner: from then on nobody here answers for it.

    Raises RuleBroken while a court, another case or a hold needs it.
    """
    disposal.hold(exhibit)
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    if order is not None:
        details["authority"] = str(order)[:MOST_AUTHORITY]
    require_text(details.get("authority", ""), "authority", _("Write what orders the return."))
    day = disposal.day_of(details.get("happened_at") or clock.now())
    disposal.check(held.exhibit, actor=actor, act=disposal.RETURN, on=day, order=order)
    require_text(to_name, "to_name", _("Write to whom it is returned."))
    owner = Person(to_name.strip(), "", "")
    return append(held, Kind.RETURNED, actor, details, giver=holder, outside=owner)


@transaction.atomic
def correct(event: CustodyEvent, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """A new event whose `note` says what is wrong in an old one; the old one stays."""
    held = lock(event.exhibit, actor)
    told = _("Write what is wrong and what is right.")
    require_text(details.get("note", ""), "note", told)
    return append(held, Kind.CORRECTED, actor, details, corrects=event)


def begin(
    exhibit: Exhibit,
    kind: Kind,
    actor: User,
    holder: User | None,
    details: Details,
    **links: Any,
) -> CustodyEvent:
    """The first event of a chain; for the acts of other modules that make an exhibit."""
    held = lock(exhibit, actor)
    if held.last is not None:
        raise RuleBroken(_("This exhibit has a chain already. Record what happened next."))
    taker = holder or actor
    if taker != actor:
        require_insight(held, taker, "holder")
    return append(held, kind, actor, details, receiver=taker, **links)


def _plain(exhibit: Exhibit, kind: Kind, actor: User, details: Details) -> CustodyEvent:
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    return append(held, kind, actor, details, giver=holder)


def _answer(
    held: Held, kind: Kind, offer: CustodyEvent, reason: str, actor: User, details: Details
) -> CustodyEvent:
    require_text(reason, "reason", _("Write the reason."))
    details["note"] = reason.strip()
    giver, receiver = offer.from_user, offer.to_user
    return append(held, kind, actor, details, giver=giver, receiver=receiver, answers=offer)

"""The acts of custody: each appends one event to an exhibit's chain, or refuses and says why.

An exhibit changes hands when the receiver acknowledges, never when the giver offers. Every act may
state Details; what the rules of all acts are stands in links.py.
"""

from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.errors import NotAllowed, RuleBroken
from casework.ledger.event import Person
from casework.models import User
from evidence import differences
from evidence.chain import Chain, chain, chains, extract
from evidence.differences import Difference
from evidence.links import (
    Details,
    Held,
    append,
    demand_holder,
    lock,
    refuse_open_offer,
    require_holder,
    require_insight,
    require_receiver,
    require_text,
)
from evidence.models import CustodyEvent, Exhibit

__all__ = ["Chain", "Details", "Difference", "chain", "chains", "extract"]

Kind = CustodyEvent.Kind


@transaction.atomic
def seize(
    exhibit: Exhibit, *, actor: User, holder: User | None = None, **details: Unpack[Details]
) -> CustodyEvent:
    """The first event: who took the exhibit, and so answers for it. The actor, unless named."""
    return _begin(exhibit, Kind.SEIZED, actor, holder, details)


@transaction.atomic
def receive(
    exhibit: Exhibit, *, actor: User, holder: User | None = None, **details: Unpack[Details]
) -> CustodyEvent:
    """The first event of an exhibit that came from outside, such as from another agency."""
    return _begin(exhibit, Kind.RECEIVED, actor, holder, details)


@transaction.atomic
def seal(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Put a seal on it: `seal_number`."""
    number = details.get("seal_number", "")
    require_text(number, "seal_number", _("Write the number of the seal."))
    return _plain(exhibit, Kind.SEALED, actor, details)


@transaction.atomic
def offer(exhibit: Exhibit, *, to: User, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Offer the exhibit; seal, count and weight are those of the chain unless they are given."""
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    require_receiver(held, to, holder, actor)
    standing = held.standing
    details.setdefault("seal_number", standing.seal_number)
    details.setdefault("count", standing.count)
    details.setdefault("weight_mg", standing.weight_mg)
    return append(held, Kind.OFFERED, actor, details, giver=holder, receiver=to)


@transaction.atomic
def acknowledge(
    offer: CustodyEvent, *, actor: User, discrepancy: str = "", **details: Unpack[Details]
) -> CustodyEvent:
    """Take the exhibit as it arrived. What differs from the offer has to be explained."""
    held = lock(offer.exhibit, actor, offer=offer)
    if actor != offer.to_user:
        raise NotAllowed(_("The exhibit is offered to somebody else. Only they can take it."))
    differing = differences.between(offer, details)
    if differing and not discrepancy.strip():
        told = _("%(what)s. Explain the difference, or refuse the exhibit.")
        listed = "; ".join(str(difference) for difference in differing)
        raise RuleBroken(told % {"what": listed}, field="discrepancy")
    return append(
        held,
        Kind.ACKNOWLEDGED,
        actor,
        details,
        giver=offer.from_user,
        receiver=actor,
        answers=offer,
        discrepancy=discrepancy.strip(),
        tolerance_mg=differences.tolerance(offer.weight_mg),
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
def reweigh(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Put it on a scale: `weight_mg` and `scale`."""
    if details.get("weight_mg") is None:
        raise RuleBroken(_("Write the weight."), field="weight_mg")
    require_text(details.get("scale", ""), "scale", _("Name the scale the weight was read on."))
    return _plain(exhibit, Kind.REWEIGHED, actor, details)


@transaction.atomic
def sample(
    exhibit: Exhibit, *, parts: list[Exhibit], actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """Take parts from it: one event here, and the first event of each part, held by the same."""
    if not parts or any(part.parent_id != exhibit.pk for part in parts):
        raise RuleBroken(_("Register the samples as parts of this exhibit first."))
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    taken = [part.identifier for part in parts]
    event = append(held, Kind.SAMPLED, actor, details, giver=holder, related=taken)
    when: Details = {"happened_at": event.happened_at, "place": event.place}
    for part in parts:
        _begin(part, Kind.SAMPLED, actor, holder, when, related=[exhibit.identifier])
    return event


@transaction.atomic
def produce(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Produced in court; also the prosecutor may record it."""
    held = lock(exhibit, actor)
    refuse_open_offer(held)
    return append(held, Kind.PRODUCED, actor, details, giver=demand_holder(held))


@transaction.atomic
def return_(
    exhibit: Exhibit, *, to_name: str, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """Given back to its owner: from then on nobody here answers for it."""
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    require_text(details.get("authority", ""), "authority", _("Write what orders the return."))
    require_text(to_name, "to_name", _("Write to whom it is returned."))
    owner = Person(to_name.strip(), "", "")
    return append(held, Kind.RETURNED, actor, details, giver=holder, outside=owner)


@transaction.atomic
def dispose(
    exhibit: Exhibit, *, second: User, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """Destroyed or handed to the state, by order of a court and before a second person (`to`)."""
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    order = details.get("authority", "")
    require_text(order, "authority", _("Write the court's order: court, number and date."))
    if second in (actor, holder):
        raise RuleBroken(_("Name a second person who is present."), field="second")
    require_insight(held, second, "second")
    return append(held, Kind.DISPOSED, actor, details, giver=holder, receiver=second)


@transaction.atomic
def correct(event: CustodyEvent, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """A new event whose `note` says what is wrong in an old one; the old one stays."""
    held = lock(event.exhibit, actor)
    told = _("Write what is wrong and what is right.")
    require_text(details.get("note", ""), "note", told)
    return append(held, Kind.CORRECTED, actor, details, corrects=event)


def _begin(
    exhibit: Exhibit,
    kind: Kind,
    actor: User,
    holder: User | None,
    details: Details,
    **links: Any,
) -> CustodyEvent:
    held = lock(exhibit, actor)
    if held.events:
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

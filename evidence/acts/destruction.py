"""Destruction, or handing to the state: by order of a court, when no appeal can change it any more.

Two people, each with their own account: the holder proposes with photographs, the second person,
who saw it, confirms. Only the confirmation ends the chain.
"""

from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, User
from evidence import links
from evidence.acts import enclosures
from evidence.in_court import courts, lock
from evidence.in_court.orders import Order
from evidence.links import (
    Details,
    append,
    refuse_lost,
    require_holder,
    require_insight,
    require_text,
)
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind


def is_uncharged(case: Case) -> bool:
    """Whether a trial was opened in which nobody is charged with anything yet."""
    return courts.standings([case.pk])[case.pk].is_uncharged


@transaction.atomic
def propose(
    exhibit: Exhibit, *, second: User, order: Order, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """The holder's account: what was done (`note`), with photographs, before the second person.

    Raises RuleBroken while anything needs it, with the day from which it is possible.
    """
    lock.hold(exhibit)
    held = links.lock(exhibit, actor)
    holder = require_holder(held, actor)
    _check_order(order)
    _check_in_court(exhibit.case, order)
    happened = lock.day_of(details.get("happened_at") or clock.now())
    lock.check(held.exhibit, actor=actor, act=lock.DESTROY, on=happened, order=order)
    require_text(details.get("note", ""), "note", _("Write how it was destroyed, or to whom it "
                                                    "was given."))  # fmt: skip
    enclosures.require_some(details, _("Add at least one photograph of it, before or after."))
    if second in (actor, holder):
        raise RuleBroken(_("Name a second person, who saw it."), field="second")
    require_insight(held, second, "second")
    details["authority"] = str(order)
    return append(held, Kind.PROPOSED, actor, details, giver=holder, receiver=second)


def _check_in_court(case: Case, order: Order) -> None:
    if not order.no_proceeding.strip() and not case.proceedings.exists():
        told = _("This case was never in court. Write why no proceeding is needed, or open one.")
        raise RuleBroken(told, field="no_proceeding")


def _check_order(order: Order) -> None:
    require_text(order.court, "court", _("Write which court ordered it."))
    require_text(order.number, "order_number", _("Write the number of the order."))
    if order.made_on > clock.today():
        raise RuleBroken(_("The order lies in the future. Check its date."), field="ordered_on")


@transaction.atomic
def confirm(
    proposal: CustodyEvent, *, account: str, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """The second person's own account: what they saw. From then on nobody holds it.

    An appeal that was lodged before the day of the act stops it here, too; one that came later
    must not keep what happened out of the record.
    """
    lock.hold(proposal.exhibit)
    held = links.lock(proposal.exhibit, actor, offer=proposal)
    if proposal.kind != Kind.PROPOSED:
        raise RuleBroken(_("No destruction is proposed. It is offered for a handover."))
    if actor != proposal.to_user:
        raise NotAllowed(_("Somebody else was named as the second person. Only they can confirm."))
    refuse_lost(held)
    require_text(account, "account", _("Write what you saw yourself."))
    details["note"] = account.strip()
    details["authority"] = proposal.authority
    since = held.last.happened_at if held.last else proposal.happened_at
    moment = details.get("happened_at") or max(since, proposal.happened_at)
    details["happened_at"], happened = moment, lock.day_of(moment)
    lock.check(
        held.exhibit, actor=actor, act=lock.DESTROY, on=happened, waived=lock.ASKED, is_past=True
    )
    details.setdefault("place", proposal.place)
    giver = proposal.from_user
    return append(
        held, Kind.DISPOSED, actor, details, giver=giver, receiver=actor, answers=proposal
    )

"""What goes wrong with an exhibit: it is missing, it is found again, it is damaged.

Whoever should have it in sight may say so, not only its holder; nothing changes hands by it.
"""

from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from casework.models import User
from evidence.acts import enclosures
from evidence.links import Details, Held, append, demand_holder, lock, require_text
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind


@transaction.atomic
def report_loss(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """It is not where it should be; `note` says when it was last seen and who was told."""
    held = lock(exhibit, actor)
    giver = _answerable(held)
    if held.is_lost:
        raise RuleBroken(_("It is reported missing already."))
    told = _("Write where it should be, when it was last seen, and who was told.")
    require_text(details.get("note", ""), "note", told)
    return append(held, Kind.LOST, actor, details, giver=giver)


@transaction.atomic
def report_found(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """It is there again; `note` says where and by whom it was found."""
    held = lock(exhibit, actor)
    if not held.is_lost:
        raise RuleBroken(_("It is not reported missing."))
    told = _("Write where it was, and who found it.")
    require_text(details.get("note", ""), "note", told)
    return append(held, Kind.FOUND, actor, details, giver=_answerable(held))


@transaction.atomic
def report_damage(exhibit: Exhibit, *, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """Damage as somebody saw it, with at least one photograph (`file_digests`)."""
    held = lock(exhibit, actor)
    giver = _answerable(held)
    told = _("Write what is damaged, and how it came about as far as you know.")
    require_text(details.get("note", ""), "note", told)
    enclosures.require_some(details, _("Add at least one photograph of the damage."))
    return append(held, Kind.DAMAGED, actor, details, giver=giver)


def _answerable(held: Held) -> User | None:
    """Its holder; nobody while somebody without an account has it. Refuses what has left."""
    return None if held.open_hand_out else demand_holder(held)

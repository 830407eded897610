"""Moving within the store: the same hands, another place. The chain keeps the name of the day."""

from collections.abc import Iterable
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from casework.models import User
from evidence.links import Details, append, hold_all, lock, require_holder
from evidence.models import CustodyEvent, Exhibit, Place


@transaction.atomic
def move(exhibit: Exhibit, *, to: Place, actor: User, **details: Unpack[Details]) -> CustodyEvent:
    """The holder puts it into another place of their own agency's store."""
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    to = Place.objects.select_for_update(no_key=True).get(pk=to.pk)  # it is not closed meanwhile
    if to.agency_id != holder.agency_id or not to.is_active:
        raise RuleBroken(_("Choose a place of your own store that is in use."), field="to")
    if held.exhibit.place_id == to.pk and held.exhibit.storage_place == to.path:
        raise RuleBroken(_("It is recorded there already."), field="to")
    details["place"] = to.path
    return append(held, CustodyEvent.Kind.MOVED, actor, details, giver=holder)


@transaction.atomic
def move_all(
    exhibits: Iterable[Exhibit], *, to: Place, actor: User, **details: Unpack[Details]
) -> list[CustodyEvent]:
    """All of them or none."""
    exhibits = list(exhibits)
    hold_all(exhibits)
    return [move(exhibit, to=to, actor=actor, **details) for exhibit in exhibits]

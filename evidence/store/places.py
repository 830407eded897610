"""Operations on the places of an agency's store. Past custody events keep the words of their day.

A place has its whole name from the store inwards, kept in `path`; custody events state that name.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import Agency, User
from evidence.models import Exhibit, Place
from evidence.natural import natural

T = TypeVar("T")
BETWEEN = ", "  # from a place to the one within it
NOT_IN_A_NAME = ",/>"
# Read aloud and typed without doubt: no I, L, O, U, 0 or 1.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 7
CODE = re.compile(rf"P-[{LETTERS}]{{{CODE_LENGTH}}}(?![A-Z0-9])")
LONGEST = 200


@dataclass(frozen=True)
class Node:
    """A place in the tree, with how deep it lies."""

    place: Place
    depth: int


def readable_by(user: User) -> QuerySet[Place]:
    """The places of the own agency's store, for those whose position looks after or into it."""
    places: QuerySet[Place] = Place.objects.select_related("agency", "parent")
    if user.agency_id is None or not access.holds(user, roles.VIEW_STORE):
        return places.none()
    return places.filter(agency=user.agency_id)


def find(user: User, code: str, permission: str = roles.VIEW_STORE) -> Place:
    """The place with this code. NotAllowed for a position without it, 404 for another agency's."""
    demand(user, permission)
    is_code = CODE.fullmatch(code) is not None
    place = readable_by(user).filter(code=code).first() if is_code else None
    if place is None:
        raise Http404
    return place


def demand(user: User, permission: str) -> Agency:
    """The agency whose store this person looks after (or into). Raises NotAllowed."""
    if user.agency is None or not access.holds(user, permission):
        raise NotAllowed(_("Your position does not look after the store."))
    return user.agency


def choices(user: User) -> QuerySet[Place]:
    """Where this person may say that a thing is kept: the places in use of their own agency."""
    places: QuerySet[Place] = Place.objects.filter(is_active=True)
    return places.filter(agency=user.agency_id) if user.agency_id else places.none()


def tree(places: QuerySet[Place]) -> list[Node]:
    """In the order of a walk through the store, room 2 before room 10."""
    rows = sorted(places, key=lambda place: [natural(part) for part in place.path.split(BETWEEN)])
    return [Node(place, place.path.count(BETWEEN)) for place in rows]


def inside(place: Place) -> QuerySet[Place]:
    """The place itself and everything within it."""
    within = Q(path=place.path) | Q(path__startswith=f"{place.path}{BETWEEN}")
    rows: QuerySet[Place] = Place.objects.filter(agency=place.agency_id)
    return rows.filter(within)


def around(place: Place) -> QuerySet[Place]:
    """The places that it lies in, from the store inwards."""
    parts = place.path.split(BETWEEN)
    names = [BETWEEN.join(parts[:depth]) for depth in range(1, len(parts))]
    rows: QuerySet[Place] = Place.objects.filter(agency=place.agency_id, path__in=names)
    return rows


def contents(place: Place, user: User) -> QuerySet[Exhibit]:
    """The exhibits recorded in the place or within it that this person may see."""
    rows: QuerySet[Exhibit] = Exhibit.objects.visible_to(user)
    return rows.filter(place__in=inside(place))


@transaction.atomic
def add(*, kind: str, name: str, actor: User, parent: Place | None = None) -> Place:
    """A place in the actor's agency, within another one or by itself."""
    agency = _locked(actor)
    if parent is not None:
        parent = _current(parent, agency)
        if not parent.is_active:
            raise RuleBroken(_("This place is closed. Choose one in use."), field="parent")
    place = Place(agency=agency, parent=parent, kind=kind, code=_new_code())
    _name(place, name, parent)
    return _save(place, actor, "store.add")


@transaction.atomic
def rename(place: Place, *, name: str, actor: User, reason: str = "") -> Place:
    """From now on it is called so; events recorded before keep the old name."""
    place = _current(place, _locked(actor))
    return _renamed(place, name, place.parent, actor, "store.rename", reason)


@transaction.atomic
def move(place: Place, *, parent: Place | None, actor: User, reason: str = "") -> Place:
    """Put a place with all that is in it into another one. No place is within itself."""
    agency = _locked(actor)
    place = _current(place, agency)
    if parent is not None:
        parent = _current(parent, agency)
        if inside(place).filter(pk=parent.pk).exists():
            told = _("A place cannot be within itself. Choose another one.")
            raise RuleBroken(told, field="parent")
        if not parent.is_active:
            raise RuleBroken(_("This place is closed. Choose one in use."), field="parent")
    return _renamed(place, place.name, parent, actor, "store.move", reason)


@transaction.atomic
def close(place: Place, *, actor: User, reason: str = "") -> Place:
    """Nothing is kept there from now on. Refused while something is recorded in it."""
    place = _current(place, _locked(actor))
    list(inside(place).select_for_update(no_key=True).order_by("pk"))  # nothing is put there now
    if Exhibit.objects.filter(place__in=inside(place)).exists():
        raise RuleBroken(_("Something is recorded there still. Record where it goes first."))
    for each in inside(place).filter(is_active=True):
        each.is_active = False
        _save(each, actor, "store.close", reason)
    place.is_active = False
    return place


@transaction.atomic
def reopen(place: Place, *, actor: User, reason: str = "") -> Place:
    place = _current(place, _locked(actor))
    if place.parent is not None and not place.parent.is_active:
        raise RuleBroken(_("The place around it is closed. Open that one first."))
    place.is_active = True
    return _save(place, actor, "store.reopen", reason)


@transaction.atomic
def together(change: Callable[[], T]) -> T:
    """Several changes of one form: all or none."""
    return change()


def _locked(actor: User) -> Agency:
    """One change of the tree at a time: the agency's row is the lock."""
    agency = demand(actor, roles.KEEP_STORE)
    return Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


def _current(place: Place, agency: Agency) -> Place:
    found = Place.objects.filter(agency=agency, pk=place.pk).select_related("parent").first()
    if found is None:
        raise Http404
    return found


def _renamed(
    place: Place, name: str, parent: Place | None, actor: User, action: str, reason: str
) -> Place:
    below = list(inside(place).exclude(pk=place.pk))
    before = place.path
    place.parent = parent
    _name(place, name, parent)
    for each in below:
        each.path = place.path + each.path[len(before) :]
        _refuse_long(each.path)
        _save(each, actor, action, reason)
    _save(place, actor, action, reason, before=before)
    return place


def _name(place: Place, name: str, parent: Place | None) -> None:
    name = " ".join(name.split())
    if not name or any(sign in name for sign in NOT_IN_A_NAME):
        told = _("Write a name without commas and strokes, such as Room 2 or Shelf C.")
        raise RuleBroken(told, field="name")
    beside = Place.objects.filter(agency=place.agency, parent=parent, name__iexact=name)
    if beside.exclude(pk=place.pk).exists():
        raise RuleBroken(_("There is a place of this name already."), field="name")
    place.name = name
    place.path = f"{parent.path}{BETWEEN}{name}" if parent else name
    _refuse_long(place.path)


def _refuse_long(path: str) -> None:
    if len(path) > LONGEST:
        raise RuleBroken(_("With all that is around it the name is too long."), field="name")


def _save(place: Place, actor: User, action: str, reason: str = "", **detail: Any) -> Place:
    place.full_clean()
    audit.sign(place, actor, reason)
    place.save()
    audit.record(action, actor=actor, subject=place, code=place.code, reason=reason, **detail)
    return place


def _new_code() -> str:
    """P- and seven signs: nobody guesses the label of another store."""
    while True:
        code = "P-" + "".join(secrets.choice(LETTERS) for _sign in range(CODE_LENGTH))
        if not Place.objects.filter(code=code).exists():
            return code


def spelled(text: str, user: User | None) -> str:
    """The whole name of the place whose code was scanned; any other text as it was typed."""
    place = named(text, user) if CODE.search(text.upper()) else None
    return place.path if place else text


def scanned(text: str, user: User) -> Place | None:
    """The place whose label was scanned, for whoever may read the store's pages."""
    code = CODE.search(text.upper())
    return readable_by(user).filter(code=code[0]).first() if code else None


def named(text: str, user: User | None) -> Place | None:
    """The place in use that somebody chose by its name, or by scanning its code."""
    if user is None:
        return None
    if code := CODE.search(text.upper()):
        return choices(user).filter(code=code[0]).first()
    words = text.replace("\x00", "").strip()
    whole = choices(user).filter(path__iexact=words).first()
    return whole or _only(choices(user).filter(name__iexact=words))


def _only(rows: QuerySet[Place]) -> Place | None:
    """A short name is enough where one place alone bears it."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def paths(user: User) -> Sequence[str]:
    """The names a form offers beside its field for a place."""
    return [node.place.path for node in tree(choices(user))]

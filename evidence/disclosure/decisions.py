"""What holds of each thing: a person's choice where it still may stand, the default elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Code
from evidence.disclosure import things
from evidence.disclosure.things import EXHIBIT, FILE, PART, STATEMENT, Thing, Treatment
from evidence.models import DisclosureChoice

GROUNDS = "withheld_ground"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """As a row keeps it, and as a disclosure was asked for with it."""

    key: str
    treatment: str
    ground: str = ""
    is_sensitive: bool = False  # it was known to be, when this was decided


@dataclass(frozen=True, kw_only=True)
class Decision:
    thing: Thing
    treatment: str
    ground: str = ""
    is_chosen: bool = False
    follows: str = ""  # the thing with which it goes, whatever was chosen

    @property
    def is_withheld(self) -> bool:
        return self.treatment == Treatment.WITHHELD

    @property
    def can_be_chosen(self) -> bool:
        return not self.thing.is_fixed and not self.follows

    @property
    def mark(self) -> str:
        return {"served": "full", "redacted": "half"}.get(self.treatment, "open")

    @property
    def word(self) -> str:
        return str(Treatment(self.treatment).label)


def grounds() -> dict[str, str]:
    return dict(Code.objects.kind(GROUNDS).values_list("code", "label"))


def standing(case: Any, user: Any) -> list[Choice]:
    rows = DisclosureChoice.objects.visible_to(user).filter(case=case)
    return of_plain(rows.values("key", "treatment", "ground", "is_sensitive"))


def of_plain(rows: Iterable[dict[str, Any]]) -> list[Choice]:
    return [Choice(**row) for row in rows]


def decide(found: Sequence[Thing], choices: Iterable[Choice]) -> list[Decision]:
    """One for each thing, in its order."""
    by_key, words = {choice.key: choice for choice in choices}, grounds()
    first = [_decided(thing, by_key.get(thing.key), words) for thing in found]
    gone = {one.thing.key: one.thing.title for one in first if one.is_withheld}
    return [_following(one, gone) for one in first]


def _decided(thing: Thing, choice: Choice | None, words: dict[str, str]) -> Decision:
    if choice is None or not _may_stand(thing, choice):
        ground = words.get(thing.ground, thing.ground)
        return Decision(thing=thing, treatment=thing.default, ground=ground)
    return Decision(thing=thing, treatment=choice.treatment, ground=choice.ground, is_chosen=True)


def _may_stand(thing: Thing, choice: Choice) -> bool:
    """Not where the thing became sensitive since, nor where the copy to be served is gone."""
    if choice.treatment == Treatment.WITHHELD:
        return not thing.is_fixed
    is_known = choice.is_sensitive or not thing.is_sensitive
    return is_known and choice.treatment in thing.choices


def _following(one: Decision, gone: dict[str, str]) -> Decision:
    """What stands in a part, or at an exhibit, that is withheld is withheld with it."""
    above = next((key for key in _above(one.thing) if key in gone), "")
    if not above or one.is_withheld:
        return one
    said = _("With %(thing)s") % {"thing": gone[above]}
    return Decision(thing=one.thing, treatment=Treatment.WITHHELD, ground=said[:300], follows=above)


def _above(thing: Thing) -> list[str]:
    if thing.kind == EXHIBIT:
        return [*_exhibits(thing.exhibit)[1:], f"{PART}:custody"]
    if thing.kind == FILE:
        of_exhibit = [*_exhibits(thing.exhibit), f"{PART}:custody"]
        return of_exhibit if thing.exhibit else [f"{PART}:files"]
    if thing.kind == STATEMENT:
        return [f"{PART}:statements", f"{FILE}:{thing.paper}"]
    return []


def _exhibits(label: str) -> list[str]:
    """The exhibit, and what it was taken from: its label tells of that (E7/S1 of E7)."""
    steps = label.split("/")
    return [f"{EXHIBIT}:{'/'.join(steps[:at])}" for at in range(len(steps), 0, -1)]


def read(case: Any, user: Any) -> list[Decision]:
    """As they stand now, for this reader."""
    return decide(things.of(case, user), standing(case, user))

"""What a court will ask of a seizure, and how far the record answers. Pure: counts in, marks out.

Only what is wrong stops a recording; what is missing stays visible until it is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Known:
    """How much is known; `*_wrong` says that what was typed does not hold."""

    people: int = 0
    has_place: bool = False
    has_moment: bool = False
    is_moment_wrong: bool = False
    containers: int = 0
    containers_wrong: int = 0
    seals: int = 0
    items: int = 0
    counted: int = 0
    weighed: int = 0
    on_a_scale: int = 0


@dataclass(frozen=True)
class Question:
    mark: str
    asked: StrOrPromise
    answer: StrOrPromise


def ask(known: Known) -> Sequence[Question]:
    """The six questions, in the order in which they lose cases."""
    return (
        _who(known),
        _where(known),
        _which_container(known),
        _how_much(known),
        Question(
            "later", _("What it looked like before it was touched"), _("Photographs come next")
        ),
        Question(
            "later", _("Who took it from there"), _("Custody starts when you register exhibits")
        ),
    )


def _who(known: Known) -> Question:
    asked = _("Who found it, and who saw")
    if not known.people:
        return Question("open", asked, _("Nobody named"))
    answer = ngettext("%(n)s person named", "%(n)s people named", known.people)
    return Question("full" if known.people > 2 else "half", asked, answer % {"n": known.people})


def _where(known: Known) -> Question:
    asked = _("Where and when")
    if known.is_moment_wrong:
        answer = _("Place given; the date is wrong") if known.has_place else _("The date is wrong")
        return Question("half" if known.has_place else "open", asked, answer)
    if known.has_place and known.has_moment:
        return Question("full", asked, _("Place and time given"))
    if known.has_place:
        return Question("half", asked, _("Place given; time missing"))
    if known.has_moment:
        return Question("half", asked, _("Time given; place missing"))
    return Question("open", asked, _("Not given"))


def _which_container(known: Known) -> Question:
    asked = _("Which container, which seal")
    if known.containers_wrong:
        answer = _("Seal given; container number is wrong") if known.seals else _("Number is wrong")
        return Question("half", asked, answer)
    if known.containers and known.seals:
        return Question("full", asked, _("Container and seal given"))
    if known.containers:
        return Question("half", asked, _("Container given; seal missing"))
    if known.seals:
        return Question("half", asked, _("Seal given; container missing"))
    return Question("open", asked, _("Not given"))


def _how_much(known: Known) -> Question:
    asked = _("How many, how heavy, on which scale")
    if not known.items:
        return Question("open", asked, _("Nothing listed"))
    parts = {
        _("count"): known.counted,
        _("weight"): known.weighed,
        _("scale"): known.on_a_scale,
    }
    missing = [str(word) for word, number in parts.items() if number < known.items]
    if not missing:
        return Question("full", asked, _("Count, weight and scale given"))
    answer = _("Missing: %(parts)s") % {"parts": ", ".join(missing)}
    return Question("open" if len(missing) == len(parts) else "half", asked, answer)

"""The number that a list of cases belongs to: what it counts, and of which group, in words."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import figures_words
from casework.cohorts import Dimension, Question
from casework.hearings import SIDES
from casework.models import Case, Code, User
from casework.panels import adjournments, delays, funnel, read, sentences
from casework.statistics import answers
from casework.statistics import behind as numbers

FINES: dict[str, StrOrPromise] = {
    "imposed": _("Fine imposed"),
    "paid": _("Fine wholly paid"),
    "defaulted": _("Term in default begun"),
    "remitted": _("Fine remitted"),
    "unpaid": _("Fine neither paid nor in default"),
}
WORDS: dict[str, dict[str, StrOrPromise]] = {
    "rates": {
        **figures_words.STATES,
        "all": _("All of them"),
        "first": _("Convicted at first instance"),
        "kept": _("Withdrawals left out"),
    },
    "seized": {**figures_words.STATES, "all": _("Everything seized")},
    "funnel": {str(stage): word for stage, word in funnel.STAGES.items()},
    "curve": {
        "all": _("Charged"),
        "concluded": _("Concluded"),
        "censored": _("Still open"),
    },
    "clearance": {"filed": _("Filed"), "concluded": _("Concluded"), "open": _("Still open")},
    "delays": dict(delays.STAGES),
    "sentences": {**sentences.KINDS, "all": _("Convictions that stand")},
    "adjournments": {
        **adjournments.STATES,
        "all": _("Hearings listed"),
        "sat": _("Hearings held or adjourned"),
    },
}


NAMED = re.compile(r"[A-Za-z0-9_.:]{1,80}")


@dataclass(frozen=True)
class Number:
    """A figure as statistics/behind.py names it, and the group of a table that it stands in."""

    figure: str
    by: str
    key: str


def of(asked: QueryDict) -> Number:
    said = (asked.get(name, "") for name in ("figure", "by", "key"))
    figure, by, key = (word if NAMED.fullmatch(word) else "" for word in said)
    return Number(figure or "rates.all", by, key)


def cases(number: Number, question: Question, user: User) -> "QuerySet[Case]":
    """The cases behind a number that this person may read, newest first."""
    if number.by in list(Dimension):
        group = numbers.narrowed(question, Dimension(number.by), number.key)
        if group is None:
            return Case.objects.none()
        question = group
    return answers.cases(question, number.figure, user=user)


def words(number: Number, question: Question, names: figures_words.Names) -> str:
    """What the list holds: the question, what is counted, the group."""
    parts = [figures_words.sentence(question, names), _figure(number.figure), _group(number)]
    return "; ".join(part for part in parts if part)


def _figure(figure: str) -> str:
    panel, _dot, what = figure.partition(".")
    name, *rest = what.split(":")
    known = WORDS.get(panel, {})
    if name in known:
        return str(known[name])
    if name == "cause":
        code = Code.objects.filter(kind="adjournment_reason", code="".join(rest[:1])).first()
        return code.label if code else ""
    of_names = {"side": SIDES, "term": sentences.TERMS, "fine": FINES}.get(name, {})
    return ", ".join(str(of_names.get(word, word)) for word in rest if word)


def _group(number: Number) -> str:
    if number.by not in list(Dimension):
        return ""
    by = Dimension(number.by)
    title = str(read.PANELS[f"by_{by.value}"][0])
    keys = [number.key] if number.key.isdigit() or by == Dimension.TIER else []
    return f"{title}: {answers.names(by, keys).get(number.key, '')}"

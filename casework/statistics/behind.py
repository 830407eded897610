"""The cases behind a number, as far as the reader may open them.

A figure is named `panel.what`: rates.convicted, funnel.upheld, adjournments.cause:defence_absent.
A group of a table is the same figure of a narrower question.
"""

import re
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from casework.cohorts import Cohort, Dimension, Question, State, Unit
from casework.models import Case, Code, User
from casework.statistics import engine, penalties, scope, units
from casework.statistics.court_days import Days
from casework.statistics.journeys import STAGES, as_seized, by_filing, gaps, with_pleas
from casework.statistics.members import FILTERS, Members
from casework.statistics.units import OPEN

Found = tuple[Members, str]  # whom, and which of them
RANKS = {
    State.CONVICTED: (units.CONVICTED,),
    State.PENDING: (OPEN,),
    State.NOT_CONVICTED: (units.NOT_CONVICTED, units.NO_FINDING),
    State.WITHDRAWN: (units.WITHDRAWN,),
    State.ABATED: (units.ABATED,),
}
EVERYBODY = "1 = 1"


def cases(question: Question, figure: str, *, user: User | None) -> "QuerySet[Case]":
    """The cases behind a figure, newest first; none for a figure that there is not."""
    readable: QuerySet[Case] = Case.objects.all() if user is None else Case.objects.visible_to(user)
    panel, _dot, what = figure.partition(".")
    found = PANELS[panel](question, what, scope.condition(user)) if panel in PANELS else None
    if found is None:
        return readable.none()
    source, which = found
    conditions = [*source.conditions().values(), which]
    sql = source.select(["k.id"], where=" AND ".join(conditions), totals=None)
    return readable.filter(pk__in=RawSQL(*_positional(sql, source.params)))


def narrowed(question: Question, by: Dimension, key: str) -> Question | None:
    """The question about one group of a breakdown; None where there is no such group."""
    if by == Dimension.TIER:
        return replace(question, tiers=frozenset([key]))
    if not re.fullmatch(r"\d{1,9}", key or "0"):
        return None
    number = int(key or "0")
    if by == Dimension.YEAR:
        return replace(question, first_year=number, last_year=number) if number else None
    key_set: Any = {FILTERS[by]: frozenset([number])}
    return replace(question, **key_set)


def _positional(sql: str, params: engine.Params) -> tuple[str, list[object]]:
    """Django's own statements number their values."""
    names = re.findall(r"%\((\w+)\)s", sql)
    return re.sub(r"%\(\w+\)s", "%s", sql), [engine.adapted(params[name]) for name in names]


def _rates(question: Question, what: str, counted: scope.Scope) -> Found | None:
    which = {
        "all": EVERYBODY,
        "first": f"u.first_rank = {units.CONVICTED}",
        "kept": f"coalesce(u.last_rank, 0) <> {units.WITHDRAWN}",
        State.NOT_CHARGED: "u.case_id IS NULL",
        State.PENDING: f"u.last_rank = {OPEN} AND u.is_gone = 0",
        State.ABSCONDED: f"u.last_rank = {OPEN} AND u.is_gone = 1",
    }
    if what in which:
        return Members(question, counted), which[what]
    if what not in RANKS:
        return None
    ranks = ", ".join(str(rank) for rank in RANKS[State(what)])
    return Members(question, counted), f"u.last_rank IN ({ranks})"


def _seized(question: Question, what: str, counted: scope.Scope) -> Found | None:
    wider = replace(question, unit=Unit.SEIZURES, cohort=Cohort.SEIZED)
    return _rates(wider, what, counted)


def _funnel(question: Question, what: str, counted: scope.Scope) -> Found | None:
    if what not in STAGES:
        return None
    stages = list(STAGES)
    passed = stages[: stages.index(what) + 1]  # type: ignore[arg-type]  # a str equals its member
    which = " AND ".join(STAGES[stage] for stage in passed)
    return Members(as_seized(question), counted), which


def _curve(question: Question, what: str, counted: scope.Scope) -> Found | None:
    which = {
        "all": "u.filed IS NOT NULL",
        "concluded": "u.concluded IS NOT NULL",
        "censored": "u.filed IS NOT NULL AND u.concluded IS NULL",
    }.get(what)
    return (Members(by_filing(question), counted), which) if which else None


def _clearance(question: Question, what: str, counted: scope.Scope) -> Found | None:
    """`filed` and `concluded` are of the question's years; `open` is on the day asked about."""
    cohorts = {"filed": Cohort.FILED, "concluded": Cohort.CONCLUDED, "open": Cohort.FILED}
    if what not in cohorts:
        return None
    which = "u.concluded IS NULL" if what == "open" else EVERYBODY
    return Members(replace(question, cohort=cohorts[what]), counted), which


def _delays(question: Question, what: str, counted: scope.Scope) -> Found | None:
    columns = gaps()
    if what not in columns:
        return None
    return with_pleas(question, counted), f"{columns[what]} IS NOT NULL"


def _sentences(question: Question, what: str, counted: scope.Scope) -> Found | None:
    """`all`, a kind, `term:` and a band, `fine:` and its fate with or without a currency."""
    source = penalties.source(replace(question, unit=Unit.COUNTS), counted)
    is_convicted = f"u.last_rank = {units.CONVICTED}"
    if what == "all":
        return source, is_convicted
    if what in penalties.KINDS:
        return source, f"{is_convicted} AND {penalties.kind()} = '{what}'"
    name, _colon, rest = what.partition(":")
    if name == "term" and rest in (*penalties.BANDS, "life"):
        return source, f"{is_convicted} AND {penalties.in_band(rest)}"
    fate, _colon, currency = rest.partition(":")
    if name != "fine" or fate not in ("imposed", *penalties.FATES):
        return None
    which = "se.fine IS NOT NULL"
    if fate != "imposed":
        which += f" AND {penalties.fate()} = '{fate}'"
    if currency:
        source.params["currency"] = currency
        which += " AND se.currency = %(currency)s"
    return source, which


def _adjournments(question: Question, what: str, counted: scope.Scope) -> Found | None:
    """A state of hearings, `cause:` with its code, or `side:` with its side."""
    source = Days(question, counted)
    name, _colon, rest = what.partition(":")
    if name in ("all", "sat"):
        return source, EVERYBODY if name == "all" else "h.state IN ('held', 'adjourned')"
    if name == "cause":
        cause, _colon, side = rest.partition(":")
        keys = Code.objects.filter(kind="adjournment_reason", code=cause).values_list("pk")
        source.params.update(cause=next((key for (key,) in keys), 0), side=side)
        which = "h.state = 'adjourned' AND h.adjournment_reason_id = %(cause)s"
        return source, which + (" AND h.side = %(side)s" if _colon else "")
    source.params["what"] = rest if name == "side" else name
    column = "h.state = 'adjourned' AND h.side" if name == "side" else "h.state"
    return source, f"{column} = %(what)s"


PANELS = {
    "rates": _rates,
    "seized": _seized,
    "funnel": _funnel,
    "curve": _curve,
    "clearance": _clearance,
    "delays": _delays,
    "sentences": _sentences,
    "adjournments": _adjournments,
}

"""Figures in words, links and rows: what a page or a spreadsheet says of an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework import display
from casework.cohorts import Cohort, Question, State, Unit
from casework.metrics import Figures, Line, Rate
from casework.models import Case

STATES: dict[str, StrOrPromise] = {
    State.CONVICTED: gettext_lazy("Convicted"),
    State.NOT_CONVICTED: gettext_lazy("Acquitted, no case or dismissed"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
    State.ABATED: gettext_lazy("Abated on death"),
    State.PENDING: gettext_lazy("Still open"),
    State.ABSCONDED: gettext_lazy("Still open, absconded"),
    State.NOT_CHARGED: gettext_lazy("Nobody charged"),
}
UNITS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    Unit.SEIZURES: (gettext_lazy("seizures"), gettext_lazy("Seizures")),
    Unit.CASES: (gettext_lazy("cases"), gettext_lazy("Cases")),
    Unit.ACCUSED: (gettext_lazy("accused"), gettext_lazy("Accused")),
    Unit.COUNTS: (gettext_lazy("counts"), gettext_lazy("Counts against an accused")),
}
COHORTS: dict[str, StrOrPromise] = {
    Cohort.CONCLUDED: gettext_lazy("concluded"),
    Cohort.FILED: gettext_lazy("filed"),
    Cohort.SEIZED: gettext_lazy("seized"),
}
ASKED = ("unit", "cohort", "first_year", "last_year", "tier", "as_at", "known_at")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Told:
    """A rate ready to be shown: its link targets end in the cases behind each number."""

    rate: Rate
    unit: StrOrPromise
    numerator_url: str = ""
    denominator_url: str = ""


@dataclass(frozen=True)
class ToldLine:
    label: StrOrPromise
    line: Line
    after: Told
    first: Told
    withdrawn_url: str


@dataclass(frozen=True)
class Words:
    """Everything the figures page says."""

    sentence: str
    unit: StrOrPromise
    after: Told
    first: Told
    rest: Told
    seized: Told
    overturned: str
    withdrawn_url: str
    states: tuple[tuple[StrOrPromise, int, str], ...]
    by_tier: tuple[ToldLine, ...]
    by_year: tuple[ToldLine, ...]


def of(figures: Figures, asked: QueryDict) -> Words:
    """The page's words for an answer; `asked` keeps the question in every link."""
    question, total = figures.question, figures.total
    unit, _title = UNITS[question.unit]
    base = question_of(asked)

    def url(figure: str, **more: str) -> str:
        return _cases_url(base, figure, **more)

    after = _told(total.after_appeals, unit, url(State.CONVICTED), url("all"))
    first = _told(total.first_instance, unit, url("first"), url("all"))
    seized = _cases_url(_as_seized(asked), "all"), _cases_url(_as_seized(asked), State.CONVICTED)
    return Words(
        sentence=sentence(question),
        unit=unit,
        after=after,
        first=first,
        rest=_told(total.without_withdrawn, unit, url(State.CONVICTED), url("kept")),
        seized=_told(figures.of_everything_seized, UNITS[Unit.SEIZURES][0], seized[1], seized[0]),
        overturned=_overturned(total),
        withdrawn_url=url(State.WITHDRAWN),
        states=tuple((STATES[state], n, url(state)) for state, n in total.states.items()),
        by_tier=tuple(
            _line(line, Case.Tier(line.key).label, unit, base, of_tier=line.key)
            for line in figures.by_tier
        ),
        by_year=tuple(
            _line(line, line.key, unit, base, of_year=line.key) for line in figures.by_year
        ),
    )


def _told(rate: Rate, unit: StrOrPromise, numerator_url: str, denominator_url: str) -> Told:
    return Told(rate, unit, numerator_url, denominator_url)


def _line(line: Line, label: StrOrPromise, unit: StrOrPromise, base: str, **group: str) -> ToldLine:
    def url(figure: str) -> str:
        return _cases_url(base, figure, **group)

    return ToldLine(
        label,
        line,
        _told(line.after_appeals, unit, url(State.CONVICTED), url("all")),
        _told(line.first_instance, unit, url("first"), url("all")),
        url(State.WITHDRAWN),
    )


def _overturned(total: Line) -> str:
    first, now = total.first_instance.numerator, total.after_appeals.numerator
    if first is None or now is None or first == now:
        return ""
    words = _("%(n)s more convicted since") if now > first else _("%(n)s overturned since")
    return words % {"n": abs(first - now)}


def question_of(asked: QueryDict) -> str:
    """The question alone, as a query string."""
    kept = QueryDict(mutable=True)
    for name in ASKED:
        kept.setlist(name, asked.getlist(name))
    return kept.urlencode()


def _as_seized(asked: QueryDict) -> str:
    kept = asked.copy()
    kept["unit"], kept["cohort"] = Unit.SEIZURES.value, Cohort.SEIZED.value
    return question_of(kept)


def _cases_url(base: str, figure: str, **group: str) -> str:
    more = QueryDict(mutable=True)
    more.update({"figure": str(figure), **group})
    query = "&".join(part for part in (base, more.urlencode()) if part)
    return f"{reverse('casework:figures-cases')}?{query}"


def sentence(question: Question) -> str:
    """The question as one sentence: who is counted, which cohort, which tiers, as at when."""
    _unit, title = UNITS[question.unit]
    return _(
        "%(unit)s, %(cohort)s %(years)s, %(tiers)s, as at %(as_at)s, known at %(known_at)s"
    ) % {
        "unit": title,
        "cohort": COHORTS[question.cohort],
        "years": years(question),
        "tiers": tiers(question),
        "as_at": display.day(question.as_at),
        "known_at": display.day(question.known_at),
    }


def years(question: Question) -> str:
    first, last = question.first_year, question.last_year
    if first and last:
        between = _("in %(first)s to %(last)s") % {"first": first, "last": last}
        return between if first != last else _("in %(year)s") % {"year": first}
    if first:
        return _("since %(year)s") % {"year": first}
    return _("until the end of %(year)s") % {"year": last} if last else _("in any year")


def tiers(question: Question) -> str:
    if not question.tiers:
        return _("all tiers")
    labels = [str(Case.Tier(tier).label) for tier in Case.Tier.values if tier in question.tiers]
    return _(" or ").join(label.lower() for label in labels)


def cases_of(question: Question, figure: str, *, of_tier: str, of_year: str) -> str:
    """What a list of cases behind a number holds, in words."""
    words: list[str | Promise] = [sentence(question)]
    if of_tier in Case.Tier.values:
        words.append(Case.Tier(of_tier).label)
    if of_year:
        words.append(of_year)
    named = {
        **STATES,
        "first": _("Convicted at first instance"),
        "kept": _("Withdrawals left out"),
    }
    if figure in named:
        words.append(named[figure])
    return "; ".join(str(word) for word in words)


HEAD = (
    "unit", "cohort", "years", "tiers", "as_at", "known_at", "group", "size",
    "convicted_after_appeals", "percent_after_appeals", "convicted_first_instance",
    "percent_first_instance", "withdrawn", "size_without_withdrawn", "percent_without_withdrawn",
)  # fmt: skip


def rows(figures: Figures) -> Iterator[Sequence[str]]:
    """Head and lines of the spreadsheet; an empty cell is too few to be told."""
    question = figures.question
    asked = (
        question.unit, question.cohort, years(question), tiers(question),
        question.as_at.isoformat(), timezone.localdate(question.known_at).isoformat(),
    )  # fmt: skip
    yield HEAD
    for name, group in (
        ("all", [figures.total]),
        ("tier", figures.by_tier),
        ("year", figures.by_year),
    ):
        for line in group:
            label = name if name == "all" else f"{name} {line.key}"
            yield [safe(cell) for cell in (*asked, label, *_numbers(line))]


def _numbers(line: Line) -> tuple[object, ...]:
    after, first, rest = line.after_appeals, line.first_instance, line.without_withdrawn
    return (
        line.size, after.numerator, after.percent, first.numerator, first.percent, line.withdrawn,
        rest.denominator, rest.percent,
    )  # fmt: skip


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text

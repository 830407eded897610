"""How far things came and how long it took: funnel, clearance, curve, delays, nobody charged."""

from collections import Counter, defaultdict
from dataclasses import replace

from casework import metrics
from casework.cohorts import Cohort, Question, State, Unit
from casework.metrics import FEWEST, Line, Rate
from casework.statistics import engine, rates, survival
from casework.statistics.asked import Reduced, fails, judged, reduce
from casework.statistics.members import Members
from casework.statistics.scope import Scope
from casework.statistics.shapes import (
    Clearance,
    Curve,
    Delays,
    Funnel,
    Share,
    Spread,
    Stage,
    Step,
    Uncharged,
    Year,
)
from casework.statistics.units import CONVICTED, PLEADED

# Each condition holds only together with those before it.
STAGES = {
    Stage.SEIZED: "1 = 1",
    Stage.INQUIRY: "(u.case_id IS NOT NULL OR k.status NOT IN ('recorded', 'no_inquiry'))",
    Stage.CHARGED: "u.case_id IS NOT NULL",
    Stage.CONCLUDED: "u.concluded IS NOT NULL",
    Stage.CONVICTED: f"u.first_rank = {CONVICTED}",
    Stage.UPHELD: f"u.last_rank = {CONVICTED}",
}


def as_seized(question: Question) -> Question:
    """The funnel's question: seizures, or cases where these are asked for, by day of seizure."""
    unit = Unit.CASES if question.unit == Unit.CASES else Unit.SEIZURES
    return replace(question, unit=unit, cohort=Cohort.SEIZED)


def funnel(question: Question, scope: Scope) -> Funnel:
    """Of everything seized, how many came to each step."""
    asked = as_seized(question)
    whens = "".join(
        f" WHEN NOT ({condition}) THEN {n}" for n, condition in enumerate(STAGES.values()) if n
    )
    reached = f"CASE{whens} ELSE {len(STAGES)} END"
    found = reduce(Members(asked, scope), [reached])
    counted: Counter[int] = Counter()
    for steps, n in found.rows:
        counted[steps] += n
    numbers = [sum(counted[n] for n in counted if n > place) for place in range(len(STAGES))]
    steps = tuple(_step(stage, numbers, n, found) for n, stage in enumerate(STAGES))
    return Funnel(asked, steps, found.n, found.is_hidden)


def _step(stage: Stage, numbers: list[int], place: int, found: Reduced) -> Step:
    number, before = numbers[place], numbers[max(0, place - 1)]
    if found.is_hidden:
        size = found.n if place == 0 else None
        return Step(stage, size, Rate(None, size), Rate(None, None))
    return Step(stage, number, Rate(number, found.n), _rate(number, before))


def _rate(part: int, whole: int) -> Rate:
    return Rate(part, whole) if whole >= FEWEST or not whole else Rate(None, whole)


def by_filing(question: Question) -> Question:
    """A curve of what is concluded only would leave out what is open: those filed are followed."""
    is_concluded = question.cohort == Cohort.CONCLUDED
    return replace(question, cohort=Cohort.FILED) if is_concluded else question


def curve(question: Question, scope: Scope) -> Curve:
    """Days from the first filing to the first decision on the last charge."""
    asked = by_filing(question)
    source = Members(asked, scope)
    end = f"coalesce(u.concluded, {engine.a_day('as_at')})"
    columns = [engine.days("u.filed", end), "CASE WHEN u.concluded IS NULL THEN 0 ELSE 1 END"]
    found = reduce(source, columns)
    seen = [(days, bool(done), n) for days, done, n in found.rows if days is not None]
    n = sum(many for _days, _done, many in seen)
    made = survival.curve(asked, seen, is_hidden=found.is_hidden and n > 0)
    return made


def clearance(question: Question, scope: Scope) -> Clearance:
    """What was filed and what was concluded in each year, whichever it was filed in."""
    everything = replace(question, cohort=Cohort.FILED, first_year=None, last_year=None)
    columns = [engine.year("u.filed"), f"coalesce({engine.year('u.concluded')}, 0)"]
    found = reduce(Members(everything, scope), columns)
    filed, concluded = Counter[int](), Counter[int]()
    for in_year, done_in, n in found.rows:
        filed[in_year] += n
        concluded[done_in] += n
    del concluded[0]
    years = [year for year in sorted({*filed, *concluded}) if question.covers_year(year)]
    if found.is_hidden:
        return Clearance(question, (), Year(0, found.n, None, None, None), found.n)
    return Clearance(
        question,
        tuple(_year(year, filed, concluded, year) for year in years),
        _total(years, filed, concluded),
        sum(filed[year] for year in years),
    )


def _year(year: int, filed: Counter[int], concluded: Counter[int], until: int) -> Year:
    came, done = filed[year], concluded[year]
    left = sum(n for when, n in filed.items() if when <= until)
    left -= sum(n for when, n in concluded.items() if when <= until)
    return Year(year, came, done, left, done / came if came >= FEWEST else None)


def _total(years: list[int], filed: Counter[int], concluded: Counter[int]) -> Year:
    came, done = sum(filed[year] for year in years), sum(concluded[year] for year in years)
    last = _year(years[-1], filed, concluded, years[-1]).open_at_end if years else 0
    return Year(0, came, done, last, done / came if came >= FEWEST else None)


def gaps() -> dict[str, str]:
    """The days between two steps of a member, NULL where it did not take both."""
    final = "CASE WHEN u.is_appealed = 1 THEN u.last_decided END"
    return {
        "seizure_charge": engine.days(engine.day("k.began"), "u.filed"),
        "charge_plea": engine.days("u.filed", "u.pleaded"),
        "plea_judgment": engine.days("u.pleaded", "u.concluded"),
        "charge_judgment": engine.days("u.filed", "u.concluded"),
        "judgment_final": engine.days("u.concluded", final),
    }


def with_pleas(question: Question, scope: Scope) -> Members:
    """Members with the day of their first plea."""
    source = Members(question, scope)
    source.has_beginning = True
    source.extra = PLEADED
    return source


def delays(question: Question, scope: Scope) -> Delays:
    """Median and ninetieth percentile of the days between steps, by those that took both."""
    source = with_pleas(question, scope)
    outside, tier = fails(source), "k.tier" if question.tiers else "''"
    columns = [f"{outside} AS fails", f"{tier} AS tier"]
    columns += [f"{sql} AS {name}" for name, sql in gaps().items()]
    each = " UNION ALL ".join(
        f"SELECT '{name}', 0, '', {name}, count(*) FROM asked"
        f" WHERE fails = 0 AND {name} IS NOT NULL GROUP BY {name}"
        for name in gaps()
    )
    sql = (
        f"WITH {source.tables_before()}, asked AS (SELECT {', '.join(columns)} FROM"
        f" {source.source()} WHERE {source.in_cohort()})"
        " SELECT 'all', fails, tier, 0, count(*) FROM asked GROUP BY fails, tier"
        f" UNION ALL {each}"
    )
    rows = source.rows(sql)
    size = judged(source, [row[1:] for row in rows if row[0] == "all"], 1)
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for name, _fails, _tier, days, n in rows:
        seen[name][days] += n
    spreads = (spread(name, seen[name], is_hidden=size.is_hidden) for name in gaps())
    return Delays(question, tuple(spreads), size.n)


def spread(code: str, seen: Counter[int], *, is_hidden: bool = False) -> Spread:
    """Median and ninetieth percentile (the smallest value that nine in ten do not exceed)."""
    n = sum(seen.values())
    if is_hidden or n < FEWEST:
        return Spread(code, None, None, n)
    low, high = _at(seen, (n + 1) // 2), _at(seen, n // 2 + 1)
    return Spread(code, (low + high) / 2, float(_at(seen, -(-n * 9 // 10))), n)


def _at(seen: Counter[int], place: int) -> int:
    """The value of that place, counted from one, in ascending order."""
    for value in sorted(seen):
        place -= seen[value]
        if place <= 0:
            return value
    raise ValueError("nothing has that place")


def uncharged(question: Question, scope: Scope) -> Uncharged:
    """Seizures in whose case nobody is charged."""
    asked = metrics.wider(question)
    found = rates.figures(asked, scope)
    total = found.total
    return Uncharged(
        asked,
        _not_charged(total),
        tuple(Share(line.key, _not_charged(line)) for line in found.by_tier),
        tuple(Share(line.key, _not_charged(line)) for line in found.by_year),
        total.size,
        total.is_hidden,
    )


def _not_charged(line: Line) -> Rate:
    if line.is_hidden or (line.size and not line.states):
        return Rate(None, line.size)
    return Rate(line.states.get(State.NOT_CHARGED, 0), line.size)

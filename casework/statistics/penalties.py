"""Sentences on the convictions that stand: how long, how much, and whether it was paid."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from casework.cohorts import Question, Unit
from casework.metrics import FEWEST, Rate
from casework.statistics.asked import Row, reduce
from casework.statistics.journeys import spread
from casework.statistics.members import Members
from casework.statistics.scope import Scope
from casework.statistics.shapes import Money, Sentences, Share
from casework.statistics.units import CONVICTED, SENTENCED

KINDS = {
    "life": "se.is_life",
    "prison_and_fine": "se.imprisonment_days IS NOT NULL AND se.fine IS NOT NULL",
    "prison": "se.imprisonment_days IS NOT NULL",
    "fine": "se.fine IS NOT NULL",
    "other": "se.id IS NOT NULL",
    "none": "se.id IS NULL",  # not recorded yet
}
YEAR = 365
BANDS = {"under_1": YEAR, "1_to_5": 5 * YEAR, "5_to_10": 10 * YEAR, "over_10": None}
PAID, DEFAULTED, REMITTED, UNPAID = "paid", "defaulted", "remitted", "unpaid"
# What became of a fine; payments count for the charge, also those under a corrected sentence.
FATES = {
    PAID: "coalesce(ev.paid, 0) >= se.fine",
    REMITTED: "ev.is_remitted = 1",
    DEFAULTED: "ev.is_defaulted = 1",
    UNPAID: "se.fine IS NOT NULL",
}


def sentences(question: Question, scope: Scope) -> Sentences:
    """One sentence for each count of an accused that stands convicted."""
    asked = replace(question, unit=Unit.COUNTS)
    is_convicted = f"u.last_rank = {CONVICTED}"
    columns = [
        f"CASE WHEN {is_convicted} THEN {kind()} ELSE '' END",
        "coalesce(CASE WHEN se.is_life THEN -1 ELSE se.imprisonment_days END, 0)",
        "coalesce(CASE WHEN se.fine IS NOT NULL THEN se.currency END, '')",
        fate(),
    ]
    found = reduce(source(asked, scope), columns, ["se.fine", "ev.paid"])
    convicted = [row for row in found.rows if row[0]]
    n = sum(row[-1] for row in convicted)
    if found.is_hidden or 0 < n < FEWEST:
        return Sentences(asked, (), (), spread("term", Counter()), (), n, is_hidden=True)
    kinds, terms = Counter[str](), Counter[int]()
    for name, days, *_money, number in convicted:
        kinds[name] += number
        terms[days] += number
    del terms[0]
    return Sentences(
        asked,
        tuple(Share(name, Rate(kinds[name], n)) for name in KINDS),
        _bands(terms),
        spread("term", Counter({days: many for days, many in terms.items() if days > 0})),
        tuple(money(convicted)),
        n,
        is_hidden=False,
    )


def kind() -> str:
    return _case(KINDS)


def fate() -> str:
    return f"CASE WHEN se.fine IS NULL THEN '' ELSE {_case(FATES)} END"


def _case(choices: dict[str, str]) -> str:
    return f"CASE {' '.join(f'''WHEN {sql} THEN '{name}' ''' for name, sql in choices.items())} END"


def source(question: Question, scope: Scope) -> Members:
    """Counts with the sentence `se` of the conviction that stands and what became of it, `ev`."""
    found = Members(question, scope)
    found.extra = SENTENCED
    found.extra_from = f"""
        LEFT JOIN casework_sentence se
            ON se.outcome_id = u.sentenced AND u.sentenced > u.broken
            AND u.last_rank = {CONVICTED}
        LEFT JOIN (
            SELECT CAST(coalesce(c2.root_id, c2.id) AS bigint) AS line,
                sum(CASE WHEN e.kind = 'paid' THEN e.amount END) AS paid,
                max(CASE WHEN e.kind = 'default' THEN 1 ELSE 0 END) AS is_defaulted,
                max(CASE WHEN e.kind = 'remitted' THEN 1 ELSE 0 END) AS is_remitted
            FROM casework_sentenceevent e JOIN casework_sentence s2 ON s2.id = e.sentence_id
            JOIN casework_outcome o2 ON o2.id = s2.outcome_id
            JOIN casework_charge c2 ON c2.id = o2.charge_id
            WHERE e.recorded_at <= %(known)s AND e.happened_on <= %(as_at)s
                AND NOT e.is_withdrawn AND e.id NOT IN (
                    SELECT supersedes_id FROM casework_sentenceevent
                    WHERE supersedes_id IS NOT NULL AND recorded_at <= %(known)s
                )
            GROUP BY coalesce(c2.root_id, c2.id)
        ) ev ON ev.line = u.first_charge"""
    return found


def _bands(terms: Counter[int]) -> tuple[Share, ...]:
    n, found = sum(terms.values()), Counter[str]()
    for days, number in terms.items():
        found[band(days)] += number
    rates = {
        name: Rate(found[name], n) if n >= FEWEST else Rate(None, n) for name in (*BANDS, "life")
    }
    return tuple(Share(name, rate) for name, rate in rates.items())


def band(days: int) -> str:
    """The band of a term in days; one for life is -1."""
    if days < 0:
        return "life"
    return next(name for name, below in BANDS.items() if below is None or days < below)


def in_band(name: str) -> str:
    """The condition on a sentence whose term lies in a band."""
    if name == "life":
        return "se.is_life"
    names = list(BANDS)
    below, place = BANDS[name], names.index(name)
    least = BANDS[names[place - 1]] if place else 1
    most = "" if below is None else f" AND se.imprisonment_days < {below}"
    return f"NOT se.is_life AND se.imprisonment_days >= {least}{most}"


@dataclass
class Purse:
    """Fines of one currency and fate: how many, how much, and what was paid of it."""

    n: int = 0
    fined: int = 0
    paid: int = 0


def money(rows: list[Row]) -> list[Money]:
    """What was imposed and paid in each currency; no sum that is of fewer than five fines."""
    purses: dict[str, dict[str, Purse]] = defaultdict(lambda: defaultdict(Purse))
    for _kind, _days, currency, fate_, fined, paid, n in rows:
        if currency:
            purse = purses[currency][fate_]
            purse.n, purse.fined, purse.paid = (
                purse.n + n, purse.fined + int(fined or 0), purse.paid + int(paid or 0),
            )  # fmt: skip
    return [_money(currency, purses[currency]) for currency in sorted(purses)]


def _money(currency: str, of: dict[str, Purse]) -> Money:
    n = sum(purse.n for purse in of.values())
    if n < FEWEST:
        return Money(currency, n, None, None, None, None, None)
    paid = sum(purse.paid for purse in of.values())
    has_few = any(0 < purse.n < FEWEST for name, purse in of.items())
    return Money(
        currency,
        n,
        sum(purse.fined for purse in of.values()),
        of[PAID].n,
        None if has_few else paid,
        of[DEFAULTED].n,
        of[UNPAID].n,
    )

"""What the statistics answer: frozen shapes, without a database.

A number that would say too much is None; `n` is always the size of the group beside it.
"""

from dataclasses import dataclass
from enum import StrEnum

from casework.cohorts import Dimension, Question
from casework.metrics import Line, Rate


@dataclass(frozen=True)
class Breakdown:
    """The cohort split by one dimension; `Line.key` is a tier, a year, or a key ("" for none)."""

    question: Question
    by: Dimension
    lines: tuple[Line, ...]


class Stage(StrEnum):
    """The steps of the funnel; each holds only those of the step before."""

    SEIZED = "seized"
    INQUIRY = "inquiry"  # an inquiry was opened
    CHARGED = "charged"  # somebody was charged
    CONCLUDED = "concluded"  # every charge was decided
    CONVICTED = "convicted"  # somebody was convicted at first instance
    UPHELD = "upheld"  # a conviction still stands


@dataclass(frozen=True)
class Step:
    stage: Stage
    number: int | None
    of_all: Rate  # of everything in the funnel
    of_previous: Rate  # of the step before


@dataclass(frozen=True)
class Funnel:
    """Of everything seized in the years asked for, how far it came; seizures or cases."""

    question: Question
    steps: tuple[Step, ...]
    n: int
    is_hidden: bool


@dataclass(frozen=True)
class CurveStep:
    """The share not yet concluded from this day on, with its 95 % band."""

    day: int  # since the filing
    at_risk: int  # still open just before
    concluded: int  # on that day
    censored: int  # left open, last seen between this step and the next
    share: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Curve:
    """Time from the first filing to the conclusion (Kaplan-Meier): what is open counts, too.

    The first step is day 0 with share 1. It ends where fewer than five are at risk.
    """

    question: Question
    steps: tuple[CurveStep, ...]
    n: int
    concluded: int | None
    censored: int | None  # still open on the day asked about
    median: int | None  # days; None while more than half are open
    median_lower: int | None
    median_upper: int | None
    is_hidden: bool


@dataclass(frozen=True)
class Share:
    """A part of a whole: `code` is what it is about, `side` who caused it where that matters."""

    code: str  # "" for none given
    rate: Rate
    side: str = ""


@dataclass(frozen=True)
class Adjournments:
    """Days in court by what became of them, and adjournments by cause and by side."""

    question: Question
    states: tuple[Share, ...]  # held, adjourned, vacated, listed (those that lie before as-at)
    by_cause: tuple[Share, ...]  # codes of the list adjournment_reason, most frequent first
    by_side: tuple[Share, ...]
    adjourned: Rate  # of the hearings held or adjourned
    n: int  # hearings
    is_hidden: bool


@dataclass(frozen=True)
class Spread:
    """Median and ninetieth percentile of a number of days, hearings, ...; None under five."""

    code: str
    median: float | None
    p90: float | None
    n: int


@dataclass(frozen=True)
class Hearings:
    """How many hearings (held or adjourned) a case took."""

    question: Question
    per_case: Spread
    n: int


@dataclass(frozen=True)
class Delays:
    """Days between steps, of those that took both: see the curve for those still open.

    Codes: seizure_charge, charge_plea, plea_judgment, charge_judgment, judgment_final.
    """

    question: Question
    spreads: tuple[Spread, ...]
    n: int


@dataclass(frozen=True)
class Money:
    """Fines of one currency, in its whole units."""

    currency: str
    imposed: int  # how many
    imposed_amount: int | None
    paid: int | None  # how many of them wholly paid
    paid_amount: int | None
    defaulted: int | None  # the term in default begun
    unpaid: int | None  # neither paid wholly nor in default


@dataclass(frozen=True)
class Sentences:
    """Sentences on the convictions that stand, one for each count and accused."""

    question: Question
    kinds: tuple[Share, ...]  # prison, fine, prison_and_fine, life, other, none
    terms: tuple[Share, ...]  # of the terms: under_1, 1_to_5, 5_to_10, over_10, life
    term: Spread  # days, without terms for life
    fines: tuple[Money, ...]
    n: int  # convictions
    is_hidden: bool


@dataclass(frozen=True)
class Year:
    """What came in and what was finished in a year; the rate can be above one."""

    year: int
    filed: int | None
    concluded: int | None
    open_at_end: int | None
    clearance: float | None  # concluded / filed


@dataclass(frozen=True)
class Clearance:
    question: Question
    years: tuple[Year, ...]
    total: Year  # year 0: all together
    n: int


@dataclass(frozen=True)
class Uncharged:
    """Seizures with nobody charged: `rate` of all seizures, and by tier, year and waiting time."""

    question: Question
    rate: Rate
    by_tier: tuple[Share, ...]
    by_year: tuple[Share, ...]
    n: int
    is_hidden: bool

"""Whether two parties may be one: a score with its reasons in plain words.

Pure. `names` compares two names (0..1), `compare` two subjects (0..1000); from `ALARM` on a person
should look.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kyc import name_score
from kyc import names as naming

ALARM = 750
SAME_NUMBER, OTHER_NUMBER = 200, -150
SAME_BIRTH, OTHER_BIRTH = 60, -250
SAME_COUNTRY, OTHER_COUNTRY = 20, -50
OTHER_KIND = -200
WEAK_ALIAS = 0.9
FULL = 1000


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is compared. Days are YYYY, YYYY-MM or YYYY-MM-DD; countries ISO alpha-2; `identifiers`
    are (kind, value), or (kind, value, country) where it is known who gave the number."""

    kind: str
    names: tuple[str, ...]
    weak_names: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, ...], ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What raised or lowered a score, by how many points of 1000."""

    code: str
    words: str
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    value: int
    reasons: tuple[Reason, ...]
    left_name: str
    right_name: str


def names(left: str, right: str, kind: str = "") -> float:
    """How likely two names are of one person, firm or vessel: 0..1, 1 only for equal ones."""
    one, other = naming.read(left, kind), naming.read(right, kind)
    if one.kind != other.kind:  # guessed: a legal form or a word of trade makes both a firm
        one, other = naming.read(left, "firm"), naming.read(right, "firm")
    return name_score.score(one, other)


def compare(left: Subject, right: Subject) -> Score:
    """The best pair of names, moved by what else is known of both."""
    likeness, left_name, right_name = _best_names(left, right)
    base = round(likeness * 900)
    reasons = [Reason("names", f"{left_name} and {right_name}", base)]
    reasons += _identifiers(left, right) + _births(left, right) + _countries(left, right)
    if left.kind != right.kind and {left.kind, right.kind} <= {"person", "firm", "vessel"}:
        reasons.append(Reason("kind", f"one is a {left.kind}, one a {right.kind}", OTHER_KIND))
    value = max(0, min(FULL, sum(reason.points for reason in reasons)))
    return Score(value, tuple(reasons), left_name, right_name)


def _best_names(left: Subject, right: Subject) -> tuple[float, str, str]:
    kind = left.kind if left.kind == right.kind else ""
    best = (0.0, "", "")
    for one, weight in _weighed(left):
        for other, factor in _weighed(right):
            best = max(best, (names(one, other, kind) * min(weight, factor), one, other))
    return best


def _weighed(subject: Subject) -> list[tuple[str, float]]:
    strong = [(name, 1.0) for name in subject.names]
    return strong + [(name, WEAK_ALIAS) for name in subject.weak_names]


def _identifiers(left: Subject, right: Subject) -> list[Reason]:
    found = []
    for kind in sorted({item[0] for item in left.identifiers}):
        ours, theirs = _numbers(left.identifiers, kind), _numbers(right.identifiers, kind)
        if same := sorted(ours & theirs):
            found.append(Reason("same_number", f"same {kind}: {same[0]}", SAME_NUMBER))
        elif theirs:
            found.append(Reason("other_number", f"different {kind}", OTHER_NUMBER))
    return found


def _numbers(identifiers: Iterable[tuple[str, ...]], kind: str) -> set[str]:
    values = ("".join(c for c in i[1].upper() if c.isalnum()) for i in identifiers if i[0] == kind)
    return {value for value in values if value}


def _births(left: Subject, right: Subject) -> list[Reason]:
    if not left.birth_dates or not right.birth_dates:
        return []
    pairs = [(a, b) for a in left.birth_dates for b in right.birth_dates]
    if any(a.startswith(b) or b.startswith(a) for a, b in pairs):
        return [Reason("same_birth", "dates of birth agree", SAME_BIRTH)]
    return [Reason("other_birth", "dates of birth differ", OTHER_BIRTH)]


def _countries(left: Subject, right: Subject) -> list[Reason]:
    if not left.countries or not right.countries:
        return []
    if {*left.countries} & {*right.countries}:
        return [Reason("same_country", "a country in common", SAME_COUNTRY)]
    return [Reason("other_country", "no country in common", OTHER_COUNTRY)]

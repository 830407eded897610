"""Whether two parties may be one: a score with its reasons in plain words.

Pure. `names` compares two names (0..1), `compare` two subjects (0..1000); from `ALARM` on a person
should look. What raises a score takes a share of what is missing to the top, what lowers it a share
of what there is: so no score is full unless everything agrees.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kyc.naming import match_facts, name_reasons, name_score
from kyc.naming import names as naming
from kyc.naming.names import KINDS, Name

ALARM = 700
FULL = 1000
NAMES_ALONE = 900  # the most that names can give
WEAK_ALIAS = 0.9  # of the likeness of a name that the list itself calls weak
MOST_LISTED = 8
OTHER_KIND = 0.6


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
    """What raised or lowered a score, by how many points of 1000. The points of all reasons add up
    to the score; those that explain the likeness of the names have none of their own."""

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
    if ";" in left or ";" in right:
        return max(names(one, other, kind) for one in _listed(left) for other in _listed(right))
    one, other = _read(left, right, kind)
    return name_score.score(one, other)


def _listed(text: str) -> list[str]:
    """Some lists put several names into one field."""
    return [part for part in text.split(";", MOST_LISTED) if part.strip()][:MOST_LISTED] or [""]


def _read(left: str, right: str, kind: str) -> tuple[Name, Name]:
    one, other = naming.read(left, kind), naming.read(right, kind)
    if one.kind != other.kind:  # guessed: a legal form or a word of trade makes both a firm
        one, other = naming.read(left, "firm"), naming.read(right, "firm")
    return one, other


def compare(left: Subject, right: Subject) -> Score:
    """The best pair of names, moved by what else is known of both."""
    likeness, left_name, right_name, is_weak = _best_names(left, right)
    value: float = _points(likeness)
    kind = "" if _kinds_differ(left, right) else _kind(left, right)
    reasons = list(_names_reasons(left_name, right_name, kind, round(value), is_weak))
    for code, words, share in _facts(left, right):
        before = round(value)
        value += (FULL - value) * share if share > 0 else value * share
        reasons.append(Reason(code, words, round(value) - before))
    return Score(round(value), tuple(reasons), left_name, right_name)


def _points(likeness: float) -> float:
    """Up to the alarm a likeness is its thousandths; above, names alone leave room for proof."""
    points = likeness * FULL
    if points <= ALARM:
        return points
    return ALARM + (points - ALARM) * (NAMES_ALONE - ALARM) / (FULL - ALARM)


def _names_reasons(
    left: str, right: str, kind: str, points: int, is_weak: bool
) -> Iterator[Reason]:
    one, other = _read(left, right, kind)
    if one.plain == other.plain:
        yield Reason("names", f"Both are named “{left}”.", points)
    else:
        yield Reason("names", f"“{left}” is compared with “{right}”.", points)
    if is_weak:
        yield Reason("weak_name", "The list itself calls this name a weak one.", 0)
    for code, words in name_reasons.explain(one, other):
        yield Reason(code, words, 0)


def _best_names(left: Subject, right: Subject) -> tuple[float, str, str, bool]:
    kind = "" if _kinds_differ(left, right) else _kind(left, right)
    best = (0.0, next(iter(left.names), ""), next(iter(right.names), ""), False)
    for one, is_weak in _named(left):
        for other, is_weak_too in _named(right):
            weak = is_weak or is_weak_too
            found = names(one, other, kind) * (WEAK_ALIAS if weak else 1)
            if found > best[0]:
                best = (found, one, other, weak)
    return best


def _named(subject: Subject) -> Iterator[tuple[str, bool]]:
    yield from ((name, False) for name in subject.names)
    yield from ((name, True) for name in subject.weak_names)


def _kind(left: Subject, right: Subject) -> str:
    return left.kind if left.kind in KINDS else right.kind if right.kind in KINDS else ""


def _kinds_differ(left: Subject, right: Subject) -> bool:
    return left.kind != right.kind and {left.kind, right.kind} <= KINDS


def _facts(left: Subject, right: Subject) -> Iterator[match_facts.Moved]:
    yield from match_facts.identifiers(left.identifiers, right.identifiers)
    yield from match_facts.births(left.birth_dates, right.birth_dates)
    yield from match_facts.countries(left.countries, right.countries)
    yield from match_facts.addresses(left.addresses, right.addresses)
    if _kinds_differ(left, right):
        said = f"One is a {left.kind}, the other a {right.kind}."
        yield "other_kind", said, OTHER_KIND - 1

"""How much of a checklist is known of a party on a day: each line with its state and the measure.

Pure. A line is met by one good fact of the kinds that it names. What was contradicted stays
contradicted until another fact is verified: what was found instead does not meet the line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

VERIFIED, OWN_WORD, EXPIRED = "verified", "own_word", "expired"
MISSING, UNKNOWN, CONTRADICTED = "missing", "unknown", "contradicted"
STATES = (VERIFIED, OWN_WORD, EXPIRED, MISSING, UNKNOWN, CONTRADICTED)


@dataclass(frozen=True)
class Said:
    """A fact as far as a checklist needs it; `standing` as `Fact.Standing` has it."""

    kind: str
    standing: str
    as_of: date
    checked_on: date | None = None
    expires_on: date | None = None
    until: date | None = None
    reason: str = ""  # why it is not known
    is_finding: bool = False  # it was found in place of what was said


@dataclass(frozen=True)
class Want:
    """A line of a checklist: kinds of fact, one of which meets it."""

    code: str
    group: str
    label: str
    kinds: frozenset[str]
    must_be_verified: bool = False
    good_for_days: int | None = None
    party_kind: str = ""  # empty: of every party


@dataclass(frozen=True)
class Line:
    want: Want
    state: str
    reason: str = ""

    @property
    def is_met(self) -> bool:
        return self.state == VERIFIED or (self.state == OWN_WORD and not self.want.must_be_verified)


@dataclass(frozen=True)
class Measure:
    """`met` of `total`, of which `verified`; the rest by state."""

    total: int
    met: int
    verified: int
    states: dict[str, int] = field(default_factory=dict)


def read(wants: Sequence[Want], said: Sequence[Said], party_kind: str, day: date) -> list[Line]:
    """Each line that holds for the kind of party, with how it stands on the day."""
    asked = [want for want in wants if want.party_kind in ("", party_kind)]
    return [_line(want, [fact for fact in said if fact.kind in want.kinds], day) for want in asked]


def measure(lines: Iterable[Line]) -> Measure:
    found = list(lines)
    states = [line.state for line in found]
    return Measure(
        len(found),
        sum(line.is_met for line in found),
        states.count(VERIFIED),
        {state: states.count(state) for state in STATES if state in states},
    )


def _line(want: Want, facts: Sequence[Said], day: date) -> Line:
    current = [fact for fact in facts if _is_current(fact, want, day)]
    standings = {fact.standing for fact in current if not fact.is_finding}
    if "verified" in standings:
        return Line(want, VERIFIED)
    if any(fact.standing == "contradicted" for fact in facts):
        return Line(want, CONTRADICTED)
    if "own_word" in standings:
        return Line(want, OWN_WORD)
    if any(fact.standing in ("verified", "own_word") for fact in facts):
        return Line(want, EXPIRED)
    unknown = next((fact for fact in facts if fact.standing == "unknown"), None)
    return Line(want, UNKNOWN, unknown.reason) if unknown else Line(want, MISSING)


def _is_current(fact: Said, want: Want, day: date) -> bool:
    """In date on the day, still held, and not older than the line allows."""
    ended = [end for end in (fact.expires_on, fact.until) if end is not None]
    if any(end < day for end in ended):
        return False
    seen = max(fact.as_of, fact.checked_on or fact.as_of)
    age = want.good_for_days
    return age is None or seen + timedelta(days=age) >= day

"""Which alarms a frozen reading of a trial gives, in the order of what lost such cases before.

Pure: no database, no words. A charge that is decided alarms nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PROVED, CONTESTED, MISSING, NOT_NEEDED, LINKED = (
    "proved", "contested", "missing", "not_needed", "linked",
)  # fmt: skip
SETTLED = frozenset({PROVED, NOT_NEEDED})
REPORT, ADMISSION = "report", "admission"

# The seven of the record of lost cases keep their order; what belongs beside one follows it.
ORDER = (
    "no_report", "contradicted", "no_link", "no_certificate", "custody_gap", "not_summoned",
    "dropped", "no_witness", "no_translation", "foreign_evidence", "admission_withdrawn",
    "replaced", "missing", "contested", "no_points", "not_judged",
)  # fmt: skip
# What must not pass without a reason when charges are filed or the prosecution closes.
TO_BE_EXPLAINED = frozenset(ORDER) - {"not_judged"}

Pair = tuple[int, int]  # the number of a count, and of an accused


@dataclass(frozen=True)
class Point:
    """An element of a count, against one accused or against all of them."""

    element: str
    label: str
    is_personal: bool
    state: str
    kinds: frozenset[str]  # of the evidence that is linked
    proven_by: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @property
    def is_for_experts(self) -> bool:
        return self.proven_by[:1] == (REPORT,)

    @property
    def lacks_report(self) -> bool:
        return self.state not in SETTLED and not self.kinds & {REPORT, ADMISSION}


@dataclass(frozen=True)
class Charged:
    """What a count charges: whether an expert reported on it, and which things nobody examined."""

    number: int
    has_points: bool
    is_reported: bool
    unreported: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Relied:
    """A witness that points rest on."""

    label: str
    is_dropped: bool
    is_called: bool  # summoned or bound to a day that is listed
    has_testified: bool
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Thing:
    """What another part of the record says of evidence that charges rest on."""

    code: str
    words: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Facts:
    counts: tuple[Charged, ...] = ()
    points: tuple[Point, ...] = ()
    witnesses: tuple[Relied, ...] = ()
    things: tuple[Thing, ...] = ()
    has_hearing: bool = False  # a day for witnesses is listed


@dataclass(frozen=True)
class Found:
    """One alarm: its code, what it names, and the charges it is about."""

    code: str
    things: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @property
    def gravity(self) -> int:
        return ORDER.index(self.code)


def find(facts: Facts) -> list[Found]:
    """The alarms, the gravest first; of one kind in the order of the rules."""
    found = [
        *_no_report(facts),
        *_no_link(facts),
        *_by_state(facts),
        *_witnesses(facts),
        *_no_points(facts),
        *_not_judged(facts),
        *_things(facts),
    ]
    return sorted(found, key=lambda one: one.gravity)


def _no_report(facts: Facts) -> Iterator[Found]:
    bad = [one for one in facts.counts if unreported_points(one, facts)]
    if bad:
        labels = _once(label for one in bad for label in one.unreported)
        yield Found("no_report", labels, _pairs(bad))


def unreported_points(one: Charged, facts: Facts) -> list[Point]:
    """Points that an expert must prove, and no expert does, of this count."""
    expert = [p for p in _of(one, facts) if p.is_for_experts and p.state not in SETTLED]
    if one.is_reported:
        return expert if one.unreported else []
    return [point for point in expert if point.lacks_report]


def _of(one: Charged, facts: Facts) -> list[Point]:
    return [point for point in facts.points if set(point.pairs) & set(one.pairs)]


def _no_link(facts: Facts) -> Iterator[Found]:
    """By accused: a point about the person that nothing proves."""
    bad = [p for p in facts.points if p.is_personal and p.state == MISSING]
    for accused in sorted({number for point in bad for _count, number in point.pairs}):
        own = [p for p in bad if p.pairs[0][1] == accused]
        yield Found("no_link", _once(p.label for p in own), _pairs(own))


def _by_state(facts: Facts) -> Iterator[Found]:
    said = {id(p) for one in facts.counts for p in unreported_points(one, facts)}
    for code, state in (("missing", MISSING), ("contested", CONTESTED)):
        bad = [p for p in facts.points if p.state == state]
        if state == MISSING:
            bad = [p for p in bad if not p.is_personal and id(p) not in said]
        if bad:
            yield Found(code, _once(point.label for point in bad), _pairs(bad))


def _witnesses(facts: Facts) -> Iterator[Found]:
    dropped = [one for one in facts.witnesses if one.is_dropped and not one.has_testified]
    if dropped:
        yield Found("dropped", _once(one.label for one in dropped), _pairs(dropped))
    left = [
        one
        for one in facts.witnesses
        if not (one.is_dropped or one.is_called or one.has_testified)
    ]  # fmt: skip
    if left and facts.has_hearing:
        yield Found("not_summoned", _once(one.label for one in left), _pairs(left))


def _no_points(facts: Facts) -> Iterator[Found]:
    bad = [one for one in facts.counts if not one.has_points]
    if bad:
        yield Found("no_points", tuple(str(one.number) for one in bad), _pairs(bad))


def _not_judged(facts: Facts) -> Iterator[Found]:
    open_ones = [point for point in facts.points if point.state == LINKED]
    if open_ones:
        yield Found("not_judged", (str(len(open_ones)),), _pairs(open_ones))


def _things(facts: Facts) -> Iterator[Found]:
    for code in _once(thing.code for thing in facts.things):
        own = [thing for thing in facts.things if thing.code == code]
        yield Found(code, _once(thing.words for thing in own), _pairs(own))


def _pairs(rows: Iterable[Point | Charged | Relied | Thing]) -> tuple[Pair, ...]:
    return tuple(sorted({pair for row in rows for pair in row.pairs}))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def common(found: Iterable[Found], other: Iterable[Found]) -> list[Found]:
    """What both readings say: of each alarm the things and charges that stand in both.

    So what is kept of the fuller one names nothing that the other does not know.
    """
    kept = []
    rows = list(other)
    for one in found:
        for same in rows:
            if same.code != one.code:
                continue
            things = tuple(word for word in one.things if word in same.things)
            pairs = tuple(pair for pair in one.pairs if pair in same.pairs)
            if pairs and (things or not one.things):
                kept.append(Found(one.code, things, pairs))
    return list(dict.fromkeys(kept))

"""How many and how heavy, from each reading to the next and over the whole chain.

What was sampled, split off or put together is accounted for by the readings of those exhibits. A
reading of an offer repeats the chain unless the giver changed it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casework.ledger.event import Event
from evidence.continuity.finding import Finding, Measure, Rules, Subject, Weight, found
from evidence.continuity.reading import explained

TAKES_OUT = {"sampled", "split"}


@dataclass
class Book:
    """What the next reading is expected to be."""

    known: int | None = None
    raw: int | None = None  # as it was last read, before anything was taken out
    taken: list[Measure] = field(default_factory=list)
    is_sample: bool = False  # a sample may be dust: the count need not fall
    unnamed: int = 0  # small differences that no finding has named yet
    declared: int | None = None  # what is taken as equal, where it was declared before

    def taken_as_equal(self, usual: int) -> int:
        return usual if self.declared is None else self.declared

    def write(self, value: int) -> None:
        self.known = self.raw = value
        self.taken, self.is_sample = [], False


def read(
    subject: Subject, events: Sequence[Event], now: datetime, rules: Rules
) -> Iterator[Finding]:
    clear = explained(events)
    count, weight = Book(), Book()
    for event in events:
        if event.kind == "refused":
            continue
        if event.kind == "combined" and event.sequence == 1:
            _put_together(subject, event, count, weight)
        if event.kind in TAKES_OUT and event.sequence > 1:
            _take_out(subject, event, count, weight)
        if event.kind == "declared" and event.tolerance_mg is not None:
            weight.declared, weight.unnamed = event.tolerance_mg, 0
        if event.count is not None and not _repeats(event, event.count, count):
            yield from _counted(event, event.count, count, event.sequence in clear)
        if event.weight_mg is not None and not _repeats(event, event.weight_mg, weight):
            yield from _weighed(event, event.weight_mg, weight, event.sequence in clear, rules)


def _repeats(event: Event, value: int, book: Book) -> bool:
    return event.kind == "offered" and value == book.raw


def _put_together(subject: Subject, event: Event, count: Book, weight: Book) -> None:
    """The first reading of what was combined has to be the sum of what went in."""
    sources = [subject.others.get(other) for other in event.related]
    counts = [one.count if one else None for one in sources]
    masses = [one.weight_mg if one else None for one in sources]
    if sources and None not in counts:
        count.known = sum(value for value in counts if value is not None)
    if sources and None not in masses:
        weight.known = sum(value for value in masses if value is not None)


def _take_out(subject: Subject, event: Event, count: Book, weight: Book) -> None:
    parts = [subject.others.get(other) or Measure("") for other in event.related]
    for book in (count, weight):
        book.taken = [*book.taken, *parts]
        book.is_sample = book.is_sample or event.kind == "sampled"


def _counted(event: Event, value: int, book: Book, is_clear: bool) -> Iterator[Finding]:
    known, parts = book.known, [part.count for part in book.taken]
    book_is_sample = book.is_sample
    book.write(value)
    if known is None:
        return
    least = known - sum(part or 0 for part in parts)
    if None in parts:
        least = 0
    most = known if book_is_sample or None in parts else least
    if not least <= value <= most:
        kind, mark = ("count_explained", "half") if is_clear else ("count", "cross")
        yield found(kind, mark, event, known=f"{least if parts else known:,}", count=f"{value:,}")


def _weighed(
    event: Event, value: int, book: Book, is_clear: bool, rules: Rules
) -> Iterator[Finding]:
    known, parts = book.known, [part.weight_mg for part in book.taken]
    is_sum = book.raw is None
    book.write(value)
    if known is None:
        return
    apart = value - (known - sum(part or 0 for part in parts))
    equal = book.taken_as_equal(rules.tolerance(known))
    if abs(apart) > (equal if event.tolerance_mg is None else event.tolerance_mg):
        yield _apart(event, apart, is_clear, has_unweighed=None in parts, is_sum=is_sum)
        return
    book.unnamed += apart
    if abs(book.unnamed) > equal:
        kind = "drift_lighter" if book.unnamed < 0 else "drift_heavier"
        yield found(kind, "cross", event, apart=Weight(abs(book.unnamed)))
        book.unnamed = 0


def _apart(
    event: Event, apart: int, is_clear: bool, *, has_unweighed: bool, is_sum: bool
) -> Finding:
    kind, mark = ("lighter" if apart < 0 else "heavier"), "cross"
    if is_clear:
        kind, mark = f"{kind}_explained", "half"
    elif is_sum:
        kind = f"parts_{kind}"
    elif has_unweighed and apart < 0:
        kind, mark = "lighter_part", "half"
    return found(kind, mark, event, apart=Weight(abs(apart)))

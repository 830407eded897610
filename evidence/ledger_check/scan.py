"""One stretch of the tree, re-computed from the columns: what each worker process does.

Follows every exhibit's chain through the stretch. What does not fit at once, or is out of the
ordinary, makes its exhibit a suspect, which the slow way then looks at. Imports no Django.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Self

from casework.ledger import audit_entry, format
from evidence.ledger_check import audit_digests, digests
from evidence.ledger_check.digests import DIGEST, OFTEN, PEOPLE_OF, SELDOM_OF, Row
from evidence.ledger_check.rows import Reader
from evidence.ledger_check.tree import HASH, fold
from evidence.ledger_check.values import DOUBTS, Unsure

EVENT_PREFIX: Final = b"\0" + format.leaf_data(format.CUSTODY_LEAF, b"")
ENTRY_PREFIX: Final = b"\0" + format.leaf_data(audit_entry.AUDIT_LEAF, b"")
TOLERANCE: Final = timedelta(minutes=1)  # by so much two acts at once may pass each other
UNTOUCHED: Final = -1  # as a holder: nobody took or gave the exhibit in this stretch
ASKED: Final = frozenset({"offered", "proposed", "handed_out"})  # what an answer answers
TAKES, LEAVES, STORED = "takes", "leaves", "stored"  # an act's effect on who holds it, and where

# Where things stand in a row of rows.py.
EVENT: Final = 9  # what is hashed: the lists of people and of what is seldom said, then OFTEN
EVENT_END: Final = EVENT + 2 + len(OFTEN)
KIND, RECORDED_AT, PLACE = (
    EVENT + 2 + OFTEN.index(name) for name in ("kind", "recorded_at", "place")
)
ENTRY: Final = 3
ENTRY_END: Final = ENTRY + len(audit_digests.COLUMNS) + 1
AT: Final = ENTRY + audit_digests.COLUMNS.index("at")

# An exhibit's chain within a stretch: first sequence and what it follows, last sequence and its
# digest, and who holds it and where after that.
Link = tuple[int, str, int, str, int | None, str]


@dataclass(frozen=True)
class Given:
    """What a stretch is judged by: told by the parent process, since this module knows no kinds."""

    effects: Mapping[tuple[str, bool], str]  # by kind, and whether it is the first event
    accounted: frozenset[str]  # kinds whose receiver has an account here
    horizon: str  # what is recorded after this time lies in the future


@dataclass
class Clock:
    """The times of recording in the order of the tree: where they run backwards, and ahead."""

    horizon: str
    first: tuple[str, int] | None = None
    last: tuple[str, int] | None = None
    turned: list[tuple[int, int]] = field(default_factory=list)  # rows before and after
    ahead: list[int] = field(default_factory=list)

    def tick(self, at: str, pk: int) -> None:
        if self.last is None:
            self.first = (at, pk)
        elif at < self.last[0] and is_earlier(at, self.last[0]):
            self.turned.append((self.last[1], pk))
        if at > self.horizon:
            self.ahead.append(pk)
        self.last = (at, pk)


def is_earlier(at: str, before: str) -> bool:
    """By more than the tolerance."""
    try:
        return datetime.fromisoformat(before) - datetime.fromisoformat(at) > TOLERANCE
    except (ValueError, TypeError):
        return False  # no time at all: its digest tells that


@dataclass(frozen=True)
class Found:
    """What a stretch gave, to be sent to the parent process."""

    events: int
    entries: int
    levels: list[bytes]  # of its part of the tree, re-computed
    chains: dict[int, Link]
    people: dict[str, int]  # accounts beside names, as a list, with an exhibit where they stand
    suspects: set[int]  # exhibits, for the slow way to look at
    odd: list[int]  # audit entries, likewise
    clocks: tuple[Clock, Clock]  # of events and of entries


class Stretch:
    """Leaves `start` to `end`; pending rows have none."""

    def __init__(
        self, reader: Reader, start: int, end: int, given: Given, identifiers: Mapping[int, str]
    ) -> None:
        self._reader, self._start, self._end, self._given = reader, start, end, given
        self._identifiers = identifiers  # of exhibits, by key
        self._offers: dict[int, Row] = {}
        self.leaves = bytearray(HASH * (end - start))
        self.events = self.entries = 0
        self.chains: dict[int, Link] = {}
        self.people: dict[str, int] = {}
        self.suspects: set[int] = set()
        self.odd: list[int] = []
        self.clock, self.audit_clock = Clock(given.horizon), Clock(given.horizon)

    def read(self) -> Self:
        for row in self._reader.event_leaves(self._start, self._end):
            self._event(row)
        for row in self._reader.entry_leaves(self._start, self._end):
            self._entry(row)
        return self

    def read_pending(self) -> Self:
        for row in self._reader.pending_events():
            self._event(row)
        for row in self._reader.pending_entries():
            self._entry(row)
        return self

    def found(self) -> Found:
        return Found(
            self.events,
            self.entries,
            fold(bytes(self.leaves)),
            self.chains,
            self.people,
            self.suspects,
            self.odd,
            (self.clock, self.audit_clock),
        )

    def _event(self, row: Row) -> None:
        index, leaf, pk, exhibit, sequence, previous, stored = row[:7]
        self.events += 1
        try:
            answers, corrects = self._follow(row)
            identifier = self._identifiers[exhibit]
            hashed = row[EVENT:EVENT_END]
            digest = digests.digest(hashed, identifier, sequence, previous, answers, corrects)
            made = sha256(EVENT_PREFIX + digest).digest()
            if digest.hex() != stored or (leaf is not None and made.hex() != leaf):
                raise Unsure
            self.clock.tick(row[RECORDED_AT], pk)
        except DOUBTS:
            self.suspects.add(exhibit)
            made = stored_leaf(leaf)
        if index is not None:
            place = HASH * (index - self._start)
            self.leaves[place : place + HASH] = made

    def _follow(self, row: Row) -> tuple[int | None, int | None]:
        """It continues its chain, and what is not hashed does not contradict what is.

        Returns the sequences of what it answers and corrects.
        """
        pk, exhibit, sequence, previous, stored, answers, corrects, people, seldom = row[
            2 : EVENT + 2
        ]
        kind, receiver, version = row[KIND], PEOPLE_OF[people][0], SELDOM_OF[seldom][0]
        first, before, last, digest, holder, place = self.chains.get(exhibit) or begin(row)
        if sequence != last + 1 or previous != digest or version != 1:
            raise Unsure
        if receiver is None and kind in self._given.accounted:
            raise Unsure
        if kind in ASKED:
            self._offers[pk] = (sequence, exhibit, kind)
        effect = self._given.effects.get((kind, sequence == 1))
        if effect is not None:
            place = row[PLACE] or place
            if effect != STORED:
                holder = receiver if effect == TAKES else None
        self.chains[exhibit] = (first, before, sequence, stored, holder, place)
        if people not in self.people:
            self.people[people] = exhibit
        if answers is None and corrects is None:
            return None, None
        return self._pointed(answers, exhibit, ASKED), self._pointed(corrects, exhibit, ())

    def _pointed(self, pk: int | None, exhibit: int, kinds: Collection[str]) -> int | None:
        """The sequence of the event pointed at, which must be one of the same chain."""
        if pk is None:
            return None
        found = self._offers.get(pk) or self._reader.target(pk)
        if found is None or found[1] != exhibit or (kinds and found[2] not in kinds):
            raise Unsure
        sequence: int = found[0]
        return sequence

    def _entry(self, row: Row) -> None:
        index, leaf, pk = row[:3]
        self.entries += 1
        try:
            made = sha256(ENTRY_PREFIX + audit_digests.digest(row[ENTRY:ENTRY_END])).digest()
            if leaf is not None and made.hex() != leaf:
                raise Unsure
            self.audit_clock.tick(row[AT], pk)
        except DOUBTS:
            self.odd.append(pk)
            made = stored_leaf(leaf)
        if index is not None:
            place = HASH * (index - self._start)
            self.leaves[place : place + HASH] = made


def begin(row: Row) -> Link:
    """Where the chain stands before the first of its events in this stretch."""
    sequence, previous = row[4:6]
    if type(sequence) is not int or not (DIGEST(previous) if sequence > 1 else not previous):
        raise Unsure
    return sequence, previous, sequence - 1, previous, UNTOUCHED, ""


def stored_leaf(leaf: object) -> bytes:
    """Only so that the tree can go on: what it stands for is looked at the slow way."""
    try:
        made = bytes.fromhex(str(leaf))
    except ValueError:
        made = b""
    return made.ljust(HASH, b"\0")[:HASH]

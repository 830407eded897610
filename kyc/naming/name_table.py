"""Many names as a few flat lists of numbers, to be kept in one file and read where they lie.

Pure: makes bytes and reads a buffer. Opening reads the words only, and processes that map the same
file share its memory. Names of the fewest words are numbered first, so that the first of those that
hold a word have the least beside it.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Self
from zlib import crc32

from kyc.naming import name_keys
from kyc.naming.names import Token, read

MAGIC = b"CWNAMES1"  # another one when names are read or keyed otherwise: files are made anew
SIZES = struct.Struct("<8s11Q")  # the mark, the length of the words, and of five pairs of lists
Numbers = Sequence[int]


@dataclass(frozen=True, slots=True)
class Lists:
    """List n is `values[starts[n] : starts[n + 1]]`."""

    starts: Numbers
    values: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, n: int) -> Numbers:
        return self.values[self.starts[n] : self.starts[n + 1]]

    def count(self, n: int) -> int:
        return self.starts[n + 1] - self.starts[n]

    def under(self, key: str) -> Numbers:
        """The list that a key shares with others of the same hash."""
        return self[crc32(key.encode()) % len(self)]

    @classmethod
    def of(cls, lists: Iterable[Numbers], kind: str = "I") -> Self:
        starts, values = array("I", [0]), array(kind)
        for some in lists:
            values.extend(some)
            starts.append(len(values))
        return cls(starts, values)

    @classmethod
    def gather(cls, pairs: Iterable[tuple[int, int]], count: int, kind: str = "I") -> Self:
        """From (number of the list, value) in any order; values keep theirs."""
        places, values = array("I"), array(kind)
        starts = array("I", bytes(4 * (count + 2)))
        for place, value in pairs:
            places.append(place)
            values.append(value)
            starts[place + 2] += 1
        for n in range(2, count + 2):
            starts[n] += starts[n - 1]
        gathered = array(kind, bytes(values.itemsize * len(values)))
        for place, value in zip(places, values, strict=True):
            gathered[starts[place + 1]] = value
            starts[place + 1] += 1
        starts.pop()
        return cls(starts, gathered)


@dataclass(frozen=True, slots=True)
class Table:
    words: list[str]
    near: Lists  # hashed key of a word -> words
    holders: Lists  # word -> names
    parts: Lists  # name -> its words, sorted
    owners: Lists  # name -> whose it is
    codes: Lists  # hashed number -> whose it is

    def to_bytes(self) -> bytes:
        words = "\n".join(self.words).encode()
        pairs = (self.near, self.holders, self.parts, self.owners, self.codes)
        kept = [_bytes(numbers) for lists in pairs for numbers in (lists.starts, lists.values)]
        head = SIZES.pack(MAGIC, len(words), *map(len, kept))
        return b"".join(map(_padded, (head, words, *kept)))

    @classmethod
    def read(cls, buffer: bytes | memoryview) -> Self:
        """Raises ValueError for what is no table of this version."""
        view = memoryview(buffer)
        if len(view) < SIZES.size or bytes(view[:8]) != MAGIC:
            raise ValueError("not a table of names")
        at, found = _ceiling(SIZES.size), []
        for length in SIZES.unpack(view[: SIZES.size])[1:]:
            found.append(view[at : at + length])
            at += _ceiling(length)
        if at > len(view):
            raise ValueError("the table of names is cut short")
        words = bytes(found[0]).decode()
        kinds: tuple[Literal["I", "Q"], ...] = (*"IIIIII", "I", "Q", "I", "Q")
        numbers = [part.cast(kind) for part, kind in zip(found[1:], kinds, strict=True)]
        lists = [Lists(*numbers[n : n + 2]) for n in range(0, len(numbers), 2)]
        return cls(words.split("\n") if words else [], *lists)


def build(rows: Iterable[tuple[int, str, str]], codes: Iterable[tuple[int, str]]) -> Table:
    """Of names (whose it is, the name, its kind) and of numbers (whose it is, the number)."""
    builder = _Builder()
    for owner, text, kind in rows:
        builder.add(owner, read(text, kind).core)
    return builder.table([(crc32(code.encode()), owner) for owner, code in codes])


class _Builder:
    """Words and names numbered as they come; in their order once all are there."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.keys: set[tuple[str, str]] = set()  # of sounds and namesakes
        self.names: dict[bytes, int] = {}  # by the words it holds
        self.borne, self.owners = array("I"), array("Q")

    def add(self, owner: int, tokens: Iterable[Token]) -> None:
        words, held = self.words, set()
        for token in tokens:
            held.add(words.setdefault(token.text, len(words)))
            self.keys.update((token.text, key) for key in name_keys.heard(token))
        if held:
            name = array("I", sorted(held)).tobytes()
            self.borne.append(self.names.setdefault(name, len(self.names)))
            self.owners.append(owner)

    def table(self, codes: list[tuple[int, int]]) -> Table:
        words, parts, place = *self._in_order(), self._places()
        holders = ((word, n) for n in range(len(parts)) for word in parts[n])
        borne = zip((place[n] for n in self.borne), self.owners, strict=True)
        buckets, count = len(words) * 8 or 1, len(codes) or 1
        near = ((crc32(key.encode()) % buckets, n) for key, n in self._near())
        return Table(
            words,
            Lists.gather(near, buckets),
            Lists.gather(holders, len(words)),
            parts,
            Lists.gather(borne, len(parts), "Q"),
            Lists.gather(((code % count, owner) for code, owner in codes), count, "Q"),
        )

    def _in_order(self) -> tuple[list[str], Lists]:
        """Words by the alphabet, which numbers them anew; names of few words first."""
        rank, words = array("I", bytes(4 * len(self.words))), sorted(self.words)
        for n, word in enumerate(words):
            rank[self.words[word]] = n
            self.words[word] = n
        names = sorted(self.names, key=len)
        return words, Lists.of(sorted(rank[n] for n in array("I", name)) for name in names)

    def _places(self) -> "array[int]":
        place = array("I", bytes(4 * len(self.names)))
        for n, name in enumerate(sorted(self.names, key=len)):
            place[self.names[name]] = n
        return place

    def _near(self) -> Iterator[tuple[str, int]]:
        for word, n in self.words.items():
            for key in name_keys.deletions(word):
                yield key, n
        for word, key in self.keys:
            yield key, self.words[word]


def _bytes(numbers: Numbers) -> bytes:
    return numbers.tobytes() if isinstance(numbers, array | memoryview) else bytes(numbers)


def _ceiling(length: int) -> int:
    return -(-length // 8) * 8


def _padded(part: bytes) -> bytes:
    return part + bytes(_ceiling(len(part)) - len(part))

"""Candidates for a name: which of very many it may be a spelling of, best first.

Pure. Each word asked for is met by the words of the index that may be spellings of it; names are
gathered from the rarest of these, ranked by how much of both names is met (rare words count more),
and the best go to `matching.compare`, which has the say.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain, combinations
from math import log
from operator import itemgetter
from typing import Self

from rapidfuzz import fuzz, process

from kyc.naming import name_keys
from kyc.naming.name_table import Table, build
from kyc.naming.names import Token, read

MOST_WORDS = 12  # of a question: the longest, where there are more
ALIKE = 60  # of 100: below it, two words are no spellings of each other
ALIKE_IN_SOUND = 40
CLOSE = 75  # from here on a spelling is looked for among the common words, too
OPENED = 1_500  # names taken up for one word; the shortest of them where it is a common one
COMMON = 30_000  # names looked through for a common word that only confirms what others found
RANKED, RANKED_IN_DOUBT = 200, 1_000  # names weighed in full
SURE = 0.8
SHORTEST = 2  # letters of half a word
INITIAL = 0.4  # what a letter tells of the word it begins


@dataclass(slots=True)
class _Word:
    """A word of the question, and the words it may stand for with how alike they are (0..100)."""

    text: str
    weight: float
    spellings: list[tuple[int, float]]


_Common = tuple[float, set[int]]  # the weight of a word and the names that hold it


class NameIndex:
    def __init__(self, table: Table) -> None:
        self.table = table

    @classmethod
    def of(
        cls, rows: Iterable[tuple[int, str, str]], codes: Iterable[tuple[int, str]] = ()
    ) -> Self:
        """Of names (whose it is, the name, its kind) and of numbers (whose it is, the number)."""
        return cls(build(rows, codes))

    @classmethod
    def opened(cls, buffer: bytes | memoryview) -> Self:
        return cls(Table.read(buffer))

    def by_code(self, code: str) -> list[int]:
        """Who may have a number: a few who have another one are among them."""
        return sorted(set(self.table.codes.under(code)))

    def find(self, text: str, kind: str = "", limit: int = 50) -> list[int]:
        """Whose names may be meant, best first."""
        name = read(text, kind)
        asked = [self._ask(word) for word in _most_telling(name.core)]
        if not asked or not self.table.words:
            return []
        self._join(asked, name.tokens)
        weigh = self._weigher(asked)
        rough, common = self._gather(asked)
        best = _best(rough, weigh, RANKED, limit)
        if not best or best[0][0] < SURE:
            _meet(rough, common)
            best = _best(rough, weigh, RANKED_IN_DOUBT, limit)
        owners = (self.table.owners[name] for _, name in best)
        return list(dict.fromkeys(chain.from_iterable(owners)))[:limit]

    @cached_property
    def _rarity(self) -> list[float]:
        total, starts = len(self.table.parts) + 1, self.table.holders.starts
        logs = [log(total / n) for n in range(1, 1_000)]
        counts = (starts[n + 1] - starts[n] for n in range(len(self.table.words)))
        return [logs[n - 1] if n < 1_000 else log(total / n) for n in counts]

    def _ask(self, token: Token) -> _Word:
        near, text = self.table.near, token.text
        written = chain.from_iterable(map(near.under, name_keys.deletions(text)))
        spellings = self._alike(text, written)
        for key in name_keys.heard(token):
            for n, alike in self._alike(text, near.under(key), ALIKE_IN_SOUND).items():
                spellings[n] = (alike + 100) / 2
        ranked = sorted(spellings.items(), key=itemgetter(1), reverse=True)
        weight = log(len(self.table.parts) + 1)
        if ranked and ranked[0][1] == 100:
            weight = self._rarity[ranked[0][0]]
        return _Word(text, weight, ranked + self._halves(text))

    def _halves(self, text: str) -> list[tuple[int, float]]:
        """Two words of the list that this one may be, run together."""
        found = []
        for cut in range(SHORTEST, len(text) - SHORTEST + 1):
            first, second = self._number(text[:cut]), self._number(text[cut:])
            if first is not None and second is not None:
                share = 100 * cut / len(text)
                found += [(second, 100 - share), (first, share)]
        return found

    def _join(self, asked: list[_Word], tokens: Sequence[Token]) -> None:
        """Words of the list that are two or three neighbours of the question, run together."""
        by_text = {word.text: word for word in asked}
        for count in (2, 3):
            for start in range(len(tokens) - count + 1):
                run = [token.text for token in tokens[start : start + count]]
                if (n := self._number("".join(run))) is not None:
                    for word in filter(None, map(by_text.get, run)):
                        word.spellings.insert(0, (n, 100))

    def _number(self, text: str) -> int | None:
        words = self.table.words
        n = bisect_left(words, text)
        return n if n < len(words) and words[n] == text else None

    def _alike(self, text: str, near: Iterable[int], least: float = ALIKE) -> dict[int, float]:
        words = self.table.words
        choices = {n: words[n] for n in set(near)}
        found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        return {n: alike for _, alike, n in found}

    def _gather(self, asked: list[_Word]) -> tuple[dict[int, float], list[_Common]]:
        """Names that hold a spelling of a word, roughly weighed; and the common words, of whose
        names not all are among them."""
        rough: dict[int, float] = defaultdict(float)
        common = []
        for word in asked:
            if (taken := self._open(word, rough)) is not None:
                common.append((word, taken, self._holders(word)))
        for word, taken, holders in common:
            for name in (rough.keys() & holders) - taken:
                rough[name] += word.weight
        met = [(word.weight, holders) for word, _, holders in common]
        if len(common) == len(asked):
            _meet(rough, met)
        return rough, met

    def _open(self, word: _Word, rough: dict[int, float]) -> set[int] | None:
        """Take up the names that hold a word, the likest spelling first; where these are too many,
        the first of them are taken, and returned."""
        taken: set[int] = set()
        left = OPENED
        for n, alike in word.spellings:
            held, gain = self.table.holders[n], self._gain(word, n, alike)
            for name in held[:left]:
                rough[name] += gain
            taken.update(held[:left])
            left -= len(held)
            if left < 0:
                return taken
        return None

    def _gain(self, word: _Word, n: int, alike: float) -> float:
        """A rare word that resembles a common one tells no more than the common one would."""
        return min(self._rarity[n], word.weight) * alike / 100

    def _holders(self, word: _Word) -> set[int]:
        found: set[int] = set()
        left = COMMON
        for n, alike in word.spellings:
            left -= self.table.holders.count(n)
            if alike < CLOSE or left < 0:
                break
            found.update(self.table.holders[n])
        return found

    def _weigher(self, asked: list[_Word]) -> Callable[[int], float]:
        """How much of a name and of the question meet: 0..1."""
        rarity, starts, parts = self._rarity, self.table.parts.starts, self.table.parts.values
        gains: dict[int, float] = {}
        for word in asked:
            for n, alike in word.spellings:
                gains[n] = max(gains.get(n, 0.0), self._gain(word, n, alike))
        total = sum(word.weight for word in asked)
        begins = [self._beginning(word.text) for word in asked if len(word.text) == 1]

        def weigh(name: int) -> float:
            met = whole = 0.0
            held = parts[starts[name] : starts[name + 1]]
            for n in held:
                whole += rarity[n]
                if n in gains:
                    met += gains[n]
            for first, end in begins:
                begun = [rarity[n] for n in held if first <= n < end]
                met += INITIAL * max(begun, default=0.0)
            return 2 * met / (total + whole)

        return weigh

    def _beginning(self, letter: str) -> tuple[int, int]:
        """The words that begin with a letter: they stand together, and are longer than it."""
        words = self.table.words
        return bisect_right(words, letter), bisect_left(words, chr(ord(letter) + 1))


def _best(
    rough: dict[int, float], weigh: Callable[[int], float], most: int, limit: int
) -> list[tuple[float, int]]:
    some = nlargest(most, rough, key=rough.__getitem__) if len(rough) > most else list(rough)
    return nlargest(limit, ((weigh(name), name) for name in some))


def _meet(rough: dict[int, float], common: list[_Common]) -> None:
    """Where every word is common, or nothing is sure: the names that hold two common words."""
    for (weight, one), (other_weight, other) in combinations(common, 2):
        both = weight + other_weight
        for name in one & other:
            rough[name] = max(rough[name], both)


def _most_telling(tokens: Iterable[Token]) -> list[Token]:
    told = list({token.text: token for token in tokens}.values())
    return sorted(told, key=_length, reverse=True)[:MOST_WORDS] if len(told) > MOST_WORDS else told


def _length(token: Token) -> int:
    return len(token.text)

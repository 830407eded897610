"""Where in a text the leaves of a tree match: the stretches that a highlight marks.

Pure. In a short text every word is looked at. In a long one, places that hold the letters of a leaf
are looked at first, and every word only where that gives nothing.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search import marks, sounds, text
from search.query import Leaf, Mark, Near, Phrase, Prefix, Tree, Within, Word, leaves
from search.text import Token

SHORT = 600  # characters of a text that is looked at whole
AROUND = 200  # characters on both sides of a place that is looked at
MOST_PLACES = 60  # of one leaf in a long text
ALL_PLACES, LEAST_PLACES = 300, 12  # of all leaves together, but never fewer of one
MOST_WINDOWS = 3  # of a long text that are read word by word
MOST_COMPARED = 200_000  # characters of a long text, times leaves, that are read word by word
LONGEST_OF_NAMES = 300  # characters of a text that may be a name, or hold one
MAX_MARK_WORDS = 6


_FIGURES = re.compile(r"\d{1,4}")
Place = tuple[int, int]  # where a leaf may match, and its number


class Span(NamedTuple):
    """A stretch that matches, and the number of the leaf that it matches."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True)
class Wanted:
    """What is looked for, with the letters by which each leaf is found in lower case."""

    leaves: tuple[Leaf, ...]
    letters: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=256)
def wanted(tree: Tree) -> Wanted:
    found = tuple(dict.fromkeys(leaves(tree)))
    return Wanted(found, tuple(tuple(_letters(leaf)) for leaf in found))


def spans(source: str, tree: Tree, *, thorough: bool = True) -> list[Span]:
    """The matching stretches in order; they may overlap. In a long text those around the best
    places; unless `thorough`, it is not read word by word where letters give no place."""
    asked = wanted(tree)
    if len(source) <= SHORT:
        return sorted(_in_window(source, 0, len(source), asked))
    found = _around(source, _places(source, asked), asked)
    if not found and thorough:
        found = _around(source, _read_places(source, asked), asked)
    return sorted(found)


def held(source: str, tree: Tree) -> frozenset[int]:
    """The leaves that a text seems to hold, by their letters alone: quick, and mostly right."""
    low = source.lower()
    return frozenset(
        number
        for number, several in enumerate(wanted(tree).letters)
        if any(next(_beginnings(low, letters), None) is not None for letters in several)
    )


def _letters(leaf: Leaf) -> Iterator[str]:
    """Beginnings of words that match, in lower case."""
    match leaf:
        case Word(stem, exact):
            shared = _shared(stem, exact)
            yield shared if len(shared) > 2 else exact
            yield from _of_mark(exact)
        case Phrase(stems) | Within(_, stems):
            yield from (_certain(stem) for stem in stems[:1])
        case Mark(mark):
            yield mark
            yield from _of_mark(mark)
        case Prefix(start):
            yield start


def _of_mark(mark: str) -> Iterator[str]:
    """The figures with which a part of it begins, however it is spaced."""
    if found := _FIGURES.search(mark):
        yield found[0]


def _shared(one: str, other: str) -> str:
    """How both begin."""
    same = (a == b for a, b in zip(one, other, strict=False))
    return one[: sum(takewhile(bool, same))]


def _certain(stem: str) -> str:
    """A stem without the letter that stemming may have changed."""
    return stem[:-1] if len(stem) > 4 else stem


def _places(source: str, asked: Wanted) -> list[Place]:
    low = source.lower()
    if len(low) != len(source):  # a letter that is two in lower case: places would be wrong
        return []
    places: list[Place] = []
    most = min(MOST_PLACES, max(LEAST_PLACES, ALL_PLACES // max(1, len(asked.leaves))))
    for number, several in enumerate(asked.letters):
        for letters in several:
            found = islice(_beginnings(low, letters), most)
            places += [(at, number) for at in found]
    return sorted(places)


def _beginnings(low: str, letters: str) -> Iterator[int]:
    """Where words begin so; in a script without spaces, anywhere."""
    anywhere = text.is_unspaced(letters)
    at = low.find(letters)
    while at >= 0:
        if anywhere or at == 0 or not low[at - 1].isalnum():
            yield at
        at = low.find(letters, at + 1)


def _read_places(source: str, asked: Wanted) -> list[Place]:
    """Every word looked at, each form of it once; the more is looked for, the less far."""
    source = source[: max(SHORT, MOST_COMPARED // max(1, len(asked.leaves)))]
    hits: dict[str, int] = {}
    for chunk in set(source.split()):
        number = _touched(chunk, asked)
        if number is not None:
            hits[chunk] = number
    places: list[Place] = []
    for chunk, number in hits.items():
        at = source.find(chunk)
        while at >= 0 and len(places) < MOST_PLACES * 4:
            places.append((at, number))
            at = source.find(chunk, at + len(chunk))
    return sorted(places)


def _touched(chunk: str, asked: Wanted) -> int | None:
    """The first leaf that a word matches, or that may begin with it."""
    tokens = text.tokens(chunk)
    for number, leaf in enumerate(asked.leaves):
        if any(_may_begin(leaf, token) for token in tokens):
            return number
    return None


def _may_begin(leaf: Leaf, token: Token) -> bool:
    match leaf:
        case Phrase(stems) | Within(_, stems) if stems:
            return token.text == stems[0]
        case Mark(mark):
            return mark.startswith(token.folded)
        case Prefix(start):
            return token.folded.startswith(start) or start.startswith(token.folded)
        case Near(word, slips):
            return OSA.distance(word[: len(token.folded) + slips], token.folded) <= slips
        case Word(stem, exact):
            begins = text.has_digit(exact) and exact.startswith(token.folded)
            return begins or token.text == stem or exact in token.folded
    return False


def _around(source: str, places: Sequence[Place], asked: Wanted) -> list[Span]:
    """Exact matches around the places with the most leaves."""
    found: set[Span] = set()
    for first, last in _windows(places):
        start, end = _to_spaces(source, first - AROUND, last + AROUND)
        found.update(_in_window(source, start, end, asked))
    return list(found)


def _windows(places: Sequence[Place]) -> list[tuple[int, int]]:
    """First and last place of the stretches with the most leaves, then with the most places;
    those that begin within a better one are left out."""
    ranked = sorted(_stretches(places), reverse=True)
    kept: list[tuple[int, int]] = []
    for _, _, start, end in ranked:
        if len(kept) == MOST_WINDOWS:
            break
        if not any(first <= -start <= last for first, last in kept):
            kept.append((-start, end))
    return kept


def _stretches(places: Sequence[Place]) -> Iterator[tuple[int, int, int, int]]:
    """From each place on: leaves, places, where it begins (less is better) and ends."""
    last = 0
    for i, (start, _) in enumerate(places):
        while last < len(places) and places[last][0] < start + AROUND:
            last += 1
        leaves_of = {leaf for _, leaf in places[i:last]}
        yield len(leaves_of), last - i, -start, places[last - 1][0]


def _to_spaces(source: str, start: int, end: int) -> tuple[int, int]:
    """Widened to whole words, but not far where there are no spaces."""
    start, end = max(0, start), min(len(source), end)
    while start > 0 and not source[start - 1].isspace() and source[start - 1].isalnum():
        start -= 1
        if text.is_unspaced(source[start]):
            break
    while end < len(source) and source[end].isalnum() and not text.is_unspaced(source[end]):
        end += 1
    return start, end


def _in_window(source: str, start: int, end: int, asked: Wanted) -> Iterator[Span]:
    written = source[start:end]
    tokens = text.tokens(written)
    spelled = list(marks.spelled(written, tokens)) if marks.may_hold(written) else []
    words = {word for token in tokens for word in (token.text, token.folded)}
    for number, leaf in enumerate(asked.leaves):
        if isinstance(leaf, Word) and not _may_stand(leaf, written, words):
            continue
        for first, last in _of(leaf, written, tokens, spelled):
            yield Span(start + first, start + last, number)


def _may_stand(leaf: Word, written: str, words: Container[str]) -> bool:
    """Most of many words do not stand in one stretch, and are not looked for at each place."""
    if leaf.stem in words or leaf.exact in words:
        return True
    is_heard = leaf.sounds and len(written) <= LONGEST_OF_NAMES
    return bool(is_heard) or len(leaf.exact) == 1 or text.has_digit(leaf.exact)


def _of(
    leaf: Leaf, written: str, tokens: Sequence[Token], spelled: Iterable[tuple[str, int, int]]
) -> Iterator[tuple[int, int]]:
    match leaf:
        case Word(stem, exact, heard):
            yield from ((t.start, t.end) for t in tokens if t.text == stem or t.folded == exact)
            yield from _single(tokens, exact)
            yield from _joined(tokens, exact)
            yield from _heard(written, tokens, heard)
        case Phrase(stems):
            yield from _together(tokens, stems)
        case Within(_, stems, mark):
            yield from _together(tokens, stems)
            yield from _joined(tokens, mark)
        case Mark(mark):
            yield from _joined(tokens, mark)
        case Prefix(start):
            yield from ((t.start, t.end) for t in tokens if t.folded.startswith(start))
            marked = (s for s in spelled if s[0].startswith(start))
            yield from ((tokens[i].start, tokens[j].end) for _, i, j in marked)
        case Near(word, slips):
            yield from ((t.start, t.end) for t in tokens if _is_near(t.folded, word, slips))
            marked = (s for s in spelled if _is_near(s[0], word, slips))
            yield from ((tokens[i].start, tokens[j].end) for _, i, j in marked)


def _is_near(word: str, other: str, slips: int) -> bool:
    return OSA.distance(word, other, score_cutoff=slips) <= slips


def _together(tokens: Sequence[Token], stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    size = len(stems)
    for i in range(len(tokens) - size + 1):
        if tokens[i].text == stems[0] and all(
            tokens[i + k].text == stems[k] for k in range(1, size)
        ):
            yield tokens[i].start, tokens[i + size - 1].end


def _joined(tokens: Sequence[Token], mark: str) -> Iterator[tuple[int, int]]:
    """Neighbouring words that spell an identifier once their spaces are left out."""
    if not text.has_digit(mark):
        return
    for i, token in enumerate(tokens):
        if marks.digits_of(token.folded) == mark:
            yield token.start, token.end
        joined = ""
        for last in tokens[i : i + MAX_MARK_WORDS]:
            joined += last.folded
            if joined[: text.MAX_TOKEN] == mark:
                yield token.start, last.end
            if not mark.startswith(joined):
                break


def _single(tokens: Sequence[Token], sign: str) -> Iterator[tuple[int, int]]:
    """One sign of a script without spaces, within the pairs."""
    if len(sign) != 1 or not text.is_unspaced(sign):
        return
    for token in tokens:
        if sign in token.folded:
            at = token.start + token.folded.index(sign)
            exact = token.end - token.start == len(token.folded)
            yield (at, at + 1) if exact else (token.start, token.end)


def _heard(
    written: str, tokens: Sequence[Token], keys: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """The words that sound so; names in signs, which are one word, and names read as one."""
    if not keys or len(written) > LONGEST_OF_NAMES:
        return
    names = [(t.start, t.end) for t in tokens if sounds.may_be_name(t.folded)]
    names += text.unspaced_runs(written)
    if any(sounds.is_of_whole(key) for key in keys):
        names += [(one.start, other.end) for one, other in pairwise(tokens)]
    yield from ((a, b) for a, b in names if keys & sounds.of_name(written[a:b]))

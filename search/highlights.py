"""Cuts the part of a text that shows why it matched, with the matching words marked.

Pure. Returns segments, never markup; a text without a match gives its beginning.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.engines import Part
from search.matching import Span, held, spans
from search.query import Tree

BEFORE, AROUND = 40, 200  # characters kept before the first match, and in all
MAX_READ = 200_000  # characters of one text that are looked at
MAX_WORDS_READ = 100_000  # characters of many pieces that are read word by word
MOST_PARTS = 4  # that seem to hold most; the best of them is chosen
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Segment:
    """A stretch of text and whether it matched."""

    text: str
    is_match: bool = False


@dataclass(frozen=True)
class Snippet:
    segments: tuple[Segment, ...]
    is_cut_before: bool = False
    is_cut_after: bool = False

    @property
    def has_match(self) -> bool:
        return any(segment.is_match for segment in self.segments)

    @property
    def plain(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def matches(self) -> int:
        return sum(segment.is_match for segment in self.segments)


def whole(source: str, tree: Tree) -> Snippet:
    """The whole text, as for a title."""
    return Snippet(tuple(_segments(source, 0, len(source), _merged(spans(source, tree)))))


def cut(source: str, tree: Tree) -> Snippet:
    """The stretch that shows most of what was looked for, cut between words."""
    return _cut(source, spans(source[:MAX_READ], tree))


def best(parts: Sequence[Part], tree: Tree) -> tuple[Part, Snippet] | None:
    """The piece of a text in many pieces, as the pages of a file, that shows most of what was
    looked for, the first of equals, and its stretch; None where nothing matches."""
    found = max(_looked_at(parts, tree), key=lambda one: _worth(one[1]), default=None)
    return (found[0], _cut(found[0].text, found[1])) if found else None


def _looked_at(parts: Sequence[Part], tree: Tree) -> Iterator[tuple[Part, list[Span]]]:
    """Some pieces that match: those that hold the leaves which few of them hold. Only where letters
    give nothing are the first pieces read word by word."""
    likely = ((part, spans(part.text, tree, thorough=False)) for part in _promising(parts, tree))
    matched = [one for one in likely if one[1]]
    yield from matched
    read = 0
    for part in () if matched else parts:
        read += len(part.text)
        if read > MAX_WORDS_READ:
            return
        if here := spans(part.text, tree):
            yield part, here
            return


def _promising(parts: Sequence[Part], tree: Tree) -> list[Part]:
    leaves = [held(part.text, tree) for part in parts]
    pieces = Counter(leaf for some in leaves for leaf in some)
    worth = [sum(1 / pieces[leaf] for leaf in some) for some in leaves]
    ranked = sorted((i for i, some in enumerate(leaves) if some), key=lambda i: (-worth[i], i))
    return [parts[i] for i in ranked[:MOST_PARTS]]


def _worth(found: Sequence[Span]) -> tuple[int, int]:
    """How much of what was looked for one window shows, and how often."""
    first, last = _best_window(found)
    return len({span.leaf for span in found[first:last]}), last - first


def _cut(source: str, found: Sequence[Span]) -> Snippet:
    start = found[_best_window(found)[0]].start if found else 0
    first = _word_start(source, start - BEFORE, start) if start > BEFORE else 0
    last = _word_end(source, first + AROUND)
    segments = tuple(_segments(source, first, last, _merged(found)))
    return Snippet(segments, first > 0, last < len(source))


def _merged(found: Iterable[Span]) -> list[tuple[int, int]]:
    """Without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _best_window(found: Sequence[Span]) -> tuple[int, int]:
    """The stretches, from and to, that fit into one window and show the most leaves, then the
    most matches; the first of the best."""
    best_of, most = (0, 0), (0, 0)
    last = 0
    for i, span in enumerate(found):
        last = max(last, i)
        while last < len(found) and found[last].end <= span.start + AROUND - BEFORE:
            last += 1
        worth = len({one.leaf for one in found[i:last]}), last - i
        if worth > most:
            best_of, most = (i, last), worth
    return best_of if most[1] else (0, min(1, len(found)))


def _word_start(source: str, at: int, before: int) -> int:
    space = _SPACE.search(source, at, before)
    return space.end() if space else at


def _word_end(source: str, at: int) -> int:
    if at >= len(source):
        return len(source)
    spaces = [space.start() for space in _SPACE.finditer(source, at - BEFORE, at)]
    return spaces[-1] if spaces else at


def _segments(
    source: str, first: int, last: int, marked: Iterable[tuple[int, int]]
) -> Iterator[Segment]:
    at = first
    for start, end in marked:
        start, end = max(start, first), min(end, last)
        if start >= end:
            continue
        if start > at:
            yield Segment(source[at:start])
        yield Segment(source[start:end], is_match=True)
        at = end
    if at < last:
        yield Segment(source[at:last])

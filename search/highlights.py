"""Cuts the part of a text that shows why it matched, with the matching words marked.

Pure. Returns segments, never markup; a text without a match gives its beginning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.query import Mark, Phrase, Tree, Word, leaves

BEFORE, AROUND = 40, 200  # characters kept before the first match, and in all
MAX_READ = 200_000  # characters of one text that are looked at
MAX_MARK_WORDS = 6


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


Span = tuple[int, int]


def whole(source: str, tree: Tree) -> Snippet:
    """The whole text, as for a title."""
    return Snippet(tuple(_segments(source, 0, len(source), _spans(source, tree))))


def cut(source: str, tree: Tree) -> Snippet:
    """The stretch with the most matches, cut between words."""
    read = source[:MAX_READ]
    spans = _spans(read, tree)
    start = _best_start(spans)
    first = _word_start(read, start - BEFORE) if start > BEFORE else 0
    last = _word_end(read, first + AROUND)
    segments = tuple(_segments(read, first, last, spans))
    return Snippet(segments, first > 0, last < len(source))


def _spans(source: str, tree: Tree) -> list[Span]:
    """The matching stretches in order, without overlaps."""
    found = text.tokens(source)
    stems = [token.text for token in found]
    spans: set[Span] = set()
    for leaf in leaves(tree):
        match leaf:
            case Word(stem, exact):
                hits = (t for t in found if t.text == stem or t.folded == exact)
                spans.update((t.start, t.end) for t in hits)
                spans.update(_marked(found, exact) if text.has_digit(exact) else ())
            case Phrase(words):
                spans.update(_phrases(found, stems, words))
            case Mark(mark):
                spans.update(_marked(found, mark))
    return _merged(sorted(spans))


def _phrases(
    found: Sequence[text.Token], stems: Sequence[str], words: Sequence[str]
) -> Iterator[Span]:
    size = len(words)
    for i in range(len(found) - size + 1):
        if stems[i] == words[0] and tuple(stems[i : i + size]) == tuple(words):
            yield found[i].start, found[i + size - 1].end


def _marked(found: Sequence[text.Token], mark: str) -> Iterator[Span]:
    """Neighbouring words that spell an identifier once their spaces are left out."""
    for i, token in enumerate(found):
        joined = ""
        for last in found[i : i + MAX_MARK_WORDS]:
            joined += last.folded
            if joined == mark:
                yield token.start, last.end
            if not mark.startswith(joined):
                break


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _best_start(spans: Sequence[Span]) -> int:
    """Where a window begins that holds the most matches; the first of the best."""
    best, most = 0, 0
    last = 0
    for i, (start, _) in enumerate(spans):
        last = max(last, i)
        while last < len(spans) and spans[last][1] <= start + AROUND - BEFORE:
            last += 1
        if last - i > most:
            best, most = start, last - i
    return best


def _word_start(source: str, at: int) -> int:
    space = source.find(" ", at, at + BEFORE)
    return space + 1 if space >= 0 else at


def _word_end(source: str, at: int) -> int:
    if at >= len(source):
        return len(source)
    space = source.rfind(" ", at - BEFORE, at)
    return space if space > 0 else at


def _segments(source: str, first: int, last: int, spans: Iterable[Span]) -> Iterator[Segment]:
    at = first
    for start, end in spans:
        start, end = max(start, first), min(end, last)
        if start >= end:
            continue
        if start > at:
            yield Segment(source[at:start])
        yield Segment(source[start:end], is_match=True)
        at = end
    if at < last:
        yield Segment(source[at:last])

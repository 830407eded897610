"""What is indexed of a document, for every engine alike: tokens made here, once.

Pure. The leaves of `search.query.tree` are said against these sets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from search import marks, sounds, text
from search.engines import IndexDocument

SHORT = 120  # characters of a line that is remembered: names, places, what is done every day


@dataclass(frozen=True)
class Terms:
    """`title` and each of `body` hold stems in their order. `marks` are identifiers without
    spaces and dashes; `words` are all folded words and marks, for beginnings and misspellings;
    `starts` those of the title and of the identifiers alone. `sounds` are keys of names. `within`
    holds the values of named fields, each as `name=stem` in order, and each mark alone."""

    title: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    marks: frozenset[str]
    words: frozenset[str]
    starts: frozenset[str]
    sounds: frozenset[str]
    within: tuple[tuple[str, ...], ...]
    minute: int


def of(source: IndexDocument) -> Terms:
    given = set(marks.of(source.identifiers))
    title, *body = (_read(line) for line in (source.title, *(p.text for p in source.parts)))
    found = given.union(title.marks, *(line.marks for line in body))
    return Terms(
        title=title.stems,
        body=tuple(line.stems for line in body),
        marks=frozenset(found),
        words=frozenset(found.union(title.words, *(line.words for line in body))),
        starts=title.words | given,
        sounds=frozenset(key for name in source.names for key in sounds.of_name(name)),
        within=tuple(_within(source.values.items())),
        minute=source.minute,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    stems: tuple[str, ...]
    words: frozenset[str]
    marks: frozenset[str]


def _read(written: str) -> _Line:
    return _remembered(written) if len(written) <= SHORT else _cut(written)


@lru_cache(maxsize=1 << 13)
def _remembered(written: str) -> _Line:
    return _cut(written)


def _cut(written: str) -> _Line:
    """A text, cut into words once. Words alone where it holds no number: that is quicker."""
    if not marks.may_hold(written):
        pairs = text.words(written)
        held = text.characters(written)
        return _Line(tuple(s for s, _ in pairs), frozenset(f for _, f in pairs), held)
    tokens = text.tokens(written)
    held = text.characters(written) | marks.found(written, tokens)
    return _Line(tuple(t.text for t in tokens), frozenset(t.folded for t in tokens), held)


def _within(values: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    for name, said in sorted(values):
        for value in said:
            yield from _lines(name, value)


@lru_cache(maxsize=1 << 14)
def _lines(name: str, value: str) -> tuple[tuple[str, ...], ...]:
    """The same ports and species stand on very many documents."""
    stems = tuple(f"{name}={stem}" for stem in text.stems(value))
    mark = text.compact(value)
    if text.has_digit(mark) and stems != (f"{name}={mark}",):
        return stems, (f"{name}={mark}",)
    return (stems,)

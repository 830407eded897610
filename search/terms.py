"""What is indexed of a document, for every engine alike: tokens made here, once.

Pure. The leaves of `search.query.tree` are said against these sets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search import text
from search.engines import IndexDocument


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
    given = set(_given(source.identifiers))
    written = (source.title, *(part.text for part in source.parts))
    marks = given | {mark for one in written for mark in _found(one)}
    titled = {token.folded for token in text.tokens(source.title)}
    return Terms(
        title=tuple(text.stems(source.title)),
        body=tuple(tuple(text.stems(part.text)) for part in source.parts),
        marks=frozenset(marks),
        words=frozenset(marks | {t.folded for one in written for t in text.tokens(one)}),
        starts=frozenset(titled | given),
        sounds=frozenset(key for name in source.names for key in text.sounds(name)),
        within=tuple(_within(source.values.items())),
        minute=source.minute,
    )


def _given(identifiers: Iterable[str]) -> Iterator[str]:
    """An identifier without a digit is a word, and found as one."""
    for mark in map(text.compact, identifiers):
        if text.has_digit(mark):
            yield mark
            if digits := text.digits_of(mark):
                yield digits


def _found(written: str) -> Iterator[str]:
    yield from text.identifiers(written)
    yield from text.characters(written)


def _within(values: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    for name, said in sorted(values):
        for value in said:
            stems = tuple(f"{name}={stem}" for stem in text.stems(value))
            mark = text.compact(value)
            yield stems
            if text.has_digit(mark) and stems != (f"{name}={mark}",):
                yield (f"{name}={mark}",)

"""What to offer while somebody types: records, their own searches, names of fields.

Records are hits under the reader's scope, read again through `visible_to`; nothing comes from a
dictionary of the whole index, which would tell of what the reader may not see.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import User
from search import documents, index, labels, links, query, scope, text
from search.engines import EngineUnavailableError, Key, Request, SearchOrder
from search.keeping import recent, saved
from search.keeping.kept import Kept

logger = logging.getLogger(__name__)
LEAST = 2  # characters before anything is offered
RECORDS, SEARCHES, FIELDS = 6, 4, 4
LOOKED_AT = 18  # hits of which the records are chosen
MOST_WORDS = 8  # that are looked at


@dataclass(frozen=True)
class Suggestion:
    """One line: where it leads, or what it makes of the text in the box."""

    words: str
    note: StrOrPromise = ""
    url: str = ""
    fill: str = ""


@dataclass(frozen=True)
class Group:
    label: StrOrPromise
    suggestions: tuple[Suggestion, ...]


def suggest(user: User, typed: str) -> tuple[Group, ...]:
    """Groups that hold something, in their order; nothing for less than two characters."""
    typed = query.clean(typed)
    if len(typed) < LEAST:
        return ()
    groups = (
        Group(_("Records"), tuple(_records(user, typed))),
        Group(_("Your searches"), tuple(_searches(user, typed))),
        Group(_("Look in one field"), tuple(_fields(typed))),
    )
    return tuple(group for group in groups if group.suggestions)


def beginning(typed: str) -> query.Tree | None:
    """Every word begins a word of the title or an identifier, or all of them spell one."""
    words = [token.folded for token in text.tokens(typed)][:MOST_WORDS]
    if not words:
        return None
    every = query.All(tuple(query.Prefix(word, in_title=True) for word in words))
    mark = text.compact(typed)
    if len(words) > 1 and text.has_digit(mark):
        return query.Any((every, query.Prefix(mark, in_title=True)))
    return every


def _records(user: User, typed: str) -> Iterator[Suggestion]:
    """One call of the engine, without facets, and one query for each kind that was found. The
    newest, those first that begin as typed; a page that several of them lead to is named once."""
    hits = _hits(user, typed)
    found = documents.records(hits, visible_to=user)
    begun = text.fold(typed)
    records = sorted(
        (found[key] for key in hits if key in found),
        key=lambda record: not text.fold(record.content.title).startswith(begun),
    )
    by_page: dict[str, documents.Record] = {}
    for record in records:
        by_page.setdefault(links.of(record), record)
    for url, record in list(by_page.items())[:RECORDS]:
        said = (labels.KINDS[record.key.kind], links.reference(record))
        yield Suggestion(record.content.title, " · ".join(str(w) for w in said if w), url)


def _hits(user: User, typed: str) -> tuple[Key, ...]:
    tree = None if ":" in typed or '"' in typed else beginning(typed)
    if tree is None:
        return ()
    asked = Request(
        tree=tree, scope=scope.build(user), order=SearchOrder.NEWEST, limit=LOOKED_AT, facets=()
    )
    try:
        return index.engine().search(asked).hits
    except EngineUnavailableError as error:
        logger.info("No records are suggested: %s", error)
        return ()


def _searches(user: User, typed: str) -> Iterator[Suggestion]:
    kept = [*saved.of(user), *recent.of(user)]
    own = [one for one in _once(kept) if _is_begun(one.words, typed)]
    for one in own[:SEARCHES]:
        yield Suggestion(one.words, _("saved") if one.name else _("asked before"), one.url)


def _once(kept: Iterable[Kept]) -> Iterable[Kept]:
    """A saved search that was asked lately is named by its name."""
    once: dict[str, Kept] = {}
    for one in kept:
        once.setdefault(one.url, one)
    return once.values()


def _is_begun(words: str, typed: str) -> bool:
    """A word of it begins so, or it goes on as typed; what is typed already is left out."""
    said, begun = text.fold(words), text.fold(typed)
    return said != begun and any(said[at:].startswith(begun) for at in _starts(said))


def _starts(said: str) -> Iterator[int]:
    return (at for at in range(len(said)) if at == 0 or not said[at - 1].isalnum())


def _fields(typed: str) -> Iterator[Suggestion]:
    """`spe` offers `species:`; the words before it stay."""
    *before, last = typed.split()
    begun = text.fold(last.lstrip("-"))
    if len(begun) < LEAST or not begun.isalpha():
        return
    sign = "-" if last.startswith("-") else ""
    names = [name for name in (*query.FIELDS, *query.DATES) if name.startswith(begun)]
    for name in names[:FIELDS]:
        yield Suggestion(f"{name}:", fill=" ".join([*before, f"{sign}{name}:"]))

"""Reads documents for the index in pieces that fit into memory; one that cannot be read or stored
keeps no other from the index.

Failures of one document are told from those of the engine and of the database, which pass.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import InterfaceError, OperationalError

from casework.models import Case
from search import documents
from search.engines import (
    DocumentsRefusedError,
    Engine,
    EngineUnavailableError,
    IndexDocument,
    Key,
)

CASES_AT_ONCE: Final = 20
AT_ONCE: Final = 500  # documents in one commit of the index, which costs the same for any number
FILES_AT_ONCE: Final = 10  # a file may say a million words
# Of the engine, the database or the machine: later it may go well for the same document.
PASSING: Final = (EngineUnavailableError, OperationalError, InterfaceError, MemoryError)


@dataclass(frozen=True)
class Failure:
    """Why a document is not in the index as it should be; or is, without its long text."""

    reason: str
    is_stored: bool = False


Failures = dict[Key, Failure]


def slices(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Each key once, in pieces that fit into memory."""
    known = dict.fromkeys(keys)
    files = [key for key in known if key.kind == "file"]
    yield from documents.batches((key for key in known if key.kind != "file"), AT_ONCE)
    yield from documents.batches(files, FILES_AT_ONCE)


def all_keys() -> Iterator[list[Key]]:
    """Of everything there is, case by case and then the shared register."""
    # The keys are read at once: a cursor left open for minutes would hold back SQLite's log.
    pks = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for some in documents.batches(pks, CASES_AT_ONCE):
        yield from slices(documents.keys_of_cases(some))
    for kind in documents.REGISTER:
        yield from slices(Key(kind, pk) for pk in documents.SOURCES[kind].shared_keys())


def everything(failures: Failures) -> Iterator[IndexDocument]:
    """All documents, for a rebuild or a check; those that cannot be read are told of."""
    for keys in all_keys():
        yield from _readable(keys, failures)


def _readable(keys: Sequence[Key], failures: Failures) -> list[IndexDocument]:
    try:
        return documents.load(keys)
    except PASSING:
        raise
    except Exception as error:  # whatever one row does to the code that reads it
        if len(keys) == 1:
            failures[keys[0]] = Failure(_reason(error))
            return []
    half = len(keys) // 2
    return _readable(keys[:half], failures) + _readable(keys[half:], failures)


def store(engine: Engine, keys: Sequence[Key]) -> Failures:
    """Brings the index to what the database says of these; raises where the engine is away."""
    failures: Failures = {}
    found = _readable(keys, failures)
    gone = set(keys) - {document.key for document in found} - set(failures)
    return failures | _stored(engine, found, gone)


def _stored(engine: Engine, found: Sequence[IndexDocument], gone: Iterable[Key]) -> Failures:
    try:
        engine.write(found, gone)
    except PASSING:
        raise
    except DocumentsRefusedError as error:
        refused = [document for document in found if document.key in error.reasons]
        return {one.key: _shortened(engine, one, error.reasons[one.key]) for one in refused}
    except Exception as error:  # one of them, which has to be found
        if len(found) == 1 and not gone:
            return {found[0].key: _shortened(engine, found[0], _reason(error))}
        if not found:
            raise
    else:
        return {}
    half = len(found) // 2
    failures = _stored(engine, (), gone) if gone else {}
    for some in (found[:half], found[half:]):
        failures |= _stored(engine, some, ()) if some else {}
    return failures


def _shortened(engine: Engine, document: IndexDocument, reason: str) -> Failure:
    """A record whose long text is refused is found by its title, numbers and names."""
    try:
        engine.write([replace(document, parts=())])
    except PASSING:
        raise
    except Exception:  # the title or a number, then
        return Failure(reason)
    return Failure(reason, is_stored=True)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"

"""The documents of a growing database, read once and kept in a file, so that every engine and every
peer is filled with the same ones and timed alone."""

import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from casework.models import Case
from search import documents
from search.documents import REGISTER, SOURCES
from search.engines import IndexDocument, Key

AT_ONCE = 5_000
CASES_AT_ONCE, SHARED_AT_ONCE = 50, 1_000


class Spool:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.count = 0
        self.seen: set[Key] = set()
        self.cases: set[int] = set()

    def read_on(self) -> int:
        """Reads what the database holds since the last time; returns how many documents."""
        before = self.count
        with self.file.open("ab") as out:
            for several in documents.batches(self._new(), AT_ONCE):
                pickle.dump(several, out, protocol=5)
                self.count += len(several)
        return self.count - before

    def everything(self, beginning: int = 0) -> Iterator[IndexDocument]:
        """From so many documents on, in the order of reading."""
        return islice(self._kept(), beginning, None)

    def _kept(self) -> Iterator[IndexDocument]:
        with self.file.open("rb") as kept:
            left = self.count
            while left:
                several: list[IndexDocument] = pickle.load(kept)  # noqa: S301  # written above
                left -= len(several)
                yield from several

    def _new(self) -> Iterator[IndexDocument]:
        pks = Case.objects.order_by("pk").values_list("pk", flat=True)
        cases = [pk for pk in pks if pk not in self.cases]
        self.cases.update(cases)
        for some in documents.batches(cases, CASES_AT_ONCE):
            yield from documents.load(documents.keys_of_cases(some))
        for kind in REGISTER:
            keys = [Key(kind, pk) for pk in SOURCES[kind].shared_keys()]
            for several in documents.batches(
                [k for k in keys if k not in self.seen], SHARED_AT_ONCE
            ):
                self.seen.update(several)
                yield from documents.load(several)

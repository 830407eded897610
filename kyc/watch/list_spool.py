"""A list read to its end and checked, waiting beside memory until it is written."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Self

from casework.errors import DomainError
from casework.models import Code
from kyc.watch import list_words
from kyc.watch.list_formats import detect
from kyc.watch.list_formats.countries import Countries
from kyc.watch.list_formats.entry import ListError, Reading, canonical, encode
from kyc.watch.list_formats.source import chunks

COLUMNS = (
    "uid", "kind", "name", "aliases", "weak_aliases", "birth_dates", "countries", "identifiers",
    "addresses", "topics", "remarks", "digest", "line",
)  # fmt: skip
IN_MEMORY = 8 << 20
STEP = 10_000
Progress = Callable[[int], None]


class ListRefused(DomainError):
    """The list is broken; nothing was written, and the version in force stays."""

    code = "watchlist"
    status = 422


@dataclass(frozen=True)
class Files:
    """The files of one list: the main one, and OFAC's further tables by their part."""

    main: IO[bytes]
    beside: Mapping[str, IO[bytes]]

    def digest(self) -> str:
        """SHA-256 of the unpacked bytes, one file after the other in the order of OFAC's parts."""
        digest = hashlib.sha256()
        order = ("aliases", "addresses", "comments")
        for file in (self.main, *(self.beside[part] for part in order if part in self.beside)):
            for _piece in chunks(file, digest):
                pass
        return digest.hexdigest()


@dataclass(frozen=True)
class Kept:
    """An entry as it waits: its number, what it says as JSON, and the digest of that."""

    uid: str
    digest: str
    line: int
    text: str

    def values(self) -> tuple[str | int, ...]:
        """In the order of COLUMNS, lists as JSON."""
        said: dict[str, Any] = json.loads(self.text)
        texts = (said[name] for name in COLUMNS[:-2])
        told = (t if isinstance(t, str) else encode(t) for t in texts)
        return (*told, self.digest, self.line)


class Spool:
    """All entries of a list in a temporary file, which goes away with it."""

    def __init__(self, files: Files, name: str, sheet: str, progress: Progress) -> None:
        self.reading = Reading(countries())
        self.count = 0
        # Whose file it is: the context manager's, see __exit__.
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            IN_MEMORY, mode="w+", encoding="utf-8", newline="\n"
        )
        try:
            self._fill(files, name, sheet, progress)
        except BaseException:
            self._file.close()
            raise

    def _fill(self, files: Files, name: str, sheet: str, progress: Progress) -> None:
        seen: dict[str, int] = {}
        for entry in detect.read(files.main, name, self.reading, files.beside, sheet):
            said = entry.kept()
            first = seen.setdefault(entry.uid, entry.line)
            if first != entry.line or len(seen) == self.count:
                raise ListError("twice", entry.line, uid=entry.uid[:60], first=first)
            text, digest = canonical(said)
            self._file.write(f"{entry.line}\t{digest}\t{entry.uid}\t{text}\n")
            self.count += 1
            if self.count % STEP == 0:
                progress(self.count)
        if not self.count:
            raise ListError("empty")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Kept]:
        self._file.seek(0)
        for row in self._file:
            line, digest, uid, text = row.rstrip("\n").split("\t", 3)
            yield Kept(uid, digest, int(line), text)


def _refused(broken: ListError) -> ListRefused:
    field = str(broken.found.get("part", "file"))
    return ListRefused(list_words.refusal(broken), field=field)


def told(file: IO[bytes]) -> str:
    """The format of a file. Raises ListRefused."""
    try:
        return detect.told(file)
    except ListError as broken:
        raise _refused(broken) from broken


def digest(files: Files) -> str:
    """Of the unpacked bytes. Raises ListRefused."""
    try:
        return files.digest()
    except ListError as broken:
        raise _refused(broken) from broken


def read(files: Files, name: str, sheet: str, progress: Progress) -> Spool:
    """The checked entries. Raises ListRefused with line and reason."""
    try:
        return Spool(files, name, sheet, progress)
    except ListError as broken:
        raise _refused(broken) from broken


def countries() -> Countries:
    """The code list's countries, without its words for "several" and "unknown"."""
    rows = Code.objects.kind("country").values_list("code", "label")
    return Countries({code: label for code, label in rows if not code.startswith("X")})

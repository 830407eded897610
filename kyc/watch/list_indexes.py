"""The index of names of each list in force: a file for each version, made once and mapped by all.

Files are derived: what is missing, cut short or of an older make is made again from the database.
"""

import mmap
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import F, Max, QuerySet

from kyc.models import WatchlistEntry, WatchlistVersion
from kyc.naming.matching import Subject
from kyc.naming.name_index import NameIndex

CANDIDATES = 50
_opened: dict[Path, NameIndex] = {}


@dataclass(frozen=True)
class ListIndex:
    version: WatchlistVersion
    names: NameIndex

    def candidates(self, told: Iterable[Subject]) -> list[int]:
        """Entries worth comparing with a party: like one of its names, or with its numbers."""
        keys: dict[int, None] = {}
        for subject in told:
            for name in (*subject.names, *subject.weak_names):
                keys |= dict.fromkeys(self.names.find(name, subject.kind, CANDIDATES))
            for number in subject.identifiers:
                keys |= dict.fromkeys(self.names.by_code(code(number[1])))
        return list(keys)


def newest() -> QuerySet[WatchlistVersion]:
    """The version of every list that is in force."""
    last = WatchlistVersion.objects.alias(last=Max("watchlist__versions__number"))
    return last.filter(number=F("last")).select_related("watchlist").order_by("watchlist__name")


def in_force() -> list[ListIndex]:
    """The indexes of all lists; those of versions that are no longer in force are let go."""
    versions = list(newest())
    for path in _opened.keys() - {_path(version) for version in versions}:
        del _opened[path]
    return [ListIndex(version, _open(version)) for version in versions]


def new_in(version: WatchlistVersion) -> ListIndex:
    """Of what a version brought: new entries and changed ones."""
    if version.number == 1:
        return ListIndex(version, _open(version))
    rows = WatchlistEntry.objects.filter(watchlist=version.watchlist, since=version.number)
    return ListIndex(version, _made(rows))


def _open(version: WatchlistVersion) -> NameIndex:
    path = _path(version)
    if path not in _opened or not path.exists():
        try:
            _opened[path] = _mapped(path)
        except (OSError, ValueError):
            _write(version, path)
            _opened[path] = _mapped(path)
    return _opened[path]


def _path(version: WatchlistVersion) -> Path:
    name = f"{version.watchlist_id}-{version.number}-{version.digest[:16]}.names"
    return Path(settings.DATA_DIR) / "names" / name


def _mapped(path: Path) -> NameIndex:
    with path.open("rb") as file:
        return NameIndex.opened(memoryview(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)))


def _write(version: WatchlistVersion, path: Path) -> None:
    """Beside, then into place; the files of the list's other versions go."""
    entries = WatchlistEntry.objects.of_version(version.watchlist, version.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(_made(entries).table.to_bytes())
    Path(file.name).replace(path)
    for old in path.parent.glob(f"{version.watchlist_id}-*.names"):
        if old != path:
            old.unlink(missing_ok=True)


def _made(entries: QuerySet[WatchlistEntry]) -> NameIndex:
    fields = ("pk", "kind", "name", "aliases", "weak_aliases")
    rows = entries.order_by("pk").values_list(*fields).iterator(chunk_size=5_000)
    numbers = entries.exclude(identifiers=[]).values_list("pk", "identifiers")
    return NameIndex.of(
        (
            (pk, text, "" if kind == WatchlistEntry.Kind.UNKNOWN else kind)
            for pk, kind, name, aliases, weak in rows
            for text in (name, *aliases, *weak)
        ),
        _numbers(numbers.iterator(chunk_size=5_000)),
    )


def _numbers(rows: Iterable[tuple[int, list[dict[str, str]]]]) -> Iterator[tuple[int, str]]:
    for pk, identifiers in rows:
        for item in identifiers:
            yield pk, code(item["value"])


def code(value: str) -> str:
    """A number as it is looked up: letters and digits only."""
    return "".join(letter for letter in value.upper() if letter.isalnum())

"""The index of names of each list in force."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from kyc.matching import Subject
from kyc.models import WatchlistEntry, WatchlistVersion
from kyc.name_index import NameIndex


@dataclass(frozen=True)
class ListIndex:
    version: WatchlistVersion
    names: NameIndex

    def candidates(self, told: Iterable[Subject], limit: int) -> list[WatchlistEntry]:
        """Entries worth comparing with a party, from any of its names and numbers."""
        keys: dict[int, None] = {}
        for subject in told:
            for name in (*subject.names, *subject.weak_names):
                keys |= dict.fromkeys(self.names.find(name, subject.kind, limit))
            for number in subject.identifiers:
                keys |= dict.fromkeys(self.names.by_code(code(number[1])))
        return list(WatchlistEntry.objects.filter(pk__in=keys))


def in_force() -> list[ListIndex]:
    """Of the newest version of every list."""
    newest: dict[int, WatchlistVersion] = {}
    for version in WatchlistVersion.objects.select_related("watchlist").order_by("number"):
        newest[version.watchlist_id] = version
    return [
        ListIndex(version, _index(WatchlistEntry.objects.of_version(version.watchlist, n)))
        for version in newest.values()
        for n in (version.number,)
    ]


@contextmanager
def new_in(version: WatchlistVersion) -> Iterator[ListIndex]:
    """Of what a version brought: new entries and changed ones."""
    rows = WatchlistEntry.objects.filter(watchlist=version.watchlist, since=version.number)
    yield ListIndex(version, _index(rows))


def _index(entries: QuerySet[WatchlistEntry]) -> NameIndex:
    rows = list(entries.values_list("pk", "kind", "name", "aliases", "weak_aliases", "identifiers"))
    return NameIndex(
        (
            (pk, text, kind)
            for pk, kind, name, aliases, weak, _ in rows
            for text in (name, *aliases, *weak)
        ),
        ((row[0], code(item["value"])) for row in rows for item in row[5]),
    )


def code(value: str) -> str:
    """A number as it is looked up: letters and digits only."""
    return "".join(c for c in value.upper() if c.isalnum())

"""Lists of names from outside: imported whole or refused whole, kept in versions.

A file is read and checked to its end before anything is written; the writing is one transaction,
so that a broken list leaves the version in force as it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import User
from kyc.models import Watchlist, WatchlistEntry, WatchlistVersion
from kyc.watch import list_spool, list_words
from kyc.watch.list_formats import detect
from kyc.watch.list_spool import Files, Kept, ListRefused, Progress, Spool

T = TypeVar("T")
Source = Path | IO[bytes]
BATCH = 1000
OLD = timedelta(days=30)  # a list that nobody renewed for so long may miss names
FORMAT_WORDS = {
    detect.OPENSANCTIONS: _("OpenSanctions (CSV)"),
    detect.UN: _("United Nations (XML)"),
    detect.OFAC: _("OFAC SDN (CSV with its files of names and addresses)"),
    detect.DENIED: _("US denied persons (text)"),
    detect.TABLE: _("Plain table (CSV)"),
    detect.WORKBOOK: _("Plain table (Excel)"),
}
FAMILY = {detect.WORKBOOK: detect.TABLE}  # formats that may follow each other on one list


def may_import(user: access.Reader) -> bool:
    return access.holds(user, roles.KEEP_WATCHLISTS)


def import_file(
    source: Source,
    name: str,
    *,
    actor: User | None,
    beside: Mapping[str, Source] | None = None,
    file_name: str = "",
    format: str = "",  # as the command's option is called
    sheet: str = "",
    is_trusted: bool = False,
    keeper: str = "",
    accept_shrinking: bool = False,
    tell: Callable[[str], None] = lambda _text: None,
    progress: Progress = lambda _done: None,
) -> WatchlistVersion:
    """Import a list; the same files again give the version that they made.

    `actor` is None for the server's own command line. `beside` are OFAC's further tables by their
    part: aliases, addresses, comments. `tell` is given what the person should know besides.
    Raises ListRefused with the line and the reason, NotAllowed, RuleBroken.
    """
    if actor is not None and not may_import(actor):
        raise NotAllowed(_("Your position does not import watch lists."))
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise RuleBroken(_("Write the name of the list, in at most 120 letters."), field="name")
    known = Watchlist.objects.filter(name__iexact=name).first()
    with ExitStack() as stack:
        files = _open(stack, source, beside or {})
        form = _form(files.main, format, known)
        digest = list_spool.digest(files)
        if known and (same := _same(known, digest, tell)):
            return same
        spool = stack.enter_context(list_spool.read(files, form, sheet, progress))
        for code, found in spool.reading.notes:
            tell(list_words.note(code, found))
        about = {"format": form, "digest": digest, "file_name": file_name or _name_of(source)}
        watchlist = _Named(name, is_trusted, keeper)
        return _write(watchlist, spool, about, actor, accept_shrinking, tell)


@dataclass(frozen=True)
class _Named:
    """The list that is imported, as it was called."""

    name: str
    is_trusted: bool
    keeper: str

    def locked(self) -> Watchlist:
        """The list's row, made with its first version; nobody else imports it meanwhile."""
        trusted, alarm = Watchlist.Meaning.TRUSTED, Watchlist.Meaning.ALARM
        rows = Watchlist.objects.select_for_update(no_key=True)
        found = rows.filter(name__iexact=self.name).first()
        if found is None:
            found = Watchlist(
                name=self.name, meaning=trusted if self.is_trusted else alarm, keeper=self.keeper
            )
            found.full_clean()
        elif self.is_trusted and found.meaning == alarm:
            said = _("Names on this list raise an alarm. Give the list of traders another name.")
            raise RuleBroken(said, field="name")
        return found


@transaction.atomic
def _write(
    named: _Named,
    spool: Spool,
    about: dict[str, Any],
    actor: User | None,
    accept_shrinking: bool,
    tell: Callable[[str], None],
) -> WatchlistVersion:
    from kyc.watch import screening

    watchlist = named.locked()
    if watchlist.pk and (same := _same(watchlist, about["digest"], tell)):
        return same  # imported by somebody else meanwhile
    before = watchlist.versions.first() if watchlist.pk else None
    if before is not None and not accept_shrinking and spool.count * 2 < before.entries:
        raise _shrinks(spool.count, before)
    _warn_of_age(spool, before, tell)
    if watchlist.meaning == Watchlist.Meaning.TRUSTED and not named.is_trusted:
        tell(gettext("This list is one of authorised traders: names on it raise no alarm."))
    if watchlist.pk is None:
        _first(watchlist, actor)
    version = WatchlistVersion(
        watchlist=watchlist,
        number=before.number + 1 if before else 1,
        imported_by=actor,
        dated=spool.reading.dated,
        entries=spool.count,
        **about,
    )
    _write_entries(version, spool)
    version.full_clean()
    version.save()
    _record(version, actor)
    screening.version_came(version)
    return version


def _first(watchlist: Watchlist, actor: User | None) -> None:
    audit.sign(watchlist, actor)
    try:
        watchlist.save()
    except IntegrityError as taken:  # the database decides between two at once
        said = _("Somebody imported a list of this name a moment ago. Look at it, then try again.")
        raise RuleBroken(said, field="name") from taken


def _same(
    watchlist: Watchlist, digest: str, tell: Callable[[str], None]
) -> WatchlistVersion | None:
    """The version in force, where it was made of the same bytes."""
    before: WatchlistVersion | None = watchlist.versions.first()
    if before is None or before.digest != digest:
        return None
    said = gettext("This very list is version %(number)s already. Nothing was changed.")
    tell(said % {"number": before.number})
    return before


def _write_entries(version: WatchlistVersion, spool: Spool) -> None:
    """Close what changed or left, then write what came: one row of a number stands at a time."""
    standing = _standing(version.watchlist)
    unchanged: set[str] = set()
    changed: list[int] = []
    for kept in spool if standing else ():
        pk, digest = standing.pop(kept.uid, (0, ""))
        if digest == kept.digest:
            unchanged.add(kept.uid)
        elif pk:
            changed.append(pk)
    left = [pk for pk, _digest in standing.values()]
    for some in _batches([*changed, *left]):
        WatchlistEntry.objects.filter(pk__in=some).update(until=version.number)
    written = _insert(version, (kept for kept in spool if kept.uid not in unchanged))
    version.changed, version.removed = len(changed), len(left)
    version.added = written - len(changed)


def _standing(watchlist: Watchlist) -> dict[str, tuple[int, str]]:
    rows = WatchlistEntry.objects.in_force().filter(watchlist=watchlist).order_by()
    told = rows.values_list("uid", "pk", "digest").iterator(chunk_size=5000)
    return {uid: (pk, digest) for uid, pk, digest in told}


def _insert(version: WatchlistVersion, new: Iterable[Kept]) -> int:
    """Straight to the table: a hundred thousand model instances take longer than the database."""
    columns = ("watchlist_id", "since", *list_spool.COLUMNS)
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(WatchlistEntry._meta.db_table)
    written = 0
    with connection.cursor() as cursor:
        for some in _batches(new):
            rows = [(version.watchlist_id, version.number, *kept.values()) for kept in some]
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608  # no value in it
            written += len(rows)
    return written


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some


def _shrinks(count: int, before: WatchlistVersion) -> ListRefused:
    return ListRefused(
        gettext(
            "The list has %(count)s entries, version %(number)s has %(before)s: more than half "
            "would go. If its keeper really took them off, import it with shrinking accepted."
        )
        % {"count": f"{count:,}", "number": before.number, "before": f"{before.entries:,}"},
        field="accept_shrinking",
    )


def _warn_of_age(
    spool: Spool, before: WatchlistVersion | None, tell: Callable[[str], None]
) -> None:
    dated = spool.reading.dated
    if before is not None and dated and before.dated and dated < before.dated:
        said = gettext("This list is of %(day)s, older than version %(number)s (%(before)s).")
        shown = {"day": dated.isoformat(), "before": before.dated.isoformat()}
        tell(said % {**shown, "number": before.number})


def _record(version: WatchlistVersion, actor: User | None) -> None:
    audit.record(
        "watchlist.import",
        actor=actor,
        subject=version.watchlist,
        version=version.number,
        file=version.file_name,
        digest=version.digest,
        entries=version.entries,
        added=version.added,
        changed=version.changed,
        removed=version.removed,
    )


def _open(stack: ExitStack, source: Source, beside: Mapping[str, Source]) -> Files:
    def opened(one: Source) -> IO[bytes]:
        return stack.enter_context(one.open("rb")) if isinstance(one, Path) else one

    try:
        return Files(opened(source), {part: opened(one) for part, one in beside.items()})
    except OSError as missing:
        raise ListRefused(f"{missing.filename}: {missing.strerror}") from missing


def _form(file: IO[bytes], wanted: str, known: Watchlist | None) -> str:
    """The format as said, or as told from the file; another than the list had must be said."""
    if wanted:
        if wanted not in detect.FORMATS:
            raise RuleBroken(_("Choose one of the formats."), field="format")
        return wanted
    found = list_spool.told(file)
    before = known.versions.first() if known else None
    if before is not None and FAMILY.get(before.format, before.format) != FAMILY.get(found, found):
        said = gettext(
            "Version %(number)s of this list was “%(before)s”, this file reads as "
            "“%(found)s”. Check that it is the right file, then say its format."
        )
        words = {"before": FORMAT_WORDS.get(before.format, before.format)}
        raise ListRefused(
            said % {**words, "number": before.number, "found": FORMAT_WORDS[found]}, field="format"
        )
    return found


def _name_of(source: Source) -> str:
    name = source.name if isinstance(source, Path) else getattr(source, "name", "")
    return Path(str(name)).name[:300] or "-"

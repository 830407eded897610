"""Re-hashes the whole store: resumable, with progress, and what it finds wrong stays written down.

Files are read in the order of their rows, a few hundred at a time, so that a million of them need
no more memory than one; where the check stands is saved every few seconds.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import audit, clock
from casework.models import Case, User
from evidence import files
from evidence.models import Attachment, FileCheck, FileFault, StoredFile

ROWS = 500
SECONDS_BETWEEN_SAVES = 5.0
WITHOUT_ROW = "without a row"
WORDS: dict[str, StrOrPromise] = {
    "missing": _("The bytes are gone from the store."),
    "altered": _("The bytes in the store are not the ones that were taken in."),
    "unreadable": _("The disk does not give the bytes."),
}


@dataclass(frozen=True)
class Fault:
    """A stored file that is not what its row says; `uses` name it as case, exhibit, file name."""

    digest: str
    what: str  # "missing", "altered", "unreadable" or "without a row"
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """Where a check stands; the totals are of the rows when it began or went on."""

    files: int
    all_files: int
    bytes: int
    all_bytes: int
    seconds: float  # since it began or went on
    bytes_here: int  # read in these seconds

    @property
    def rate(self) -> float:
        """Bytes a second."""
        return self.bytes_here / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        return (self.all_bytes - self.bytes) / self.rate if self.rate else None


def unfinished() -> FileCheck | None:
    """The newest check that was stopped before its end, unless a later one came to its end."""
    newest = FileCheck.objects.order_by("-pk").first()
    return newest if newest is not None and newest.finished_at is None else None


def begin() -> FileCheck:
    return FileCheck.objects.create()


def run(check: FileCheck, *, actor: User | None = None) -> Iterator[Fault | Progress]:
    """Go on with a check to its end: a Fault for each file that is not whole, Progress between.

    Exhausting it closes the check, opens and closes the faults of files and writes the audit.
    """
    total = StoredFile.objects.aggregate(size=Sum("size"))["size"] or 0
    walk = _Walk(check, StoredFile.objects.count(), total)
    for stored in _from(check.position):
        fault = look_at(stored)
        walk.count(stored, fault)
        if fault is not None:
            yield fault
        if walk.is_time_to_save():
            walk.save()
            yield walk.progress()
    walk.save()
    yield from (Fault(digest, WITHOUT_ROW) for digest in unnamed())
    _finish(check, actor)
    yield walk.progress()


class _Walk:
    """Counts what a check has seen and writes it down now and then."""

    def __init__(self, check: FileCheck, all_files: int, all_bytes: int) -> None:
        self.check, self.all_files, self.all_bytes = check, all_files, all_bytes
        self.began = self.saved = time.monotonic()
        self.bytes_before = check.n_bytes
        self.faulty = set(open_faults().values_list("file", flat=True))

    def count(self, stored: StoredFile, fault: Fault | None) -> None:
        self.check.position = stored.pk
        self.check.n_bytes += stored.size
        if fault is None:
            self.check.n_intact += 1
            if stored.pk in self.faulty:
                _close(stored)
        else:
            self.check.n_broken += 1
            _open(stored, fault, self.check)
            self.save()

    def is_time_to_save(self) -> bool:
        return time.monotonic() - self.saved >= SECONDS_BETWEEN_SAVES

    def save(self) -> None:
        self.saved = time.monotonic()
        self.check.seen_at = clock.now()
        self.check.save()

    def progress(self) -> Progress:
        return Progress(
            files=self.check.n_intact + self.check.n_broken,
            all_files=self.all_files,
            bytes=self.check.n_bytes,
            all_bytes=self.all_bytes,
            seconds=time.monotonic() - self.began,
            bytes_here=self.check.n_bytes - self.bytes_before,
        )


def _from(position: int) -> Iterator[StoredFile]:
    """Rows after a position, page by page: no transaction stays open while files are read."""
    while True:
        rows = list(StoredFile.objects.filter(pk__gt=position).order_by("pk")[:ROWS])
        if not rows:
            return
        yield from rows
        position = rows[-1].pk


def look_at(stored: StoredFile) -> Fault | None:
    """Re-hash one file."""
    path = files.path_of(stored.digest)
    try:
        if files.digest_of(path) == stored.digest:
            return None
        return Fault(stored.digest, "altered", uses(stored))
    except FileNotFoundError:
        return Fault(stored.digest, "missing", uses(stored))
    except OSError:
        return Fault(stored.digest, "unreadable", uses(stored))


def uses(stored: StoredFile) -> tuple[str, ...]:
    rows = Attachment.objects.filter(file=stored).select_related("case", "exhibit").order_by("pk")
    return tuple(
        f"{row.case.reference}/{row.exhibit.label if row.exhibit else '-'}: {row.name}"
        for row in rows
    )


def unnamed() -> Iterator[str]:
    """Digests of files in the store that no row names, folder by folder."""
    root = Path(settings.FILES_DIR)
    for first in _below(root):
        for second in _below(root / first):
            names = {entry.name for entry in os.scandir(root / first / second) if entry.is_file()}
            if names:
                rows = StoredFile.objects.filter(digest__startswith=first + second)
                yield from sorted(names - set(rows.values_list("digest", flat=True)))


def _below(folder: Path) -> list[str]:
    """The folders of two hexadecimal digits in a folder, in order."""
    if not folder.is_dir():
        return []
    digits = set("0123456789abcdef")
    names = (entry.name for entry in os.scandir(folder) if entry.is_dir())
    return sorted(name for name in names if len(name) == 2 and set(name) <= digits)


@transaction.atomic
def _open(stored: StoredFile, fault: Fault, check: FileCheck) -> None:
    values = {"what": fault.what, "check_run": check}
    row, is_new = FileFault.objects.get_or_create(file=stored, closed_at=None, defaults=values)
    if not is_new:
        row.what, row.check_run = fault.what, check
        row.save()
        return
    _tell_cases("file.fault", stored, what=fault.what)


def _tell_cases(action: str, stored: StoredFile, **detail: str) -> None:
    """One entry for each case that uses the file, so that its people read it there."""
    cases: list[Case | None] = [*Case.objects.filter(attachments__file=stored).distinct()]
    for case in cases or [None]:
        audit.record(action, actor=None, case=case, subject=stored, digest=stored.digest, **detail)


@transaction.atomic
def _close(stored: StoredFile) -> None:
    """A file that is whole again: put back from a copy, or on a disk that answers again."""
    for row in FileFault.objects.filter(file=stored, closed_at=None):
        row.closed_at = clock.now()
        row.save()
    _tell_cases("file.whole", stored)


@transaction.atomic
def _finish(check: FileCheck, actor: User | None) -> None:
    check.finished_at = check.seen_at = clock.now()
    check.save()
    audit.record(
        "file.check",
        actor=actor,
        subject=check,
        intact=check.n_intact,
        broken=check.n_broken,
        bytes=check.n_bytes,
    )


def open_faults() -> "QuerySet[FileFault]":
    """Faults that no later check has found mended."""
    rows: QuerySet[FileFault] = FileFault.objects.filter(closed_at=None)
    return rows.select_related("file", "check_run")


def faults_of(check: FileCheck) -> Iterator[Fault]:
    """What a check found before it was stopped."""
    for row in FileFault.objects.filter(check_run=check).select_related("file").iterator():
        yield Fault(row.file.digest, row.what, uses(row.file))

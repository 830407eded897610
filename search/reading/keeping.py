"""Which files wait to be read, and what was read of them: the rows of FileText and FilePage."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from casework import background
from evidence.models import Attachment, StoredFile
from search import sync
from search.models import FilePage, FileText
from search.reading import extraction, reasons
from search.reading.extraction import Found

ATTEMPTS = 3
STATES = FileText.State


def note(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Receives `casework.signals.changed`: a file that came waits to be read, whatever becomes of
    this process; called within the transaction that attaches it."""
    if isinstance(instance, Attachment) and instance.file_id is not None:
        _words, is_new = FileText.objects.get_or_create(file_id=instance.file_id)
        if is_new:
            from search.reading import tasks

            background.after_commit(tasks.wake)


def waiting() -> models.QuerySet[FileText]:
    """Those that failed go behind those that were never tried."""
    return FileText.objects.filter(state=STATES.WAITING).order_by("attempts", "pk")


def read(words: FileText) -> FileText:
    """Read one file now and keep what it says. Counted before it begins: a kill counts, too."""
    FileText.objects.filter(pk=words.pk).update(attempts=F("attempts") + 1)
    words.refresh_from_db()
    if words.attempts > ATTEMPTS:
        return keep(words, Found(reason=words.reason or "crash"))
    return keep(words, extraction.read(words.file))


@transaction.atomic
def keep(words: FileText, found: Found) -> FileText:
    """Replace what was kept of a file, and have the index follow."""
    words.pages.all().delete()
    FilePage.objects.bulk_create(_pages(words, found.places), batch_size=200)
    words.characters = found.characters
    words.reason = found.reason
    words.state = _state(words, found)
    words.reader = extraction.reader()
    words.read_at = Now()
    words.save()
    words.refresh_from_db()
    sync.note(FileText, words)
    return words


def want_again(which: Q | None = None) -> int:
    """Have files read once more; what is kept of them stays until then. Returns how many."""
    rows = FileText.objects.exclude(state=STATES.WAITING)
    rows = rows.filter(which) if which is not None else rows
    return int(rows.update(state=STATES.WAITING, attempts=0))


def want_missing() -> int:
    """Files of a time before their words were read, or attached behind the operations' backs."""
    unknown = StoredFile.objects.filter(
        ~Exists(FileText.objects.filter(file=OuterRef("pk"))),
        Exists(Attachment.objects.filter(file=OuterRef("pk"))),
    )
    rows = [FileText(file_id=pk) for pk in unknown.values_list("pk", flat=True)]
    return len(FileText.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True))


def _pages(words: FileText, places: Iterable[tuple[str, str]]) -> Iterable[FilePage]:
    begins_at = 0
    for number, (place, text) in enumerate(places, 1):
        yield FilePage(
            words=words, number=number, place=place[:200], text=text, begins_at=begins_at
        )
        begins_at += len(text)


def _state(words: FileText, found: Found) -> str:
    if found.reason in reasons.PASSING and words.attempts < ATTEMPTS:
        return STATES.WAITING
    if not found.reason:
        return STATES.READ
    return STATES.PARTLY if found.places else STATES.UNREAD

"""What the walled process is asked, and what it answers: words found, or a copy and its report."""

from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import display
from casework.errors import RuleBroken
from evidence import files
from evidence.filestore import images, media_types, restricted
from evidence.models import Redaction, StoredFile
from evidence.sealed.redaction import order, work
from evidence.sealed.redaction.order import FULL, Box, Order, Word

LARGEST: Final = 150 << 20  # bytes: it is held whole in the process that may use little memory
PATIENCE: Final = 2  # by the clock, for each second of the processor
REASONS: Final[dict[str, StrOrPromise]] = {
    "password": _("This document asks for a password. Take the protection off outside, and attach "
        "the file without it."),
    "damaged": _("This document is damaged: its pages cannot be told with certainty. Print it and "
        "scan it, and make the copy of the scan."),
    "unreadable": _("This file cannot be read as what it is, so no copy can be made of it."),
    "moving": _("This picture moves. Take single pictures out of it and attach them."),
    "many": _("Too many pages would become pictures. Divide the document first."),
    "no page": _("A mark lies on a page that this file does not have. Take the mark away."),
    "bomb": _("This file would unpack to more than this system draws. Divide it first."),
    "memory": _("This file would unpack to more than this system draws. Divide it first."),
    "time": _("The work took too long and was stopped. Divide the document, then try again."),
    "crash": _("The program that makes copies failed on this file. No copy was made. Print it and "
        "scan it, and make the copy of the scan."),
    "busy": _("Other files are being worked on. Try again in a minute."),
    "missing": _("The bytes of this file are missing from the store. Tell your administrator."),
}  # fmt: skip


class NotRedacted(RuleBroken):
    """No copy was made; what there is of the original stays as it is."""

    code = "not-redacted"


class TookTooLong(NotRedacted):
    """It may be looked at where there is more time."""


SEEN: Final = ("pages", "without_text", "unread", "layered", "not_clean")


def can_be_redacted(stored: StoredFile) -> bool:
    return stored.media_type in media_types.DRAWN


def seen(stored: StoredFile) -> dict[str, Any]:
    """How many pages it has, and those on which words cannot be found. Raises NotRedacted."""
    if stored.media_type != images.PAPER:
        try:
            return {"pages": images.sheets(stored)}
        except images.NotShown as refused:
            raise NotRedacted(refused.message) from refused
    try:
        report = _found(stored, [])
    except TookTooLong:  # a long document: its pages are looked at when the copy is made
        return {"pages": images.sheets(stored)}
    return {name: report[name] for name in SEEN}


def find(stored: StoredFile, word: str) -> list[list[int]]:
    """Where it stands in a document, as pairs of page and times. Raises NotRedacted."""
    places: list[list[int]] = _found(stored, [word])["found"][0]
    return places


def _found(stored: StoredFile, words: list[str]) -> dict[str, Any]:
    asked = Order("PDF", words=tuple(Word(word) for word in words))
    report, _copy = _run("find", stored, asked, seconds=work.FINDING_SECONDS)
    return report


def redacted(redaction: Redaction) -> tuple[dict[str, Any], bytes]:
    """The report and the copy. Raises NotRedacted."""
    stored = redaction.original.file
    report, copy = _run("redact", stored, _order(redaction), seconds=work.SECONDS)
    if report["still"]:
        pages = ", ".join(str(page) for page in report["still"] if page) or "?"
        told = _(
            "The check found the words again on these pages: %(pages)s. No copy was kept. Draw "
            "boxes there, or take the whole pages out."
        )
        raise NotRedacted(told % {"pages": pages})
    return report, copy


def _order(redaction: Redaction) -> Order:
    boxes, words = [], []
    for mark in redaction.marks.all():
        if mark.words:
            words.append(Word(mark.words, mark.ground))
        elif mark.is_whole_page:
            boxes.append(Box(mark.page, 0, 0, FULL, FULL, mark.ground))
        else:
            place = (mark.page, mark.left, mark.top, mark.width, mark.height)
            boxes.append(Box(*place, mark.ground))
    form = media_types.DRAWN[redaction.original.file.media_type]
    says = redaction.says_grounds
    return Order(form, tuple(boxes), tuple(words), says, images.PIXEL_LIMIT)


def _run(
    job: str, stored: StoredFile, asked: Order, *, seconds: int
) -> tuple[dict[str, Any], bytes]:
    if stored.size > LARGEST:
        told = _("The file is larger than %(limit)s. Divide it first.")
        raise NotRedacted(told % {"limit": display.size(LARGEST)})
    try:
        content = order.packed(asked, _whole(stored))
        said = restricted.told(
            job, content, until=PATIENCE * seconds, seconds=seconds, form=asked.form,
            memory=work.MEMORY, output=work.OUTPUT,
        )  # fmt: skip
    except restricted.Failed as failed:
        refused = TookTooLong if failed.reason == "time" else NotRedacted
        raise refused(REASONS.get(failed.reason, REASONS["crash"])) from failed
    return order.answered(said)


def _whole(stored: StoredFile) -> bytes:
    """The bytes, if they still are the ones that were taken in."""
    path: Path = files.path_of(stored.digest)
    try:
        if files.digest_of(path) != stored.digest:
            raise NotRedacted(images.REASONS["altered"])
        return path.read_bytes()
    except OSError as error:
        raise restricted.Failed("missing") from error

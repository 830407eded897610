"""Marks: boxes, whole pages and words that are to go; put, and taken back, until it is done."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import audit
from casework.errors import RuleBroken
from casework.models import User
from evidence.filestore import images
from evidence.models import Redaction, RedactionMark
from evidence.redaction import engine, redactions
from evidence.sealed.redaction.letters import folded
from evidence.sealed.redaction.order import FULL

MOST: Final = 1000  # marks of one redaction
FEWEST: Final = 2  # letters that are looked for
Place = tuple[int, int, int, int]  # left, top, width, height in ten-thousandths


def mark(
    redaction: Redaction,
    *,
    ground: str,
    actor: User,
    page: int | None = None,
    box: Place | None = None,
    words: str = "",
) -> RedactionMark:
    """A box on a page, a whole page, or words wherever they stand. Raises RuleBroken."""
    redactions.require(actor, redaction.original)
    found = _found(redaction, words, page, box)
    with transaction.atomic():
        locked = redactions.changeable(redaction, actor)
        if locked.marks.count() >= MOST:
            raise RuleBroken(_("There are 1,000 marks already. Take whole pages out instead."))
        left, top, width, height = box or (None, None, None, None)
        row = RedactionMark(
            redaction=locked, page=page, left=left, top=top, width=width, height=height,
            words=words, ground=ground, found=found, made_by=actor,
        )  # fmt: skip
        row.full_clean()
        audit.sign(row, actor)
        row.save()
        what = "words" if words else "box" if box else "page"
        redactions.record("redaction.mark", locked, actor, what=what, page=page, ground=ground)
    return row


@transaction.atomic
def unmark(row: RedactionMark, *, actor: User) -> None:
    """Take a mark back; its history stays."""
    locked = redactions.changeable(row.redaction, actor)
    audit.sign(row, actor)
    row.delete()
    redactions.record("redaction.unmark", locked, actor, page=row.page)


def _found(
    redaction: Redaction, words: str, page: int | None, box: Place | None
) -> list[list[int]]:
    """Where the words stand; before the transaction, for it takes a while."""
    if words:
        if page is not None or box:
            raise RuleBroken(_("Mark either words or a place, not both."))
        return _looked_for(redaction, words)
    if page is None:
        raise RuleBroken(_("Say which page."), field="page")
    if not 1 <= page <= pages_of(redaction):
        raise RuleBroken(_("This file has no such page."), field="page")
    if box and not _lies_inside(box):
        raise RuleBroken(_("The box must lie on the page and cover something of it."))
    return []


def pages_of(redaction: Redaction) -> int:
    """As they were counted when it was begun."""
    return int(redaction.findings.get("pages") or 1)


def _looked_for(redaction: Redaction, words: str) -> list[list[int]]:
    if redaction.original.file.media_type != images.PAPER:
        raise RuleBroken(
            _("Words in a picture are not found. Draw boxes over them."), field="words"
        )
    if len(folded(words)) < FEWEST:
        raise RuleBroken(_("Type at least two letters or digits."), field="words")
    if redaction.marks.filter(words=words).exists():
        raise RuleBroken(_("These words are marked already."), field="words")
    return engine.find(redaction.original.file, words)


def _lies_inside(box: Place) -> bool:
    left, top, width, height = box
    inside = left >= 0 and top >= 0 and left + width <= FULL and top + height <= FULL
    return inside and width > 0 and height > 0

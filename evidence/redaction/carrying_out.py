"""The worker's part: the copy made and checked, kept as a file of its own, said on the row."""

import io
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as say

from casework import audit, clock
from casework.errors import Conflict
from casework.models import User
from evidence import failing, files
from evidence.filestore import derivations, uploads
from evidence.models import Attachment, Derivation, Redaction
from evidence.redaction import engine, redactions

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/heic": ".jpg",
           "image/tiff": ".tif"}  # fmt: skip  # the rest becomes PNG
KEPT = ("pages", "drawn", "found", "without_text", "unread", "layered", "not_clean", "hidden",
        "left_out")  # fmt: skip


def carry_out(redaction: Redaction, *, actor: User) -> None:
    """Make the copy of a redaction that was asked for; what fails is said on the row."""
    with failing.told(lambda why: _fail(redaction, why, actor)):
        redactions.require(actor, redaction.original)
        marks = _marks(redaction)
        report, content = engine.redacted(redaction)
        _keep(redaction, marks, report, content, actor)


def _marks(redaction: Redaction) -> list[int]:
    """A mark is put and taken back, never changed."""
    return list(redaction.marks.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _keep(
    redaction: Redaction, marks: list[int], report: dict[str, Any], content: bytes, actor: User
) -> None:
    locked = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
    if locked.done_at or not locked.asked_at:
        return  # another worker was first
    if marks != _marks(redaction):  # a worker that had been silent for long
        raise Conflict(say("The marks were changed while the copy was made. Ask for it again."))
    copy = _attached(redaction, content, actor)
    _say_origin(redaction, copy, report, actor)
    locked.result, locked.done_at, locked.failure = copy, clock.now(), ""
    locked.findings = {name: report[name] for name in KEPT if name in report} | _told(redaction)
    audit.sign(locked, actor)
    locked.save()
    redactions.record(
        "redaction.carry_out", locked, actor, copy=copy.pk, digest=copy.file.digest,
        original_digest=redaction.original.file.digest, drawn=len(report["drawn"]),
    )  # fmt: skip


def _told(redaction: Redaction) -> dict[str, Any]:
    """Which words the findings are of, in their order."""
    return {"words": [mark.words for mark in redaction.marks.all() if mark.words]}


def _attached(redaction: Redaction, content: bytes, actor: User) -> Attachment:
    """Under a name that tells nothing, as hidden as the original until somebody has looked."""
    original = redaction.original
    exhibit = original.exhibit
    is_hidden = original.is_sensitive or (exhibit is not None and exhibit.is_restricted)
    ending = ENDINGS.get(original.file.media_type, ".png")
    name = str(PurePath(f"redacted-{redaction.pk}").with_suffix(ending))
    with uploads.receive(io.BytesIO(content), name) as upload:
        return files.attach(
            original.case, upload=upload, kind=original.kind, actor=actor,
            exhibit=None if exhibit is not None and exhibit.is_restricted else exhibit,
            is_sensitive=is_hidden, right=redactions.right(original.case),
        )  # fmt: skip


def _say_origin(
    redaction: Redaction, copy: Attachment, report: dict[str, Any], actor: User
) -> None:
    how = say("Parts taken out; %(drawn)s of %(pages)s pages drawn anew") % {
        "drawn": len(report["drawn"]), "pages": report["pages"],
    }  # fmt: skip
    derivations.derive(
        copy, original=redaction.original, kind=Derivation.Kind.REDACTED,
        person=audit.describe(actor), actor=actor, how=how, made_at=clock.now(),
        right=redactions.right(redaction.original.case),
    )  # fmt: skip


@transaction.atomic
def _fail(redaction: Redaction, why: str, actor: User) -> None:
    """The marks can be changed again, and it says why nothing was made."""
    locked = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
    if locked.done_at:
        return
    locked.asked_at, locked.failure = None, why[:300]
    audit.sign(locked, actor)
    locked.save()
    redactions.record("redaction.fail", locked, actor, why=why)

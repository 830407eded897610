"""How an electronic file was acquired, and every step from its device into the store.

A statement is appended; the newest stands, and what was said before is kept.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles
from casework.errors import RuleBroken
from casework.models import User
from evidence import files
from evidence.filestore import origins
from evidence.filestore.copies import Copy
from evidence.models import Acquisition, Attachment, CopyHop


@dataclass(frozen=True)
class Statement:
    """How a file was acquired, as far as it is known."""

    method: str = ""
    device_make: str = ""
    device_model: str = ""
    device_serial: str = ""
    person: str = ""
    acquired_at: datetime | None = None
    time_zone: str = ""
    clock_offset: int | None = None  # seconds; positive where the device's clock is ahead
    tool: str = ""
    tool_version: str = ""
    source_digest: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Statement(time_zone=self.time_zone)


@dataclass(frozen=True)
class Hop:
    """A step of a file from the device that made it into the store, in the order of time.

    `step` is "acquired", "copied" or "taken in"; texts are empty where nothing was recorded.
    """

    step: str
    device: str
    device_serial: str
    person: str
    happened_at: datetime | None
    method: str = ""
    from_medium: str = ""
    to_medium: str = ""
    tool: str = ""
    digest_before: str = ""
    digest_after: str = ""
    note: str = ""
    row: Acquisition | CopyHop | None = field(default=None, compare=False, repr=False)

    @property
    def is_copy(self) -> bool:
        return self.step == "copied"


def acquire(attachment: Attachment, statement: Statement, *, actor: User) -> Acquisition:
    """State how the file was acquired, or state it anew: what was said before is kept.

    Raises RuleBroken for a time to come, an unknown zone, or a digest that is none.
    """
    access.require(actor, attachment.case, roles.EXHIBIT)
    origins.refuse_future(statement.acquired_at, "acquired_at")
    origins.refuse_zone(statement.time_zone)
    digest = origins.tidy_digest(statement.source_digest, "source_digest")
    agrees = _agrees(attachment, digest) if digest else None
    with transaction.atomic():
        origins.lock(attachment)
        values = {**vars(statement), "source_digest": digest, "digest_agrees": agrees}
        row = Acquisition(
            attachment=attachment, supersedes=of(attachment), recorded_by=actor, **values
        )
        return origins.append(row, "file.acquire", actor)


def of(attachment: Attachment) -> Acquisition | None:
    """The statement that stands now."""
    found: Acquisition | None = (
        Acquisition.objects.filter(attachment=attachment).standing().order_by("-pk").first()
    )
    return found


def hops(attachment: Attachment) -> list[Hop]:
    """Every step of the file from its device into the store, with device and person of each."""
    return hops_of([attachment])[attachment.pk]


def hops_of(attachments: Collection[Attachment]) -> dict[int, list[Hop]]:
    """The steps of many files at once, in two queries."""
    acquired = {
        row.attachment_id: row
        for row in Acquisition.objects.standing()
        .filter(attachment__in=attachments)
        .order_by("attachment", "pk")
    }
    copies: dict[int, list[CopyHop]] = {attachment.pk: [] for attachment in attachments}
    for row in CopyHop.objects.standing().filter(attachment__in=attachments):
        copies[row.attachment_id].append(row)
    return {
        attachment.pk: _steps(attachment, acquired.get(attachment.pk), copies[attachment.pk])
        for attachment in attachments
    }


def _steps(attachment: Attachment, row: Acquisition | None, copies: list[CopyHop]) -> list[Hop]:
    ordered = sorted(copies, key=lambda copy: (copy.happened_at, copy.position))
    return [*([_acquired(row)] if row else []), *map(_copy, ordered), _taken_in(attachment)]


def _acquired(row: Acquisition) -> Hop:
    return Hop(
        step="acquired",
        device=row.device,
        device_serial=row.device_serial,
        person=row.person,
        happened_at=row.acquired_at,
        method=str(row.get_method_display()),
        tool=" ".join(part for part in (row.tool, row.tool_version) if part),
        digest_after=row.source_digest,
        note=row.note,
        row=row,
    )


def _copy(row: CopyHop) -> Hop:
    values: Mapping[str, Any] = {name: getattr(row, name) for name in Copy.__dataclass_fields__}
    return Hop(step="copied", row=row, **values)


def _taken_in(attachment: Attachment) -> Hop:
    return Hop(
        step="taken in",
        device="Casework",
        device_serial="",
        person=audit.describe(attachment.uploaded_by),
        happened_at=attachment.uploaded_at,
        method=str(_("Upload; hashed while it arrived")),
        to_medium=str(_("the file store")),
        digest_after=attachment.file.digest,
    )


def _agrees(attachment: Attachment, digest: str) -> bool:
    """Whether the tool's digest is that of the bytes in the store."""
    if len(digest) == 64:
        return digest == attachment.file.digest
    try:
        with files.path_of(attachment.file.digest).open("rb") as file:
            ours = hashlib.file_digest(file, lambda: hashlib.new(origins.DIGESTS[len(digest)]))
    except OSError as error:
        message = _("The bytes of this file cannot be read now. Tell your administrator.")
        raise RuleBroken(message, field="source_digest") from error
    return digest == ours.hexdigest()

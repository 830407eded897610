"""What all statements about a file's origin share: their checks, their order, their audit."""

import zoneinfo
from datetime import datetime
from typing import Final, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import audit, clock, row_digests, signals
from casework.errors import RuleBroken
from casework.models import Case, User
from evidence.models import Acquisition, Attachment, CopyHop, Derivation

Row = TypeVar("Row", Acquisition, CopyHop, Derivation)

# Tools still write MD5 and SHA-1; each is compared with the same digest of our bytes.
DIGESTS: Final = {32: "md5", 40: "sha1", 64: "sha256"}


def tidy_digest(text: str, name: str) -> str:
    """Hexadecimal in small letters, or RuleBroken; tools group digits and write capitals."""
    digest = "".join(text.split()).replace(":", "").lower()
    if digest and (len(digest) not in DIGESTS or not set(digest) <= set("0123456789abcdef")):
        message = _(
            "This is no digest. MD5 has 32 characters, SHA-1 40, SHA-256 64, each 0 to 9 or a to f."
        )
        raise RuleBroken(message, field=name)
    return digest


def refuse_future(moment: datetime | None, name: str) -> None:
    if moment is not None and moment > max(timezone.now(), clock.now()):
        raise RuleBroken(_("This lies in the future. Give the time in its own zone."), field=name)


def refuse_zone(name: str) -> None:
    if name and name not in zoneinfo.available_timezones():
        message = _("No such time zone. Choose one of the list, for example Africa/Nairobi.")
        raise RuleBroken(message, field="time_zone")


def lock(attachment: Attachment) -> None:
    """Statements about one case's files follow one another."""
    Case.objects.select_for_update(no_key=True).get(pk=attachment.case_id)


def append(row: Row, action: str, actor: User) -> Row:
    row.full_clean()
    row.save()
    attachment = row.attachment
    audit.record(
        action,
        actor=actor,
        case=attachment.case,
        subject=attachment,
        digest=attachment.file.digest,
        row=row.pk,
        supersedes=row.supersedes_id or 0,
        rows=row_digests.of([row]),
    )
    signals.changed.send(sender=Attachment, instance=attachment)
    return row

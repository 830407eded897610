"""Files: kept once under their SHA-256, attached to a case, never overwritten and never removed.

The bytes are durable under their final name before any row names them. A kill between the two
leaves bytes without a row; `settle` takes them away with the next upload or check.
"""

import base64
import errno
import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles, signals
from casework.errors import Conflict, RuleBroken
from casework.models import Case, User
from evidence.filestore import file_matches, file_names, media_types, uploads
from evidence.filestore.uploads import HashedUpload
from evidence.models import Attachment, Exhibit, StoredFile

READ_ONLY = 0o440
CHUNK = 1 << 20
FULL = {errno.ENOSPC, errno.EDQUOT}
LOCKED = {errno.EROFS, errno.EACCES, errno.EPERM}
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class Refused(RuleBroken):
    """The upload is not kept."""

    code = "file-refused"


class NotKept(Refused):
    """The disk refused the bytes; nothing was recorded."""

    code = "file-not-kept"
    status = 507


class Damaged(RuleBroken):
    """The store holds other bytes under this digest."""

    code = "file-damaged"


def path_of(digest: str) -> Path:
    """Where the bytes with this digest are kept; only lower-case hexadecimal becomes a path."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 digest")
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes as they are now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(upload: HashedUpload) -> None:
    """Raise Refused for what cannot be evidence: nothing at all, or more than the limit.

    NotKept when the disk did not take it.
    """
    if upload.is_too_large:
        raise Refused(uploads.too_large_message(), field="files")
    if upload.fault is not None:
        raise _not_kept(upload.fault)
    if not upload.size:
        name = file_names.clean(upload.name or "")
        raise Refused(
            _("“%(name)s” is empty. Check it on the device and send it again.") % {"name": name},
            field="files",
        )


def _not_kept(error: OSError) -> NotKept:
    """What the disk said, as a person who sent a file can act on it."""
    if error.errno in FULL:
        said = _(
            "The disk of the file store is full. Nothing was kept. Your administrator must make "
            "room; then send it again."
        )
    elif error.errno in LOCKED:
        said = _(
            "The file store cannot be written to. Nothing was kept. Your administrator must open "
            "the disk for writing; then send it again."
        )
    else:
        said = _(
            "The disk did not take the file. Nothing was kept. Tell your administrator to look "
            "at the disk, and send it again."
        )
    return NotKept(said, field="files")


def store(upload: HashedUpload, *, actor: User | None) -> StoredFile:
    """Keep the bytes and return their one row. Safe to repeat; nothing is ever overwritten."""
    keep(upload)
    return _name(upload, actor=actor)


@transaction.atomic
def _name(upload: HashedUpload, *, actor: User | None) -> StoredFile:
    media_type = media_types.sniff(upload.head())
    stored, is_new = StoredFile.objects.get_or_create(
        digest=upload.digest, defaults={"size": upload.size or 0, "media_type": media_type}
    )
    if is_new:
        audit.record("file.store", actor=actor, subject=stored, size=stored.size)
    transaction.on_commit(upload.settled)
    return stored


def keep(upload: HashedUpload) -> None:
    """Make the bytes durable under their final name. Raises Refused, NotKept or Damaged."""
    check(upload)
    try:
        _keep(upload)
    except OSError as error:
        raise _not_kept(error) from error


def _keep(upload: HashedUpload) -> None:
    """Link the temporary file to its final name once its bytes are on the disk.

    The folders are synced each time: whoever made them before may have been killed or refused.
    """
    target = path_of(upload.digest)
    if not _is_there(target, upload.digest):
        os.fsync(upload.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        upload.path.chmod(READ_ONLY)
        upload.owe()
        _link(upload.path, target)
    _sync_folders(target.parent)


def _is_there(target: Path, digest: str) -> bool:
    """Whether the store holds these bytes already, on the disk and whole."""
    if not target.exists():
        return False
    if digest_of(target) != digest:
        raise Damaged(
            _(
                "The store holds a damaged copy of this file. Nothing was changed. "
                "Tell your administrator: verify_files names it."
            ),
            field="files",
        )
    try:
        sync(target)
    except FileNotFoundError:
        return False
    return True


def _link(source: Path, target: Path) -> None:
    """Give the file its final name; whoever is second finds the same bytes there."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    """For file systems without links: a second incoming file, then a rename of whole bytes."""
    with uploads.Incoming() as beside:
        with source.open("rb") as read:
            while chunk := read.read(CHUNK):
                beside.write(chunk)
        beside.flush()
        os.fsync(beside.fileno())
        beside.path.chmod(READ_ONLY)
        beside.path.replace(target)


def _sync_folders(folder: Path) -> None:
    """From the file's folder up to the store, and what holds the store."""
    root = Path(settings.FILES_DIR)
    for path in (folder, folder.parent, root, root.parent):
        sync(path)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def attach(
    case: Case,
    *,
    upload: HashedUpload,
    kind: str,
    actor: User,
    exhibit: Exhibit | None = None,
    caption: str = "",
    is_sensitive: bool = False,
    taken_at: datetime | None = None,
    right: str = roles.EXHIBIT,
) -> Attachment:
    """Keep a file and enter it in the case, as a photograph or document of an exhibit or none.

    `right` is what the actor needs on the case: an act of custody brings its own files.

    Raises Refused for an empty or too large file, NotAllowed without the right to attach.
    """
    access.require(actor, case, right)
    _refuse_strange(case, exhibit, taken_at)
    keep(upload)
    with transaction.atomic():  # a kill leaves no row of a file that nothing names
        attachment = Attachment(
            case=case,
            exhibit=exhibit,
            file=_name(upload, actor=actor),
            name=file_names.clean(upload.name or ""),
            kind=kind,
            caption=caption,
            taken_at=taken_at,
            claimed_type=(upload.content_type or "")[:100],
            is_sensitive=is_sensitive,
            uploaded_by=actor,
        )
        attachment.full_clean()
        attachment.save()
        _tell(attachment, actor)
    return attachment


def _tell(attachment: Attachment, actor: User) -> None:
    exhibit = attachment.exhibit
    audit.record(
        "file.attach",
        actor=actor,
        case=attachment.case,
        subject=attachment,
        digest=attachment.file.digest,
        exhibit=exhibit.label if exhibit else "",
    )
    file_matches.look(attachment)
    signals.changed.send(sender=Attachment, instance=attachment)
    if exhibit is not None:
        signals.changed.send(sender=Exhibit, instance=exhibit)


def _refuse_strange(case: Case, exhibit: Exhibit | None, taken_at: datetime | None) -> None:
    if exhibit is not None and exhibit.case_id != case.pk:
        raise RuleBroken(_("This exhibit belongs to another case."), field="exhibit")
    if taken_at is not None and taken_at > timezone.now():
        raise RuleBroken(_("This lies in the future. Check the camera's clock."), field="taken_at")


@transaction.atomic
def amend(
    attachment: Attachment, *, caption: str, kind: str, is_sensitive: bool, actor: User
) -> Attachment:
    """Change what is said about a file, never its bytes or its name."""
    access.require(actor, attachment.case, roles.EXHIBIT)
    hidden = Attachment.objects.select_for_update(no_key=True).values_list(
        "is_sensitive", flat=True
    )
    if hidden.get(pk=attachment.pk) != attachment.is_sensitive:  # as its witness was protected
        raise Conflict
    before = {"caption": attachment.caption, "kind": attachment.kind}
    was_sensitive = attachment.is_sensitive
    attachment.caption, attachment.kind = caption, kind
    attachment.is_sensitive = is_sensitive
    attachment.full_clean()
    attachment.save()
    audit.record(
        "file.amend",
        actor=actor,
        case=attachment.case,
        subject=attachment,
        was_sensitive=was_sensitive,
        is_sensitive=is_sensitive,
        before=[before["caption"], before["kind"]],
    )
    signals.changed.send(sender=Attachment, instance=attachment)
    return attachment


def find(user: User, reference: str, number: int, action: str = roles.VIEW) -> Attachment:
    """The file, for a reader who may do `action` on its case. Raises Http404 or NotAllowed."""
    case = access.get_case(user, reference, action)
    visible = Attachment.objects.visible_to(user).filter(case=case)
    found: Attachment = get_object_or_404(
        visible.select_related("file", "exhibit", "uploaded_by"), pk=number
    )
    found.case = case
    return found


def record_read(attachment: Attachment, *, actor: User, how: str) -> None:
    """Audit that somebody opened a sensitive file, or a file of a restricted exhibit."""
    exhibit = attachment.exhibit
    if attachment.is_sensitive or (exhibit is not None and exhibit.is_restricted):
        audit.record("file.read", actor=actor, case=attachment.case, subject=attachment, how=how)


def digest_header(stored: StoredFile) -> str:
    """The digest as a header that programs can check a download against (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(stored.digest)).decode()}:"


def settle() -> int:
    """Remove what killed uploads and acts that failed left behind; how many they were.

    Bytes that such an upload had moved into the store, and that no row names, go too: they were
    never acknowledged. Bytes without a row for which no upload lies here are left alone.
    """
    with uploads.abandoned() as left:
        for path in left:
            target = path_of(digest_of(path))
            if target.exists() and not StoredFile.objects.filter(digest=target.name).exists():
                target.unlink()
                sync(target.parent)
            path.unlink(missing_ok=True)
    return len(left)

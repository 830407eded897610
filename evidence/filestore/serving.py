"""How bytes leave the store: as an attachment, never as what they say they are.

A browser must neither guess a type nor run anything, on this host or on the one for files.
"""

from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from casework import audit
from casework.models import User
from evidence import files
from evidence.filestore import images
from evidence.models import Attachment

R = TypeVar("R", HttpResponse, FileResponse)

SEALED_POLICY = "default-src 'none'; sandbox"
ORIGINAL, PUBLIC = "original", "public"


def answer(attachment: Attachment, what: str, *, actor: User) -> FileResponse:
    """The file itself, or its public copy. Whoever calls has asked for the permission."""
    if what == PUBLIC:
        return _public(attachment, actor)
    path = files.path_of(attachment.file.digest)
    try:
        opened = path.open("rb")
    except OSError as error:
        raise files.Damaged(
            _("The bytes of this file are missing from the store. Tell your administrator.")
        ) from error
    files.record_read(attachment, actor=actor, how="download")
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response["Repr-Digest"] = files.digest_header(attachment.file)
    return sealed(response)


def _public(attachment: Attachment, actor: User) -> FileResponse:
    path = images.public_copy(attachment.file)
    audit.record(
        "file.public_copy",
        actor=actor,
        case=attachment.case,
        subject=attachment,
        digest=attachment.file.digest,
        public_digest=files.digest_of(path),
    )
    name = f"public-{attachment.file.digest[:12]}.jpg"  # the name of an upload tells things, too
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="image/jpeg"
    )
    return sealed(response)


def sealed(response: R) -> R:
    response["Content-Security-Policy"] = SEALED_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Kept only to be asked for again: who lost the right loses the picture with the next request.
    response["Cache-Control"] = "private, no-cache"
    return response

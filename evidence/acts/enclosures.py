"""Photographs and papers taken with an act of custody.

Their digests enter the event, their bytes the store, their rows the exhibit: all or nothing.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import roles
from casework.errors import RuleBroken
from casework.models import User
from evidence import files
from evidence.filestore import media_types
from evidence.filestore.uploads import HashedUpload
from evidence.links import Details
from evidence.models import Attachment, CustodyEvent


def digests(uploads: Iterable[HashedUpload]) -> list[str]:
    """What the event says of them; the same file twice is one."""
    return sorted({upload.digest for upload in uploads})


def is_picture(upload: HashedUpload) -> bool:
    return media_types.sniff(upload.head()).startswith("image/")


@transaction.atomic
def keep(
    event: CustodyEvent,
    uploads: Iterable[HashedUpload],
    *,
    actor: User,
    caption: str = "",
    kind: str = "",
) -> list[Attachment]:
    """Attach files that the event names. In the transaction of the act: a refused act keeps none.

    Raises RuleBroken for a file that the event does not name.
    """
    made = []
    for upload in {upload.digest: upload for upload in uploads}.values():
        if upload.digest not in event.file_digests:
            raise RuleBroken(_("This file does not belong to the event. Attach it to the exhibit."))
        seen = Attachment.Kind.PHOTOGRAPH if is_picture(upload) else Attachment.Kind.DOCUMENT
        made.append(
            files.attach(
                event.exhibit.case,
                upload=upload,
                kind=kind or seen,
                exhibit=event.exhibit,
                caption=caption or _caption(event),
                actor=actor,
                right=roles.CUSTODY,
            )
        )
    return made


def _caption(event: CustodyEvent) -> str:
    return f"{event.get_kind_display()}, {_('event')} {event.sequence}"


def require_some(details: Details, told: StrOrPromise) -> None:
    """An act that nobody believes without a picture."""
    if not details.get("file_digests"):
        raise RuleBroken(told, field="photographs")

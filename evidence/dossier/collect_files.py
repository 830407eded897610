"""The files of a case as a dossier names them; the papers of protected witnesses stay outside."""

from django.db.models import Q, QuerySet

from casework import access
from casework.models import Case, User
from evidence.dossier.bundle import safe_segment
from evidence.dossier.snapshot import File
from evidence.models import Attachment


def rows(case: Case, actor: access.Reader) -> QuerySet[Attachment]:
    found: QuerySet[Attachment] = Attachment.objects.visible_to(actor).filter(case=case)
    return found.exclude(Q(statements__witness__is_protected=True))


def of_case(case: Case, actor: User) -> list[Attachment]:
    """Each that the actor may see, oldest first."""
    related = rows(case, actor).select_related("file", "exhibit", "uploaded_by__agency")
    return list(related.order_by("taken_at", "uploaded_at", "pk"))


def file_of(row: Attachment) -> File:
    """An attachment as the dossier names it; its place in the bundle follows from its bytes."""
    folder = f"exhibits/{safe_segment(row.exhibit.label)}" if row.exhibit else "documents"
    name = f"{row.file.digest[:12]}-{safe_segment(row.name)}"
    return File(
        name=row.name,
        kind=str(Attachment.Kind(row.kind).label),
        is_picture=row.file.media_type.startswith("image/"),
        caption=row.caption,
        taken_at=row.taken_at,
        size=row.file.size,
        media_type=row.file.media_type,
        digest=row.file.digest,
        bundle_path=f"{folder}/{name}",
        is_sensitive=row.is_sensitive,
    )

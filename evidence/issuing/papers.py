"""The files of a case that a dossier can merge, page by page: PDFs and pictures."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import access
from casework.errors import RuleBroken
from casework.models import Case
from evidence import files
from evidence.dossier import annex, collect_files
from evidence.dossier.collect_files import file_of
from evidence.dossier.plan import Document
from evidence.models import Attachment

MERGED = Q(file__media_type="application/pdf") | Q(file__media_type__startswith="image/")


def of(case: Case, user: access.Reader) -> Any:
    """What this person may see of them, the oldest first; no paper of a protected witness."""
    rows = collect_files.rows(case, user).filter(MERGED)
    return rows.select_related("file", "exhibit").order_by("uploaded_at", "pk")


def chosen(case: Case, user: access.Reader, keys: Sequence[int]) -> list[Attachment]:
    """These, in this order. RuleBroken where one is not there (any more) for this person."""
    found = {row.pk: row for row in of(case, user).filter(pk__in=keys)}
    if len(found) < len(set(keys)):
        raise RuleBroken(_("A document is not there any more. Choose the documents again."))
    return [found[key] for key in dict.fromkeys(keys)]


def document(row: Attachment, key: str) -> Document:
    """As the plan names it; its place in the bundle follows from its bytes."""
    held = file_of(row)
    return Document(
        key=key, title=row.caption or row.name, name=row.name, media_type=held.media_type,
        size=held.size, digest=held.digest, bundle_path=held.bundle_path,
        exhibit=row.exhibit.label if row.exhibit else "",
        is_sensitive=row.is_sensitive or bool(row.exhibit and row.exhibit.is_restricted),
    )  # fmt: skip


def pages_of(keys: Sequence[int]) -> dict[int, int]:
    """How many pages each gives, by its key; one where a slip stands for it. OSError."""
    rows = Attachment.objects.filter(pk__in=keys).select_related("file")
    return {
        row.pk: annex.inspect(files.path_of(row.file.digest), row.file.media_type).pages or 1
        for row in rows
    }

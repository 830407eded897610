"""What lists of files say beside each: whether it is whole, and whether its origin is stated."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from casework.models import User
from evidence.models import Acquisition, Attachment, FileFault

MOST = 8


def told(rows: QuerySet[Attachment]) -> QuerySet[Any]:
    """The same files with `fault` (a word or nothing) and `has_origin`."""
    faults = FileFault.objects.filter(file=OuterRef("file"), closed_at=None)
    stated = Acquisition.objects.standing().filter(attachment=OuterRef("pk"))
    return rows.annotate(fault=Subquery(faults.values("what")[:1]), has_origin=Exists(stated))


def faulty(rows: QuerySet[Attachment]) -> list[Attachment]:
    """The files of these that the last checks found missing or altered, the first few."""
    found = rows.filter(file__in=FileFault.objects.filter(closed_at=None).values("file"))
    return list(found.select_related("case", "exhibit", "file").order_by("case", "pk")[:MOST])


def faulty_to(user: User) -> list[Attachment]:
    """The same among everything this person may see."""
    return faulty(Attachment.objects.visible_to(user))

"""What waits for one person because a dossier is built: their signature, when it is their turn."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from casework import roles
from casework.models import Case, User
from evidence.lacks import address
from evidence.models import Dossier, DossierSignature
from evidence.waiting_custody import MOST_ROWS, Row


def to_sign(user: User) -> QuerySet[Any]:
    """Places in turn, on dossiers that this person may still open."""
    open_rows = DossierSignature.objects.filter(signed_at__isnull=True)
    before = open_rows.filter(dossier=OuterRef("dossier"), turn__lt=OuterRef("turn"))
    rows: QuerySet[Any] = DossierSignature.objects.visible_to(user).filter(
        ~Exists(before),
        signer=user,
        signed_at__isnull=True,
        dossier__state=Dossier.State.BUILT,
        dossier__case__in=Case.objects.permitting(user, roles.DOSSIER),
    )
    return rows


def rows(user: User) -> Iterator[Row]:
    """In one query, at most fifty."""
    found = to_sign(user).annotate(since=F("dossier__told_at"))
    for row in found.select_related("dossier__case")[:MOST_ROWS]:
        dossier = row.dossier
        title = _("Sign dossier %(n)d as %(capacity)s") % {
            "n": dossier.number,
            "capacity": row.capacity,
        }
        reference = dossier.case.reference
        url = address("evidence:dossier-sign", reference, dossier.number)
        since = row.since or dossier.requested_at
        yield ("half", title, dossier.case.title, reference, since, url, _("Read and sign"), False)

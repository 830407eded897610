"""Whether the files of a dossier are those that were issued, by the row and by the audit.

Whoever writes to the disk can often edit a row too; the audit is in the signed tree.
"""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from casework.models import AuditEntry
from evidence import files
from evidence.models import Dossier


class Altered(RuleBroken):
    """The file on the disk is not the one on the record: nobody gets it."""

    code = "dossier-altered"
    message = _("This file is not the one that was made. Tell the administrator.")


def recorded(dossier: Dossier, name: str) -> list[str]:
    """Digests as they were put on the audit when it was issued; none before that."""
    if dossier.state != Dossier.State.ISSUED:
        return []
    entries = AuditEntry.objects.filter(
        case=dossier.case_id, action="dossier.issue", subject_id=str(dossier.pk)
    )
    entry = entries.order_by("pk").first()
    found = entry.detail.get(name, []) if entry else []
    return [found] if isinstance(found, str) else list(found)


def demand(path: Path, digests: Iterable[str]) -> None:
    if {files.digest_of(path)} != set(digests):
        raise Altered

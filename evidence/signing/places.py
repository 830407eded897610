"""The fields that signatures go into: all made before the first one closes the document."""

from django.conf import settings

from evidence.models import Dossier, DossierSignature

SEAL = "casework-seal"


def field_of(row: DossierSignature) -> str:
    return f"casework-signature-{row.turn}"


def of(dossier: Dossier) -> list[str]:
    """One for each person in turn, and one for the seal where the installation has one."""
    rows = dossier.signatures.order_by("turn")
    return [*map(field_of, rows), *([SEAL] if settings.CERTIFICATE_FILE else [])]

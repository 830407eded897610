"""The dossiers of a case as its pages list them: numbers, signatures, and who was served."""

from typing import Any

from django.db.models import Prefetch

from casework import access
from casework.models import Case
from evidence.issuing import findings, storing
from evidence.issuing.findings import Finding
from evidence.models import DisclosureService, Dossier, DossierSignature


def of(case: Case, user: access.Reader) -> Any:
    """What this person may see of them, the newest first."""
    rows = Dossier.objects.visible_to(user).filter(case=case)
    return rows.select_related("requested_by__agency", "head", "continues").order_by("-number")


def told(rows: Any) -> Any:
    """The same with signatures, services and what goes on with them, in three queries."""
    signatures = DossierSignature.objects.select_related("signer__agency").order_by("turn")
    services: Any = DisclosureService.objects
    served = services.standing().order_by("served_at")
    after = Dossier.objects.exclude(state__in=[Dossier.State.FAILED, Dossier.State.STOPPED])
    return rows.prefetch_related(
        Prefetch("signatures", signatures, to_attr="in_turn"),
        Prefetch("services", served, to_attr="served"),
        Prefetch("continued_by", after, to_attr="after"),
    )


def findings_of(dossier: Dossier) -> list[Finding]:
    """What the build found that would not print, while people can still refuse to sign."""
    if dossier.state != Dossier.State.BUILT:
        return []
    return findings.read(storing.folder_of(dossier.name))

"""`{% dossier_signers dossier %}`: who signs a dossier, in turn, and what is to be done next."""

from typing import Any

from django import template
from django.template.context import Context

from evidence.issuing import dossiers
from evidence.models import Dossier

register = template.Library()


@register.inclusion_tag("evidence/dossier_signers.html", takes_context=True)
def dossier_signers(context: Context, dossier: Dossier) -> dict[str, Any]:
    """Two queries; nothing is shown where nobody was asked to sign and nothing waits."""
    rows = list(dossier.signatures.select_related("signer__agency").order_by("turn"))
    row = next((one for one in rows if one.signed_at is None), None)
    is_built = dossier.state == Dossier.State.BUILT
    return {
        "case": dossier.case,
        "dossier": dossier,
        "rows": rows,
        "next": row if is_built else None,
        "is_theirs": is_built and row is not None and row.signer_id == context["request"].user.pk,
        "is_waiting_for_bundle": is_built and row is None,
        "is_stuck": dossiers.is_stuck(dossier),
    }

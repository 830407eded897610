"""`{% dossier_services dossier %}`: on whom a dossier was served, and how much it withholds."""

from collections import Counter
from typing import Any

from django import template
from django.template.context import Context

from casework import access
from evidence.disclosure.things import Treatment
from evidence.models import DisclosureItem, DisclosureService, Dossier

register = template.Library()
MOST = 50


@register.inclusion_tag("evidence/dossier_services.html", takes_context=True)
def dossier_services(context: Context, dossier: Dossier) -> dict[str, Any]:
    """Three queries; nothing is shown before the dossier is issued."""
    is_issued = dossier.state == Dossier.State.ISSUED
    user = access.person(context["request"])
    every: Any = DisclosureService.objects
    rows = every.visible_to(user).filter(dossier=dossier)
    related = ("accused", "served_by__agency", "receipt", "supersedes", "recorded_by__agency")
    shown = list(rows.standing().select_related(*related)[:MOST]) if is_issued else []
    gone = rows.filter(is_withdrawn=True).select_related(*related).order_by("-pk")
    return {
        "case": dossier.case,
        "dossier": dossier,
        "is_issued": is_issued,
        "rows": shown,
        "taken_back": list(gone[:MOST]) if is_issued else [],
        "tally": _tally(dossier, user) if is_issued and dossier.is_disclosure else [],
    }


def _tally(dossier: Dossier, user: access.Reader) -> list[tuple[Any, int]]:
    rows = DisclosureItem.objects.visible_to(user).filter(dossier=dossier)
    counted = Counter(rows.values_list("treatment", flat=True))
    return [(label, counted[key]) for key, label in Treatment.choices]

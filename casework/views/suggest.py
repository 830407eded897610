"""Suggestions while somebody types a port, a taxon, goods or a country: reference data only."""

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from casework import clock, identifiers, reference
from casework.forms.codes import goods_label, taxon_note

Suggestion = dict[str, str]
LONGEST = 100


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST]


def _answer(found: Iterable[Suggestion]) -> JsonResponse:
    return JsonResponse(list(found), safe=False)


@require_safe
def suggest_ports(request: HttpRequest) -> JsonResponse:
    ports = reference.suggest_ports(_asked(request))
    return _answer({"value": p.locode, "label": str(p), "note": p.country} for p in ports)


@require_safe
def suggest_taxa(request: HttpRequest) -> JsonResponse:
    taxa = reference.suggest_taxa(_asked(request), clock.today())
    return _answer(
        {"value": t.scientific_name, "label": t.scientific_name, "note": taxon_note(t)}
        for t in taxa
    )


@require_safe
def suggest_goods(request: HttpRequest) -> JsonResponse:
    goods = reference.suggest_goods(_asked(request))
    return _answer(
        {"value": g.hs_code, "label": goods_label(g), "note": identifiers.format_hs_code(g.hs_code)}
        for g in goods
    )


@require_safe
def suggest_countries(request: HttpRequest) -> JsonResponse:
    rows = reference.suggest_countries(_asked(request))
    return _answer({"value": c.code, "label": c.label, "note": c.code} for c in rows)

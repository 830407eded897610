"""The network of a party and of a case, the ways between two, and who recurs together."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.models import Case
from kyc import parties
from kyc.forms.network import NetworkForm, PathsForm
from kyc.models import Party
from kyc.ties import network, recurring
from kyc.ties.network_links import CROWD
from kyc.views.party import get_party

PER_PAGE = 25
SUGGESTED = 4
SHOWN_ON_CASE = 10


@require_safe
def party_network(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom and what a party is joined with, as a picture and as a table."""
    party = get_party(request.user, pk)
    form = NetworkForm(request.GET)
    found = network.around(
        network.of_party(party), request.user, steps=form.steps, groups=form.groups
    )
    context = {
        "party": party,
        "network": found,
        "form": form,
        "may_edit": parties.may_edit(request.user, party),
    }
    return render(request, "kyc/party_network.html", context)


@require_safe
def case_network(request: HttpRequest, reference: str) -> HttpResponse:
    """Who and what is in a case, where it shows up again, and what recurs together."""
    case = access.get_case(request.user, reference)
    form = NetworkForm(request.GET)
    together = recurring.of_case(case, request.user)
    context = {
        "case": case,
        "network": network.around(
            network.of_case(case), request.user, steps=form.steps, groups=form.groups
        ),
        "form": form,
        "together": recurring.told(together[:SHOWN_ON_CASE], request.user),
        "more_together": max(0, len(together) - SHOWN_ON_CASE),
        "may_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/case_network.html", context)


@require_safe
def network_paths(request: HttpRequest) -> HttpResponse:
    """How two parties, or a party and a case, are connected."""
    asked = {"from", "to"} <= request.GET.keys()
    form = PathsForm(request.GET if asked else None, user=request.user)
    if not asked:
        form.initial = {"from": request.GET.get("from", ""), "to": request.GET.get("to", "")}
    answer = None
    if asked and form.is_valid():
        start, goal = form.ends()
        answer = network.between(start, goal, request.user) if start and goal else None
    return render(
        request, "kyc/network_paths.html", {"form": form, "answer": answer, "crowd": CROWD}
    )


@require_safe
def network_recurring(request: HttpRequest) -> HttpResponse:
    """Parties and things that come together in several of the reader's cases."""
    found = recurring.of_all(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": recurring.told(list(page), request.user)}
    return render(request, "kyc/network_recurring.html", context)


@require_safe
def suggest_ends(request: HttpRequest) -> JsonResponse:
    """Parties and cases that the reader may see, while somebody types."""
    query = request.GET.get("q", "").strip().replace("\x00", "")
    if len(query) < 2:
        return JsonResponse([], safe=False)
    seen = Party.objects.visible_to(request.user).filter(name__icontains=query)
    words = Q(reference__icontains=query) | Q(title__icontains=query)
    cases = Case.objects.visible_to(request.user).filter(words)
    found = [
        {"value": str(p.pk), "label": p.name, "note": str(p.get_kind_display())}
        for p in seen[:SUGGESTED]
    ]
    found += [
        {"value": c.reference, "label": c.reference, "note": c.title} for c in cases[:SUGGESTED]
    ]
    return JsonResponse(found, safe=False)

"""The register of parties: list, page of a party, adding, changing and releasing one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.models import User
from kyc import parties
from kyc.diligence import party_page, reviews, standing
from kyc.forms.party import PartyForm, ReasonForm
from kyc.models import Fact, Party
from kyc.watch import feed

PER_PAGE = 25
SUGGESTED = 8


@require_safe
def party_list(request: HttpRequest) -> HttpResponse:
    """All that the reader may see of the register; others see the parties of their cases."""
    query, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    reads_register = access.holds(request.user, roles.VIEW_REGISTER)
    is_overdue = reads_register and request.GET.get("review") == "overdue"
    found = _search(request.user, query)
    found = reviews.overdue(found) if is_overdue else found
    kinds = dict(found.order_by().values_list("kind").annotate(Count("pk")))
    shown = found.filter(kind=kind) if kind in Party.Kind.values else found
    page = Paginator(shown.select_related("own_case"), PER_PAGE).get_page(request.GET.get("page"))
    known = standing.known(request.user, page)
    context = {
        "page": page,
        "rows": [(party, known[party.pk]) for party in page],
        "query": query,
        "kind": kind,
        "kinds": [(k.value, k.label, kinds.get(k.value, 0)) for k in Party.Kind],
        "total": sum(kinds.values()),
        "may_add": parties.may_write(request.user, None),
        "reads_register": reads_register,
        "is_overdue": is_overdue,
    }
    return render(request, "kyc/party_list.html", context)


def _search(user: access.Reader, query: str) -> QuerySet[Party]:
    """Parties whose name, or a fact that the reader sees, contains what was typed."""
    found: QuerySet[Party] = Party.objects.standing_for(user)
    if not query or "\x00" in query:
        return found.none() if query else found
    said = Fact.objects.visible_to(user).filter(value__icontains=query)
    hit = Party.objects.visible_to(user).filter(
        Q(name__icontains=query) | Q(pk__in=said.values("party"))
    )
    return found.filter(Q(pk__in=hit.values("pk")) | Q(pk__in=hit.values("merged_into")))


@require_safe
def suggest_parties(request: HttpRequest) -> JsonResponse:
    """Parties by name, while somebody types."""
    query = request.GET.get("q", "").strip()
    found = _search(request.user, query) if len(query) > 1 else Party.objects.none()
    return JsonResponse(
        [
            {"value": str(party.pk), "label": party.name, "note": _note(party)}
            for party in found.select_related("own_case")[:SUGGESTED]
        ],
        safe=False,
    )


def _note(party: Party) -> str:
    kept = gettext("kept to %s") % party.own_case if party.own_case else ""
    return ", ".join(filter(None, (str(party.get_kind_display()), party.country, kept)))


@require_safe
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a party, who says so, and where it appears in cases of the reader's."""
    page = party_page.read(request.user, get_party(request.user, pk))
    wanted = request.GET.get("standing", "")
    context = {
        "page": page,
        "party": page.party,
        "rows": [row for row in page.statements if wanted in ("", row.state)],
        "wanted": wanted,
        "named": page.named,
        "listed": feed.listing_shown(request.user, page.party),
    }
    return render(request, "kyc/party.html", context)


def get_party(user: access.Reader, pk: int) -> Party:
    """The party, or 404 where the reader may not know of it."""
    found: Party = get_object_or_404(
        Party.objects.visible_to(user).select_related("own_case", "created_by"), pk=pk
    )
    return found


def party_create(request: HttpRequest) -> HttpResponse:
    """A new party of the shared register."""
    actor = _writer(request.user)
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: parties.create(actor=actor, **form.cleaned_data))
        if made:
            return redirect("kyc:party", made.pk)
    return render(request, "kyc/party_create.html", {"form": form})


def _writer(user: Any) -> User:
    if not parties.may_write(user, None):
        raise NotAllowed(gettext("Your position does not change the register of parties."))
    writer: User = user
    return writer


def party_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its kind, country and the name that is shown."""
    found = editable_party(request.user, pk)
    initial = {"kind": found.kind, "name": found.name, "country": found.country}
    form = PartyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: parties.change(found, actor=access.person(request), **data)):
            return redirect("kyc:party", pk)
    context = {"form": form, "party": get_party(request.user, pk)}
    return render(request, "kyc/party_change.html", context)


def party_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a party that was kept to its case appear in the register."""
    found = editable_party(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            form, lambda: parties.release(found, actor=access.person(request), reason=reason)
        ):
            return redirect("kyc:party", pk)
    return render(request, "kyc/party_release.html", {"form": form, "party": found})


def editable_party(user: access.Reader, pk: int) -> Party:
    """The party, for a reader who may change it: 404 unseen, NotAllowed read-only."""
    found = get_party(user, pk)
    if not parties.may_edit(user, found):
        raise NotAllowed(gettext("Your position does not change the register of parties."))
    return found

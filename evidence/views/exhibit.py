"""The page of an exhibit, the address behind its label, and changing what is said of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, audit, roles
from casework.forms.attempt import attempt
from casework.models import User
from evidence import exhibit_page, exhibits
from evidence.acts import exhibit_acts, family
from evidence.forms.custody import OfferForm
from evidence.forms.exhibits import ExhibitAmendForm
from evidence.in_court import life
from evidence.models import Attachment, Exhibit
from evidence.store import stocktakes

SAID = ("kind", "description", "taxon", "found_at", "is_restricted")


@require_safe
def exhibit(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    found = exhibits.find(user, reference, label)
    if found.is_restricted:
        audit.record("exhibit.read", actor=user, case=found.case, subject=found)
    page = exhibit_page.read(found, user)
    holds = exhibit_page.stands_for_holder(found, user)
    acts = exhibit_acts.of(found, page.chain, user, holds=holds)
    may = acts.may_offer
    offer_form = OfferForm(exhibit=found, chain=page.chain, user=user) if may else None
    context = {
        "case": found.case,
        "exhibit": found,
        "page": page,
        "acts": acts,
        "family": family.of(found, page.chain, user),
        "in_court": life.of_exhibit(found, page.chain, user),
        "files_of_events": _files(found, user),
        "offer_form": offer_form,
        "open_check": stocktakes.under_way(user),
        "is_court_order": request.GET.get("order") == "court",
    }
    return render(request, "evidence/exhibit.html", context)


def _files(found: Exhibit, user: User) -> dict[str, Attachment]:
    """The files of the exhibit by digest, so that an event can link those it names."""
    rows = Attachment.objects.visible_to(user).filter(exhibit=found).select_related("file")
    return {row.file.digest: row for row in rows}


@require_safe
def exhibit_short(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Where the code on a label leads: for a signed-in reader who may see it, or else a 404."""
    visible = Exhibit.objects.visible_to(access.person(request)).select_related("case")
    found = get_object_or_404(visible, identifier=identifier)
    return redirect("evidence:exhibit", found.case.reference, found.label)


@require_http_methods(["GET", "POST"])
def exhibit_amend(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    found = exhibits.find(user, reference, label, roles.EXHIBIT)
    form = ExhibitAmendForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found, name) for name in SAID},
        can_hide=roles.SENSITIVE in found.case.granted_actions,
    )
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: exhibits.amend(found, actor=user, **form.cleaned_data)):
            messages.success(request, _("Changed. What stood before is in the history."))
            return redirect("evidence:exhibit", reference, label)
        found.refresh_from_db()
    context = {"case": found.case, "exhibit": found, "form": form}
    return render(request, "evidence/exhibit_amend.html", context)

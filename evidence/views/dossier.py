"""The dossiers of a case: asking for one, watching it, stopping it, taking it home."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from casework import access, roles, watched
from casework.forms.attempt import attempt
from casework.models import Case, User
from evidence import downloads
from evidence.forms.dossier import DossierForm, SupplementForm
from evidence.issuing import bundling, desk, dossiers, issued, previews, steps, supplements
from evidence.models import Dossier
from evidence.signing import turns

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_list(request: HttpRequest, reference: str) -> HttpResponse:
    """What the next dossier holds, and the dossiers of the case."""
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    return _ask(request, case, user, None)


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_supplement(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The same for what goes on with the numbers of an issued dossier."""
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    supplements.demand(found, case_pk=found.case_id, is_disclosure=found.is_disclosure)
    return _ask(request, found.case, user, found)


def _ask(request: HttpRequest, case: Case, user: User, continues: Dossier | None) -> HttpResponse:
    offered = desk.of(case, user, continues)
    kind = SupplementForm if continues else DossierForm
    form = kind(request.POST if request.method == "POST" else None, desk=offered)
    if request.method == "POST" and "arrange" not in request.POST and form.is_valid():
        if "preview" in request.POST:
            if attempt(form, lambda: previews.ask(case, actor=user, **form.asked())):
                return redirect("evidence:dossier-preview", case.reference)
        elif made := attempt(form, lambda: dossiers.request_soon(case, actor=user, **form.asked())):
            previews.clear(case, user)
            return redirect("evidence:dossier", case.reference, made.number)
    page = "evidence/dossier_supplement.html" if continues else "evidence/dossier_list.html"
    return render(request, page, _context(request, case, user, form))


def _context(request: HttpRequest, case: Case, user: User, form: DossierForm) -> dict[str, Any]:
    rows = issued.of(case, user)
    under_way = rows.unfinished().first()
    return {
        "case": case,
        "form": form,
        "desk": form.desk,
        "under_way": under_way,
        "steps": steps.of(under_way) if under_way else (),
        "preview": previews.find(case, user),
        "dossiers": Paginator(issued.told(rows), PER_PAGE).get_page(request.GET.get("page")),
    }


@require_safe
def dossier(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    if _was_watched(request, found):
        return HttpResponseClientRefresh()
    context = {
        "case": found.case,
        "dossier": found,
        "steps": steps.of(found, is_signed=turns.next_of(found) is None),
        "next": supplements.next_of(found),
        "findings": issued.findings_of(found),
    }
    return render(request, "evidence/dossier.html", context)


def _was_watched(request: HttpRequest, dossier: Dossier) -> bool:
    """The build is over: signers, service and margin of the page that asked are new as well."""
    is_over = dossier.state not in (Dossier.State.WAITING, Dossier.State.BUILDING)
    return is_over and watched.asks(request, "build")


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_stop(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The question, and its answer."""
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    if request.method != "POST":
        context = {"case": found.case, "dossier": found}
        return render(request, "evidence/dossier_stop.html", context)
    dossiers.stop(found, actor=user)
    messages.success(request, _("Stopped. Nothing was issued; its number is not used again."))
    return redirect("evidence:dossier", reference, number)


@require_safe
def dossier_volume(request: HttpRequest, reference: str, number: int, volume: int) -> FileResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    row, path = dossiers.volume_path(found, volume)
    dossiers.record_download(found, actor=user, kind=f"volume {volume}")
    return downloads.of_file(path, bundling.name_of(found, row), downloads.PDF)


@require_safe
def dossier_bundle(request: HttpRequest, reference: str, number: int) -> FileResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    path = dossiers.bundle_path(found)
    dossiers.record_download(found, actor=user, kind="bundle")
    return downloads.of_file(path, path.name, "application/zip")

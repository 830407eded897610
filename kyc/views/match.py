"""The same seal, container, bill or file in another case: the list, and the lead's answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from kyc.forms.match import ShareForm
from kyc.ties import match_pages, matches

PAGE_SIZE = 25


@require_safe
def match_list(request: HttpRequest, reference: str) -> HttpResponse:
    """What this reader may know; of the rest there is no trace."""
    user = access.person(request)
    case = access.get_case(user, reference)
    page = Paginator(match_pages.of_case(case, user), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {
        "case": case,
        "page": page,
        "rows": match_pages.told(list(page), user),
        "can_answer": roles.TEAM in case.granted_actions,
    }
    return render(request, "kyc/match_list.html", shown)


@require_http_methods(["GET", "POST"])
def match_share(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Share this case with the readers of the other, or keep it to ourselves."""
    user = access.person(request)
    case = access.get_case(user, reference, roles.TEAM)
    match = match_pages.of_case(case, user).filter(pk=number).first()
    if match is None:
        raise Http404
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if "keep" in request.POST:
            matches.keep(match, actor=user)
            messages.success(request, _("You took note. Nothing was shared."))
            return redirect("kyc:match-list", case.reference)
        note = form.cleaned_data["note"]
        if attempt(form, lambda: matches.share(match, note=note, actor=user)) is not None:
            messages.success(request, _("The readers of the other case now see yours."))
            return redirect("kyc:match-list", case.reference)
    row = match_pages.told([match], user)[0]
    return render(request, "kyc/match_share.html", {"case": case, "row": row, "form": form})

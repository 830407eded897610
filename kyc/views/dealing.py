"""The calls, payments and meetings of a case: their list, adding one, taking one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from kyc.forms.dealing import DealingForm
from kyc.forms.party import ReasonForm
from kyc.models import Dealing, Party
from kyc.ties import dealings

PER_PAGE = 50


@require_safe
def case_dealings(request: HttpRequest, reference: str) -> HttpResponse:
    """Who called, paid and met whom, by the papers of this case."""
    case = access.get_case(request.user, reference)
    rows = Dealing.objects.of_case(case).select_related("giver", "receiver", "recorded_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    named = {pk for row in page for pk in (row.giver_id, row.receiver_id)}
    seen = Party.objects.visible_to(request.user).filter(pk__in=named)
    context = {
        "case": case,
        "page": page,
        "seen": set(seen.values_list("pk", flat=True)),
        "may_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/case_dealings.html", context)


@require_http_methods(["GET", "POST"])
def dealing_add(request: HttpRequest, reference: str) -> HttpResponse:
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.EDIT)
    form = DealingForm(request.POST or None, parties=dealings.nameable(actor, case))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: dealings.add(case, actor=actor, **form.typed())) is not None
    ):
        messages.success(request, gettext("The dealing is on the record."))
        return redirect("kyc:case-dealings", reference)
    return render(request, "kyc/dealing_add.html", {"form": form, "case": case})


@require_http_methods(["GET", "POST"])
def dealing_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was recorded by mistake."""
    actor = access.person(request)
    rows = Dealing.objects.visible_to(actor).select_related("case", "giver", "receiver")
    dealing: Dealing = get_object_or_404(rows, pk=pk)
    case = access.require(actor, dealing.case, roles.EDIT)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: dealings.remove(dealing, actor=actor, reason=reason))
        if not form.errors:
            return redirect("kyc:case-dealings", case.reference)
    context = {"form": form, "dealing": dealing, "case": case}
    return render(request, "kyc/dealing_remove.html", context)

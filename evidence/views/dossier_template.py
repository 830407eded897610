"""The templates that dossiers are made by: for whoever keeps the reference tables."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import access
from casework.forms.attempt import attempt
from evidence.forms.dossier_template import DossierTemplateForm
from evidence.issuing import templates
from evidence.models import DossierTemplate

PER_PAGE = 50


@require_safe
def dossier_template_list(request: HttpRequest) -> HttpResponse:
    templates.demand_keeper(request.user)
    rows = DossierTemplate.objects.select_related("court", "agency").order_by("-is_active", "name")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "evidence/dossier_template_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_template_add(request: HttpRequest) -> HttpResponse:
    actor = access.person(request)
    templates.demand_keeper(actor)
    form = DossierTemplateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "arrange" not in request.POST and form.is_valid():
        made = attempt(form, lambda: templates.add(actor=actor, **form.values()))
        if made:
            messages.success(request, _("Added. Dossiers are offered it from now on."))
            return redirect("evidence:dossier-template-list")
    return render(request, "evidence/dossier_template_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_template_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = access.person(request)
    templates.demand_keeper(actor)
    found = get_object_or_404(DossierTemplate, pk=pk)
    form = DossierTemplateForm(request.POST if request.method == "POST" else None, template=found)
    if request.method == "POST" and "arrange" not in request.POST and form.is_valid():
        made = attempt(form, lambda: templates.change(found, actor=actor, **form.values()))
        if made:
            messages.success(request, _("Changed. Dossiers that are built stay as they are."))
            return redirect("evidence:dossier-template-change", pk)
    context = {"form": form, "template": found, "history": templates.history(found)}
    return render(request, "evidence/dossier_template_change.html", context)


@require_POST
def dossier_template_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use, or offer it again."""
    actor = access.person(request)
    templates.demand_keeper(actor)
    found = get_object_or_404(DossierTemplate, pk=pk)
    templates.offer(found, is_active="retire" not in request.POST, actor=actor)
    return redirect("evidence:dossier-template-change", pk)

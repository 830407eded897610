"""The audit of a case: who did and who saw what."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casework import access, audit, roles
from casework.forms.widgets import DateInput
from casework.models import AuditEntry, Case

PER_PAGE = 50


class AuditFilterForm(forms.Form):
    who = forms.CharField(label=_("Who"), max_length=100, required=False)
    what = forms.CharField(label=_("What"), max_length=60, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("To"), required=False, widget=DateInput())


@require_safe
def case_audit(request: HttpRequest, reference: str) -> HttpResponse:
    """Reading the audit is itself on record."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.AUDIT)
    if "page" not in request.GET:
        audit.record("audit.read", actor=actor, case=case, subject=case)
    form = AuditFilterForm(request.GET)
    entries = _filtered(case, form.cleaned_data if form.is_valid() else {})
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    # Pairs, because a template would take a detail called "items" for the method.
    rows = [
        (entry, [one for one in dict.items(entry.detail) if one[1] and one[0] != "rows"])
        for entry in page  # the digests of rows are for verify_custody
    ]
    context = {"case": case, "form": form, "page": page, "rows": rows}
    return render(request, "casework/case_audit.html", context)


def _filtered(case: Case, asked: dict[str, Any]) -> QuerySet[AuditEntry]:
    entries: QuerySet[AuditEntry] = AuditEntry.objects.filter(case=case)
    if who := _text(asked.get("who")):
        entries = entries.filter(actor_text__icontains=who)
    if what := _text(asked.get("what")):
        entries = entries.filter(action__icontains=what)
    since: date | None = asked.get("since")
    until: date | None = asked.get("until")
    entries = entries.filter(at__date__gte=since) if since else entries
    return entries.filter(at__date__lte=until) if until else entries


def _text(typed: str | None) -> str:
    return (typed or "").replace("\x00", "").strip()

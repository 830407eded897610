"""Splitting an exhibit: what remains of it, and a row for each part that becomes an exhibit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.forms.attempt import attempt
from evidence import custody, exhibits
from evidence.acts import division
from evidence.forms.division import PartSet, SplitForm
from evidence.views.custody import once


@require_http_methods(["GET", "POST"])
def custody_split(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    exhibit = exhibits.find(user, reference, label, roles.CUSTODY)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    chain = custody.chain(exhibit)
    form = SplitForm(*sent, exhibit=exhibit, chain=chain, user=user)
    posted = request.POST if request.method == "POST" else None
    parts: Any = PartSet(posted, prefix="part")
    if sent and all([form.is_valid(), parts.is_valid()]):

        def run(*_: object) -> object:
            return _split(exhibit, form, parts, user)

        if attempt(form, lambda: once(form, exhibit, user, run)):
            said = ngettext("%(n)s new exhibit.", "%(n)s new exhibits.", len(parts.filled()))
            messages.success(request, said % {"n": len(parts.filled())})
            return redirect("evidence:exhibit", reference, label)
    context = {
        "case": exhibit.case, "exhibit": exhibit, "form": form, "parts": parts,
        "next_number": len(chain.events) + 1,
    }  # fmt: skip
    return render(request, "evidence/custody_split.html", context)


def _split(exhibit: Any, form: SplitForm, parts: Any, user: Any) -> object:
    things = parts.things(exhibit, form.cleaned_data)
    told = form.cleaned_data["discrepancy"]
    return division.split(exhibit, things, actor=user, discrepancy=told, **form.details())

"""One rule of the law: its versions side by side, its history, and the legal officer's edits."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, law, roles
from casework.forms.attempt import attempt
from casework.forms.law import VerificationForm, form_of
from casework.legal import row_history, rows, words
from casework.legal.kinds import KINDS, LISTINGS, PROVISIONS, Kind

METHODS = ["GET", "HEAD", "POST"]


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _row(slug: str, pk: int) -> tuple[Kind, Any]:
    kind = _kind(slug)
    found = kind.rows.select_related("taxon") if kind is LISTINGS else kind.rows
    return kind, get_object_or_404(found, pk=pk)


@require_safe
def law_row(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    kind, row = _row(slug, pk)
    versions = list(kind.versions(row))
    points = law.elements(row, clock.today()) if kind is PROVISIONS else None
    context = {
        **_frame(kind, row), "versions": versions, "points": points,
        "lines": words.side_by_side(kind, versions), "history": row_history.of(row),
        "others": _other_schemes(row) if kind is LISTINGS else (),
        "verified": row_history.verified(row),
        "may_edit": access.holds(request.user, roles.MANAGE_LAW),
    }  # fmt: skip
    return render(request, "casework/law_row.html", context)


def _other_schemes(row: Any) -> Any:
    """Where else the same taxon is or was listed."""
    others = LISTINGS.rows.filter(taxon=row.taxon_id).exclude(scheme=row.scheme)
    return others.order_by("scheme", "valid_from", "pk")


def _frame(kind: Kind, row: Any) -> dict[str, Any]:
    return {"kind": kind, "row": row, "templates": words.templates()}


@require_http_methods(METHODS)
def law_add(request: HttpRequest, slug: str) -> HttpResponse:
    kind, actor = _kind(slug), access.person(request)
    rows.demand_editor(actor)
    form = form_of(kind, request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: rows.add(kind, actor=actor, **form.cleaned_data))
        if made:
            messages.success(request, _("It is added, not verified yet."))
            return redirect("casework:law-row", kind.slug, made.pk)
    return render(request, "casework/law_add.html", {"kind": kind, "form": form})


@require_http_methods(METHODS)
def law_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a row in place; filed charges that rest on it are counted and will be warned of."""
    (kind, row), actor = _row(slug, pk), access.person(request)
    rows.demand_editor(actor)
    form = form_of(kind, request.POST or None, row)
    if form.is_valid() and attempt(
        form, lambda: rows.change(row, actor=actor, **form.cleaned_data)
    ):
        messages.success(request, _("The row is changed. Compare it with its source again."))
        return redirect("casework:law-row", kind.slug, row.pk)
    context = {**_frame(kind, row), "form": form, "resting": rows.charges_on(row, actor)}
    return render(request, "casework/law_change.html", context)


@require_http_methods(METHODS)
def law_follow(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The version that follows this one from a day on."""
    (kind, row), actor = _row(slug, pk), access.person(request)
    rows.demand_editor(actor)
    form = form_of(kind, request.POST or None, row, is_new_version=True)
    if form.is_valid():
        fields = {**form.cleaned_data}
        day = fields.pop("valid_from")
        made = attempt(form, lambda: rows.follow(row, starts_on=day, actor=actor, **fields))
        if made:
            messages.success(request, _("The new version is there; the old one has its last day."))
            return redirect("casework:law-row", kind.slug, made.pk)
    return render(request, "casework/law_follow.html", {**_frame(kind, row), "form": form})


@require_http_methods(METHODS)
def law_verify(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    (kind, row), actor = _row(slug, pk), access.person(request)
    rows.demand_editor(actor)
    form = VerificationForm(request.POST or None, initial={"source": row.source})
    if form.is_valid() and attempt(
        form, lambda: rows.verify(row, actor=actor, **form.cleaned_data)
    ):
        messages.success(request, _("Verified, with your name and today's date."))
        return redirect("casework:law-row", kind.slug, row.pk)
    lines = words.side_by_side(kind, [row])
    return render(
        request, "casework/law_verify.html", {**_frame(kind, row), "form": form, "lines": lines}
    )

"""Witnesses of a case: the list, one of them, adding, correcting, not calling."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, audit, roles
from casework.days import summons_words
from casework.forms.attempt import attempt
from casework.forms.witnesses import DropForm, WitnessForm
from casework.models import Admission, Appearance, Statement, Summons, Witness
from casework.witnesses import witness_list, witnesses
from casework.witnesses.witnesses import WRITERS

METHODS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


@require_safe
def case_witnesses(request: HttpRequest, reference: str) -> HttpResponse:
    """The witnesses of a case, and what the accused admit."""
    case = access.get_case(request.user, reference)
    page = Paginator(witness_list.of_case(case), PAGE_SIZE).get_page(request.GET.get("page"))
    admitted = Admission.objects.of_case(case).standing().select_related("accused")
    context = {
        "case": case,
        "page": page,
        "rows": witness_list.rows(page.object_list),
        "admissions": admitted.order_by("accused__number", "made_on", "pk"),
        "may_write": witness_list.may_write(case),
        "may_prosecute": roles.PROSECUTE in case.granted_actions,
    }
    return render(request, "casework/case_witnesses.html", context)


@require_http_methods(METHODS)
def witness_add(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    form = WitnessForm(request.POST or None, can_hide=witness_list.may_protect(case))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: witnesses.add(case, actor=user, **form.cleaned_data))
        if made:
            messages.success(request, _("%(label)s is on the list.") % {"label": made.label})
            return redirect("casework:witness", case.reference, made.label)
    return render(request, "casework/witness_add.html", {"case": case, "form": form})


@require_safe
def witness(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    found = witness_list.get(case, label)
    if found.is_protected:
        audit.record("witness.read", actor=user, case=case, subject=found)
    (row,) = witness_list.rows(witness_list.of_case(case).filter(pk=found.pk))
    said = Statement.objects.of_case(case).filter(witness=found)
    context = {
        "case": case,
        "witness": row.witness,
        "row": row,
        "statements": said.standing().select_related("translation_of", "attachment"),
        "summonses": [(one, *summons_words.read(one)) for one in _summonses(case, found)],
        "appearances": Appearance.objects.of_case(case).filter(witness=found)
        .select_related("hearing__kind", "why_absent").order_by("-hearing__starts_at"),
        "may_write": witness_list.may_write(case),
    }  # fmt: skip
    return render(request, "casework/witness.html", context)


def _summonses(case: Any, found: Witness) -> Any:
    rows = Summons.objects.of_case(case).filter(witness=found)
    return rows.select_related("hearing__kind", "hearing__proceeding__court").order_by("-pk")


@require_http_methods(METHODS)
def witness_edit(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    found = witness_list.get(case, label)
    initial = {name: getattr(found, name) for name in (*witnesses.FIELDS, "is_protected")}
    can_hide = witness_list.may_protect(case)
    form = WitnessForm(request.POST or None, initial=initial, can_hide=can_hide)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: witnesses.change(found, actor=user, **form.cleaned_data))
        if kept:
            messages.success(request, _("The change is kept."))
            return redirect("casework:witness", case.reference, kept.label)
    context = {"case": case, "witness": found, "label": label, "form": form}
    return render(request, "casework/witness_edit.html", context)


@require_http_methods(METHODS)
def witness_drop(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Say that a witness will not be called, call them again, or take out a mistake."""
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    found = witness_list.get(case, label)
    form = DropForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _drop(form, found, user))
    ):
        messages.success(request, _("The list of witnesses is changed."))
        return redirect("casework:case-witnesses", case.reference)
    return render(
        request, "casework/witness_drop.html", {"case": case, "witness": found, "form": form}
    )


def _drop(form: DropForm, found: Witness, user: Any) -> bool:
    if "remove" in form.data:
        witnesses.remove(found, actor=user)
    elif found.is_dropped:
        witnesses.call_again(found, actor=user)
    else:
        witnesses.drop(found, why=form.cleaned_data["why"], actor=user)
    return True

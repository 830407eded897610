"""Statements: recording one, reading it, replacing, translating, taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, audit, clock
from casework.forms.attempt import attempt
from casework.models import Accused, Case, Statement, User, Witness
from casework.witnesses import statements, witness_list
from casework.witnesses.witnesses import WRITERS
from evidence import statement_papers
from evidence.forms.statements import (
    PaperForm,
    ReplaceForm,
    StatementForm,
    TakeBackForm,
    TranslationForm,
)
from evidence.models import Attachment

METHODS = ["GET", "HEAD", "POST"]
JOINED = ("witness", "accused", "attachment", "translation_of", "supersedes", "recorded_by")


@require_http_methods(METHODS)
def statement_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Of the witness `?witness=W1` or the accused `?accused=1`."""
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    witness, accused = _person(request, case)
    initial = {"taken_on": clock.today(), "taken_by": user.get_full_name(),
               "language": (witness or accused).language}  # fmt: skip
    form = _posted(StatementForm, request, initial, can_hide=statement_papers.may_hide(case))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: statement_papers.record(
            case, upload=form.upload(), witness=witness, accused=accused, actor=user,
            **form.values(),
        ))  # fmt: skip
        if made:
            messages.success(request, _("The statement is on record."))
            return redirect("evidence:statement", case.reference, made.pk)
    context = {"case": case, "form": form, "person": witness or accused, "witness": witness}
    return render(request, "evidence/statement_add.html", context)


def _person(request: HttpRequest, case: Case) -> tuple[Any, Any]:
    label, number = request.GET.get("witness", ""), request.GET.get("accused", "")
    if label:
        return witness_list.get(case, label), None
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    accused = get_object_or_404(Accused, case=case, number=int(number))
    accused.case = case
    return None, accused


def _posted(kind: type[PaperForm], request: HttpRequest, initial: Any, **options: Any) -> Any:
    if request.method != "POST":
        return kind(initial=initial, **options)
    return kind(request.POST, request.FILES, initial=initial, **options)


def _statement(case: Case, pk: int) -> Statement:
    rows = Statement.objects.of_case(case).filter(is_withdrawn=False)
    found: Statement = get_object_or_404(rows.select_related(*JOINED), pk=pk)
    found.case = case
    for person in (found.witness, found.accused):
        if person is not None:
            person.case = case
    return found


@require_safe
def statement(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    found = _statement(case, pk)
    if found.is_sensitive or (found.witness and found.witness.is_protected):
        audit.record("statement.read", actor=user, case=case, subject=found)
    seen = Statement.objects.of_case(case)
    context = {
        **_frame(case, found),
        "standing": seen.standing().filter(pk=found.pk).exists(),
        "successor": seen.filter(supersedes=found).first(),
        "translations": seen.standing().filter(translation_of=found),
        "paper": Attachment.objects.visible_to(user).filter(statements=found).first(),
        "may_write": statement_papers.may_write(case),
    }
    return render(request, "evidence/statement.html", context)


def _frame(case: Case, found: Statement) -> dict[str, Any]:
    return {"case": case, "statement": found, "person": found.witness or found.accused,
            "witness": found.witness}  # fmt: skip


def _writable(request: HttpRequest, reference: str, pk: int) -> tuple[User, Case, Statement]:
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    return user, case, _statement(case, pk)


@require_http_methods(METHODS)
def statement_replace(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user, case, found = _writable(request, reference, pk)
    initial = {name: getattr(found, name) for name in statements.KEPT}
    form = _posted(ReplaceForm, request, initial, can_hide=statement_papers.may_hide(case))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: statement_papers.replace(
            found, upload=form.upload(), actor=user, **form.values()
        ))  # fmt: skip
        if made:
            messages.success(request, _("Replaced. The earlier statement stays on record."))
            return redirect("evidence:statement", case.reference, made.pk)
    return render(request, "evidence/statement_replace.html", _frame(case, found) | {"form": form})


@require_http_methods(METHODS)
def statement_translate(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user, case, found = _writable(request, reference, pk)
    form = _posted(TranslationForm, request, None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: statement_papers.translate(
            found, upload=form.upload(), actor=user, **form.values()
        ))  # fmt: skip
        if made:
            messages.success(request, _("The translation is on record."))
            return redirect("evidence:statement", case.reference, made.pk)
    context = _frame(case, found) | {"form": form}
    return render(request, "evidence/statement_translate.html", context)


@require_http_methods(METHODS)
def statement_take_back(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user, case, found = _writable(request, reference, pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: statements.take_back(found, actor=user, **fields)):
            messages.success(request, _("Taken back. It stays on record and counts no longer."))
            return redirect(*_back(case, found.witness))
    context = _frame(case, found) | {"form": form}
    return render(request, "evidence/statement_take_back.html", context)


def _back(case: Case, witness: Witness | None) -> tuple[str, ...]:
    if witness is None:
        return "casework:case-witnesses", case.reference
    return "casework:witness", case.reference, witness.label

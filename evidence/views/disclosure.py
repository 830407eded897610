"""Disclosure: deciding what is served, redacted or withheld, and having it built."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.forms.attempt import attempt
from evidence.disclosure import choices, decisions, disclosures, last
from evidence.disclosure.decisions import Decision
from evidence.disclosure.last import Last
from evidence.disclosure.things import Treatment
from evidence.forms.disclosure import DecisionForm, DisclosureForm
from evidence.issuing import dossiers

METHODS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50
NEW = "new"


@require_http_methods(METHODS)
def disclosure(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    made, before = decisions.read(case, user), last.of(case, user)
    is_sent = request.method == "POST"
    whole, forms = Form(request.POST if is_sent else None), _sent(request, made)
    valid = [form.is_valid() for form in (whole, *forms)]
    if is_sent and all(valid):
        chosen = [form.choice() for form in forms]
        changed = attempt(whole, lambda: choices.save(case, chosen, actor=user))
        if changed is not None:
            said = ngettext("%(n)d decision kept.", "%(n)d decisions kept.", changed)
            messages.success(request, said % {"n": changed})
            return redirect(request.get_full_path())
    show = request.GET.get("show", "")
    rows = Paginator(_shown(made, show, before), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"case": case, "page": rows, "rows": _rows(list(rows.object_list), forms, before),
               "show": show, "filters": _filters(made, before, show), "last": before,
               "whole": whole, "forms": forms, "grounds": decisions.grounds()}  # fmt: skip
    return render(request, "evidence/disclosure.html", context)


def _sent(request: HttpRequest, made: list[Decision]) -> list[DecisionForm]:
    """The rows that were on the page that was sent."""
    if request.method != "POST":
        return []
    every = (DecisionForm(one, request.POST) for one in made if one.can_be_chosen)
    return [form for form in every if form.is_sent]


def _shown(made: list[Decision], show: str, before: Last | None) -> list[Decision]:
    if show in Treatment.values:
        return [one for one in made if one.treatment == show]
    return [one for one in made if show != NEW or _is_new(one, before)]


def _is_new(one: Decision, before: Last | None) -> bool:
    return before is not None and one.thing.key not in before.keys


def _filters(
    made: list[Decision], before: Last | None, show: str
) -> list[tuple[str, Any, int, bool]]:
    counted = Counter(one.treatment for one in made)
    found: list[tuple[str, Any, int]] = [("", _("All"), len(made))]
    found += [(str(key), label, counted[key]) for key, label in Treatment.choices]
    if before is not None:
        found.append((NEW, _("New"), sum(_is_new(one, before) for one in made)))
    return [(*each, each[0] == show) for each in found]


def _rows(
    made: list[Decision], forms: list[DecisionForm], before: Last | None
) -> list[dict[str, Any]]:
    sent = {form.decision.thing.key: form for form in forms}
    return [
        {
            "decision": one,
            "form": sent.get(one.thing.key) or (DecisionForm(one) if one.can_be_chosen else None),
            "is_new": _is_new(one, before),
        }
        for one in made
    ]


@require_http_methods(METHODS)
def disclosure_build(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    before, is_sent = last.of(case, user), request.method == "POST"
    form = DisclosureForm(case, request.POST if is_sent else None, initial=_initial(case, before))
    if is_sent and form.is_valid():
        asked = form.asked()
        made = attempt(form, lambda: dossiers.request_soon(
            case, actor=user, is_disclosure=True, addressed_to=disclosures.addressed(case, asked),
            wishes=disclosures.wishes_of(case, asked, user),
        ))  # fmt: skip
        if made:
            return redirect("evidence:dossier", reference, made.number)
    counted = Counter(one.treatment for one in decisions.read(case, user))
    tally = [(label, counted[key]) for key, label in Treatment.choices]
    context = {"case": case, "form": form, "tally": tally, "last": before}
    return render(request, "evidence/disclosure_build.html", context)


def _initial(case: Any, before: Last | None) -> dict[str, Any]:
    if before is None:
        return {"accused": list(case.accused.all())}
    rows = case.accused.filter(number__in=before.asked.accused)
    return {"accused": list(rows), "to": before.asked.to, "words": "\n".join(before.asked.words)}

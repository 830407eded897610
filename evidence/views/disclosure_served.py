"""What the defence has on a day, against the record as it stands now; the same as CSV."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casework import access, audit, clock, display, roles
from casework.forms.widgets import DateInput
from casework.models import Case, User
from evidence import downloads
from evidence.disclosure import served
from evidence.disclosure.served import Line

PAGE_SIZE = 50


class ServedForm(forms.Form):
    on = forms.DateField(label=_("Up to"), required=False, widget=DateInput)
    who = forms.ChoiceField(label=_("Served on"), required=False)

    def __init__(self, case: Case, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody: list[tuple[str, Any]] = [("", _("Everybody"))]
        choices = [*everybody, *served.recipients(case, user)]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        asked: date | None = self.cleaned_data["on"]
        if asked and asked > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return asked or clock.today()


@require_safe
def disclosure_served(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    form = ServedForm(case, user, request.GET)
    context: dict[str, Any] = {"case": case, "form": form, "query": request.GET.urlencode()}
    if form.is_valid():
        asked = form.cleaned_data
        rows = served.services(case, user, asked["on"], asked["who"])
        found = served.lines(case, user, rows)
        context |= {
            "on": asked["on"],
            "services": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("served")),
            "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
            "differing": sum(line.state != served.SAME for line in found),
        }
    return render(request, "evidence/disclosure_served.html", context)


@require_safe
def disclosure_served_csv(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    form = ServedForm(case, user, request.GET)
    if not form.is_valid():
        return redirect("evidence:disclosure-served", reference)
    rows = served.services(case, user, form.cleaned_data["on"], form.cleaned_data["who"])
    name = f"served-{case.reference}-{form.cleaned_data['on']:%Y-%m-%d}.csv"
    head = [say("thing"), say("now"), say("served"), say("dossier"), say("when"),
            say("from page"), say("SHA-256 of what was served")]  # fmt: skip
    lines = served.lines(case, user, rows)
    audit.record("disclosure.export", actor=user, case=case, subject=case, on=name)
    return downloads.of_rows(name, head, map(_cells, lines))


def _cells(line: Line) -> list[object]:
    when = display.when(line.served_at) if line.served_at else ""
    return [line.title, line.word, line.how, line.dossier, when, line.pages, line.digest]

"""The figures as rows and as a workbook: the same cells as on the page, none besides."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework import access, audit, figures_words
from casework.forms.figures import FiguresForm
from casework.models import User
from casework.panels import read, sheets
from casework.views.figures import asked

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_of(form: FiguresForm, user: User) -> tuple[tuple[str, str], ...]:
    """The question part by part, and whose cases its answers count."""
    asked_for = figures_words.asked(form.question(), form.names())
    return (*asked_for, (_("Whose cases"), read.whose(user)))


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    form = asked(request)
    if not form.is_valid():
        return redirect("casework:figures")
    question, user = form.question(), access.person(request)
    panels = read.everything(question, user)
    head = (_("panel"), _("table"), _("row"), _("column"), _("value"))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="{}"'.format(_("figures.csv"))
    csv.writer(response).writerows(sheets.lines(panels, asked_of(form, user), head))
    audit.record("figures.export", actor=user, form="csv", question=request.GET.urlencode()[:500])
    return response


@require_safe
def figures_xlsx(request: HttpRequest) -> HttpResponse:
    form = asked(request)
    if not form.is_valid():
        return redirect("casework:figures")
    question, user = form.question(), access.person(request)
    content = sheets.workbook(
        read.everything(question, user),
        figures_words.sentence(question, form.names()),
        asked_of(form, user),
        _("How it is counted"),
    )
    response = HttpResponse(content, content_type=WORKBOOK)
    response["Content-Disposition"] = 'attachment; filename="{}"'.format(_("figures.xlsx"))
    audit.record("figures.export", actor=user, form="xlsx", question=request.GET.urlencode()[:500])
    return response

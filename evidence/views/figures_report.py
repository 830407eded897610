"""The figures as a paper: the same panels as on the page, with their definitions."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework import access, audit, clock, display, figures_words
from casework.forms.figures import FiguresForm
from casework.models import User
from casework.panels import read
from casework.views.figures import asked
from casework.views.figures_export import asked_of
from evidence import downloads, faces
from evidence.reporting.report import Report, write


@require_safe
def figures_report(request: HttpRequest) -> HttpResponse:
    form = asked(request)
    if not form.is_valid():
        return redirect("casework:figures")
    user = access.person(request)
    faces.register()
    out = io.BytesIO()
    write(_report(form, user), out)
    audit.record("figures.export", actor=user, form="pdf", question=request.GET.urlencode()[:500])
    return downloads.of_bytes(out.getvalue(), _("figures.pdf"))


def _report(form: FiguresForm, user: User) -> Report:
    question = form.question()
    return Report(
        title=_("Convictions, delay and their causes"),
        question=figures_words.sentence(question, form.names()),
        asked=asked_of(form, user),
        panels=read.everything(question, user),
        agency=user.agency.name if user.agency else "",
        made=_("Made %(when)s") % {"when": display.when(clock.now())},
        definitions_title=_("How it is counted"),
    )

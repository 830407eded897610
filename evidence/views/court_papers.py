"""Papers made from the record, as PDF to sign and as Word to go on writing in."""

from django.core.paginator import Paginator
from django.db.models import CharField, Prefetch, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access
from casework.models import ChargeSheet, Proceeding, Summons, Witness
from evidence import downloads
from evidence.court_papers import papers

ROWS = 25


@require_safe
def case_papers(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(access.person(request), reference)
    calls = Summons.objects.of_case(case).select_related("hearing__kind").order_by("-issued_on")
    witnesses = Witness.objects.of_case(case).order_by("number")
    witnesses = witnesses.prefetch_related(Prefetch("summonses", queryset=calls, to_attr="calls"))
    sheets = ChargeSheet.objects.of_case(case).select_related("proceeding__court")
    courts = Proceeding.objects.of_case(case).select_related("court")
    context = {
        "case": case,
        "sheets": sheets.order_by("-proceeding__opened_on", "-version").annotate(
            key=Concat("proceeding_id", Value("-"), "version", output_field=CharField())
        ),
        "courts": courts.order_by("-opened_on"),
        "page": Paginator(witnesses, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "evidence/case_papers.html", context)


@require_safe
def court_paper(
    request: HttpRequest, reference: str, paper: str, key: str, ending: str
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    data, name = papers.make(case, paper, key, ending, actor=user)
    return downloads.of_bytes(data, name, papers.TYPES[ending])

"""What a case said of itself before: each change with its person, time and reason."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, case_changes

PAGE_SIZE = 25


@require_safe
def case_history(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference)
    changes = case_changes.of(case)
    page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casework/case_history.html", {"case": case, "page": page})

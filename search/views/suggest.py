"""What the box offers while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access
from search import suggesting


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    groups = suggesting.suggest(access.person(request), request.GET.get("q", ""))
    name = "finder" if request.GET.get("box") == "finder" else "find"
    return render(request, "search/suggest.html", {"groups": groups, "list": f"{name}-list"})

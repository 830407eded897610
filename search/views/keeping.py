"""Saving a search under a name, taking one back, and forgetting what was asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import access
from casework.forms.attempt import attempt
from search.forms import SaveForm
from search.keeping import recent, saved
from search.models import SavedSearch
from search.params import params_from


@require_http_methods(["GET", "POST"])
def search_save(request: HttpRequest) -> HttpResponse:
    """The question stands in the address, as on the page that it was saved from."""
    user, params = access.person(request), params_from(request.GET)
    form = SaveForm(request.POST or None, initial={"name": params.typed[:80]})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if attempt(form, lambda: saved.save(params, name=name, actor=user)):
            messages.success(request, _("Saved. It waits on the search page, for you alone."))
            return redirect(f"{_page()}?{params.address()}")
    context = {"form": form, "params": params, "back": f"{_page()}?{params.address()}"}
    return render(request, "search/search_save.html", context)


@require_POST
def saved_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user = access.person(request)
    row = get_object_or_404(SavedSearch, pk=pk, person=user)
    saved.delete(row, actor=user)
    messages.success(request, _("The saved search is gone."))
    return redirect("search:search")


@require_POST
def recent_clear(request: HttpRequest) -> HttpResponse:
    recent.clear(actor=access.person(request))
    messages.success(request, _("What you asked before is forgotten."))
    return redirect("search:search")


def _page() -> str:
    return reverse("search:search")

"""The state of the index, for those who look after the installation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from search import state as index_state


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    if not access.holds(request.user, roles.MANAGE_REFERENCE):
        raise NotAllowed(_("Your position does not look after the search index."))
    return render(request, "search/state.html", {"state": index_state.read()})

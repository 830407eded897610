"""Home: what waits for me, what I wait for, my week in court, what my cases lack."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.models import User
from evidence import home as first_screen


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  # signing in is required everywhere
    context = {
        "home": first_screen.read(request.user),
        "now": timezone.now(),
        "may_record": access.holds(request.user, roles.RECORD_SEIZURE),
    }
    return render(request, "evidence/home.html", context)

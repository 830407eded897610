"""What every request passes: the person's zone and idle time, and typed errors made into pages."""

import time
import zoneinfo
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from casework import trouble
from casework.errors import DomainError
from casework.models import User
from casework.views import errors

SECONDS_BETWEEN_MARKS = 60

GetResponse = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware:
    """Show times in the person's zone and words in their language; mark them as present.

    The session's idle time-out counts from its last save; saving it once a minute instead of with
    each request keeps reads from writing. A request that only reads is told once which cases are
    theirs.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        if request.method in ("GET", "HEAD"):  # what writes may change who sees what on its way
            user.remembered = {}
        now = int(time.time())
        if now - request.session.get("seen_at", 0) > SECONDS_BETWEEN_MARKS:
            request.session["seen_at"] = now
        with timezone.override(_zone(user)), translation.override(user.language):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _zone(user: User) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


class DomainErrorMiddleware:
    """Render a broken rule that no form caught, and the machine's trouble, with their status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:  # nothing has such a name, and PostgreSQL refuses to look
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if (met := trouble.met(error)) is not None:
            return errors.unavailable(request, met, error)
        if not isinstance(error, DomainError):
            return None
        return render(request, "casework/refused.html", {"error": error}, status=error.status)

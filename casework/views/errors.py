"""Pages for requests that end early."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token, usually after signing in again in another window."""
    return render(request, "casework/form_expired.html", status=403)

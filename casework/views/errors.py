"""Pages for requests that end early."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views import defaults

from casework import trouble

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 60


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token, usually after signing in again in another window."""
    return render(request, "casework/form_expired.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """What no view and no rule caught, such as a session that cannot be read or written."""
    error = sys.exc_info()[1]
    if error is not None and (met := trouble.met(error)) is not None:
        return unavailable(request, met, error)
    return defaults.server_error(request)


def unavailable(
    request: HttpRequest, met: trouble.Unavailable, error: BaseException
) -> HttpResponse:
    """A page that needs neither the database nor the disk."""
    log.error("%s: %s", request.path, error, exc_info=error)
    text = loader.render_to_string("503.html", {"message": met.message})
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse(text, status=met.status, headers=headers)

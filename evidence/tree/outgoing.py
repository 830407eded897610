"""One careful request to another machine: https (or this machine), a time-out, a short answer."""

import ipaddress
from http.client import HTTPException
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

SECONDS = 10
LARGEST_ANSWER = 64 << 10


class NoAnswer(Exception):
    """Nothing came back that can be used; the message says what, for people."""


class _Stay(request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None  # a redirection is an answer like another, and is not followed


def is_allowed(url: str) -> bool:
    """https, or plain http to this machine."""
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname:
        return parts.hostname == "localhost" or _is_loopback(parts.hostname)
    return parts.scheme == "https" and bool(parts.hostname)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def post(url: str, body: bytes, content_type: str) -> tuple[int, bytes]:
    """Status and body of the answer; NoAnswer where there is none within the limits."""
    if not is_allowed(url):
        raise NoAnswer(_("Only https addresses are asked."))
    asked = request.Request(  # noqa: S310 - the scheme was checked
        url, data=body, headers={"Content-Type": content_type, "User-Agent": "casework"}
    )
    try:
        with request.build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
            return answer.status, _short(answer.read(LARGEST_ANSWER + 1))
    except HTTPError as error:
        with error:
            return error.code, _short(error.read(LARGEST_ANSWER + 1))
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(_("No answer: %(error)s") % {"error": error}) from error


def _short(data: bytes) -> bytes:
    if len(data) > LARGEST_ANSWER:
        raise NoAnswer(_("The answer is too long."))
    return data

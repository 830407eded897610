"""Pages that ask for themselves again while something is being made in the background."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest


def asks(request: HttpRequest, part: str) -> bool:
    """Whether the page at this address asks for its own part with this id.

    Not where that part stands on another page, such as above a form: what somebody types there
    stays.
    """
    htmx: Any = getattr(request, "htmx", None)
    if not htmx or htmx.target != part:
        return False
    return urlsplit(htmx.current_url_abs_path or "").path == request.path

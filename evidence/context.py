"""How many things wait for the reader: the small number beside Home on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework.models import User
from evidence import waiting as acts


def waiting(request: HttpRequest) -> dict[str, Any]:
    """One query, made only by a page that shows the header."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"waiting_count": SimpleLazyObject(lambda: acts.number(user))}

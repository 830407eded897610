"""How many things wait for the reader: the small number beside Home on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework.models import User
from evidence import home


def waiting(request: HttpRequest) -> dict[str, Any]:
    """One query, made only by a page that shows the header."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"waiting_count": SimpleLazyObject(lambda: _number(user))}


def _number(user: User) -> int:
    keys = home.offers_to(user).order_by().values("pk")
    return keys.union(home.submissions_to(user).order_by().values("pk"), all=True).count()

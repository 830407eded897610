"""What every page knows besides its own: kept to what the frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework import access, roles

IN_THE_MENU = (roles.MANAGE_PEOPLE, roles.MANAGE_REFERENCE, roles.BREAK_GLASS)


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demonstration": settings.IS_DEMONSTRATION,
        "wide": SimpleLazyObject(lambda: _wide(request)),
    }


def _wide(request: HttpRequest) -> dict[str, bool]:
    """Which of the wide permissions the person holds, for the menu."""
    return {p.split(".")[1]: access.holds(request.user, p) for p in IN_THE_MENU}

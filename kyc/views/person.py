"""The person who asks: every page behind the sign-in has one."""

from typing import cast

from django.http import HttpRequest

from casework.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person; LoginRequiredMiddleware has turned everybody else away."""
    return cast(User, request.user)

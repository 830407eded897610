"""Signing in, and what a locked-out person is told."""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth import user_logged_in
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from casework import audit, demonstration
from casework.forms.sign_in import SignInForm


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords from one address for one name."""
    return render(request, "registration/locked_out.html", status=429)


def name_meant(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name attempts are counted under: signing in ignores capitals, so must the throttle."""
    from casework.models import User

    typed = str((credentials or request.POST).get("username") or "")
    typed = unicodedata.normalize("NFKC", typed).replace("\x00", "").strip()
    known = User.objects.filter(username__iexact=typed).values_list("username", flat=True)
    return str(known.first() or typed.casefold())


@receiver(user_logged_in)
def note_sign_in(sender: Any, user: Any, **kwargs: Any) -> None:
    """Whoever comes in is on record; wrong passwords are kept by the throttle."""
    audit.record("person.sign_in", actor=user, subject=user)


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page; the demonstration lists its people there."""
    extra: dict[str, Any] = {}
    if settings.IS_DEMONSTRATION:
        extra["demonstration_people"] = _demonstration_people()
        extra["demonstration_password"] = demonstration.PASSWORD
    view = auth_views.LoginView.as_view(
        authentication_form=SignInForm, redirect_authenticated_user=True, extra_context=extra
    )
    return view(request)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Leaving takes the pages out of the browser too: the next person may press Back."""
    response = auth_views.LogoutView.as_view()(request)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _demonstration_people() -> Any:
    from casework.models import User

    return User.objects.filter(is_active=True).select_related("agency", "unit").order_by("pk")[:12]

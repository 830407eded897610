"""The two fields of the door. What is wrong is never said apart: name or password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _

WRONG = _("This name and this password do not belong together. Type both again.")


class SignInForm(AuthenticationForm):
    # The lengths are checked here: the throttle keeps what was typed in a column of 255.
    username = UsernameField(
        label=_("User name"),
        max_length=150,
        error_messages={"max_length": WRONG},
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        error_messages={"max_length": WRONG},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages: dict[str, Any] = {"invalid_login": WRONG, "inactive": WRONG}

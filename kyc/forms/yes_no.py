"""Yes, no, or not known: a list whose choice stays chosen when the page is opened again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHOICES = [("", _("Not known yet")), ("true", _("Yes")), ("false", _("No"))]


class YesNoField(forms.NullBooleanField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=forms.Select(choices=CHOICES), **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)

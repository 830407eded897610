"""Amounts and their currency as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CurrencyField(forms.RegexField):
    """Three letters of ISO 4217."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"class": "id w4"}))
        says = _("A currency has three letters, such as USD.")
        super().__init__(r"^[A-Za-z]{3}$", error_messages={"invalid": says}, **options)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class AmountField(forms.DecimalField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "w8", "inputmode": "decimal"})
        says = _("Type the amount in digits, with a point before the decimals: 41600.50")
        super().__init__(
            max_digits=16, decimal_places=2, min_value=0, widget=widget,
            error_messages={"invalid": says}, **options,
        )  # fmt: skip

"""Forms that begin a redaction and mark what goes. Numbers of a box are hundredths of the page."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Code

GROUNDS = "grounds"  # the list that a browser offers


class BeginForm(forms.Form):
    purpose = forms.CharField(
        label=_("For"), max_length=200, required=False,
        help_text=_("Such as: disclosure to the second accused."),
    )  # fmt: skip


class GroundForm(forms.Form):
    """Why it goes: one of the list, or typed."""

    ground = forms.CharField(
        label=_("Ground"), max_length=200, help_text=_("Choose one of the list or type it."),
        widget=forms.TextInput({"list": GROUNDS, "autocomplete": "off", "class": "w20"}),
    )  # fmt: skip


def _share(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_value=Decimal(100), decimal_places=2,
        widget=forms.NumberInput({"class": "w4", "step": "0.01", "inputmode": "decimal"}),
    )  # fmt: skip


class BoxForm(GroundForm):
    left = _share(_("From the left, %"))
    top = _share(_("From the top, %"))
    width = _share(_("Width, %"))
    height = _share(_("Height, %"))

    field_order = ("left", "top", "width", "height", "ground")

    @property
    def box(self) -> tuple[int, int, int, int]:
        """In ten-thousandths."""
        values = [self.cleaned_data[name] for name in ("left", "top", "width", "height")]
        left, top, width, height = (int(value * 100) for value in values)
        return left, top, width, height


class WordsForm(GroundForm):
    words = forms.CharField(
        label=_("Words"), max_length=200,
        help_text=_("A name, a number: wherever it stands, also across lines."),
    )  # fmt: skip

    field_order = ("words", "ground")


class CarryOutForm(forms.Form):
    says_grounds = forms.BooleanField(
        label=_("Write the ground on the black"), required=False,
    )  # fmt: skip


class LookForm(forms.Form):
    has_looked = forms.BooleanField(
        label=_("I have looked at every page of the copy"),
        error_messages={"required": _("Look at every page first, then tick this.")},
    )
    is_sensitive = forms.BooleanField(label=_("Keep the copy sensitive"), required=False)


def grounds() -> list[str]:
    return list(Code.objects.kind("redaction_ground").values_list("label", flat=True))

"""What a lead tells the readers of another case."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShareForm(forms.Form):
    note = forms.CharField(
        label=_("What they should know"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("What you have, and how to reach you."),
    )  # fmt: skip

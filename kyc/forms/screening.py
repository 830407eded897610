"""What people say of a finding: shape only, the rules are in `kyc.watch.screening`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kyc.models import Hit


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(
        label=_("Is it the same?"), choices=Hit.Judgement, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("What you compared, and what decided it."),
    )

"""The form that asks for a dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DossierForm(forms.Form):
    addressed_to = forms.CharField(
        label=_("For"),
        max_length=200,
        required=False,
        help_text=_("As the cover names it, such as a court. Left empty: the court of the trial."),
    )

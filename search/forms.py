"""What is typed about a search besides the search itself."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As you would say it: Tea by way of Mombasa.")
    )

"""Forms of witnesses and of what the accused admit. They save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CountryField
from casework.forms.court import AccusedField, date_field, text_field
from casework.forms.meanwhile import ChangedMeanwhile
from casework.forms.team import PersonField
from casework.models import Admission, Case, Witness

ADMITTED: Any = Admission._meta.get_field("kind").choices


class WitnessForm(ChangedMeanwhile, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Witness.Kind.choices)
    position = forms.CharField(label=_("Position and organisation"), max_length=200, required=False)
    user = PersonField(
        label=_("Officer with an account here"),
        required=False,
        help_text=_("Their name or service number, where they have one."),
    )
    language = forms.CharField(
        label=_("Language"),
        max_length=40,
        required=False,
        help_text=_("In which they will speak in court. Another one than the court's needs an "
                    "interpreter."),
    )  # fmt: skip
    country = CountryField(label=_("Country"), required=False)
    contact = text_field(
        _("How to reach them"),
        required=False,
        max_length=1000,
        help_text=_("Read only by those who investigate or prosecute this case."),
    )
    proves = text_field(
        _("What this witness proves"),
        required=False,
        max_length=2000,
        help_text=_("Which facts the court will hear from them, in a sentence or two."),
    )
    court_number = forms.CharField(
        label=_("Number in court"),
        max_length=20,
        required=False,
        help_text=_("As the court calls them, for example PW3."),
        widget=forms.TextInput(attrs={"class": "id w8"}),
    )
    is_protected = forms.BooleanField(
        label=_("Protected: only people who may see sensitive material know of this witness"),
        required=False,
    )

    def __init__(self, *args: Any, can_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_hide:
            del self.fields["is_protected"]


class DropForm(forms.Form):
    why = text_field(_("Why this witness will not be called"), max_length=300, required=False)


class AdmissionForm(forms.Form):
    accused = AccusedField()
    kind = forms.ChoiceField(label=_("How"), choices=ADMITTED)
    what = text_field(
        _("What is admitted"),
        max_length=4000,
        help_text=_("One fact. It counts against this accused only."),
    )
    made_on = date_field(_("Made on"))

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accused"].queryset = case.accused.all()  # type: ignore[attr-defined]


class AdmissionChangeForm(forms.Form):
    """Another wording, or, with the box ticked, none: what was wrong is said either way."""

    what = text_field(_("What is admitted"), max_length=4000)
    made_on = date_field(_("Made on"))
    correction = forms.CharField(
        label=_("What was wrong"), max_length=300, help_text=_("Both stay on record.")
    )
    is_gone = forms.BooleanField(
        label=_("It is no longer admitted, or was recorded by mistake"), required=False
    )

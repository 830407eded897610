"""Who joins the team of a case, in which role, why and until when."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock, people
from casework.forms.fields import SuggestField
from casework.forms.widgets import DateInput, Picked
from casework.models import Unit, User
from casework.roles import ROLE_WORDS

LONGEST_YEARS = 50


class PersonField(SuggestField):
    """An active person by user name, name or service number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(url="casework:suggest-people", **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = people.find(str(text))
        if found is None:
            raise ValidationError(
                _("Nobody active is meant by this alone. Type the service number or choose.")
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return Picked(value.username, str(value)) if isinstance(value, User) else value


class GrantForm(forms.Form):
    person = PersonField(label=_("Person"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.select_related("agency"),
        label=_("Or a whole unit"),
        required=False,
        empty_label=_("No unit"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[*ROLE_WORDS.items()], initial="viewer")
    reason = forms.CharField(label=_("Reason"), max_length=300)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave empty for as long as the case runs."),
    )

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day.year > clock.today().year + LONGEST_YEARS:
            raise ValidationError(_("No case runs that long. Check the year, or leave it empty."))
        return day

    def clean(self) -> None:
        data = self.cleaned_data
        if "person" in self.errors:
            return
        if bool(data.get("person")) == bool(data.get("unit")):
            self.add_error("person", _("Name one person, or choose one unit."))

    def holder(self) -> Any:
        """The person, or the group of the unit."""
        unit = self.cleaned_data["unit"]
        return unit.group if unit else self.cleaned_data["person"]

    def expires_at(self) -> datetime | None:
        """The end of the last day, in the zone of whoever grants."""
        day = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it ends"), max_length=300, widget=forms.Textarea(attrs={"class": "short"})
    )


class BreakGlassForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference of the case"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "id", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why it cannot wait"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"class": "short"}),
        error_messages={"min_length": _("Say it in a sentence: the lead of the case reads it.")},
    )

    def clean_reference(self) -> str:
        return str(self.cleaned_data["reference"]).strip().upper()

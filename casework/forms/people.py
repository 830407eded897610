"""What an administrator types about people, agencies and units."""

import zoneinfo
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework import people
from casework.forms.codes import CountryField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.forms.team import PersonField
from casework.models import Agency, Unit, User

PASSWORD_HINT = _("Ten characters or more, not a common word, not only digits.")


def zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())]


class PersonForm(ChangedMeanwhile, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    rank = forms.CharField(label=_("Rank"), max_length=80, required=False)
    service_number = forms.CharField(label=_("Service number"), max_length=40, required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("No unit")
    )
    position = forms.ChoiceField(
        label=_("Position"),
        choices=User.Position,
        initial=User.Position.OBSERVER,
        help_text=_("What the person may do anywhere. Roles on a case come from its team page."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("An e-mail address has one @ and a domain.")},
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)

    def __init__(self, *args: Any, actor: User, **options: Any) -> None:
        super().__init__(*args, **options)
        agencies = people.agencies_managed_by(actor)
        agency = cast(forms.ModelChoiceField[Agency], self.fields["agency"])
        agency.queryset, agency.required = agencies, actor.agency is not None
        agency.empty_label = None if actor.agency is not None else _("No agency")
        units = Unit.objects.filter(agency__in=agencies).select_related("agency")
        cast(forms.ModelChoiceField[Unit], self.fields["unit"]).queryset = units
        self.fields["time_zone"].initial = settings.TIME_ZONE


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        max_length=256,
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPersonForm(PersonForm):
    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"class": "id"})
    )
    password = forms.CharField(
        label=_("First password"),
        max_length=256,
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    field_order = ["username", "password"]


class AgencyForm(ChangedMeanwhile, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Agency.Kind)
    country = CountryField(label=_("Country"))
    reference_pattern = forms.CharField(
        label=_("Pattern of case references"),
        max_length=80,
        initial="{country}-{unit}-{year}-{number:04d}",
        help_text=_("May use {country}, {agency}, {unit}, {year} and must use {number}."),
        widget=forms.TextInput(attrs={"class": "id"}),
    )


class NewAgencyForm(AgencyForm):
    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Two to twelve capital letters or digits.")
    )

    field_order = ["code"]


class UnitForm(ChangedMeanwhile, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)


class NewUnitForm(UnitForm):
    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Two to twelve capital letters or digits.")
    )

    field_order = ["code"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"class": "short"})
    )


class HandOverForm(ReasonForm):
    to = PersonField(label=_("Who takes over"))

    field_order = ["to"]


class OwnPasswordForm(forms.Form):
    """The old password is asked again: a phone left open must not change hands this way."""

    old_password = forms.CharField(
        label=_("Password until now"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=256,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        self.person = person
        super().__init__(*args, **options)

    def clean_old_password(self) -> str:
        typed: str = self.cleaned_data["old_password"]
        if not self.person.check_password(typed):
            raise forms.ValidationError(_("This is not your password. Type it again."))
        return typed

    def clean(self) -> None:
        data = self.cleaned_data
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", _("The two differ. Type the new one again."))

"""Forms of the way to court: the file, the proceeding, the accused, bail. They save nothing."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CountryField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.forms.widgets import DateInput
from casework.models import Accused, Case, Court, Proceeding, User

SHORT = {"class": "short", "rows": 3}


def date_field(label: Any, **options: Any) -> forms.DateField:
    """A day in the browser's own date field."""
    return forms.DateField(label=label, widget=DateInput(), **options)


def text_field(label: Any, **options: Any) -> forms.CharField:
    """A few lines of text."""
    options.setdefault("max_length", 5000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs=SHORT), **options)


class ProsecutorField(forms.ModelChoiceField[User]):
    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("Choose a prosecutor"))
        super().__init__(User.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()}, {obj.agency}" if obj.agency else obj.get_full_name()

    @staticmethod
    def everyone() -> Any:
        position = User.Position.PROSECUTOR
        return User.objects.filter(is_active=True, position=position).select_related("agency")


class CourtField(forms.ModelChoiceField[Court]):
    """A court, grouped by nothing but its name; the level stands behind it."""

    def __init__(self, levels: tuple[str, ...] = (), **options: Any) -> None:
        courts = Court.objects.filter(level__in=levels) if levels else Court.objects.all()
        options.setdefault("empty_label", _("Choose a court"))
        super().__init__(courts, label=_("Court"), **options)


class ProceedingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Proceeding.Kind.TRIAL, _("Trial")),
            (Proceeding.Kind.RETRIAL, _("Retrial that an appeal ordered")),
        ],
    )
    court = CourtField()
    number = forms.CharField(
        label=_("Court file number"),
        max_length=60,
        help_text=_("As it stands on the court's file, with its year."),
        widget=forms.TextInput(attrs={"class": "id w12"}),
    )
    opened_on = date_field(_("Opened on"))
    presiding = forms.CharField(label=_("Before"), max_length=200, required=False)


class AccusedForm(ChangedMeanwhile, forms.Form):
    party: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=Accused.objects.none(),  # the parties of the case, once it is known
        label=_("Party of the case"),
        required=False,
        empty_label=_("None: named below"),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("As on the charge sheet. Left empty, the party's name is used."),
    )
    occupation = forms.CharField(
        label=_("Occupation or part played"), max_length=200, required=False
    )
    born_on = date_field(_("Date of birth"), required=False)
    nationality = CountryField(label=_("Nationality"), required=False)
    arrested_on = date_field(_("Arrested on"), required=False)
    language = forms.CharField(
        label=_("Language"),
        max_length=40,
        required=False,
        help_text=_("In which the accused follows the trial: the interpreter's."),
    )
    counsel = forms.CharField(label=_("Defended by"), max_length=200, required=False)

    def __init__(self, case: Case, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties: Any = apps.get_model("kyc", "Party").objects
        involved = parties.visible_to(user).filter(involvements__case=case).distinct()
        self.fields["party"].queryset = involved  # type: ignore[attr-defined]


class AccusedField(forms.ModelChoiceField[Accused]):
    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("Choose an accused"))
        super().__init__(Accused.objects.none(), label=_("Accused"), **options)

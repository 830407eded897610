"""The controls of the figures page: what is asked, with its two dates. A GET form."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock, display
from casework.cohorts import Cohort, Question, Unit
from casework.forms.codes import PortField, TaxonField
from casework.forms.widgets import DateInput
from casework.models import Agency, Case, Court, Taxon
from casework.stages import EARLIEST_YEAR

UNITS = [
    (Unit.SEIZURES.value, _("Seizures")),
    (Unit.CASES.value, _("Cases")),
    (Unit.ACCUSED.value, _("Accused")),
    (Unit.COUNTS.value, _("Counts")),
]
COHORTS = [
    (Cohort.CONCLUDED.value, _("Concluded in")),
    (Cohort.FILED.value, _("Filed in")),
    (Cohort.SEIZED.value, _("Seized in")),
]


def end_of(day: date) -> datetime:
    """The last moment of a day in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time.max))


class YearField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=EARLIEST_YEAR,
            max_value=9998,
            required=False,
            widget=forms.NumberInput(attrs={"class": "w4"}),
            **options,
        )


class FiguresForm(forms.Form):
    unit = forms.ChoiceField(
        label=_("What is counted"), choices=UNITS, required=False, widget=forms.RadioSelect
    )
    cohort = forms.ChoiceField(
        label=_("Which years"), choices=COHORTS, required=False, widget=forms.RadioSelect
    )
    first_year = YearField(label=_("From the year"))
    last_year = YearField(label=_("To the year"))
    tier = forms.MultipleChoiceField(
        label=_("Tier"),
        choices=Case.Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.all(), required=False, empty_label=_("All")
    )
    court = forms.ModelChoiceField(
        label=_("Court of the first charge"),
        queryset=Court.objects.all(),
        required=False,
        empty_label=_("All"),
    )
    species = TaxonField(label=_("Species"), required=False)
    port = PortField(label=_("Port"), required=False)
    as_at = forms.DateField(
        label=_("As at"),
        required=False,
        widget=DateInput(),
        help_text=_("What had happened by then."),
    )
    known_at = forms.DateField(
        label=_("Known at"),
        required=False,
        widget=DateInput(),
        help_text=_("What had been recorded by then. Move it back and you get what was answered."),
    )

    def clean_species(self) -> Any:
        found = self.cleaned_data["species"]
        if found and not isinstance(found, Taxon):
            raise forms.ValidationError(
                _("This species is not in the list. Type its name and choose it, or leave it out.")
            )
        return found

    def _past(self, name: str) -> Any:
        day = self.cleaned_data.get(name)
        if day is None:
            return day
        if day.year < EARLIEST_YEAR:
            raise forms.ValidationError(_("Write the year with four digits."))
        if day > clock.today():
            raise forms.ValidationError(
                _("This lies in the future. Today is %(today)s."),
                params={"today": display.day(clock.today())},
            )
        return day

    def clean_as_at(self) -> Any:
        return self._past("as_at")

    def clean_known_at(self) -> Any:
        return self._past("known_at")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", _("The last year comes before the first. Change one."))
        return data

    def _keys(self, name: str) -> frozenset[int]:
        chosen = getattr(self, "cleaned_data", {}).get(name)
        return frozenset({chosen.pk} if chosen else ())

    def question(self) -> Question:
        """What is asked; whatever was not understood is asked as if it were left empty."""
        data = getattr(self, "cleaned_data", {})
        known_at = data.get("known_at")
        now = clock.now()
        return Question(
            as_at=data.get("as_at") or clock.today(),
            known_at=min(end_of(known_at), now) if known_at else now,
            unit=Unit(data.get("unit") or Unit.ACCUSED),
            cohort=Cohort(data.get("cohort") or Cohort.CONCLUDED),
            tiers=frozenset(data.get("tier") or ()),
            first_year=data.get("first_year"),
            last_year=data.get("last_year"),
            agencies=self._keys("agency"),
            courts=self._keys("court"),
            species=self._keys("species"),
            ports=self._keys("port"),
        )

    def names(self) -> dict[str, dict[str, str]]:
        """The words of the keys that the question is narrowed to."""
        data = getattr(self, "cleaned_data", {})
        chosen = {name: data.get(name) for name in ("agency", "court", "species", "port")}
        return {name: {str(one.pk): str(one)} for name, one in chosen.items() if one}

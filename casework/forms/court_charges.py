"""Forms of the charge sheet, and the grids in which pleas and decisions are entered at once."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import charges, clock, law, stages
from casework.court_record import Cell, Row, Sheet
from casework.errors import RuleBroken
from casework.forms.court import date_field, text_field
from casework.models import Accused, Case, Charge, Outcome, Plea, Proceeding, Provision
from casework.outcomes import OF_A_TRIAL, Result, after_appeal

NOT_TODAY = ("", _("Nothing entered"))
Choices = list[tuple[str, str | Promise]]

LONGEST_KEY = 18


class ProvisionField(forms.ModelChoiceField[Provision]):
    def __init__(self, **options: Any) -> None:
        super().__init__(Provision.objects.none(), label=_("Provision"), **options)

    def offer(self, day: date, country: str) -> None:
        """The offences of a country in force on a day; another one is refused with the reason."""
        self._asked = (day, country)
        self.queryset = law.offered(day, country)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.statute}, s. {obj.section}: {obj.title}"

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            known = str(value).isdecimal() and len(str(value)) <= LONGEST_KEY
            other = Provision.objects.filter(pk=value).first() if known else None
            if other is None:
                raise
            raise forms.ValidationError(law.why_not(other, *self._asked)) from None


class AccusedChoice(forms.ModelMultipleChoiceField[Accused]):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            Accused.objects.none(),
            label=_("Accused"),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one accused of this case.")},
            **options,
        )

    def clean(self, value: Any) -> Any:
        """A number longer than any key is refused here: the database would stumble over it."""
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)


class CountForm(forms.Form):
    """A count; the provisions offered are those in force on the day of the offence."""

    offence_on = date_field(_("Date of the offence"))
    offence_until = date_field(
        _("Until"), required=False, help_text=_("Where it went on for more than a day.")
    )
    provision = ProvisionField(
        empty_label=_("Choose a provision"),
        help_text=_(
            "The law in force on the date above. After another date, press “Show the law”."
        ),
    )
    offence = forms.CharField(
        label=_("Statement of offence"),
        max_length=300,
        required=False,
        help_text=_("Left empty, the words of the provision are used."),
    )
    particulars = text_field(
        _("Particulars"), help_text=_("Who, when, where, what, how many, how heavy.")
    )
    accused = AccusedChoice()

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("offence_on", stages.seizure_day(case))
        fields: Any = self.fields
        fields["accused"].queryset = case.accused.all()
        fields["provision"].offer(self._day(), law.country_of(case))

    @classmethod
    def looking(cls, case: Case, typed: QueryDict) -> "CountForm":
        """The same form with what was typed, unchecked, and the law of the day that was typed."""
        values: dict[str, Any] = {name: typed.get(name, "") for name in cls.base_fields}
        values["accused"] = typed.getlist("accused")
        values["offence_on"] = parse_date(values["offence_on"]) or stages.seizure_day(case)
        return cls(case, initial=values)

    def _day(self) -> date:
        typed = self.data.get("offence_on") if self.is_bound else None
        return parse_date(typed or "") or self.initial.get("offence_on") or clock.today()


def parse_date(text: str) -> date | None:
    """A day as a date field writes it; None for anything else."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


class GridForm(forms.Form):
    """One choice per charge of a sheet, count by count; an empty one enters nothing."""

    def __init__(
        self,
        sheets: list[Sheet],
        choices: Callable[[Cell], Choices],
        *args: Any,
        day_name: str,
        day_label: str | Promise,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        self.charges: dict[str, Charge] = {}
        self.fields[day_name] = date_field(day_label)
        self.fields[day_name].initial = clock.today()
        for cell in (cell for sheet in sheets for cell in sheet.cells):
            self._add(cell, choices(cell))
        offered = {value: word for name in self.charges for value, word in self._offered(name)}
        self.fields["others"] = forms.ChoiceField(
            label=_("For all that are left empty"),
            choices=[NOT_TODAY, *offered.items()],
            required=False,
            help_text=_("Entered for every charge below that you do not choose for itself."),
        )

    def _add(self, cell: Cell, choices: Choices) -> None:
        if not choices:
            return
        name = charges.field_of(cell.charge)
        self.charges[name] = cell.charge
        label = _("Count %(count)s, %(accused)s") % {
            "count": cell.charge.count.number,
            "accused": cell.charge.accused,
        }
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[NOT_TODAY, *choices], required=False
        )

    def _offered(self, name: str) -> Choices:
        field: Any = self.fields[name]
        return [choice for choice in field.choices if choice[0]]

    def chosen(self) -> dict[Charge, str]:
        """What was chosen, charge by charge; the choice for all others where it fits."""
        others = self.cleaned_data.get("others", "")
        found = {}
        for name, charge in self.charges.items():
            fits = others in {value for value, _word in self._offered(name)}
            if value := self.cleaned_data.get(name) or (others if fits else ""):
                found[charge] = value
        return found

    def grid(self) -> Iterator[tuple[Sheet, list[tuple[Row, list[Any]]]]]:
        """Sheets, their counts, and in each the bound field and cell per accused, or None."""
        for sheet in self.sheets:
            yield sheet, [(row, [self._pair(cell) for cell in row.cells]) for row in sheet.rows]

    def _pair(self, cell: Cell | None) -> Any:
        if cell is None:
            return None
        name = charges.field_of(cell.charge)
        return {"cell": cell, "field": self[name] if name in self.fields else None}


def plea_choices(cell: Cell) -> Choices:
    """Pleas are taken until the charge is decided, and again when a retrial is ordered."""
    is_decided = cell.outcome and cell.outcome.decision != Outcome.Decision.RETRIAL
    return [] if is_decided else list(Plea.Kind.choices)


def verdict_choices(cell: Cell) -> Choices:
    """The decisions a trial can make on a charge that is open."""
    if cell.outcome is not None:
        return []
    return [(decision.value, decision.label) for decision in OF_A_TRIAL]


def retrial_choices(cell: Cell) -> Choices:
    """The decisions on a charge that an appeal sent back."""
    if cell.outcome is None or cell.outcome.decision != Outcome.Decision.RETRIAL:
        return []
    return [(decision.value, decision.label) for decision in OF_A_TRIAL]


def appeal_choices(appeal: Proceeding) -> Callable[[Cell], Choices]:
    """What this appeal can do to a decision that stands and is not its own."""

    def choices(cell: Cell) -> Choices:
        stands = cell.outcome
        if stands is None or stands.decision == Outcome.Decision.RETRIAL:
            return []
        if stands.proceeding_id == appeal.pk:
            return []
        return [(one.value, one.label) for one in Result if _fits(stands.decision, one)]

    return choices


def _fits(decision: str, result: Result) -> bool:
    try:
        after_appeal(decision, result)
    except RuleBroken:
        return False
    return True


class DecisionsForm(GridForm):
    """What a trial, a retrial or an appeal decided on one day, with a short reason."""

    reason = text_field(_("Reason in short"), required=False)

    def __init__(self, proceeding: Proceeding, sheets: list[Sheet], *args: Any) -> None:
        choices = {
            Proceeding.Kind.TRIAL: verdict_choices,
            Proceeding.Kind.RETRIAL: retrial_choices,
            Proceeding.Kind.APPEAL: appeal_choices(proceeding),
        }[Proceeding.Kind(proceeding.kind)]
        super().__init__(sheets, choices, *args, day_name="decided_on", day_label=_("Decided on"))


class PleasForm(GridForm):
    """The pleas taken on one day."""

    def __init__(self, sheets: list[Sheet], *args: Any) -> None:
        super().__init__(
            sheets, plea_choices, *args, day_name="entered_on", day_label=_("Entered on")
        )


class CorrectionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What the court decided"), choices=Outcome.Decision.choices
    )
    decided_on = date_field(_("Decided on"))
    reason = text_field(_("What was wrong in the record"))

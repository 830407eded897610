"""Forms of the charge sheet, and the grids in which pleas and decisions are entered at once."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import charges, clock, law, stages
from casework.court_record import Cell, Row, Sheet
from casework.forms.codes import CodeField, TaxonField
from casework.forms.court import date_field, text_field
from casework.forms.provision import LONGEST_KEY, ProvisionField
from casework.models import (
    Accused,
    Case,
    Charge,
    ChargeSheet,
    Count,
    Outcome,
    Proceeding,
)
from casework.outcomes import STEP_AFTER, Result, correctable
from casework.procedure import standing
from casework.procedure.gate import STEP_OF
from casework.procedure.states import Step

NOT_TODAY = ("", _("Nothing entered"))
Choices = list[tuple[str, str | Promise]]


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


class BesideField(forms.ModelChoiceField[Count]):
    def __init__(self, **options: Any) -> None:
        super().__init__(Count.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        words = {"number": obj.number, "what": obj.provision.title}
        return _("Count %(number)s, %(what)s") % words


def counts_beside(sheet: ChargeSheet, but: Count | None) -> "QuerySet[Count]":
    """The counts that one of this sheet can be an alternative to: drafted in it, or standing."""
    standing_now = standing.live_counts(sheet.proceeding).values("pk")
    found = Count.objects.filter(Q(charge_sheet=sheet) | Q(pk__in=standing_now))
    if but is not None:
        found = found.exclude(pk__in=[key for key in (but.pk, but.replaces_id) if key])
    return found.select_related("provision").order_by("number", "pk")


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
    taxon = TaxonField(
        label=_("Species that the count names"),
        required=False,
        help_text=_("Empty where the offence does not depend on a species."),
    )
    accused = AccusedChoice()
    alternative_to = BesideField(
        label=_("In the alternative to"),
        required=False,
        empty_label=_("To no other count"),
        help_text=_("Convicted on the other count, the court makes no finding on this one."),
    )

    def __init__(
        self,
        case: Case,
        *args: Any,
        sheet: ChargeSheet | None = None,
        but: Count | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("offence_on", stages.seizure_day(case))
        fields: Any = self.fields
        beside = counts_beside(sheet, but) if sheet is not None else Count.objects.none()
        fields["alternative_to"].queryset = beside
        if not beside:
            del fields["alternative_to"]
        fields["accused"].queryset = case.accused.all()
        fields["provision"].offer(self._day(), law.country_of(case))

    def clean_taxon(self) -> Any:
        taxon = self.cleaned_data["taxon"]
        if taxon and isinstance(taxon, str):
            raise forms.ValidationError(
                _("This species is not in the list. Type its name and choose it.")
            )
        return taxon or None

    @classmethod
    def looking(
        cls,
        case: Case,
        typed: QueryDict,
        sheet: ChargeSheet | None = None,
        but: Count | None = None,
    ) -> "CountForm":
        """The same form with what was typed, unchecked, and the law of the day that was typed."""
        values: dict[str, Any] = {name: typed.get(name, "") for name in cls.base_fields}
        values["accused"] = typed.getlist("accused")
        values["offence_on"] = parse_date(values["offence_on"]) or stages.seizure_day(case)
        return cls(case, initial=values, sheet=sheet, but=but)

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

    others_help = _("Entered for every charge below that you do not choose for itself.")

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
        self.cells: dict[str, Cell] = {}
        self.fields[day_name] = date_field(day_label)
        self.fields[day_name].initial = clock.today()
        for cell in (cell for sheet in sheets for cell in sheet.cells):
            self._add(cell, choices(cell))
        offered = {value: word for name in self.charges for value, word in self._offered(name)}
        self.fields["others"] = forms.ChoiceField(
            label=_("For all that are left empty"),
            choices=[NOT_TODAY, *offered.items()],
            required=False,
            help_text=self.others_help,
        )

    def _add(self, cell: Cell, choices: Choices) -> None:
        if not choices:
            return
        name = charges.field_of(cell.charge)
        self.charges[name] = cell.charge
        self.cells[name] = cell
        label = _("Count %(count)s, %(accused)s") % {
            "count": cell.charge.count.number,
            "accused": cell.charge.accused,
        }
        narrow = forms.Select(attrs={"class": "w12"})
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[NOT_TODAY, *choices], required=False, widget=narrow
        )

    def _offered(self, name: str) -> Choices:
        field: Any = self.fields[name]
        return [choice for choice in field.choices if choice[0]]

    def chosen(self) -> dict[Charge, str]:
        """What was chosen, charge by charge; the choice for all others where it fits."""
        others = self.cleaned_data.get("others", "")
        found = {}
        for name, charge in self.charges.items():
            offered = {value for value, _word in self._offered(name)}
            fits = others in offered and self._is_among_others(self.cells[name])
            if value := self.cleaned_data.get(name) or (others if fits else ""):
                found[charge] = value
        return found

    def _is_among_others(self, cell: Cell) -> bool:
        return True

    def grid(self) -> Iterator[tuple[Sheet, list[tuple[Row, list[Any]]]]]:
        """Sheets, their counts, and in each the bound field and cell per accused, or None."""
        for sheet in self.sheets:
            yield sheet, [(row, [self._pair(cell) for cell in row.cells]) for row in sheet.rows]

    def _pair(self, cell: Cell | None) -> Any:
        if cell is None:
            return None
        name = charges.field_of(cell.charge)
        return {"cell": cell, "field": self[name] if name in self.fields else None}


def plea_choices(court: Proceeding) -> Callable[[Cell], Choices]:
    """The pleas that the charge is open to in this court."""

    def choices(cell: Cell) -> Choices:
        if not cell.is_before(court):
            return []
        return [
            (plea.value, plea.label)
            for plea, step in charges.STEP_OF_PLEA.items()
            if cell.allows(step)
        ]

    return choices


def verdict_choices(court: Proceeding) -> Callable[[Cell], Choices]:
    """What a trial or a retrial can decide on a charge as it stands."""

    def choices(cell: Cell) -> Choices:
        if not cell.is_before(court):
            return []
        return [
            (decision, Outcome.Decision(decision).label)
            for decision, step in STEP_OF.items()
            if cell.allows(step) and (step != Step.NO_FINDING or cell.has_alternative)
        ]

    return choices


def appeal_choices(appeal: Proceeding) -> Callable[[Cell], Choices]:
    """What this appeal can do to a decision that it is about."""

    def choices(cell: Cell) -> Choices:
        if not cell.is_before(appeal):
            return []
        return [(one.value, one.label) for one in Result if cell.allows(STEP_AFTER[one])]

    return choices


class DecisionsForm(GridForm):
    """What a trial, a retrial or an appeal decided on one day, its cause and reason in short."""

    cause = CodeField(
        "outcome_cause", label=_("Cause"), required=False, empty_label=_("None is named"),
        help_text=_("What it failed on, where it did. The figures count causes."),
    )  # fmt: skip
    reason = text_field(_("Reason in short"), required=False)

    def __init__(self, proceeding: Proceeding, sheets: list[Sheet], *args: Any) -> None:
        is_appeal = proceeding.kind == Proceeding.Kind.APPEAL
        choices = appeal_choices(proceeding) if is_appeal else verdict_choices(proceeding)
        super().__init__(sheets, choices, *args, day_name="decided_on", day_label=_("Decided on"))


class PleasForm(GridForm):
    """The pleas taken on one day. Nobody's plea is changed unless that is chosen for it."""

    others_help = _("Entered for every charge below without a plea that you do not choose.")

    def __init__(self, court: Proceeding, sheets: list[Sheet], *args: Any) -> None:
        super().__init__(
            sheets, plea_choices(court), *args, day_name="entered_on", day_label=_("Entered on")
        )

    def _is_among_others(self, cell: Cell) -> bool:
        return cell.plea is None


class CorrectionForm(forms.Form):
    decision = forms.ChoiceField(label=_("What the court decided"))
    decided_on = date_field(_("Decided on"))
    reason = text_field(_("What was wrong in the record"))

    def __init__(self, outcome: Outcome, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["decision"].choices = [(one.value, one.label) for one in correctable(outcome)]

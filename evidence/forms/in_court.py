"""Forms of exhibits in court: one act, a day of acts as a grid, a hold. They save nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import display
from casework.forms.court import date_field, text_field
from casework.models import Case, Hearing, Proceeding, Witness
from evidence.in_court.marks import Entry
from evidence.models import CourtMark, Exhibit

Kind = CourtMark.Kind
NUMBER = forms.TextInput(attrs={"class": "id w8"})
NOTHING = ("", _("Nothing that day"))


class HearingField(forms.ModelChoiceField[Hearing]):
    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("None of the hearings on record"))
        super().__init__(
            Hearing.objects.none(), label=_("At which hearing"), required=False, **options
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{display.when(obj.starts_at)}, {obj.kind}, {obj.proceeding.number}"


def hearings_of(case: Case, proceeding: Proceeding | None = None) -> QuerySet[Hearing]:
    rows = Hearing.objects.filter(proceeding__case=case).select_related("proceeding", "kind")
    rows = rows.exclude(state=Hearing.State.VACATED).order_by("-starts_at")
    return rows.filter(proceeding=proceeding) if proceeding else rows


def witnesses_of(case: Case, user: Any) -> QuerySet[Witness]:
    rows: QuerySet[Witness] = Witness.objects.visible_to(user).filter(case=case)
    return rows


class _Act(forms.Form):
    hearing = HearingField()
    happened_on = date_field(
        _("Day"), required=False, help_text=_("Only where the hearing is not on record.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("hearing") and not cleaned.get("happened_on"):
            self.add_error("hearing", _("Choose the hearing, or write the day."))
        return cleaned


class MarkForm(_Act):
    """One act of a court on one exhibit."""

    proceeding = forms.ModelChoiceField(
        Proceeding.objects.none(), label=_("Court file"), empty_label=_("Choose the court file")
    )
    kind = forms.ChoiceField(
        label=_("What the court did"), widget=forms.RadioSelect, choices=Kind.choices
    )
    court_number = forms.CharField(
        label=_("Number in court"), max_length=40, required=False, widget=NUMBER,
        help_text=_("For example MFI 7, or P12 once it is in evidence."),
    )  # fmt: skip
    witness = forms.ModelChoiceField(
        Witness.objects.none(), label=_("Through which witness"), required=False,
        empty_label=_("None"),
    )  # fmt: skip
    ruling = text_field(_("Ruling, and what was said against it"), required=False, max_length=4000)
    field_order = [
        "proceeding", "hearing", "happened_on", "kind", "court_number", "witness", "ruling",
    ]  # fmt: skip

    def __init__(self, case: Case, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = Proceeding.objects.filter(case=case).select_related("court")
        self.fields["proceeding"].queryset = files  # type: ignore[attr-defined]
        self.fields["hearing"].queryset = hearings_of(case)  # type: ignore[attr-defined]
        self.fields["witness"].queryset = witnesses_of(case, user)  # type: ignore[attr-defined]


class MarkCorrectForm(MarkForm):
    """The act as it really was; court and exhibit stay."""

    correction = forms.CharField(label=_("What was wrong in the record"), max_length=300)
    field_order = [*MarkForm.field_order, "correction"]

    def __init__(self, mark: CourtMark, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(mark.proceeding.case, user, *args, **kwargs)
        del self.fields["proceeding"]


class TakeBackForm(forms.Form):
    correction = forms.CharField(label=_("Why it did not happen"), max_length=300)


class DayForm(_Act):
    """When the acts of a grid were done."""

    def __init__(self, proceeding: Proceeding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = hearings_of(proceeding.case, proceeding)
        self.fields["hearing"].queryset = rows  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """One exhibit's line of the grid; left alone, nothing is recorded of it."""

    kind = forms.ChoiceField(label=_("What the court did"), required=False)
    court_number = forms.CharField(
        label=_("Number in court"), max_length=40, required=False, widget=NUMBER
    )
    witness = forms.ChoiceField(label=_("Through which witness"), required=False)
    ruling = forms.CharField(label=_("Ruling"), max_length=4000, required=False)

    def __init__(
        self, exhibit: Exhibit, kinds: frozenset[str], people: Sequence[Witness], data: Any = None
    ) -> None:
        super().__init__(data, prefix=f"e{exhibit.pk}")
        self.exhibit, self.people = exhibit, {str(person.pk): person for person in people}
        may = [choice for choice in Kind.choices if choice[0] in kinds]
        named = [(key, str(person)) for key, person in self.people.items()]
        self.fields["kind"].choices = [NOTHING, *may]  # type: ignore[attr-defined]
        self.fields["witness"].choices = [("", _("None")), *named]  # type: ignore[attr-defined]

    def entry(self) -> Entry | None:
        typed = self.cleaned_data
        if not typed["kind"]:
            return None
        return Entry(
            exhibit=self.exhibit, kind=typed["kind"], court_number=typed["court_number"],
            witness=self.people.get(typed["witness"]), ruling=typed["ruling"],
        )  # fmt: skip


class HoldForm(forms.Form):
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Which case needs it"), empty_label=_("Choose a case"),
        help_text=_("A case that you work on. Others who see the exhibit learn of it only if they "
                    "may read that case."),
    )  # fmt: skip
    reason = text_field(_("Why it must be kept"), max_length=1000)

    def __init__(self, cases: QuerySet[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        self.fields["case"].label_from_instance = (  # type: ignore[attr-defined]
            lambda case: f"{case.reference}, {case.title}"
        )


class HoldReleaseForm(forms.Form):
    why = text_field(_("Why it is needed no more"), max_length=1000)

"""Forms of the list of hearings: listing, recording with the next date, narrowing the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CodeField
from casework.forms.court import ProsecutorField, text_field
from casework.forms.fields import MomentField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.hearings import SIDES
from casework.models import Court, Hearing

SHOWN = (
    ("", _("All")),
    ("ahead", _("To come")),
    ("unrecorded", _("Not recorded yet")),
    ("adjourned", _("Adjourned")),
)


class HearingForm(forms.Form):
    kind = CodeField("hearing_type", label=_("Kind"), empty_label=_("Choose a kind"))
    starts_at = MomentField(label=_("Date and time"))
    courtroom = forms.CharField(label=_("Courtroom"), max_length=80, required=False)
    presiding = forms.CharField(
        label=_("Before"),
        max_length=200,
        required=False,
        help_text=_("Left empty, who the court file names."),
    )


class ReasonField(CodeField):
    """An adjournment reason with the side it lies with."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} ({SIDES[obj.side]})" if obj.side in SIDES else str(obj.label)


class HearingRecordForm(ChangedMeanwhile, forms.Form):
    """What became of a hearing. The side follows from the reason unless it is chosen."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Hearing.State.choices if choice[0] != Hearing.State.LISTED],
    )
    reason = ReasonField(
        "adjournment_reason",
        label=_("Why it was adjourned"),
        required=False,
        empty_label=_("Not adjourned"),
    )
    side = forms.ChoiceField(
        label=_("Whose side"),
        required=False,
        choices=[("", _("As the reason says")), *SIDES.items()],
    )
    result = CodeField(
        "hearing_result",
        label=_("What came of it"),
        required=False,
        empty_label=_("Not said"),
        help_text=_("Of a hearing that was held."),
    )
    present = text_field(_("More on who appeared"), required=False)
    note = text_field(_("What happened"), required=False)
    next_at = MomentField(label=_("Next date"), required=False)
    next_kind = CodeField(
        "hearing_type", label=_("Next kind"), required=False, empty_label=_("The same as today")
    )


class HearingFilterForm(forms.Form):
    """What the list is narrowed to; a value it does not know narrows nothing."""

    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    court = forms.ModelChoiceField(
        label=_("Court"), queryset=Court.objects.all(), required=False, empty_label=_("Any")
    )
    mine = forms.BooleanField(label=_("Only those I prosecute"), required=False)


class CalendarForm(forms.Form):
    """Which hearings the calendar and the readiness board show; what it does not know, it drops."""

    court = forms.ModelChoiceField(
        label=_("Court"), queryset=Court.objects.all(), required=False, empty_label=_("Any")
    )
    prosecutor = ProsecutorField(label=_("Prosecutor"), required=False, empty_label=_("Any"))
    case = forms.CharField(
        label=_("Case"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "id"}),
    )
    mine = forms.BooleanField(label=_("Only mine: I prosecute or lead"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prosecutor"].queryset = ProsecutorField.everyone()  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was understood, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

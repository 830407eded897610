"""Forms of what goes wrong with an exhibit, of papers added later, and of a declared tolerance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import display
from casework.forms.fields import WeightField
from evidence.forms.custody import LAST, SHORT, ActForm, ReadForm
from evidence.models import CustodyEvent


class LossForm(ActForm):
    note = forms.CharField(
        label=_("What is known"),
        max_length=2000,
        widget=SHORT,
        help_text=_("Where it should be, when it was last seen, who was told, what is being done."),
        error_messages={
            "required": _("Write where it should be, when it was last seen, and who was told.")
        },
    )
    field_order = ["note", *LAST]


class FoundForm(ReadForm):
    note = forms.CharField(
        label=_("Where it was, and who found it"),
        max_length=2000,
        widget=SHORT,
        error_messages={"required": _("Write where it was, and who found it.")},
    )
    field_order = [
        "note", "seal_number", "seal_intact", "count", "weight_mg", "scale",
        "scale_calibrated_on", *LAST,
    ]  # fmt: skip

    def begin_with(self) -> dict[str, Any]:
        return {}


class DamageForm(ReadForm):
    note = forms.CharField(
        label=_("What is damaged, and how it came about"),
        max_length=2000,
        widget=SHORT,
        error_messages={
            "required": _("Write what is damaged, and how it came about as far as you know.")
        },
    )
    field_order = [
        "note", "photographs", "camera", "seal_number", "seal_intact", "count", "weight_mg",
        "scale", "scale_calibrated_on", "place", "happened_at", "after",
    ]  # fmt: skip

    def begin_with(self) -> dict[str, Any]:
        return {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demand_pictures(_("Add at least one photograph of the damage."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "photographs" not in self.errors:
            self.require_picture(_("Add at least one photograph of the damage."))
        return cleaned


class DeclareForm(ActForm):
    """A tolerance, in percent of what the exhibit weighs or as a weight."""

    percent = forms.DecimalField(
        label=_("Percent of its weight"),
        required=False,
        min_value=0,
        max_value=99,
        max_digits=5,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"class": "w8", "step": "any"}),
    )
    tolerance = WeightField(
        label=_("Or as a weight"), unit="g", required=False, help_text=_("For example 250 g.")
    )
    reason = forms.CharField(
        label=_("Why its weight will change"),
        max_length=2000,
        widget=SHORT,
        help_text=_("For example: fresh horn loses moisture, up to 4 percent in a year."),
        error_messages={"required": _("Write why its weight will change.")},
    )
    field_order = ["percent", "tolerance", "reason", *LAST]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        percent, weight = cleaned.get("percent"), cleaned.get("tolerance")
        if not self.errors and (percent is None) == (weight is None):
            told = _("Write the tolerance in percent or as a weight, one of the two.")
            self.add_error("percent", told)
        return cleaned

    def tolerance_mg(self) -> int:
        """A percentage is of the weight that stands now; zero where it has none."""
        weight: int | None = self.cleaned_data.get("tolerance")
        if weight is not None:
            return weight
        stands = self.chain.standing.weight_mg or 0
        return int(stands * self.cleaned_data["percent"] / 100)

    def details(self) -> Any:
        stated: Any = super().details()
        percent = self.cleaned_data.get("percent")
        if percent is not None and self.chain.standing.weight_mg is not None:
            stood = display.weight(self.chain.standing.weight_mg)
            of = _("%(percent)s percent of %(weight)s")
            stated["purpose"] = str(of % {"percent": f"{percent.normalize():f}", "weight": stood})
        return stated


class EncloseForm(ActForm):
    event = forms.TypedChoiceField(label=_("To which event"), coerce=int)
    note = forms.CharField(
        label=_("What paper it is"),
        max_length=300,
        help_text=_("For example: the form of the handover, signed by both."),
        error_messages={"required": _("Write what paper it is.")},
    )
    field_order = ["event", "note", "photographs", "camera", "place", "happened_at", "after"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (event.sequence, f"{event.sequence}. {event.kind_label}, "
             f"{display.when(event.plain.happened_at)}")
            for event in reversed(self.chain.events)
        ]  # fmt: skip
        self.fields["event"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def begin_with(self) -> dict[str, Any]:
        return {"event": self._unsigned()}

    def _unsigned(self) -> int | None:
        """The newest hand-out: its signed form is the paper that is added most."""
        out = [e.sequence for e in self.chain.events if e.kind == CustodyEvent.Kind.HANDED_OUT]
        return out[-1] if out else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.uploads():
            told = _("Add the paper: a scan or a photograph of it.")
            self.add_error("photographs", told)
        return cleaned

"""What the receiver of a handover reads, asked for before what was offered is shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.fields import WeightField
from casework.forms.identifiers import SealField
from casework.forms.widgets import DateInput
from evidence.forms.custody import SHORT, ActForm, intact_field
from evidence.forms.exhibits import CountField


class AcknowledgeForm(ActForm):
    """What the receiver reads, asked for before what was offered is shown."""

    seal_number = SealField(
        label=_("You read"),
        help_text=_("If there is none, type NONE."),
        error_messages={"required": _("Read the seal and type its number.")},
    )
    seal_intact = intact_field(_("The seal is"), required=True)
    count = CountField(label=_("You count"))
    weight_mg = WeightField(
        label=_("You weigh"),
        required=False,
        help_text=_("If there is a scale."),
    )
    scale = forms.CharField(
        label=_("Scale"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "id"}),
    )
    scale_calibrated_on = forms.DateField(
        label=_("Calibrated on"), required=False, widget=DateInput
    )
    discrepancy = forms.CharField(
        label=_("What do you see?"),
        required=False,
        max_length=2000,
        widget=SHORT,
        help_text=_("The giver and the lead of the case read this."),
    )
    compared = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = self.chain.open_offer
        offered = self.offer.plain if self.offer else None
        if offered is None or not offered.seal_number:
            self.fields["seal_number"].required = False
            self.fields["seal_intact"].required = False
        if offered is None or offered.count is None:
            self.fields["count"].required = False

    def begin_with(self) -> dict[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("weight_mg") is not None and not cleaned.get("scale"):
            self.add_error("scale", _("Name the scale the weight was read on."))
        return cleaned

    def reading(self) -> str:
        """What was read, in one line: the comparison that was shown must be of this."""
        names: Sequence[str] = ("seal_number", "seal_intact", "count", "weight_mg")
        return "|".join(str(self.cleaned_data.get(name)) for name in names)

    def spell_as(self, offered: str) -> None:
        """Spaces and dashes are no difference between two seals: take the spelling offered."""
        read = self.cleaned_data.get("seal_number", "")
        if read and offered and identifiers.squeeze(read) == identifiers.squeeze(offered):
            self.cleaned_data["seal_number"] = offered

    def was_compared(self) -> bool:
        return bool(self.cleaned_data.get("compared") == self.reading())

    def mark_compared(self) -> None:
        self.data = dict(self.data.items()) | {"compared": self.reading()}

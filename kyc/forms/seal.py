"""What is typed about a seal that somebody read on the way."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.codes import CodeField
from casework.forms.identifiers import SealField
from casework.forms.widgets import DateInput
from kyc.forms.consignment import not_ahead
from kyc.forms.yes_no import YesNoField
from kyc.models import Consignment, Container, Seal


class SealForm(forms.Form):
    """A seal as somebody read it."""

    number = SealField(label=_("Seal you read"))
    source = CodeField("seal_source", label=_("Whose seal"))
    container = forms.ChoiceField(label=_("On container"), required=False)
    stage = forms.ChoiceField(
        label=_("Where on the way"), required=False,
        choices=[("", _("Not known yet")), *Seal.Stage.choices],
    )  # fmt: skip
    seen_by = forms.CharField(
        label=_("Read by"), max_length=200, required=False,
        help_text=_("The person who read it, and whom they work for."),
    )  # fmt: skip
    seen_on = forms.DateField(
        label=_("Read on"), required=False, widget=DateInput(), validators=[not_ahead]
    )
    seen_at_place = forms.CharField(label=_("Read at"), max_length=200, required=False)
    is_intact = YesNoField(label=_("Intact"))

    def __init__(self, data: Any, *, consignment: Consignment, **options: Any) -> None:
        super().__init__(data, **options)
        self.boxes = {str(box.pk): box for box in consignment.containers.all()}
        named = [(pk, identifiers.format_container(box.number)) for pk, box in self.boxes.items()]
        field = cast(forms.ChoiceField, self.fields["container"])
        field.choices = [("", _("No container")), *named]
        if data is None and len(named) == 1 and not self.initial:
            self.initial["container"] = named[0][0]

    def clean_container(self) -> Container | None:
        return self.boxes.get(self.cleaned_data["container"])


class SealCorrectionForm(SealForm):
    reason = forms.CharField(
        label=_("What was typed wrong"), max_length=100,
        widget=forms.TextInput(attrs={"class": "wide"}),
    )  # fmt: skip

    @classmethod
    def initial_of(cls, seal: Seal) -> dict[str, Any]:
        found = {name: getattr(seal, name) for name in cls.base_fields if hasattr(seal, name)}
        return found | {"container": str(seal.container_id or ""), "source": seal.source_id}

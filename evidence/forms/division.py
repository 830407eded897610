"""Forms for one exhibit that becomes several, and several that become one."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CodeField
from casework.forms.fields import WeightField
from casework.forms.identifiers import SealField
from evidence.exhibits import Thing
from evidence.forms.custody import LAST, SHORT, ActForm
from evidence.forms.exhibits import CountField, LabelField, ReadingForm
from evidence.links import ASKS, Details
from evidence.models import CustodyEvent, Exhibit


def explanation() -> forms.CharField:
    return forms.CharField(
        label=_("If the parts are not the whole: why"),
        required=False,
        max_length=2000,
        widget=SHORT,
        help_text=_("Needed where counts do not add up or weights differ."),
    )


class SplitForm(ReadingForm, ActForm):
    """What remains of the exhibit itself."""

    purpose = forms.CharField(
        label=_("Why it is split"),
        max_length=300,
        error_messages={"required": _("Write why it is split.")},
    )
    new_seal_number = SealField(label=_("New seal on what remains"), required=False)
    discrepancy = explanation()
    field_order = [
        "purpose", "seal_number", "count", "weight_mg", "scale", "scale_calibrated_on",
        "new_seal_number", "discrepancy", *LAST,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seal_number"].label = _("Seal you cut to open it")
        self.fields["count"].label = _("Pieces that remain")
        self.fields["weight_mg"].label = _("Weight of what remains")
        self.fields["scale"].label = _("Scale of all these weights")


class PartForm(forms.Form):
    description = forms.CharField(
        label=_("What it is"),
        max_length=300,
        error_messages={"required": _("Describe the part.")},
    )
    seal_number = SealField(label=_("Its own seal"), required=False)
    count = CountField(label=_("Pieces"), required=False)
    weight_mg = WeightField(label=_("Weight"), required=False)


class Parts(forms.BaseFormSet[PartForm]):
    def clean(self) -> None:
        if not any(self.errors) and not self.filled():
            raise ValidationError(_("Describe at least one part."))

    def filled(self) -> list[PartForm]:
        return [form for form in self.forms if form.has_changed()]

    def things(self, whole: Exhibit, reading: Any) -> list[Thing]:
        """The parts as exhibits of the same kind, weighed on the scale that the act names."""
        scale = {name: reading.get(name) for name in ("scale", "scale_calibrated_on")}
        return [
            Thing(kind=whole.kind, taxon=whole.taxon, **form.cleaned_data, **scale)
            for form in self.filled()
        ]


PartSet = forms.formset_factory(PartForm, formset=Parts, extra=2, max_num=60, absolute_max=60)


class OthersChoice(forms.ModelMultipleChoiceField[Exhibit]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} {obj.description}"


class CombineForm(ReadingForm, ActForm):
    others = OthersChoice(
        Exhibit.objects.none(),
        label=_("Together with"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Exhibits of this case that the same person holds and has not offered."),
        error_messages={"required": _("Choose at least one more exhibit.")},
    )
    label = LabelField(
        label=_("Label of the new exhibit"), required=False, help_text=_("Empty: the next free.")
    )
    kind = CodeField("exhibit_kind", label=_("Kind"), empty_label=None)
    description = forms.CharField(
        label=_("What the new exhibit is"),
        max_length=300,
        error_messages={"required": _("Describe the new exhibit.")},
    )
    purpose = forms.CharField(
        label=_("Why they are put together"),
        max_length=300,
        error_messages={"required": _("Write why they are put together.")},
    )
    discrepancy = explanation()
    field_order = [
        "others", "label", "kind", "description", "purpose", "seal_number", "count", "weight_mg",
        "scale", "scale_calibrated_on", "discrepancy", *LAST,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Exhibit.objects.visible_to(self.user).filter(case=self.exhibit.case_id)
        same = visible.filter(holder=self.exhibit.holder_id or 0).exclude(pk=self.exhibit.pk)
        waiting = CustodyEvent.objects.filter(
            exhibit=OuterRef("pk"), kind__in=ASKS, answer__isnull=True
        )
        same = same.exclude(Exists(waiting)).order_by("pk")
        self.fields["others"].queryset = same  # type: ignore[attr-defined]  # a model choice
        self.fields["seal_number"].label = _("Seal of the new exhibit")
        self.fields["count"].label = _("Pieces in all")
        self.fields["weight_mg"].label = _("Weight in all")

    def begin_with(self) -> dict[str, Any]:
        return {**super().begin_with(), "kind": self.exhibit.kind_id}

    def sources(self) -> Sequence[Exhibit]:
        return [self.exhibit, *self.cleaned_data["others"]]

    def thing(self) -> Thing:
        typed = self.cleaned_data
        return Thing(
            kind=typed["kind"],
            label=typed["label"],
            description=typed["description"],
            **self.reading(),
        )

    def details(self) -> Details:
        """What is said in the chains of the sources; the reading is that of the new exhibit."""
        own = ("happened_at", "place", "purpose", "file_digests")
        stated = {name: value for name, value in super().details().items() if name in own}
        return cast(Details, stated)

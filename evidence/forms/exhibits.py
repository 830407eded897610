"""Forms for registering and amending exhibits."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CodeField, TaxonField, share_choices
from casework.forms.fields import MomentField, WeightField
from casework.forms.identifiers import SealField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.forms.widgets import DateInput
from casework.models import Case, Code, SeizedItem, Seizure, Taxon, User
from evidence import exhibits
from evidence.exhibits import Thing
from evidence.forms.files import FilesField
from evidence.models import Exhibit
from evidence.models.exhibit import label_shape

MOST_COUNT = 2_000_000_000
RESTRICTED = _("Restricted: only for people who may see sensitive material")


class LabelField(forms.CharField):
    """An exhibit's label, in capitals."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 30)
        widget = forms.TextInput(attrs={"class": "id w8", "autocomplete": "off"})
        super().__init__(widget=widget, validators=[label_shape], **options)

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value)).upper().split())


class CountField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Count"))
        options.setdefault("min_value", 0)
        widget = forms.NumberInput(attrs={"class": "w8", "inputmode": "numeric"})
        super().__init__(max_value=MOST_COUNT, widget=widget, **options)
        self.error_messages["invalid"] = _("A count is a whole number: 24")
        self.error_messages["required"] = _("Count the pieces and type the number.")


class ReadingForm(forms.Form):
    """What somebody reads on the thing: seal, count, weight, and the scale it was weighed on."""

    seal_number = SealField(label=_("Seal"), required=False)
    count = CountField(required=False)
    weight_mg = WeightField(label=_("Weight"), required=False)
    scale = forms.CharField(
        label=_("Scale"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "id w12"}),
        help_text=_("Its number, as on its plate."),
    )
    scale_calibrated_on = forms.DateField(
        label=_("Calibrated on"), required=False, widget=DateInput
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("weight_mg") is not None and not cleaned.get("scale"):
            self.add_error("scale", _("Name the scale the weight was read on."))
        return cleaned

    def reading(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ReadingForm.base_fields} | {
            "scale": self.cleaned_data.get("scale") or "",
            "seal_number": self.cleaned_data.get("seal_number") or "",
        }


class ExhibitRowForm(ReadingForm):
    """One exhibit to register; nothing is asked of a row that is not ticked."""

    is_wanted = forms.BooleanField(label=_("Register this one"), required=False, initial=True)
    label = LabelField(label=_("Label"))
    kind = CodeField("exhibit_kind", label=_("Kind"), empty_label=None)
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "wide"}),
        help_text=_("As it will be read out: twenty-four tusk pieces in a tea sack."),
    )
    found_at = forms.CharField(label=_("Found where"), required=False, max_length=300)
    photographs = FilesField(
        label=_("Photographs"), required=False, help_text=_("The thing, its seal, the scale.")
    )
    is_restricted = forms.BooleanField(label=RESTRICTED, required=False)
    item = forms.ModelChoiceField(
        SeizedItem.objects.none(), required=False, widget=forms.HiddenInput
    )

    field_order = [
        "is_wanted", "label", "kind", "description", "found_at", "seal_number", "count",
        "weight_mg", "scale", "scale_calibrated_on", "photographs", "is_restricted", "item",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, items: Sequence[SeizedItem], can_hide: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.registered_as = str(self.initial.get("registered_as", ""))
        self.fields["item"] = forms.TypedChoiceField(
            choices=[("", ""), *((item.pk, str(item.number)) for item in items)],
            coerce=lambda value: self.items[int(value)],
            empty_value=None,
            required=False,
            widget=forms.HiddenInput,
        )
        if not can_hide:
            del self.fields["is_restricted"]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.asks():
            self._errors = ErrorDict()

    def asks(self) -> bool:
        """Whether the row was ticked."""
        return bool(getattr(self, "cleaned_data", {}).get("is_wanted"))

    def thing(self) -> Thing:
        typed = self.cleaned_data
        return Thing(
            kind=typed["kind"],
            description=typed["description"],
            label=typed["label"],
            item=typed["item"],
            found_at=typed["found_at"],
            is_restricted=typed.get("is_restricted", False),
            **self.reading(),
        )


class ExhibitRows(forms.BaseFormSet[ExhibitRowForm]):
    kinds: Any = None

    def add_fields(self, form: ExhibitRowForm, index: int | None) -> None:
        super().add_fields(form, index)
        self.kinds = share_choices(form, "kind", self.kinds)

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.wanted():
            raise ValidationError(_("Tick at least one exhibit to register."))

    def wanted(self) -> list[ExhibitRowForm]:
        return [form for form in self.forms if form.asks()]


ExhibitRowSet = forms.formset_factory(
    ExhibitRowForm, formset=ExhibitRows, extra=0, min_num=0, max_num=200, absolute_max=200
)


class TakenForm(forms.Form):
    """When and where the exhibits were taken."""

    happened_at = MomentField(label=_("Taken"), help_text=_("When they were taken into custody."))
    place = forms.CharField(label=_("Place"), max_length=200)


def taken_initial(seizure: Seizure | None) -> dict[str, Any]:
    """What the seizure says of when and where."""
    if seizure is None:
        return {}
    port = str(seizure.port) if seizure.port else ""
    return {"happened_at": seizure.seized_at, "place": seizure.place or port}


def starting_rows(case: Case, seizure: Seizure | None, user: User) -> list[dict[str, Any]]:
    """A row for each seized item, filled with what the seizure says; an empty one for none."""
    items = list(seizure.items.select_related("taxon", "specimen")) if seizure else []
    visible = Exhibit.objects.visible_to(user).filter(item__in=items).order_by("pk")
    labels: dict[int, list[str]] = {}
    for item_id, label in visible.values_list("item_id", "label"):
        labels.setdefault(item_id, []).append(label)
    give = exhibits.numbering(case)
    specimen = Code.objects.filter(kind="exhibit_kind", code="specimen").first()
    rows = [_row_of(item, labels.get(item.pk, []), give, specimen) for item in items]
    return rows or [{"is_wanted": True, "label": give()}]


def _row_of(
    item: SeizedItem, labels: list[str], give: Callable[[], str], kind: Code | None
) -> dict[str, Any]:
    return {
        "item": item.pk,
        "is_wanted": not labels,
        "registered_as": ", ".join(labels),
        "label": "" if labels else give(),
        "kind": kind.pk if kind else None,
        "description": item.description or _described(item),
        "count": item.count,
        "weight_mg": item.weight_mg if item.scale else None,
        "scale": item.scale,
        "scale_calibrated_on": item.scale_calibrated_on,
    }


def _described(item: SeizedItem) -> str:
    named: Taxon | None = item.taxon
    species = named.common_name or named.scientific_name if named else item.taxon_as_given
    parts = (species, item.specimen.label if item.specimen else "")
    return ", ".join(part for part in parts if part)


class ExhibitAmendForm(ChangedMeanwhile, forms.Form):
    kind = CodeField("exhibit_kind", label=_("Kind"), empty_label=None)
    description = forms.CharField(label=_("Description"), max_length=300)
    taxon = TaxonField(label=_("Species"), required=False)
    found_at = forms.CharField(label=_("Found where"), required=False, max_length=300)
    is_restricted = forms.BooleanField(label=RESTRICTED, required=False)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The history keeps it beside what stood before."),
    )

    def __init__(self, *args: Any, can_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_hide:
            del self.fields["is_restricted"]

    def clean_taxon(self) -> Taxon | None:
        taxon = self.cleaned_data["taxon"]
        if taxon and not isinstance(taxon, Taxon):
            raise ValidationError(_("This name is not in the list of species. Choose one of it."))
        return taxon or None

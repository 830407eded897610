"""What is typed about a seizure and what was found. Checks shapes; saves nothing."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import seized_items, seizures
from casework.forms.codes import CodeField, CountryField, PortField, TaxonField, share_choices
from casework.forms.fields import MomentField, WeightField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import Case, Port, SeizedItem, Seizure, Taxon
from casework.seizures import Found, Stop

MOST_ITEMS = 200


class OpeningForm(forms.Form):
    """What the new case needs besides its seizure."""

    title = forms.CharField(
        label=_("In one line"),
        max_length=200,
        required=False,
        help_text=_("What, hidden in what, bound where. Left empty, the items name the case."),
        widget=forms.TextInput(attrs={"class": "wide"}),
    )
    tier = forms.ChoiceField(label=_("Kind of case"), choices=Case.Tier.choices)
    occurrence_book = forms.CharField(
        label=_("Occurrence book number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "id w12"}),
    )


DEGREES = _("Type degrees with a point before the decimals, such as -4.05466.")


class SeizureForm(ChangedMeanwhile, forms.Form):
    place = PortField(
        label=_("Place"),
        is_free=True,
        required=False,
        max_length=200,
        help_text=_("Port code or name, or any other place in words."),
    )
    latitude = forms.FloatField(
        label=_("Latitude"),
        min_value=-90,
        max_value=90,
        required=False,
        error_messages={
            "invalid": DEGREES,
            "min_value": _("Latitude lies between -90 and 90 degrees."),
            "max_value": _("Latitude lies between -90 and 90 degrees."),
        },
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "decimal"}),
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        min_value=-180,
        max_value=180,
        required=False,
        error_messages={
            "invalid": DEGREES,
            "min_value": _("Longitude lies between -180 and 180 degrees."),
            "max_value": _("Longitude lies between -180 and 180 degrees."),
        },
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "decimal"}),
    )
    seized_at = MomentField(
        label=_("Date and time"), help_text=_("When it was found, not when you type this.")
    )
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[("", _("Not known yet")), *Seizure.Direction.choices],
        required=False,
    )
    transport_mode = CodeField("transport_mode", label=_("Transport"), required=False)
    detection_method = CodeField("detection_method", label=_("How it was found"), required=False)
    concealment = forms.CharField(
        label=_("How it was hidden"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"class": "short", "rows": 2}),
    )  # fmt: skip
    origin = CountryField(label=_("Country of origin"), required=False)
    transit = CountryField(label=_("Transit"), required=False)
    destination = CountryField(label=_("Destination"), required=False)
    people_present = forms.CharField(
        label=_("People present"),
        max_length=5000,
        required=False,
        help_text=_("One to a line: rank, name, agency. Two officers and one independent witness."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    narrative = forms.CharField(
        label=_("What happened"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_seized_at(self) -> Any:
        moment = self.cleaned_data["seized_at"]
        if fault := seizures.date_fault(moment):
            raise forms.ValidationError(fault)
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [data.get(name) is not None for name in ("latitude", "longitude")]
        if given.count(True) == 1 and not {"latitude", "longitude"} & set(self.errors):
            missing = "longitude" if given[0] else "latitude"
            self.add_error(missing, _("A position has two numbers. Give this one too."))
        if not data.get("place") and not any(given) and "place" not in self.errors:
            self.add_error("place", _("Give a port, a place in words, or the position."))
        return data

    def fields_of_seizure(self) -> dict[str, Any]:
        """The cleaned values by the names of the model."""
        data = self.cleaned_data
        place = data["place"]
        same = (
            "latitude", "longitude", "seized_at", "direction", "transport_mode",
            "detection_method", "concealment", "people_present", "narrative",
        )  # fmt: skip
        is_port = isinstance(place, Port)
        return {
            "port": place if is_port else None,
            "place": "" if is_port else place or "",
            **{name: data[name] for name in same},
            # A register's bare date stays one until somebody types the time.
            **({"is_time_known": True} if "seized_at" in self.changed_data else {}),
        }

    def route(self) -> list[Stop]:
        """The countries given, in the order of the journey."""
        roles = ("origin", "transit", "destination")
        return [Stop(role, self.cleaned_data[role]) for role in roles if self.cleaned_data[role]]

    @staticmethod
    def initial_of(seizure: Seizure) -> dict[str, Any]:
        names = (
            "latitude", "longitude", "seized_at", "direction", "transport_mode",
            "detection_method", "concealment", "people_present", "narrative",
        )  # fmt: skip
        stops = {stop.role: stop.country for stop in seizure.route.all()}
        values = {name: getattr(seizure, name) for name in names}
        return {**values, **stops, "place": seizure.port or seizure.place}


class FoundForm(ChangedMeanwhile, forms.Form):
    """One item; an untouched row is no item."""

    item_number = forms.IntegerField(required=False, widget=forms.HiddenInput())
    taxon = TaxonField(
        label=_("Species"),
        required=False,
        help_text=_("Scientific or common name. Left empty, an expert will say."),
    )
    specimen = CodeField("specimen", has_code=True, label=_("Specimen"), required=False)
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "w20"}),
    )
    count = forms.IntegerField(
        label=_("Count"),
        required=False,
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric"}),
    )
    weight_mg = WeightField(
        label=_("Weight"), required=False, help_text=_("As the scale shows it.")
    )
    scale = forms.CharField(
        label=_("Scale"),
        max_length=60,
        required=False,
        help_text=_("Its number or mark."),
        widget=forms.TextInput(attrs={"class": "id w12"}),
    )
    is_weight_estimated = forms.BooleanField(label=_("Estimated, no scale"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.has_changed():
            return data
        typed = self.typed()
        if "weight_mg" in self.errors:
            typed["weight_mg"] = 0  # unreadable, but a weight: its scale is asked for all the same
        for field, fault in seized_items.faults(Found(**typed)).items():
            if field not in self.errors:
                self.add_error(field, fault)
        return data

    def typed(self) -> dict[str, Any]:
        """The cells of this row by the names of `Found`."""
        data = self.cleaned_data
        taxon = data.get("taxon")
        return {
            "taxon": taxon if isinstance(taxon, Taxon) else None,
            "taxon_as_given": taxon if isinstance(taxon, str) else "",
            "specimen": data.get("specimen"),
            "description": data.get("description", ""),
            "count": data.get("count"),
            "weight_mg": data.get("weight_mg"),
            "is_weight_estimated": data.get("is_weight_estimated", False),
            "scale": data.get("scale", ""),
        }

    @staticmethod
    def initial_of(item: SeizedItem) -> dict[str, Any]:
        names = ("specimen", "description", "count", "weight_mg", "scale", "is_weight_estimated")
        values = {name: getattr(item, name) for name in names}
        return {
            **values,
            "item_number": item.number,
            "taxon": item.taxon or item.taxon_as_given,
        }


class BaseFoundFormSet(forms.BaseFormSet[FoundForm]):
    _specimens: Any = None

    def add_fields(self, form: FoundForm, index: int | None) -> None:
        """The list of specimens is read once for all rows, not once for each."""
        super().add_fields(form, index)
        self._specimens = share_choices(form, "specimen", self._specimens)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The rows beyond those the page began with are new, whatever came to stand there since."""
        given = super().get_form_kwargs(index)
        is_new = index is not None and self.is_bound and index >= self.initial_form_count()
        return given | {"initial": None} if is_new else given

    def rows(self) -> list[tuple[int | None, dict[str, Any]]]:
        """The rows that were filled in: the item's number, or None for a new one, and its cells."""
        filled = [form for form in self.forms if form.has_changed()]
        return [(form.cleaned_data["item_number"], form.typed()) for form in filled]

    def found(self) -> list[Found]:
        """The items of the rows that were filled in."""
        return [Found(**form.typed()) for form in self.forms if form.has_changed()]


FoundFormSet = cast(
    type[BaseFoundFormSet],
    forms.formset_factory(
        FoundForm, formset=BaseFoundFormSet, extra=1, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS
    ),
)

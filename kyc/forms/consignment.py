"""What is typed about a consignment: its containers, seals, bill, ship, ports and goods."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.codes import CodeField, GoodsField, PortField, share_choices
from casework.forms.fields import WeightField
from casework.forms.identifiers import BillField, ContainerField, ImoField, SealField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.forms.widgets import DateInput
from kyc.cargo.consignments import Box
from kyc.forms.money import AmountField, CurrencyField
from kyc.forms.yes_no import YesNoField
from kyc.models import BillOfLading, Consignment

MOST_BOXES = 100
AS_FOUND = _(
    "The last digit should be %(expected)s for these letters and digits. Read the door again: one "
    "character is wrong. If the door really shows %(read)s, tick “As found”."
)


class BoxForm(forms.Form):
    """A container with the seal on its door; either may stand alone."""

    number = ContainerField(
        label=_("Container number"),
        required=False,
        help_text=_("Four letters and seven digits, from the door."),
        widget=forms.TextInput(
            attrs={"class": "id w12", "data-check": "container", "autocomplete": "off"}
        ),
    )
    is_recorded_as_found = forms.BooleanField(
        label=_("As found: the door really shows this"),
        required=False,
        widget=forms.HiddenInput(),
    )
    seal_number = SealField(
        label=_("Seal on the door"), required=False,
        widget=forms.TextInput(attrs={"class": "id w12", "autocomplete": "off"}),
    )  # fmt: skip
    seal_source = CodeField("seal_source", label=_("Whose seal"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        number = data.get("number", "")
        if number and not identifiers.has_container_check_digit(number):
            # The tick appears once there is something to tick; a hidden field says nothing.
            self.fields["is_recorded_as_found"].widget = forms.CheckboxInput()
            if not data.get("is_recorded_as_found"):
                expected = identifiers.container_check_digit(number[:10])
                self.add_error("number", AS_FOUND % {"expected": expected, "read": number[10]})
        if data.get("seal_number") and not data.get("seal_source"):
            self.add_error("seal_source", _("Say whose seal it is."))
        return data

    def box(self) -> Box:
        data = self.cleaned_data
        return Box(
            number=data["number"],
            is_recorded_as_found=data["is_recorded_as_found"],
            seal_number=data["seal_number"],
            seal_source=data["seal_source"],
        )


class BaseBoxFormSet(forms.BaseFormSet[BoxForm]):
    _sources: Any = None

    def add_fields(self, form: BoxForm, index: int | None) -> None:
        """The list of sources is read once for all rows."""
        super().add_fields(form, index)
        self._sources = share_choices(form, "seal_source", self._sources)

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            number = form.cleaned_data.get("number", "") if form.is_valid() else ""
            if number and number in seen:
                form.add_error("number", _("This container is in the list already."))
            seen.add(number)

    def boxes(self) -> list[Box]:
        """The rows that name a container or a seal."""
        boxes = [form.box() for form in self.forms if form.has_changed()]
        return [box for box in boxes if box.number or box.seal_number]


BoxFormSet = cast(
    type[BaseBoxFormSet],
    forms.formset_factory(
        BoxForm, formset=BaseBoxFormSet, extra=1, max_num=MOST_BOXES, absolute_max=MOST_BOXES
    ),
)


def not_ahead(day: date | None) -> None:
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet. Check the date."))


class ConsignmentForm(forms.Form):
    """What a quayside form asks for."""

    bill_number = BillField(
        label=_("Bill of lading number"), required=False,
        widget=forms.TextInput(attrs={"class": "id w12", "autocomplete": "off"}),
    )  # fmt: skip
    booking_number = forms.CharField(
        label=_("Booking"), max_length=35, required=False,
        widget=forms.TextInput(attrs={"class": "id w12", "autocomplete": "off"}),
    )  # fmt: skip
    vessel_name = forms.CharField(
        label=_("Vessel"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"class": "w12"}),
    )  # fmt: skip
    vessel_imo = ImoField(
        label=_("IMO number"), required=False,
        widget=forms.TextInput(attrs={"class": "id w8", "inputmode": "numeric"}),
    )  # fmt: skip
    voyage = forms.CharField(
        label=_("Voyage"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"class": "id w8"}),
    )  # fmt: skip
    port_of_loading = PortField(label=_("Port of loading"), required=False)
    port_of_discharge = PortField(label=_("Port of discharge"), required=False)
    goods_description = forms.CharField(
        label=_("Declared as"),
        max_length=300,
        required=False,
        help_text=_("The words of the bill or the entry."),
        widget=forms.TextInput(attrs={"class": "w20"}),
    )
    goods = GoodsField(label=_("HS code"), required=False, help_text=_("Code or word."))
    declared_weight_mg = WeightField(label=_("Declared weight"), required=False)

    BILL: dict[str, str] = {"bill_number": "number"}

    def fields_of_consignment(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in self.BILL}

    def fields_of_bill(self) -> dict[str, Any]:
        return {self.BILL[n]: v for n, v in self.cleaned_data.items() if n in self.BILL}

    @classmethod
    def initial_of(cls, consignment: Consignment, bill: BillOfLading | None) -> dict[str, Any]:
        own = {n: getattr(consignment, n) for n in cls.base_fields if n not in cls.BILL}
        said = {n: getattr(bill, of) for n, of in cls.BILL.items()} if bill else {}
        return {**own, **said}


class ConsignmentDetailForm(ConsignmentForm):
    """All of it, for the desk."""

    entry_number = forms.CharField(
        label=_("Customs entry"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"class": "id w12"}),
    )  # fmt: skip
    packages = forms.IntegerField(
        label=_("Packages"), min_value=0, max_value=2_000_000_000, required=False,
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric"}),
    )  # fmt: skip
    vgm_mg = WeightField(label=_("Verified gross mass"), required=False)
    weighbridge_mg = WeightField(label=_("Weighbridge"), required=False)
    stuffing_kind = CodeField("stuffing_kind", label=_("Kind of place"), required=False)
    stuffing_place = forms.CharField(
        label=_("Stuffed at"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"class": "w20"}),
    )  # fmt: skip
    stuffed_on = forms.DateField(
        label=_("Stuffed on"), required=False, widget=DateInput(), validators=[not_ahead]
    )
    is_stuffing_supervised = YesNoField(label=_("Customs watched the stuffing"))
    issued_on = forms.DateField(
        label=_("Bill issued on"), required=False, widget=DateInput(), validators=[not_ahead]
    )
    is_to_order = forms.BooleanField(label=_("Consigned to order"), required=False)
    shipper = forms.CharField(label=_("Shipper on the bill"), max_length=300, required=False)
    consignee = forms.CharField(label=_("Consignee on the bill"), max_length=300, required=False)
    notify_party = forms.CharField(
        label=_("Notify party on the bill"), max_length=300, required=False
    )
    received_from = forms.CharField(label=_("Bill received from"), max_length=200, required=False)
    received_on = forms.DateField(
        label=_("Bill received on"), required=False, widget=DateInput(), validators=[not_ahead]
    )

    BILL = {
        "bill_number": "number",
        **{
            name: name
            for name in (
                "issued_on", "is_to_order", "shipper", "consignee", "notify_party",
                "received_from", "received_on",
            )
        },
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = any(data.get(name) for name in self.BILL if name != "bill_number")
        if said and not data.get("bill_number") and "bill_number" not in self.errors:
            self.add_error("bill_number", _("Give the number of the bill of lading."))
        return data


def _of_detail(name: str) -> Any:
    """The same field on a page of its own."""
    return ConsignmentDetailForm.base_fields[name]


class ConsignmentEditForm(ChangedMeanwhile, ConsignmentForm):
    """Ship, ports and goods. Bills, entries, weights and stuffing have pages of their own."""

    bill_number = None  # type: ignore[assignment]  # Django's way to leave out an inherited field
    declared_weight_mg = None  # type: ignore[assignment]
    entry_number = _of_detail("entry_number")
    packages = _of_detail("packages")
    declared_value = AmountField(label=_("Declared value"), required=False)
    value_currency = CurrencyField(label=_("Currency"), required=False)

    BILL: dict[str, str] = {}


class WeightsForm(ChangedMeanwhile, forms.Form):
    """What each side said that the load weighs, and how it was looked at."""

    declared_weight_mg = WeightField(
        label=_("Declared weight"), required=False, help_text=_("The goods alone.")
    )
    vgm_mg = WeightField(
        label=_("Verified gross mass"), required=False,
        help_text=_("The shipper's own figure: the goods and the box."),
    )  # fmt: skip
    weighbridge_mg = WeightField(
        label=_("Weighbridge"), required=False,
        help_text=_("The goods and the box, without the truck."),
    )  # fmt: skip
    scan_mg = WeightField(
        label=_("Reckoned from the scan"), required=False, help_text=_("The goods alone.")
    )
    is_scanned = YesNoField(label=_("Scanned before it left"))


class StuffingForm(ChangedMeanwhile, forms.Form):
    """Where, when and under whose eyes the container was filled."""

    stuffing_kind = _of_detail("stuffing_kind")
    stuffing_place = _of_detail("stuffing_place")
    stuffed_on = _of_detail("stuffed_on")
    is_stuffing_supervised = _of_detail("is_stuffing_supervised")


def initial_of(form: type[forms.Form], row: Any) -> dict[str, Any]:
    """What a row says now, for each field of a form that it has."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}


class ContainerForm(ChangedMeanwhile, BoxForm):
    """Correct a container number that was misread, or say more of the box."""

    size_type = forms.RegexField(
        r"^[A-Za-z0-9]{4}$", label=_("Size and type"), required=False,
        widget=forms.TextInput(attrs={"class": "id w4"}),
        help_text=_("The four characters below the number, such as 45G1."),
        error_messages={"invalid": _("Size and type are four letters and digits, such as 45G1.")},
    )  # fmt: skip
    tare_mg = WeightField(
        label=_("Tare"), required=False, help_text=_("The empty box, from its door.")
    )
    is_shipper_owned = YesNoField(label=_("Owned by the shipper"))

    seal_number = None  # type: ignore[assignment]
    seal_source = None  # type: ignore[assignment]

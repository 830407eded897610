"""What is typed about a version of a bill of lading. Field names follow DCSA's bill 3.0."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import PortField
from casework.forms.fields import MomentField, WeightField
from casework.forms.identifiers import BillField
from casework.forms.widgets import DateInput
from casework.models import Case, User
from kyc.diligence.statements import open_files
from kyc.forms.consignment import not_ahead
from kyc.forms.lists import (
    ContainersField,
    HsCodesField,
    SealsField,
    port_words,
    wrong_containers,
)
from kyc.forms.party import FileField
from kyc.forms.yes_no import YesNoField
from kyc.models import BillOfLading

PORTS = ("place_of_receipt", "port_of_loading", "port_of_discharge", "place_of_delivery")
# What belongs to one version alone: a new one does not take it over from the last.
OF_ONE_VERSION = frozenset({
    "changed_by", "changed_at", "change_reason", "received_from", "received_on", "attachment",
})  # fmt: skip
PRINTED = _(
    "The check digit of %(numbers)s is wrong. Read the paper again. If it is printed so, tick “As "
    "printed”."
)


def _text(label: Any, length: int, width: str = "w20", **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": width, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **options)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DateInput(), validators=[not_ahead])


class PrintedForm(forms.Form):
    """A paper with container numbers on it, which may be printed wrong."""

    equipment_references = ContainersField(label=_("Containers"), max_length=300, required=False)
    is_as_printed = forms.BooleanField(
        label=_("As printed: the paper really says this"),
        required=False,
        widget=forms.HiddenInput(),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wrong = wrong_containers(data.get("equipment_references", ""))
        if wrong:
            # The tick appears once there is something to tick.
            self.fields["is_as_printed"].widget = forms.CheckboxInput()
            stood = self.initial.get("equipment_references") == data["equipment_references"]
            if not data.get("is_as_printed") and not stood:
                self.add_error("equipment_references", PRINTED % {"numbers": ", ".join(wrong)})
        return data

    def values(self) -> dict[str, Any]:
        """What the operation sets: all but what only steers the form."""
        return {n: v for n, v in self.cleaned_data.items() if n != "is_as_printed"}


class BillForm(PrintedForm):
    """A version as it reads; `user` chooses among the files of the case that they may open."""

    changed_by = _text(
        _("Changed by"), 200, help_text=_("Who had the carrier change it, and in what name.")
    )
    changed_at = MomentField(label=_("Changed at"), required=False)
    change_reason = _text(_("Reason given"), 300)
    received_from = _text(_("Received from"), 200)
    received_on = _day(_("Received on"))
    attachment = FileField(
        label=_("Document"), required=False, queryset=BillOfLading.objects.none(),
        empty_label=_("None of the files"), help_text=_("A file of this case."),
    )  # fmt: skip
    number = BillField(
        label=_("Bill of lading number"),
        widget=forms.TextInput(attrs={"class": "id w12", "autocomplete": "off"}),
    )
    issued_on = _day(_("Issued on"))
    shipper = _text(_("Shipper"), 300)
    consignee = _text(_("Consignee"), 300)
    is_to_order = forms.BooleanField(
        label=_("To order"), required=False,
        help_text=_("Whoever holds the paper may take the goods: no consignee answers for them."),
    )  # fmt: skip
    endorsee = _text(_("Endorsed to"), 300)
    notify_party = _text(_("Notify party"), 300)
    place_of_receipt = PortField(label=_("Place of receipt"), required=False, is_free=True)
    port_of_loading = PortField(label=_("Port of loading"), required=False, is_free=True)
    port_of_discharge = PortField(label=_("Port of discharge"), required=False, is_free=True)
    place_of_delivery = PortField(label=_("Place of delivery"), required=False, is_free=True)
    vessel_name = _text(_("Vessel"), 120, "w12")
    voyage = _text(_("Voyage"), 40, "id w8")
    carrier_code = forms.RegexField(
        r"^[A-Za-z]{2,4}$", label=_("Carrier's code"), required=False,
        widget=forms.TextInput(attrs={"class": "id w4", "autocomplete": "off"}),
        error_messages={"invalid": _("A carrier's code has two to four letters, such as MDOU.")},
    )  # fmt: skip
    shipped_on_board_on = _day(_("Shipped on board"))
    description_of_goods = _text(_("Description of goods"), 500, "wide")
    hs_codes = HsCodesField(label=_("HS codes"), max_length=120, required=False)
    packages = forms.IntegerField(
        label=_("Packages"), min_value=0, max_value=2_000_000_000, required=False,
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric"}),
    )  # fmt: skip
    gross_weight_mg = WeightField(label=_("Gross weight"), required=False)
    seal_numbers = SealsField(label=_("Seals"), max_length=300, required=False)
    freight_payment = forms.ChoiceField(
        label=_("Freight"), required=False,
        choices=[("", _("Not stated")), ("PRE", _("Prepaid")), ("COL", _("Collect"))],
    )  # fmt: skip
    freight_payer = _text(_("Freight paid by"), 200)
    is_switch = forms.BooleanField(
        label=_("Switch bill, issued in place of another"), required=False
    )
    is_electronic = YesNoField(label=_("Electronic"))

    def __init__(self, data: Any, *, case: Case, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["attachment"].queryset = open_files(user, [case])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in PORTS:
            data[name] = port_words(data.get(name))
        data["carrier_code"] = data.get("carrier_code", "").upper()
        return data

    @classmethod
    def initial_of(cls, bill: BillOfLading | None, *, is_new: bool) -> dict[str, Any]:
        """What a version says; a new one begins as the last one read."""
        if bill is None:
            return {}
        names = [name for name in cls.base_fields if hasattr(bill, name)]
        return {n: getattr(bill, n) for n in names if not (is_new and n in OF_ONE_VERSION)}


class BillCorrectionForm(BillForm):
    """What was typed wrong in one version. A document that the reader may not open stays."""

    reason = forms.CharField(
        label=_("What was typed wrong"), max_length=100,
        widget=forms.TextInput(attrs={"class": "wide"}),
    )  # fmt: skip

    def __init__(self, data: Any, *, bill: BillOfLading, **options: Any) -> None:
        super().__init__(data, **options)
        files: Any = self.fields["attachment"]
        if bill.attachment_id and not files.queryset.filter(pk=bill.attachment_id).exists():
            del self.fields["attachment"]

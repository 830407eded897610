"""What is typed about a version of a customs entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CountryField
from casework.forms.fields import MomentField, WeightField
from kyc.forms.bill import PrintedForm
from kyc.forms.lists import HsCodesField
from kyc.forms.money import AmountField, CurrencyField
from kyc.models import EntryVersion

OF_ONE_VERSION = frozenset({"lodged_at", "changed_by", "received_from"})


def _text(label: Any, length: int, width: str = "w20", **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": width, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **options)


class EntryForm(PrintedForm):
    number = _text(_("Entry number"), 60, "id w12")
    lodged_at = MomentField(label=_("Lodged at"), required=False)
    changed_by = _text(_("Lodged or changed by"), 200)
    received_from = _text(_("Received from"), 200)
    lane = forms.ChoiceField(
        label=_("Lane"),
        required=False,
        choices=[("", _("Not known yet")), *EntryVersion.Lane.choices],
    )
    selected_at = MomentField(
        label=_("Lane given at"), required=False,
        help_text=_("What is changed after this moment was changed knowing the lane."),
    )  # fmt: skip
    declarant = _text(_("Declarant"), 200)
    exporter = _text(_("Exporter"), 300)
    consignee = _text(_("Consignee"), 300)
    country_of_destination = CountryField(label=_("Destination"), required=False)
    goods_description = _text(_("Goods"), 500, "wide")
    hs_codes = HsCodesField(label=_("HS codes"), max_length=120, required=False)
    packages = forms.IntegerField(
        label=_("Packages"), min_value=0, max_value=2_000_000_000, required=False,
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric"}),
    )  # fmt: skip
    gross_weight_mg = WeightField(label=_("Gross weight"), required=False)
    value = AmountField(label=_("Value"), required=False)
    value_currency = CurrencyField(label=_("Currency"), required=False)

    @classmethod
    def initial_of(cls, entry: EntryVersion | None, *, is_new: bool) -> dict[str, Any]:
        """What a version says; a new one begins as the last one read."""
        if entry is None:
            return {}
        names = [name for name in cls.base_fields if hasattr(entry, name)]
        return {n: getattr(entry, n) for n in names if not (is_new and n in OF_ONE_VERSION)}


class EntryCorrectionForm(EntryForm):
    reason = forms.CharField(
        label=_("What was typed wrong"), max_length=100,
        widget=forms.TextInput(attrs={"class": "wide"}),
    )  # fmt: skip

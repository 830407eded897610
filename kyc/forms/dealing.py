"""What people type about a call, a payment or a meeting: shape only; rules are in `dealings`."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.widgets import DateInput
from kyc.forms.party import PartyField
from kyc.models import Dealing, Party
from kyc.ties.dealings import Sum

NAMESAKES_SHOWN = 5


class DealingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Dealing.Kind, widget=forms.RadioSelect)
    giver = PartyField(
        label=_("Who called, paid or asked for the meeting"),
        help_text=_("Type the name and choose it from the list, or type its number."),
    )
    receiver = PartyField(label=_("Whom"))
    happened_on = forms.DateField(
        label=_("On"), required=False, widget=DateInput(), help_text=_("Of several: the first day.")
    )
    times = forms.IntegerField(label=_("How often"), initial=1, min_value=1, max_value=1_000_000)
    amount = forms.DecimalField(
        label=_("Amount"), required=False, max_digits=16, decimal_places=2, min_value=0
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"class": "id w4"}),
        help_text=_("Three letters, such as KES."),
    )
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=300,
        help_text=_("The call record, bank statement or interview, and its page."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "short"}),
    )

    def __init__(self, data: Any = None, *, parties: QuerySet[Party]) -> None:
        super().__init__(data)
        self.parties = parties
        for name in ("giver", "receiver"):
            cast(PartyField, self.fields[name]).parties = parties

    def clean_giver(self) -> Party:
        return self._one("giver")

    def clean_receiver(self) -> Party:
        return self._one("receiver")

    def _one(self, field: str) -> Party:
        """The party chosen, or the only one of the name that was typed."""
        named = self.cleaned_data[field]
        if isinstance(named, Party):
            return named
        found = list(self.parties.filter(name__iexact=named)[:NAMESAKES_SHOWN])
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(str(party.pk) for party in found)
            raise ValidationError(
                gettext("Several parties have this name. Type the number of one: %(listed)s.")
                % {"listed": listed}
            )
        raise ValidationError(_("Choose a party from the list. Add it to the register first."))

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("amount") is not None and not data.get("currency"):
            self.add_error("currency", _("Write the currency in three letters, such as KES."))
        if data.get("currency") and data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Write how much was paid, or remove the currency."))

    def typed(self) -> dict[str, Any]:
        """The arguments of `dealings.add`."""
        data = dict(self.cleaned_data)
        amount, currency = data.pop("amount"), data.pop("currency")
        return data | {"paid": Sum(amount, currency) if amount is not None else None}

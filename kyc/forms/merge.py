"""What people type about merging two parties, and about a decision on one."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.widgets import DateInput
from kyc.forms.party import PartyField, ReasonForm
from kyc.models import Party, Review


class OtherForm(forms.Form):
    """The other record, by name or number."""

    other = PartyField(label=_("The other record"))

    def __init__(self, data: Any = None, *, parties: Any) -> None:
        super().__init__(data)
        cast(PartyField, self.fields["other"]).parties = parties

    def clean_other(self) -> Party:
        found = self.cleaned_data["other"]
        if not isinstance(found, Party):
            raise forms.ValidationError(_("Choose a party from the list, or type its number."))
        return found


class MergeForm(ReasonForm):
    keep = forms.ChoiceField(label=_("Keep"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, left: Party, right: Party) -> None:
        super().__init__(data, initial={"keep": str(left.pk)})
        cast(forms.ChoiceField, self.fields["keep"]).choices = [
            (str(party.pk), party.name) for party in (left, right)
        ]

    field_order = ["keep", "reason"]


class ReviewForm(forms.Form):
    regime = forms.ChoiceField(label=_("Checklist from now on"))
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Review.Decision, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("All who may see this party read it. Leave out what only a case knows."),
    )
    next_review_on = forms.DateField(
        label=_("Due again on"),
        required=False,
        widget=DateInput(),
        help_text=_("Left empty: when the checklist says."),
    )

    def __init__(self, data: Any = None, *, regimes: dict[str, str], regime: str) -> None:
        super().__init__(data, initial={"regime": regime})
        cast(forms.ChoiceField, self.fields["regime"]).choices = list(regimes.items())

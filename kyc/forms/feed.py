"""What a manager writes about a party in the feed: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

READERS = _("All who decide on the feed read this. Name no case, no seizure, no other person.")
TEXT = forms.Textarea(attrs={"class": "short"})


class FeedDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Carriers are"),
        choices=[("list", _("warned of this party")), ("decline", _("not warned of it"))],
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(label=_("Why"), max_length=1000, widget=TEXT, help_text=READERS)


class FeedWithdrawForm(forms.Form):
    basis = forms.CharField(
        label=_("Why it is taken out"), max_length=1000, widget=TEXT, help_text=READERS
    )

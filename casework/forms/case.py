"""Forms about the case itself: finding it, changing it, its steps, its diary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases import STEPS
from casework.forms.fields import MomentField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import Agency, Case

ANY = ("", _("Any"))
SORTS = {
    "changed": ("-changed_at", _("Changed last")),
    "opened": ("-created_at", _("Opened last")),
    "reference": ("reference", _("Reference")),
    "title": ("title", _("Title")),
}


class CaseFilterForm(forms.Form):
    """What the list of cases is narrowed to; a value it does not know narrows nothing."""

    q = forms.CharField(
        label=_("Reference or words of the title"), max_length=200, required=False,
        widget=forms.TextInput({"size": 28}),
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("Status"), choices=[ANY, *Case.Status.choices], required=False
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=[ANY, *Case.Tier.choices], required=False)
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.all(), required=False, empty_label=_("Any")
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[(key, word) for key, (_by, word) in SORTS.items()],
        required=False,
    )
    mine = forms.BooleanField(label=_("Only those I lead"), required=False)


class CaseForm(ChangedMeanwhile, forms.ModelForm[Case]):
    reason = forms.CharField(
        label=_("Why it changes"), max_length=100, required=False,
        help_text=_("The history keeps it beside the change."),
    )  # fmt: skip

    class Meta:
        model = Case
        fields = [
            "title", "summary", "tier", "confidentiality", "occurrence_book", "police_file",
            "prosecution_file", "court_file",
        ]  # fmt: skip
        widgets = {
            "summary": forms.Textarea({"class": "tall"}),
            **{
                name: forms.TextInput({"class": "id"})
                for name in ("occurrence_book", "police_file", "prosecution_file", "court_file")
            },
        }
        help_texts = {
            "title": _("Say the thing, not its number: what, hidden in what, bound for where."),
            "summary": _("What a court must know, in order of time. The dossier begins with it."),
        }


class CaseStepForm(forms.Form):
    to = forms.ChoiceField(label=_("The case is now"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=100, help_text=_("The history keeps it for the court.")
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = STEPS.get(case.status, ())
        self.fields["to"] = forms.ChoiceField(
            label=_("The case is now"),
            widget=forms.RadioSelect,
            choices=[(status.value, status.label) for status in steps],
        )


class DiaryForm(forms.Form):
    happened_at = MomentField(
        label=_("When it happened"), help_text=_("Not when you write it down.")
    )
    text = forms.CharField(label=_("What happened"), max_length=20000, widget=forms.Textarea)
    is_sensitive = forms.BooleanField(
        label=_("Sensitive"), required=False,
        help_text=_("Informants, sealed matters. Seen only by who may see such things."),
    )  # fmt: skip

    def __init__(self, *args: Any, may_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_hide:
            del self.fields["is_sensitive"]


class PreferencesForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200,
        help_text=_("As it stands on papers from now on; what you signed keeps the old one."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Every time you read is told in this zone.")
    )
    has_single_keys = forms.BooleanField(
        label=_("Single keys do things"), required=False,
        help_text=_("j and k move between rows, a acknowledges. Never inside a field."),
    )  # fmt: skip

    def __init__(self, *args: Any, zones: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=[(zone, zone.replace("_", " ")) for zone in zones],
            help_text=_("Every time you read is told in this zone."),
        )

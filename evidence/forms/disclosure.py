"""Forms of a disclosure: what is decided of each thing, for whom it is built, who received it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.forms.court import text_field
from casework.forms.court_charges import AccusedChoice
from casework.forms.fields import MomentField
from casework.models import Accused, Case
from evidence.disclosure.decisions import Choice, Decision
from evidence.disclosure.disclosures import Asked
from evidence.disclosure.things import Treatment
from evidence.filestore.uploads import HashedUpload
from evidence.forms.certificates import OnePaperField
from evidence.models import DisclosureService

MOST_WORDS = 50


class DecisionForm(forms.Form):
    """One row of the page: how the thing goes, and the ground where it is withheld."""

    treatment = forms.ChoiceField(label=_("How"))
    ground = forms.CharField(label=_("Ground"), max_length=300, required=False)

    def __init__(self, decision: Decision, data: Mapping[str, Any] | None = None) -> None:
        initial = {"treatment": decision.treatment, "ground": decision.ground}
        super().__init__(data, initial=initial, prefix=decision.thing.key, auto_id="%s")
        labels = dict(Treatment.choices)
        choices: Any = [(one, labels[Treatment(one)]) for one in decision.thing.choices]
        self.fields["treatment"].choices = choices  # type: ignore[attr-defined]
        title = decision.thing.title
        self.fields["treatment"].widget.attrs["aria-label"] = _("How: %s") % title
        self.fields["ground"].widget.attrs |= {
            "aria-label": _("Ground: %s") % title, "list": "grounds", "autocomplete": "off",
        }  # fmt: skip
        self.decision = decision

    @property
    def is_sent(self) -> bool:
        return self.add_prefix("treatment") in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_withheld = cleaned.get("treatment") == Treatment.WITHHELD
        if is_withheld and not cleaned.get("ground") and "ground" not in self.errors:
            title = self.decision.thing.title
            self.add_error("ground", _("Say on what ground %s is withheld.") % title)
        return cleaned

    def choice(self) -> Choice:
        return Choice(key=self.decision.thing.key, **self.cleaned_data)


class DisclosureForm(forms.Form):
    """For whom, and the words that nobody outside may read."""

    accused = AccusedChoice(required=False)
    to = forms.CharField(
        label=_("And for"), max_length=120, required=False,
        help_text=_("Counsel or others, as the cover names them."),
    )  # fmt: skip
    words = text_field(
        _("Names and words that must not be read"),
        max_length=4000,
        required=False,
        help_text=_(
            "One on each line. They are taken out of every text, file name and custody report. "
            "Names of protected witnesses are taken out anyway."
        ),
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accused"].queryset = case.accused.order_by("number")  # type: ignore[attr-defined]

    def clean_words(self) -> list[str]:
        words = [line.strip() for line in self.cleaned_data["words"].splitlines()]
        kept = list(dict.fromkeys(word for word in words if word))
        if len(kept) > MOST_WORDS:
            raise forms.ValidationError(_("Write at most 50 words. Redact files for the rest."))
        return kept

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("accused") and not cleaned.get("to", "").strip():
            raise forms.ValidationError(_("Say for whom the disclosure is."))
        return cleaned

    def asked(self) -> Asked:
        numbers = tuple(row.number for row in self.cleaned_data["accused"])
        return Asked(
            accused=numbers, to=self.cleaned_data["to"], words=tuple(self.cleaned_data["words"])
        )


class OneAccused(forms.ModelChoiceField[Accused]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ServiceForm(forms.Form):
    recipient = forms.CharField(
        label=_("Who received it"), max_length=200,
        help_text=_("The person who took it, by name."),
    )  # fmt: skip
    capacity = forms.CharField(
        label=_("As"), max_length=100, required=False,
        help_text=_("Such as counsel, the accused, court clerk."),
    )  # fmt: skip
    accused = OneAccused(
        queryset=Accused.objects.none(), label=_("For which accused"), required=False,
        empty_label=_("For nobody in particular"),
    )  # fmt: skip
    means = forms.ChoiceField(label=_("How"), choices=DisclosureService.Means.choices)
    served_at = MomentField(label=_("When"), initial=clock.now)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    receipt = OnePaperField(
        label=_("Receipt"), required=False, help_text=_("A scan or photograph of the signed paper.")
    )
    note = text_field(_("Remarks"), max_length=2000, required=False)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accused"].queryset = case.accused.order_by("number")  # type: ignore[attr-defined]

    def upload(self) -> HashedUpload | None:
        sent: HashedUpload | None = self.cleaned_data["receipt"]
        return sent

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "receipt"}


class ServiceCorrectForm(ServiceForm):
    correction = forms.CharField(
        label=_("What was wrong"), max_length=300, help_text=_("Both stay on record.")
    )
    field_order = ("correction",)


class ServiceTakeBackForm(forms.Form):
    correction = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Both stay on record.")
    )

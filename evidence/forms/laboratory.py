"""Forms of what goes to a laboratory and comes back, and of what a count says of its species."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CodeField, TaxonField
from casework.forms.court import text_field
from casework.forms.fields import WeightField
from casework.models import Laboratory
from evidence.forms.certificates import OnePaperField, day_field
from evidence.forms.exhibits import CountField
from evidence.models import CountAnswer, Exhibit, Finding, RequestedItem
from evidence.papers.laboratory import Found, Packed

MOST = 200


class RequestForm(forms.Form):
    laboratory = forms.ModelChoiceField(
        Laboratory.objects.all(),
        label=_("Laboratory"),
        required=False,
        empty_label=_("Another one, named below"),
    )
    name = forms.CharField(label=_("Name of another laboratory"), required=False, max_length=200)
    accreditation = forms.CharField(label=_("Its accreditation"), required=False, max_length=200)
    address = forms.CharField(label=_("Its address"), required=False, max_length=300)
    question = text_field(
        _("What is asked"),
        max_length=4000,
        help_text=_("Such as: which species, from how many animals, how certain."),
    )
    sent_by = forms.CharField(label=_("Sent by"), max_length=200)
    carried_by = forms.CharField(label=_("Carried by"), max_length=200)
    sent_on = day_field(_("Sent on"))
    due_on = day_field(_("Report asked for by"), required=False)
    reason = forms.CharField(label=_("Why it is changed"), max_length=300)

    def __init__(
        self, *args: Any, exhibits: list[Any], is_change: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.exhibits = exhibits[:MOST]
        if not is_change:
            del self.fields["reason"]
        for exhibit in self.exhibits:
            self.fields[f"take_{exhibit.pk}"] = forms.BooleanField(
                label=f"{exhibit.label} {exhibit.description}", required=False
            )
            self.fields[f"marks_{exhibit.pk}"] = forms.CharField(
                label=_("Marks on %(label)s") % {"label": exhibit.label},
                required=False,
                max_length=200,
            )

    def things(self) -> list[dict[str, Any]]:
        """The rows of the page: an exhibit, its box to tick, its marks."""
        return [
            {
                "exhibit": exhibit,
                "take": self[f"take_{exhibit.pk}"],
                "marks": self[f"marks_{exhibit.pk}"],
            }
            for exhibit in self.exhibits
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("laboratory") and not (cleaned.get("name") or "").strip():
            self.add_error("laboratory", _("Choose a laboratory, or write its name below."))
        if not any(cleaned.get(f"take_{exhibit.pk}") for exhibit in self.exhibits):
            self.add_error(None, _("Choose at least one exhibit."))
        return cleaned

    def items(self) -> list[Packed]:
        """What was chosen, with seal, count and weight as the chain has them last."""
        return [
            Packed(
                exhibit,
                exhibit.seal_last or "",
                self.cleaned_data[f"marks_{exhibit.pk}"],
                exhibit.count_last,
                exhibit.weight_last,
            )
            for exhibit in self.exhibits
            if self.cleaned_data[f"take_{exhibit.pk}"]
        ]

    def values(self) -> dict[str, Any]:
        names = ("question", "sent_by", "carried_by", "sent_on", "due_on", "reason")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class ReceiptForm(forms.Form):
    received_by = forms.CharField(label=_("Received by"), max_length=200)
    received_on = day_field(_("Received on"))
    reference = forms.CharField(
        label=_("Number given by the laboratory"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "id w20"}),
    )
    is_intact = forms.TypedChoiceField(
        label=_("Seals"),
        choices=[("yes", _("Intact and as on the memo")), ("no", _("Not as on the memo"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    remarks = text_field(
        _("Remarks"), required=False, max_length=2000, help_text=_("What was found at the seals.")
    )
    paper = OnePaperField(label=_("The signed memo"), required=False)
    reason = forms.CharField(label=_("Why it takes the place of the first"), max_length=300)

    def __init__(self, *args: Any, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_change:
            del self.fields["reason"]


class ReportForm(forms.Form):
    expert = forms.CharField(label=_("Expert"), max_length=200)
    qualification = forms.CharField(label=_("Qualification"), required=False, max_length=300)
    reported_on = day_field(_("Date of the report"))
    reference = forms.CharField(
        label=_("Number of the report"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "id w20"}),
    )
    paper = OnePaperField(label=_("The signed report"), required=False)
    reason = forms.CharField(label=_("Why it takes the place of the first"), max_length=300)

    def __init__(self, *args: Any, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_change:
            del self.fields["reason"]


class FindingForm(forms.Form):
    """What the report says of one thing; left out where nothing is said."""

    certainty = forms.ChoiceField(
        label=_("How certain"),
        required=False,
        choices=[("", _("Not in this report")), *Finding.Certainty.choices],
    )
    taxon = TaxonField(label=_("Species found"), required=False)
    specimen = CodeField("specimen", label=_("Specimen"), required=False)
    method = forms.CharField(
        label=_("Method"),
        required=False,
        max_length=300,
        help_text=_("Such as: Schreger angles, DNA."),
    )
    count = CountField(required=False)
    weight_mg = WeightField(label=_("Weight"), required=False)
    text = text_field(_("In the expert's words"), required=False, max_length=4000)

    def __init__(self, *args: Any, item: RequestedItem, **kwargs: Any) -> None:
        kwargs["prefix"] = f"item{item.pk}"
        super().__init__(*args, **kwargs)
        self.item = item

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("certainty") and cleaned.get("taxon"):
            self.add_error("certainty", _("Say how certain the expert is."))
        is_open = cleaned.get("certainty") in ("", Finding.Certainty.OPEN)
        if not is_open and not cleaned.get("taxon") and not self.errors:
            self.add_error("taxon", _("Name the species, or choose “Not determined”."))
        return cleaned

    def found(self) -> Found | None:
        cleaned = self.cleaned_data
        return Found(self.item, **cleaned) if cleaned["certainty"] else None


class ExhibitsChoice(forms.ModelMultipleChoiceField[Exhibit]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} {obj.description}"


class CountSpeciesForm(forms.Form):
    taxon = TaxonField(
        label=_("Species that the count names"),
        required=False,
        help_text=_("Empty where the offence does not depend on a species."),
    )
    exhibits = ExhibitsChoice(
        Exhibit.objects.none(),
        label=_("Exhibits that it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: it is about all exhibits of the case."),
    )

    def __init__(self, *args: Any, exhibits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibits"].queryset = exhibits  # type: ignore[attr-defined]  # a model choice

    def clean_taxon(self) -> Any:
        taxon = self.cleaned_data["taxon"]
        if isinstance(taxon, str) and taxon:
            raise forms.ValidationError(
                _("This species is not in the list. Type its name and choose it.")
            )
        return taxon or None


class CountAnswerForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Answer"), choices=CountAnswer.How.choices, widget=forms.RadioSelect
    )
    note = text_field(
        _("Reason"),
        max_length=2000,
        help_text=_("It stays beside the finding, also in the dossier."),
    )
    decided_on = day_field(_("Decided on"))

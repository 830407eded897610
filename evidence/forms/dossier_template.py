"""The form of a court's template: which parts in which order, their titles, cover and wording."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import Agency, Court
from evidence.dossier.plan import PARTS
from evidence.issuing import parts, templates
from evidence.issuing.arranging import arranged
from evidence.models import DossierTemplate
from evidence.models.dossier_template import LANGUAGE


@dataclass(frozen=True)
class PartRow:
    key: str
    house: StrOrPromise  # the title of the house
    title: str = ""
    is_in: bool = True


class DossierTemplateForm(ChangedMeanwhile, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    court = forms.ModelChoiceField(
        queryset=Court.objects.all(), label=_("Court"), required=False, empty_label=_("Any court"),
        help_text=_("Dossiers of its trials begin with this template."),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.all(), label=_("Agency"), required=False,
        empty_label=_("Every agency"), help_text=_("Only its cases are offered this template."),
    )  # fmt: skip
    language = forms.CharField(
        label=_("Language of the court"), max_length=8, initial="en", validators=[LANGUAGE],
        widget=forms.TextInput(attrs={"class": "w4"}),
        help_text=_("Its code, such as en or sw. The PDF tells it to whatever reads it aloud."),
    )  # fmt: skip
    cover_heading = forms.CharField(
        label=_("Heading of the cover"), max_length=200, required=False,
        widget=forms.Textarea(attrs={"class": "short", "rows": 2}),
        help_text=_("Such as: In the Chief Magistrate's Court at ..."),
    )  # fmt: skip
    cover_text = forms.CharField(
        label=_("Text of the cover"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"class": "short"}),
    )  # fmt: skip
    closing_text = forms.CharField(
        label=_("Text of the certificate"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("Stands on the last page, above the signatures."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why it changes"), max_length=100, required=False)

    def __init__(self, data: Any = None, *, template: DossierTemplate | None = None) -> None:
        names = [name for name in templates.FIELDS if name != "parts"]
        initial = {name: getattr(template, name) for name in names} if template else {}
        super().__init__(data, initial=initial)
        self.template = template
        if template is None:
            del self.fields["reason"]

    @property
    def rows(self) -> list[PartRow]:
        """Every part there is: those that are in, in their order, then the others."""
        return self._typed() if self.is_bound else _kept(self.template)

    def _typed(self) -> list[PartRow]:
        data: Any = self.data
        ticked = set(data.getlist("parts"))
        shown = [key for key in dict.fromkeys(data.getlist("shown")) if key in parts.TITLES]
        shown += [key for key in PARTS if key not in shown]
        typed = {key: data.get(f"place_{key}", "").strip() for key in shown}
        places = {key: int(text) for key, text in typed.items() if text.isdecimal()}
        rows = [
            PartRow(key, parts.TITLES[key], data.get(f"title_{key}", ""), key in ticked)
            for key in arranged(shown, {key: min(n, 999) for key, n in places.items()})
        ]
        return sorted(rows, key=lambda row: not row.is_in)

    def values(self) -> dict[str, Any]:
        """What the operations take; call it when the form is sound."""
        chosen = [{"key": row.key, "title": row.title} for row in self.rows if row.is_in]
        return {**self.cleaned_data, "parts": chosen}


def _kept(template: DossierTemplate | None) -> list[PartRow]:
    if template is None:
        return [PartRow(key, title) for key, title in parts.TITLES.items()]
    own = [
        PartRow(row["key"], parts.TITLES[row["key"]], row.get("title", ""))
        for row in template.parts
        if row["key"] in parts.TITLES
    ]
    named = {row.key for row in own}
    rest = [PartRow(key, parts.TITLES[key], is_in=False) for key in PARTS if key not in named]
    return [*own, *rest]

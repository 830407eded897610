"""The form that asks for a dossier: its parts, exhibits, documents, wording and signers.

The rows of its tables are plain inputs: a page may list hundreds, and each has its own words.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import User
from evidence.issuing import signers
from evidence.issuing.arranging import arranged
from evidence.issuing.desk import Choice, Desk, Row
from evidence.issuing.signers import Signer
from evidence.issuing.wishes import Wishes
from evidence.models import DossierTemplate

HIGHEST = 99_999
REPLACED = 3  # lines for pages to replace


class DossierForm(forms.Form):
    """`desk` is what can be chosen; what was typed is kept, in the order that was typed."""

    template = forms.ChoiceField(label=_("Template"), required=False)
    addressed_to = forms.CharField(
        label=_("For"),
        max_length=200,
        required=False,
        help_text=_("As the cover names it, such as a court. Left empty: the court of the trial."),
    )

    def __init__(self, data: Any = None, *, desk: Desk) -> None:
        self.desk = desk
        super().__init__(data, initial=_initial(desk))
        own = [(str(one.pk), str(one)) for one in desk.templates]
        self.fields["template"].choices = [("", _("The order of the house")), *own]  # type: ignore[attr-defined]  # a choice field
        people = [("", _("Nobody")), *((str(one.pk), str(one)) for one in desk.people)]
        for n in range(1, signers.MOST + 1):
            self.fields[f"signer_{n}"] = forms.ChoiceField(
                label=_("%(n)d. Signs") % {"n": n}, choices=people, required=False
            )
            self.fields[f"capacity_{n}"] = forms.CharField(
                label=_("As"), max_length=100, required=False
            )

    @property
    def chosen_template(self) -> DossierTemplate | None:
        wanted = str(self["template"].value() or "")
        return next((one for one in self.desk.templates if str(one.pk) == wanted), None)

    @property
    def parts(self) -> list[Choice]:
        chosen = self._many("parts") if self.is_bound else self.desk.wanted.parts
        rows = self.desk.choices(self.chosen_template, chosen)
        if self.is_bound and not chosen:
            return [replace(row, is_in=False) for row in rows]
        return rows

    @property
    def exhibits(self) -> list[Row]:
        rows = self._arranged(self.desk.exhibits, "exhibit")
        if not self.is_bound or self.desk.continues is None:
            return rows
        ticked = set(self._many("only"))
        return [replace(row, is_in=str(row.pk) in ticked) for row in rows]

    @property
    def papers(self) -> list[Row]:
        """Those to be merged first, in their order."""
        rows = self._arranged(self.desk.papers, "paper")
        if self.is_bound:
            ticked = set(self._many("papers"))
            rows = [replace(row, is_in=str(row.pk) in ticked) for row in rows]
        return sorted(rows, key=lambda row: not row.is_in)

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """A line for each signer, in turn."""
        return [(self[f"signer_{n}"], self[f"capacity_{n}"]) for n in range(1, signers.MOST + 1)]

    def _many(self, name: str) -> list[str]:
        data: Any = self.data
        return list(data.getlist(name))

    def _arranged(self, rows: Sequence[Row], name: str) -> list[Row]:
        """In the order that was typed beside the rows as they were shown."""
        if not self.is_bound:
            return list(rows)
        by_key = {str(row.pk): row for row in rows}
        shown = [key for key in dict.fromkeys(self._many(f"shown_{name}")) if key in by_key]
        typed = {key: self.data.get(f"{name}_{key}", "").strip() for key in shown}
        places = {
            key: min(int(value), HIGHEST)
            for key, value in typed.items()
            if value.isdecimal() and len(value) < 9
        }
        rest = [key for key in by_key if key not in places and key not in shown]
        return [by_key[key] for key in [*arranged(shown, places), *rest]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(row.is_in for row in self.parts):
            self.add_error(None, _("Choose at least one part."))
        values["signers"] = self._signers(values)
        return values

    def _signers(self, values: dict[str, Any]) -> tuple[Signer, ...]:
        by_key: dict[str, User] = {str(one.pk): one for one in self.desk.people}
        found = []
        for n in range(1, signers.MOST + 1):
            person, capacity = values.get(f"signer_{n}"), values.get(f"capacity_{n}", "")
            if person and not capacity:
                self.add_error(f"capacity_{n}", _("Say as what, such as prosecutor."))
            elif person:
                found.append((by_key[person], capacity))
        return tuple(found)

    def asked(self) -> dict[str, Any]:
        """What the operations take; call it when the form is sound."""
        return {
            "addressed_to": self.cleaned_data["addressed_to"],
            "template": self.chosen_template,
            "signers": self.cleaned_data["signers"],
            "continues": self.desk.continues,
            "wishes": self.wishes(),
        }

    def wishes(self) -> Wishes:
        rows = self.exhibits
        everything = all(part.is_in for part in self.parts)
        chosen = tuple(part.line.key for part in self.parts if part.is_in)
        only = tuple(row.label for row in rows if row.is_in) if self.desk.continues else None
        return Wishes(
            parts=() if everything else chosen,
            exhibits=tuple(row.label for row in rows),
            only=only,
            documents=tuple(row.pk for row in self.papers if row.is_in),
            replacements=self.replacements(),
        )

    def replacements(self) -> tuple[dict[str, Any], ...]:
        return ()


class SupplementForm(DossierForm):
    """The same for a supplement, with the pages that it replaces.

    No field is called `paper_1`: a row of the table of documents is.
    """

    def __init__(self, data: Any = None, *, desk: Desk) -> None:
        super().__init__(data, desk=desk)
        listed = [(str(row.pk), f"{row.label} {row.what}".strip()) for row in desk.papers]
        for n in range(1, REPLACED + 1):
            self.fields[f"page_{n}"] = forms.IntegerField(
                label=_("Page"), min_value=1, max_value=HIGHEST, required=False,
                widget=forms.NumberInput(attrs={"class": "w4"}),
            )  # fmt: skip
            self.fields[f"stands_{n}"] = forms.ChoiceField(
                label=_("Replaced by"), choices=[("", _("Nothing")), *listed], required=False
            )
            self.fields[f"reason_{n}"] = forms.CharField(
                label=_("Reason"), max_length=300, required=False
            )

    @property
    def replaced(self) -> list[tuple[Any, Any, Any]]:
        return [
            (self[f"page_{n}"], self[f"stands_{n}"], self[f"reason_{n}"])
            for n in range(1, REPLACED + 1)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for n in range(1, REPLACED + 1):
            names = (f"page_{n}", f"stands_{n}", f"reason_{n}")
            given = [name for name in names if values.get(name)]
            if given and len(given) < len(names) and not any(self.errors.get(n) for n in names):
                missing = next(name for name in names if name not in given)
                self.add_error(missing, _("Give the page, what stands for it, and the reason."))
        return values

    def replacements(self) -> tuple[dict[str, Any], ...]:
        got = self.cleaned_data
        return tuple(
            {
                "page": got[f"page_{n}"],
                "attachment": int(got[f"stands_{n}"]),
                "reason": got[f"reason_{n}"],
            }
            for n in range(1, REPLACED + 1)
            if got.get(f"page_{n}") and got.get(f"stands_{n}")
        )


def _initial(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = {
        "template": str(desk.template.pk) if desk.template else "",
        "addressed_to": desk.addressed_to,
    }
    may = {one.pk for one in desk.people}
    kept = [each for each in desk.wanted.signers if each["person"] in may]
    for n, each in enumerate(kept, 1):
        found |= {f"signer_{n}": str(each["person"]), f"capacity_{n}": each["capacity"]}
    for n, each in enumerate(desk.wanted.replacements, 1):
        found |= {f"page_{n}": each["page"], f"stands_{n}": str(each["attachment"])}
        found |= {f"reason_{n}": each["reason"]}
    return found

"""The rows of who appeared at a hearing: who, whether they came, why not. They save nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.days.appearances import Seen
from casework.forms.meanwhile import mark
from casework.models import Appearance, Case, Code, Witness

OTHERS = (
    ("prosecutor", _("Prosecutor")),
    ("defence", _("Defence counsel")),
    ("interpreter", _("Interpreter")),
    ("other", _("Somebody else")),
)
CAME = (
    ("", _("Was not to come")),
    ("came", _("Came")),
    ("testified", _("Came and gave evidence")),
    ("absent", _("Did not come")),
)

Row = Mapping[str, Any]  # of who, name, came and why_absent


class Choices:
    """Who can appear in a case and why somebody did not: read once for all rows of a form."""

    def __init__(self, case: Case) -> None:
        self.accused = {f"accused:{one.pk}": one for one in case.accused.all()}
        seen: Iterable[Witness] = Witness.objects.of_case(case).order_by("number")
        self.witnesses = {f"witness:{one.pk}": one for one in seen}
        self.absences = {str(one.pk): one for one in Code.objects.kind("absence")}
        people = [(key, str(one)) for key, one in (*self.accused.items(), *self.witnesses.items())]
        self.who = [("", _("Choose")), *people, *OTHERS]
        self.why = [("", "-"), *((key, str(one)) for key, one in self.absences.items())]


class AppearanceForm(forms.Form):
    who = forms.ChoiceField(label=_("Who"), required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    came = forms.ChoiceField(label=_("Came"), choices=CAME, required=False)
    why_absent = forms.ChoiceField(label=_("Why not"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.fields["who"].choices = choices.who  # type: ignore[attr-defined]
        self.fields["why_absent"].choices = choices.why  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("came") and not data.get("who"):
            self.add_error("who", _("Choose who."))
        if data.get("came") == "absent" and not data.get("why_absent"):
            self.add_error("why_absent", _("Choose why, or that no reason was given."))
        return data

    def seen(self) -> Seen | None:
        """The row as it is kept; None where the person was not to come."""
        data = self.cleaned_data
        who, came = data.get("who", ""), data.get("came", "")
        if not (who and came):
            return None
        witness = self.choices.witnesses.get(who)
        accused = self.choices.accused.get(who)
        role = Appearance.Role(who.split(":")[0])
        return Seen(
            role, "" if witness or accused else data["name"], accused, witness,
            has_appeared=came != "absent", has_testified=came == "testified",
            why_absent=self.choices.absences.get(data["why_absent"]),
        )  # fmt: skip


class AppearanceRows(forms.BaseFormSet[AppearanceForm]):
    """`stands` is who is on record, in rows as the form has them; none before it was recorded."""

    def __init__(self, *args: Any, stands: Sequence[Row] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = stands
        self.choices: Choices = self.form_kwargs["choices"]

    @property
    def began(self) -> str:
        """What the page says, hidden, of the rows it began with."""
        return mark(_plain(self.stands))

    def clean(self) -> None:
        """What somebody else recorded while these were written is told once, then they stand."""
        began = self.data.get(self.add_prefix("began"), "")
        sent = _plain(getattr(form, "cleaned_data", {}) for form in self.forms)
        if began and self.began not in (began, mark(sent)):
            now = "; ".join(self._in_words(row) for row in self.stands) or _("nobody")
            told = _(
                "Somebody changed who appeared while you wrote. It says now: %(now)s. Send what"
                " is right."
            )
            raise forms.ValidationError(told % {"now": now})

    def _in_words(self, row: Row) -> str:
        known = dict(self.choices.who).get(row["who"], row["who"])
        who = " ".join(filter(None, [str(known), row["name"]]))
        why = self.choices.absences.get(row["why_absent"])
        came = str(dict(CAME)[row["came"]])
        return f"{who}: {came} ({why})" if why else f"{who}: {came}"

    def seen(self) -> list[Seen]:
        return [one for form in self.forms if (one := form.seen()) is not None]


def _plain(rows: Iterable[Row]) -> list[str]:
    """Those who were to come, so that spaces and the order of the rows tell nothing."""
    names = ("who", "came", "why_absent", "name")
    said = [[" ".join(str(row.get(name) or "").split()) for name in names] for row in rows]
    return sorted("\t".join(row) for row in said if row[0] and row[1])


AppearanceFormSet = forms.formset_factory(
    AppearanceForm, formset=AppearanceRows, extra=2, max_num=200, absolute_max=250
)

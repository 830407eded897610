"""The rows of who appeared at a hearing: who, whether they came, why not. They save nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.days.appearances import Seen
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
    def seen(self) -> list[Seen]:
        return [one for form in self.forms if (one := form.seen()) is not None]


AppearanceFormSet = forms.formset_factory(
    AppearanceForm, formset=AppearanceRows, extra=2, max_num=200, absolute_max=250
)

"""Forms of what a hearing needs. They save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case, HearingNeed, Witness
from evidence.models import Exhibit


class NeedForm(forms.Form):
    """One more need: a witness or exhibit of the case, an interpreter, or something else in words.

    The kind follows from what is chosen.
    """

    thing = forms.ChoiceField(label=_("Who or what"), required=False)
    what = forms.CharField(
        label=_("Or in words"),
        max_length=200,
        required=False,
        help_text=_("A video link, a scale, the court's own file. Of an interpreter: the name."),
    )
    language = forms.CharField(
        label=_("Language of the interpreter"), max_length=40, required=False
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.witnesses = {
            f"witness-{one.pk}": one
            for one in Witness.objects.of_case(case).filter(is_dropped=False).order_by("number")
        }
        self.exhibits = {
            f"exhibit-{one.pk}": one for one in Exhibit.objects.of_case(case).order_by("pk")
        }
        exhibits = [(key, f"{one.label} {one.description}") for key, one in self.exhibits.items()]
        self.fields["thing"].choices = [  # type: ignore[attr-defined]
            ("", _("Something else, in words")),
            ("interpreter", _("An interpreter")),
            (_("Witnesses"), [(key, str(one)) for key, one in self.witnesses.items()]),
            (_("Exhibits"), exhibits),
        ]

    def values(self) -> dict[str, Any]:
        """As the operation takes it."""
        data = self.cleaned_data
        chosen, named = data["thing"], {"what": data["what"]}
        if (witness := self.witnesses.get(chosen)) is not None:
            is_expert = witness.kind == Witness.Kind.EXPERT
            kind = HearingNeed.Kind.EXPERT if is_expert else HearingNeed.Kind.WITNESS
            return {"kind": kind, "witness": witness} | named
        if (exhibit := self.exhibits.get(chosen)) is not None:
            return {"kind": HearingNeed.Kind.EXHIBIT, "exhibit": exhibit} | named
        if chosen == "interpreter":
            return {"kind": HearingNeed.Kind.INTERPRETER, "language": data["language"]} | named
        return {"kind": HearingNeed.Kind.OTHER} | named


class SettleForm(forms.Form):
    is_ready = forms.BooleanField(label=_("It is ready: it will be there"), required=False)
    what = forms.CharField(label=_("Name of the interpreter"), max_length=200, required=False)
    note = forms.CharField(
        label=_("How you know"), max_length=300, required=False,
        help_text=_("Who said so, and when."),
    )  # fmt: skip

    def __init__(self, need: HearingNeed, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if need.kind != HearingNeed.Kind.INTERPRETER:
            self.fields["what"].widget = forms.HiddenInput()

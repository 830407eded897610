"""Forms of summonses and of a change of magistrate. They save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.forms.codes import CodeField
from casework.forms.court import date_field, text_field
from casework.models import Case, Summons, Witness

KINDS: Any = Summons._meta.get_field("kind").choices


class SummonsForm(forms.Form):
    """For which witnesses a summons to one hearing is issued."""

    witnesses: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        queryset=Witness.objects.none(),
        label=_("Who is called"),
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    issued_on = date_field(_("Issued on"), initial=clock.today)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Witness.objects.of_case(case).filter(is_dropped=False).order_by("number")
        self.fields["witnesses"].queryset = rows  # type: ignore[attr-defined]


class ServiceForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it"), widget=forms.RadioSelect, choices=Summons.State.choices
    )
    served_on = date_field(_("Served on"), required=False)
    served_by = forms.CharField(
        label=_("Served by"), max_length=200, required=False, help_text=_("Rank, name, station.")
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("Where they were looked for, or what they said."),
    )


class PresidingForm(forms.Form):
    after = forms.CharField(label=_("Now before"), max_length=200)
    changed_on = date_field(_("Since"), initial=clock.today)
    cause = CodeField("presiding_change", label=_("Why"), empty_label=_("Choose a cause"))
    is_heard_anew = forms.BooleanField(
        label=_("The trial starts again: witnesses are heard anew"), required=False
    )
    note = text_field(_("Note"), required=False)

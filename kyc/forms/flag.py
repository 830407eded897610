"""What people type about red flags: which one they saw, about what, and why."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Indicator


class ReasonForm(forms.Form):
    """Everybody who reads the case reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("Everybody who reads this case reads it, and so may the defence."),
    )


class DismissForm(ReasonForm):
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)  # digest of the evidence shown


class TickForm(forms.Form):
    indicator = forms.ChoiceField(label=_("What was seen"))
    about = forms.ChoiceField(label=_("About"))
    note = forms.CharField(
        label=_("How it was seen"),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("Who saw what, where and when, so that another can look again."),
    )

    def __init__(
        self, data: Any = None, *, rows: list[Indicator], subjects: list[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            title = str(row.get_group_display())
            groups.setdefault(title, []).append((row.code, f"{row.label} ({row.code})"))
        choices = [("", _("Choose")), *groups.items()]
        cast(forms.ChoiceField, self.fields["indicator"]).choices = choices
        cast(forms.ChoiceField, self.fields["about"]).choices = subjects

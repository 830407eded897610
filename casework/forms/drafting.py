"""The form that adds several accused at once: parties of the case, and names."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casework.forms.court import text_field
from casework.models import Case


class AccusedSeveralForm(forms.Form):
    parties: forms.ModelMultipleChoiceField[Any]
    names = text_field(
        _("Names"), required=False, help_text=_("One on each line, as on the charge sheet.")
    )

    def __init__(self, case: Case, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = apps.get_model("kyc", "Party").objects
        involved = rows.visible_to(user).filter(involvements__case=case).distinct()
        left = involved.exclude(pk__in=case.accused.filter(party__isnull=False).values("party"))
        if left.exists():
            self.fields["parties"] = forms.ModelMultipleChoiceField(
                left.order_by("name"), label=_("Parties of the case"), required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.order_fields(["parties", "names"])
        else:
            self.fields["names"].required = True

    def typed(self) -> dict[str, Any]:
        """As the operation wants it."""
        return {
            "parties": list(self.cleaned_data.get("parties", ())),
            "names": self.cleaned_data["names"].splitlines(),
        }

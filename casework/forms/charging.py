"""Forms of the charging decision: sending the file, deciding on it, answering its queries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.charging.stage import Stage
from casework.forms.codes import CodeField
from casework.forms.court import ProsecutorField, text_field
from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import Agency, Submission, SubmissionQuery
from casework.submissions import MOST_QUERIES

YES_OR_NO = [("", _("Not answered")), ("yes", _("Yes")), ("no", _("No"))]
DECISIONS = [
    choice for choice in Submission.Decision.choices if choice[0] != Submission.Decision.WAITING
]


class SubmissionForm(forms.Form):
    to = ProsecutorField(
        label=_("Prosecutor"), help_text=_("Gets the role of prosecutor on this case.")
    )
    note = text_field(
        _("Note"), required=False, help_text=_("What is urgent, what is still to come.")
    )
    despite = text_field(
        _("Why it goes with queries open"),
        required=False,
        help_text=_("The prosecutor reads it beside the queries that have no answer."),
    )

    def __init__(self, *args: Any, has_open_queries: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = ProsecutorField.everyone()  # type: ignore[attr-defined]
        if not has_open_queries:
            del self.fields["despite"]


class AnswerField(forms.ChoiceField):
    """Yes, no, or not answered: true, false, or none."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(
            label=label, choices=YES_OR_NO, widget=forms.RadioSelect, required=False, **options
        )

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class SubmissionDecisionForm(forms.Form):
    has_evidence = AnswerField(_("Can the evidence convict?"))
    is_in_public_interest = AnswerField(_("Is a prosecution in the public interest?"))
    decision = forms.ChoiceField(
        label=_("What becomes of the file"), widget=forms.RadioSelect, choices=DECISIONS
    )
    cause = CodeField(
        "charging_reason",
        label=_("Why"),
        required=False,
        empty_label=_("Choose a reason"),
        help_text=_("Needed to refuse it."),
    )
    queries = forms.CharField(
        label=_("Queries"),
        required=False,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 6}),
        max_length=MOST_QUERIES * 2000,
        help_text=_("Needed to return it. One on each line; they are numbered."),
    )
    reason = text_field(
        _("In your words"),
        required=False,
        help_text=_("Needed to refuse it: why nobody is charged."),
    )

    def clean_queries(self) -> list[str]:
        """One question for each line that is not empty."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["queries"].splitlines()]
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        """Both tests are answered before a file is accepted."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == Submission.Decision.ACCEPTED:
            for name in ("has_evidence", "is_in_public_interest"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Answer this before you accept the file."))
        return data


class QueryAnswerForm(ChangedMeanwhile, forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=SubmissionQuery._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 6}),
        help_text=_("What was done, and where in the case it stands."),
    )


class FilesForm(forms.Form):
    """The manager's filter of files: by stage, agency and prosecutor."""

    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("All stages")), *Stage.choices]
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("All agencies")
    )
    prosecutor = ProsecutorField(
        label=_("Prosecutor"), required=False, empty_label=_("All prosecutors")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.all()
        fields["prosecutor"].queryset = ProsecutorField.everyone()

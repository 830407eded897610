"""Forms of what happens to charges after the filing: amended, moved, withdrawn, appealed; steps."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.forms.codes import CodeField
from casework.forms.court import AccusedField, CourtField, date_field, text_field
from casework.forms.provision import LONGEST_KEY
from casework.models import Charge, Outcome, Proceeding, TrialStep
from casework.procedure import appeals, machine, record, standing, steps
from casework.procedure.position import state
from casework.procedure.states import Step

ID = {"class": "id w12"}
Decision = Outcome.Decision


class ChargesField(forms.ModelMultipleChoiceField[Charge]):
    """Some of the charges offered, one box each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Charge.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one charge.")},
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        return _("Count %(count)s, %(accused)s") % {
            "count": obj.count.number,
            "accused": obj.accused,
        }

    def clean(self, value: Any) -> Any:
        """A number longer than any key is refused here: the database would stumble over it."""
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)


class TrialField(forms.ModelChoiceField[Proceeding]):
    def __init__(self, **options: Any) -> None:
        super().__init__(Proceeding.objects.none(), **options)


def offering(trial: Proceeding, *asked: Step, elsewhere: bool = False) -> "QuerySet[Charge]":
    """The charges tried here, or in the other trials, that have one of these steps open."""
    lines = record.lines_of(trial.case)
    open_to = [
        key
        for key, line in lines.items()
        if (trial.pk in line.courts) != elsewhere
        and any(machine.refusal(state(line), step) is None for step in asked)
    ]
    return standing.of_case(trial.case).filter(pk__in=open_to)


class AmendForm(forms.Form):
    amended_why = forms.CharField(
        label=_("Why it is amended"),
        max_length=300,
        help_text=_("For example: the expert found another species."),
    )


class SeverForm(forms.Form):
    charges = ChargesField(label=_("Tried apart from now on"))
    ordered_on = date_field(_("Ordered on"))
    to = TrialField(label=_("In"), required=False, empty_label=_("A new court file, named below"))
    court = CourtField(required=False)
    number = forms.CharField(
        label=_("Number of the new file"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=ID),
    )
    reason = text_field(_("Reason in short"), required=False)

    def __init__(self, trial: Proceeding, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ordered_on": clock.today(), "court": trial.court_id})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["charges"].queryset = offering(trial, Step.SEVER)
        others = trial.case.proceedings.filter(kind=Proceeding.Kind.TRIAL).exclude(pk=trial.pk)
        fields["to"].queryset = others.select_related("court")


class JoinForm(forms.Form):
    charges = ChargesField(label=_("Tried here from now on"))
    ordered_on = date_field(_("Ordered on"))
    reason = text_field(_("Reason in short"), required=False)

    def __init__(self, trial: Proceeding, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ordered_on": clock.today()})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["charges"].queryset = offering(trial, Step.JOIN, elsewhere=True)


class WithdrawForm(forms.Form):
    charges = ChargesField(label=_("Withdrawn"))
    decision = forms.ChoiceField(
        label=_("With what effect"),
        widget=forms.RadioSelect,
        choices=[
            (Decision.WITHDRAWN, _("May be charged again")),
            (Decision.WITHDRAWN_BARRED, _("Acquitted: may not be charged again")),
        ],
    )
    decided_on = date_field(_("Withdrawn on"))
    cause = CodeField("outcome_cause", label=_("Cause"), empty_label=_("Choose a cause"))
    reason = text_field(_("Reason in short"), required=False)

    def __init__(self, court: Proceeding, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"decided_on": clock.today()})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["charges"].queryset = offering(court, Step.WITHDRAW, Step.WITHDRAW_BARRED)


class StepForm(forms.Form):
    """A step of the trial; the close of the prosecution case has a page of its own."""

    kind = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
    accused = AccusedField(required=False, empty_label=_("All of them"))
    happened_on = date_field(_("Day"))
    note = text_field(_("Note"), required=False)

    def __init__(self, trial: Proceeding, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"happened_on": clock.today()})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [
            (kind, label)
            for kind, label in steps.open_kinds(trial)
            if kind != TrialStep.Kind.PROSECUTION_CLOSED
        ]
        here = standing.live_charges(trial).values("accused")
        fields["accused"].queryset = trial.case.accused.filter(pk__in=here)


class StepCorrectionForm(forms.Form):
    happened_on = date_field(_("Day"))
    note = text_field(_("Note"), required=False)
    is_taken_back = forms.BooleanField(label=_("It did not happen: take it back"), required=False)
    why = forms.CharField(label=_("What was wrong"), max_length=300)


class AppealForm(forms.Form):
    appellant_side = forms.ChoiceField(
        label=_("Brought by"),
        widget=forms.RadioSelect,
        choices=[("defence", _("Defence")), ("prosecution", _("Prosecution"))],
    )
    about = forms.ChoiceField(
        label=_("Against"), choices=Proceeding._meta.get_field("about").choices or []
    )
    charges = ChargesField(label=_("On these charges"))
    cross_to = TrialField(
        label=_("In answer to"),
        required=False,
        empty_label=_("No appeal of the other side"),
        help_text=_("A cross-appeal goes to the same court."),
    )
    court = CourtField(levels=("high", "appeal", "supreme"))
    number = forms.CharField(
        label=_("Appeal number"), max_length=60, widget=forms.TextInput(attrs=ID)
    )
    opened_on = date_field(_("Brought on"))
    is_out_of_time = forms.BooleanField(label=_("Admitted out of time"), required=False)
    grounds = text_field(_("Grounds in short"), required=False)
    presiding = forms.CharField(label=_("Before"), max_length=200, required=False)

    def __init__(self, parent: Proceeding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        open_to = [one.pk for one in appeals.appealable(parent)]
        fields["charges"].queryset = standing.of_case(parent.case).filter(pk__in=open_to)
        waiting = [one.pk for one in appeals.pending_below(parent)]
        fields["cross_to"].queryset = Proceeding.objects.filter(pk__in=waiting)
        if not waiting:
            del fields["cross_to"]

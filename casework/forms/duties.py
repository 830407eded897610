"""Forms of deadlines, warrants and orders, and requests for assistance. They save nothing."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casework import clock, roles
from casework.duties import assistance, due
from casework.forms.codes import CodeField, CountryField
from casework.forms.court import AccusedField, date_field, text_field
from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import (
    Accused,
    AccusedEvent,
    AssistanceRequest,
    Authority,
    Case,
    CaseUserGrant,
    Code,
    Court,
    Hearing,
    Proceeding,
    User,
)

State = AssistanceRequest.State


def _restrict(form: forms.Form, case: Case, user: Any) -> None:
    """Choices of this case only; the tick that hides only for who could read it again."""
    choices: dict[str, Any] = {
        "accused": lambda: Accused.objects.filter(case=case),
        "proceeding": lambda: Proceeding.objects.filter(case=case).select_related("court"),
        "hearing": lambda: (
            Hearing.objects.filter(proceeding__case=case)
            .select_related("proceeding__court", "kind")
            .order_by("-starts_at")
        ),
        "assigned_to": lambda: _team(case),
        "attachment": lambda: (
            apps.get_model("evidence", "Attachment")
            .objects.visible_to(user)
            .filter(case=case)
            .order_by("-uploaded_at")
        ),
    }
    for name in choices.keys() & form.fields.keys():
        form.fields[name].queryset = choices[name]()  # type: ignore[attr-defined]
    if "is_sensitive" in form.fields and roles.SENSITIVE not in case.granted_actions:
        del form.fields["is_sensitive"]


def _team(case: Case) -> Any:
    grants = CaseUserGrant.objects.live().filter(content_object=case)
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("name")


def _choice(label: Any, empty: Any) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        Accused.objects.none(), label=label, required=False, empty_label=empty
    )


def _file() -> forms.ModelChoiceField[Any]:
    return _choice(_("The paper, among the files of the case"), _("Not among them yet"))


def _hide() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Only for those who may see sensitive things"),
        required=False,
        help_text=_("For everybody else it is not there: in no list and in no number."),
    )


class CaseBoundForm(forms.Form):
    """A form whose choices are those of one case."""

    def __init__(self, case: Case, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _restrict(self, case, user)


class DeadlineForm(ChangedMeanwhile, CaseBoundForm):
    title = forms.CharField(
        label=_("What must be done"), max_length=200,
        error_messages={"required": _("Write what must be done.")},
    )  # fmt: skip
    due_on = date_field(_("By"), error_messages={"required": _("Write by which day.")})
    assigned_to = _choice(_("By whom"), _("Whoever works on the case"))
    proceeding = _choice(_("Court file"), _("None"))
    accused = AccusedField(required=False, empty_label=_("None"))
    note = text_field(_("Note"), required=False)


class DoneForm(forms.Form):
    done_on = date_field(_("Done on"))
    note = text_field(_("How"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"done_on": clock.today()})
        super().__init__(*args, **kwargs)


class AnswerForm(DoneForm):
    note = text_field(
        _("How it was done, or why it does not apply"),
        help_text=_("The record shows no act that ends it: your word stands for it."),
    )


class ReopenForm(forms.Form):
    reason = text_field(_("Why it is open again"), max_length=100)


class AuthorityForm(ChangedMeanwhile, CaseBoundForm):
    kind = CodeField("authority_kind", label=_("Kind"), empty_label=_("Choose a kind"))
    number = forms.CharField(
        label=_("Number"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"class": "id w20"}),
    )  # fmt: skip
    court = forms.ModelChoiceField(
        Court.objects.all(), label=_("Court"), required=False, empty_label=_("None")
    )
    issuer = forms.CharField(label=_("Given by"), max_length=200, required=False)
    issued_on = date_field(_("Given on"))
    valid_from = date_field(
        _("Valid from"), required=False, help_text=_("Left empty: from the day it was given.")
    )
    valid_until = date_field(
        _("Valid until"), required=False, help_text=_("The last day. Left empty: until used.")
    )
    accused = AccusedField(required=False, empty_label=_("None"))
    scope = text_field(_("What it allows"), required=False)
    attachment = _file()
    is_sensitive = _hide()


def about(found: Accused | None) -> dict[str, Any]:
    """The accused whose page led here; after an absconding the warrant that it asks for."""
    last = found.events.standing().order_by("happened_on", "pk").last() if found else None
    is_gone = last is not None and last.kind == AccusedEvent.Kind.ABSCONDED
    kinds = Code.objects.filter(kind="authority_kind", code="bench_warrant")
    return {"accused": found, "kind": kinds.first() if is_gone else None}


class AuthorityExecuteForm(forms.Form):
    executed_on = date_field(_("Carried out on"))
    result = text_field(_("What came of it"))


class AuthorityEndForm(forms.Form):
    ended_on = date_field(_("Ended on"))
    result = text_field(_("Why it ended"))


class HearingChoice(forms.ModelChoiceField[Any]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.starts_at:%Y-%m-%d}, {obj.kind}, {obj.proceeding.number}"


class AssistanceForm(ChangedMeanwhile, CaseBoundForm):
    country = CountryField(label=_("Country"))
    partner = forms.CharField(
        label=_("Authority asked"), max_length=200,
        help_text=_("The central authority of that state, or the service that answers."),
    )  # fmt: skip
    through = forms.CharField(label=_("Sent through"), max_length=200, required=False)
    what = text_field(
        _("What is asked for"), max_length=4000,
        help_text=_("Each paper, thing or witness, and what it has to prove."),
    )  # fmt: skip
    form = CodeField(
        "evidence_form", label=_("Form in which it must arrive"), empty_label=_("Choose a form"),
        help_text=_("A court here refuses what comes in another form."),
    )  # fmt: skip
    form_note = forms.CharField(label=_("More on the form"), max_length=300, required=False)
    due_on = date_field(_("Needed by"))
    hearing = HearingChoice(
        Hearing.objects.none(), label=_("For which hearing"), required=False,
        empty_label=_("None yet"),
    )  # fmt: skip
    their_number = forms.CharField(
        label=_("Their number"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"class": "id w20"}),
    )  # fmt: skip
    is_sensitive = _hide()

    def __init__(self, case: Case, user: Any, *args: Any, is_sent: bool = False, **kwargs: Any):
        super().__init__(case, user, *args, **kwargs)
        if is_sent:
            for name in self.fields.keys() - set(assistance.LATER_FIELDS):
                del self.fields[name]


class AssistanceStepForm(CaseBoundForm):
    state = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    happened_on = date_field(_("On"))
    is_form_met = forms.NullBooleanField(
        label=_("What came has the form asked for"),
        required=False,
        widget=forms.RadioSelect(choices=[("true", _("Yes")), ("false", _("No"))]),
        help_text=_("Only where something came."),
    )
    note = text_field(_("What came, or what was said"), required=False, max_length=4000)
    attachment = _file()

    def __init__(self, row: AssistanceRequest, user: Any, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"happened_on": clock.today()})
        super().__init__(row.case, user, *args, **kwargs)
        words = {
            state: (_("Reminded") if state == row.state != State.PARTLY else State(state).label)
            for state in assistance.STEPS[row.state]
        }
        if row.state in (State.ANSWERED, State.REFUSED, State.PARTLY):
            words[State.SENT] = _("Asked again")
        known = [(state, words[state]) for state in assistance.STEPS[row.state]]
        self.fields["state"].choices = known  # type: ignore[attr-defined]


class DueFilterForm(forms.Form):
    """What the list is narrowed to; a value it does not know narrows nothing."""

    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[("", _("All")), ("late", _("Late")), ("soon", _("Soon")), ("later", _("Later"))],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any")), *due.KINDS.items()]
    )
    mine = forms.BooleanField(label=_("Only what was given to me"), required=False)


def initial(row: Authority | AssistanceRequest | Any, form: type[forms.Form]) -> dict[str, Any]:
    """What stands, for a form that changes it."""
    return {name: getattr(row, name) for name in form.base_fields}

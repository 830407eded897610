"""Mutual legal assistance: what another state is asked for, in which form, by when, and what came.

What happened to a request is a list of steps, written once. What came must have the form that a
court here takes: a request is answered only when it has.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock, stages
from casework.duties import writing
from casework.errors import RuleBroken
from casework.models import AssistanceRequest, AssistanceStep, Case, User

State = AssistanceRequest.State
WARN_DAYS = 30  # an answer from abroad takes months: a reminder must still change something
FIELDS = (
    "country", "partner", "through", "their_number", "what", "form", "form_note", "due_on",
    "hearing", "is_sensitive",
)  # fmt: skip
LATER_FIELDS = ("through", "their_number", "due_on", "hearing", "form_note", "is_sensitive")
# From each state to which: the same again is a reminder, SENT after an answer asks once more.
STEPS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.SENT, State.WITHDRAWN),
    State.SENT: (
        State.ACKNOWLEDGED, State.PARTLY, State.ANSWERED, State.REFUSED, State.SENT,
        State.WITHDRAWN,
    ),
    State.ACKNOWLEDGED: (
        State.PARTLY, State.ANSWERED, State.REFUSED, State.ACKNOWLEDGED, State.WITHDRAWN,
    ),
    State.PARTLY: (State.PARTLY, State.ANSWERED, State.REFUSED, State.SENT, State.WITHDRAWN),
    State.ANSWERED: (State.SENT,),
    State.REFUSED: (State.SENT,),
    State.WITHDRAWN: (),
}  # fmt: skip
CAME = (State.PARTLY, State.ANSWERED)


@transaction.atomic
def draft(case: Case, *, actor: User, **fields: Any) -> AssistanceRequest:
    """A request in preparation; `fields` are those of FIELDS."""
    writing.begin(case, actor)
    last = AssistanceRequest.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    row = AssistanceRequest(
        case=case, number=(last or 0) + 1, recorded_by=actor, recorded_at=clock.now(),
        **_known(fields, FIELDS),
    )  # fmt: skip
    return _checked(row, actor, "assistance.draft")


@transaction.atomic
def change(row: AssistanceRequest, *, actor: User, **fields: Any) -> AssistanceRequest:
    """Change a draft; of a request that was sent only the day, the way and their number."""
    writing.begin(row.case, actor)
    writing.read_again(row)
    may = FIELDS if row.state == State.DRAFT else LATER_FIELDS
    for name, value in _known(fields, FIELDS).items():
        if name not in may and getattr(row, name) != value:
            told = _("It was sent as it stands. Draft another request for what is missing.")
            raise RuleBroken(told, field=name)
        setattr(row, name, value)
    return _checked(row, actor, "assistance.change")


@transaction.atomic
def step(
    row: AssistanceRequest,
    *,
    state: str,
    happened_on: date,
    actor: User,
    note: str = "",
    is_form_met: bool | None = None,
    attachment: Any = None,
) -> AssistanceStep:
    """The next thing that happened to it. What came needs the word whether it has the form."""
    writing.begin(row.case, actor)
    writing.read_again(row)
    _check_step(row, state, note, is_form_met)
    last = row.steps.order_by("happened_on", "pk").last()
    stages.check_day(
        happened_on, field="happened_on", after=last.happened_on if last else None,
        after_what=_("the step before"),
    )  # fmt: skip
    done = AssistanceStep(
        request=row, state=state, happened_on=happened_on, note=note.strip(),
        attachment=attachment, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    done.full_clean()
    done.save()
    if state == State.SENT:
        row.sent_on = happened_on
    if state in CAME:
        row.is_form_met = is_form_met
    row.state = state
    writing.save(row, actor, "assistance.step", state=state)
    return done


def _check_step(row: AssistanceRequest, state: str, note: str, is_form_met: bool | None) -> None:
    if state not in STEPS[row.state]:
        told = _("After “%(state)s” this does not follow. Choose another step.")
        raise RuleBroken(told % {"state": row.get_state_display()}, field="state")
    if state in CAME and is_form_met is None:
        raise RuleBroken(_("Say whether what came has the form asked for."), field="is_form_met")
    if state == State.ANSWERED and is_form_met is False:
        told = _("A court here would not take it. Record it as partly answered, and ask again.")
        raise RuleBroken(told, field="is_form_met")
    if state in (State.REFUSED, State.WITHDRAWN) and not note.strip():
        raise RuleBroken(_("Say why."), field="note")


def _known(fields: dict[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(fields) - set(known)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")
    return fields


def _checked(row: AssistanceRequest, actor: User, action: str) -> AssistanceRequest:
    writing.check_trust(row.case, is_sensitive=row.is_sensitive)
    writing.check_of_case(row.case, hearing=row.hearing)
    stages.check_day(row.due_on, field="due_on", may_be_ahead=True)
    writing.save(row, actor, action)
    return row


def standing(row: AssistanceRequest, today: date) -> tuple[str, StrOrPromise]:
    """Its mark and its word today: what came in another form is not an answer."""
    if row.state == State.ANSWERED:
        return "full", row.get_state_display()
    if row.state in (State.REFUSED, State.WITHDRAWN):
        return "cross" if row.state == State.REFUSED else "later", row.get_state_display()
    if row.is_form_met is False:
        return "cross", _("Came in another form")
    if row.due_on < today:
        return "open", _("Late")
    return ("later" if row.state == State.DRAFT else "half"), row.get_state_display()

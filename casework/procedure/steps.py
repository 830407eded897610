"""Operations on the steps of a trial: disclosure, evidence begun, cases closed, case to answer.

A step is of the whole trial or of one accused; it is written once, corrected by the next row.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, display, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Accused, Outcome, Proceeding, TrialStep, User
from casework.procedure import gate, machine, record, standing
from casework.procedure.position import state
from casework.procedure.states import State, Step
from casework.sentencing import recorded

Kind = TrialStep.Kind
STEP_OF: Mapping[str, Step] = {
    Kind.DISCLOSED: Step.DISCLOSE,
    Kind.PRETRIAL: Step.CONFER,
    Kind.OPENED: Step.OPEN,
    Kind.PROSECUTION_CLOSED: Step.CLOSE_PROSECUTION,
    Kind.CASE_TO_ANSWER: Step.CASE_TO_ANSWER,
    Kind.DEFENCE_CLOSED: Step.CLOSE_DEFENCE,
    Kind.SUBMISSIONS: Step.SUBMIT,
    Kind.REOPENED: Step.REOPEN,
}
FREE = (Kind.DISCLOSED, Kind.PRETRIAL)  # other steps do not rest on these


def of_proceeding(proceeding: Proceeding) -> "QuerySet[TrialStep]":
    """The steps of a trial as they stand, in their order."""
    rows: Any = TrialStep.objects
    found: QuerySet[TrialStep] = (
        rows.standing()
        .filter(proceeding=proceeding)
        .select_related("accused", "recorded_by", "supersedes")
        .order_by("happened_on", "pk")
    )
    return found


def in_order(proceeding: Proceeding) -> list[TrialStep]:
    """The same, a corrected one in the place of the one it corrects."""
    rows = TrialStep.objects.filter(proceeding=proceeding).values_list("pk", "supersedes")
    first = recorded.firsts(dict(rows))
    return sorted(
        of_proceeding(proceeding), key=lambda row: (row.happened_on, first.get(row.pk, row.pk))
    )


def refusal(
    proceeding: Proceeding, kind: str, accused: Accused | None = None
) -> StrOrPromise | None:
    """Why this step cannot be taken now; None where it is open to at least one charge."""
    if proceeding.kind == Proceeding.Kind.APPEAL:
        return _("An appeal has no steps of a trial.")
    lines = record.lines_of(proceeding.case)
    charges = standing.live_charges(proceeding)
    if accused is not None:
        charges = charges.filter(accused=accused)
    tried = [one for one in charges if proceeding.pk in lines[one.pk].courts]
    if not tried:
        return _("No charge waits for this court. Read the charges again.")
    said = [machine.refusal(state(lines[one.pk]), STEP_OF[kind]) for one in tried]
    if None in said:
        return None
    # Of several charges the one that has come furthest says what is missing.
    states = list(State)
    furthest = max(range(len(tried)), key=lambda n: states.index(state(lines[tried[n].pk])))
    return said[furthest]


def open_kinds(proceeding: Proceeding) -> list[tuple[str, StrOrPromise]]:
    """The steps that are open now, with their words."""
    return [
        (kind.value, kind.label) for kind in Kind if refusal(proceeding, kind.value) is None
    ]  # fmt: skip


@transaction.atomic
def take(
    proceeding: Proceeding,
    *,
    kind: str,
    happened_on: date,
    actor: User,
    accused: Accused | None = None,
    lacked: str = "",
    despite: str = "",
    note: str = "",
) -> TrialStep:
    """A step of a trial or a retrial, of all accused or of one.

    `lacked` is what the points to prove lacked when the prosecution closed; it needs `despite`,
    the reason for closing nevertheless. Raises RuleBroken for what the state machine refuses.
    """
    _open(proceeding, actor)
    if kind not in STEP_OF:
        raise RuleBroken(_("Choose one from the list."), field="kind")
    if accused is not None and accused.case_id != proceeding.case_id:
        raise RuleBroken(_("Choose an accused of this case."), field="accused")
    why = refusal(proceeding, kind, accused)
    if why is not None:
        raise RuleBroken(why, field="kind")
    if lacked.strip() and not despite.strip():
        raise RuleBroken(
            _("Something is missing. Say why the prosecution closes nevertheless."),
            field="despite",
        )
    _check_day(proceeding, happened_on, accused)
    row = TrialStep(
        proceeding=proceeding, kind=kind, happened_on=happened_on, accused=accused,
        lacked=lacked, despite=despite.strip(), note=note,
    )  # fmt: skip
    return _save(row, actor, "trial.step")


def _open(proceeding: Proceeding, actor: User) -> None:
    access.require(actor, proceeding.case, roles.PROSECUTE)
    stages.lock(proceeding.case)


def _check_day(
    proceeding: Proceeding, day: date, accused: Accused | None, instead: TrialStep | None = None
) -> None:
    """A step lies after the opening of the court file and after the steps before it."""
    stages.check_day(
        day, field="happened_on", after=proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    before = [one for one in in_order(proceeding) if one.kind not in FREE]
    if instead in before:
        before = before[: before.index(instead)]
    before = [one for one in before if accused is None or one.accused_id in (None, accused.pk)]
    if before and not (instead is not None and instead.kind in FREE):
        stages.check_day(
            day, field="happened_on", after=before[-1].happened_on,
            after_what=_("the step before it"),
        )  # fmt: skip


def _save(row: TrialStep, actor: User, action: str, why: str = "") -> TrialStep:
    recorded.save(row, actor=actor)
    case = row.proceeding.case
    audit.record(action, actor=actor, case=case, subject=row, kind=row.kind, reason=why)
    signals.changed.send(sender=Proceeding, instance=row.proceeding)
    stages.follow(case, actor=actor)
    return row


@transaction.atomic
def correct(
    step: TrialStep, *, happened_on: date, why: str, actor: User, note: str = "", despite: str = ""
) -> TrialStep:
    """Another day or note in the place of what was recorded wrongly."""
    _open(step.proceeding, actor)
    row = recorded.instead(step, why=why)
    row.happened_on, row.note, row.despite = happened_on, note, despite or step.despite
    _check_day(step.proceeding, happened_on, step.accused, instead=step)
    later = _later(step)
    if later is not None and later.happened_on < happened_on:
        raise RuleBroken(
            _("A later step is on record before this day. Correct that one first."),
            field="happened_on",
        )
    _check_decisions(step, happened_on)
    _check_verdicts(step, happened_on)
    return _save(row, actor, "trial.step_correct", row.correction)


@transaction.atomic
def take_back(step: TrialStep, *, why: str, actor: User) -> TrialStep:
    """Say that a step should never have been recorded."""
    _open(step.proceeding, actor)
    if _later(step) is not None:
        raise RuleBroken(_("A later step rests on this one. Take that one back first."))
    _check_decisions(step, None)
    row = recorded.instead(step, why=why, is_withdrawn=True)
    return _save(row, actor, "trial.step_withdraw", row.correction)


def _later(step: TrialStep) -> TrialStep | None:
    if step.kind in FREE:
        return None
    rows = [one for one in in_order(step.proceeding) if one.kind not in FREE]
    later = rows[rows.index(step) + 1 :] if step in rows else []
    own = (None, step.accused_id)
    return next((one for one in later if step.accused_id is None or one.accused_id in own), None)


def _check_decisions(step: TrialStep, day: date | None) -> None:
    """A finding of no case rests on the close of the prosecution case."""
    if step.kind != Kind.PROSECUTION_CLOSED:
        return
    rests = (
        Outcome.objects.current()
        .filter(proceeding=step.proceeding, decision=Outcome.Decision.NO_CASE)
        .select_related("charge__accused", "charge__count")
    )
    for outcome in rests:
        if day is None or outcome.decided_on < day:
            raise gate.refused(
                outcome.charge, _("“No case to answer” rests on this step. Correct that first.")
            )


def _check_verdicts(step: TrialStep, day: date) -> None:
    """No step of a trial lies after its last verdict."""
    charges = standing.live_charges(step.proceeding)
    if step.accused_id is not None:
        charges = charges.filter(accused=step.accused_id)
    lines = record.lines_of(step.proceeding.case, charges.values_list("pk", flat=True))
    court = step.proceeding_id
    days = [[one.day for one in line.decisions if one.court == court] for line in lines.values()]
    last = max((max(own) for own in days if own), default=None)
    if last is not None and all(days) and day > last:
        raise RuleBroken(
            _("This trial was decided by %(day)s. Check both dates.") % {"day": display.day(last)},
            field="happened_on",
        )

"""Operations on outcomes: the verdict on each count against each accused, appeals, sentences.

Rows are written once: an appeal, a retrial or a correction is a new row that supersedes the last.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, lines, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Charge, Code, Outcome, Proceeding, Sentence, User
from casework.procedure import alternatives, gate, machine, position, reasons, record, rests
from casework.procedure.gate import STEP_OF
from casework.procedure.position import Line
from casework.procedure.record import VARIED
from casework.procedure.states import State, Step
from casework.sentencing import sentences

Decision = Outcome.Decision
WITHOUT_PLEA = (Decision.WITHDRAWN, Decision.DISMISSED, Decision.ABATED)
OF_A_TRIAL = tuple(STEP_OF)
CAUSES = "outcome_cause"


class Result(models.TextChoices):
    """What an appeal does to a decision."""

    UPHELD = "upheld", _("Stands: appeal dismissed or withdrawn")
    VARIED = "varied", _("Conviction stands, sentence varied")
    QUASHED = "quashed", _("Conviction quashed")
    CONVICTED = "convicted", _("Acquittal set aside, convicted")
    RETRIAL = "retrial", _("Retrial ordered")
    ABATED = "abated", _("Abated on death")


# What each result asks of the state machine, and the decision that stands after it.
STEP_AFTER = {
    Result.UPHELD: Step.UPHOLD,
    Result.VARIED: Step.VARY_SENTENCE,
    Result.QUASHED: Step.QUASH,
    Result.CONVICTED: Step.CONVICT_ON_APPEAL,
    Result.RETRIAL: Step.ORDER_RETRIAL,
    Result.ABATED: Step.ABATE,
}
DECISION_AFTER = {
    Result.QUASHED: Decision.ACQUITTED,
    Result.CONVICTED: Decision.CONVICTED_TRIAL,
    Result.RETRIAL: Decision.RETRIAL,
    Result.ABATED: Decision.ABATED,
}


def after_appeal(decision: str, result: str) -> str:
    """The decision that stands after an appeal. Raises RuleBroken where the two do not fit."""
    if result not in Result.values:
        raise RuleBroken(_("Choose one from the list."))
    convicts = decision in Outcome.CONVICTIONS
    state = State.CONVICTION_APPEALED if convicts else State.ACQUITTAL_APPEALED
    why = machine.refusal(state, STEP_AFTER[Result(result)])
    if why is not None:
        raise RuleBroken(why)
    return DECISION_AFTER.get(Result(result), Decision(decision))


@transaction.atomic
def decide(
    proceeding: Proceeding,
    *,
    decisions: Mapping[Charge, str],
    decided_on: date,
    actor: User,
    reason: str = "",
    cause: Code | None = None,
) -> list[Outcome]:
    """What a trial or a retrial decided on one day, charge by charge.

    Raises RuleBroken, with the reason, for what the state machine refuses, for a finding on both
    of two alternative counts, and for a day before the filing or in the future.
    """

    def one(lines: Mapping[int, Line], charge: Charge, decision: str) -> Outcome:
        if decision not in OF_A_TRIAL:
            raise gate.refused(charge, _("Choose a decision that a trial can make."))
        gate.check(lines, charge, STEP_OF[decision])
        gate.check_court(lines, charge, proceeding)
        _check_day(lines[charge.pk], decision, decided_on)
        alternatives.check(charge, decision, decisions)
        return Outcome(charge=charge, decision=decision, cause=cause)

    if proceeding.kind == Proceeding.Kind.APPEAL:
        raise RuleBroken(_("This is an appeal. Say what it did to each decision."))
    return _write(proceeding, decisions, one, decided_on=decided_on, actor=actor, reason=reason)


@transaction.atomic
def decide_appeal(
    appeal: Proceeding,
    *,
    results: Mapping[Charge, str],
    decided_on: date,
    actor: User,
    reason: str = "",
    cause: Code | None = None,
) -> list[Outcome]:
    """What an appeal did to the decisions below: each is superseded by what stands now.

    Where it varies a sentence, the new one is entered on the new decision.
    """

    def one(lines: Mapping[int, Line], charge: Charge, result: str) -> Outcome:
        line = lines[charge.pk]
        if any(decided.court == appeal.pk for decided in line.decisions):
            raise gate.refused(
                charge, _("This appeal has decided it. Correct that decision instead.")
            )
        if result not in Result.values:
            raise gate.refused(charge, _("Choose one from the list."))
        gate.check(lines, charge, STEP_AFTER[Result(result)])
        if all(brought.court != appeal.pk for brought in line.pending):
            raise gate.refused(charge, _("This appeal is not about it."))
        below = line.decisions[-1]
        stages.check_day(
            decided_on, field="decided_on", after=below.day,
            after_what=_("the decision appealed against"),
        )  # fmt: skip
        if result == Result.CONVICTED:
            alternatives.check(charge, Decision.CONVICTED_TRIAL, _after(lines, results))
        why = Code.objects.get(kind=CAUSES, code=VARIED) if result == Result.VARIED else cause
        return Outcome(charge=charge, decision=after_appeal(below.decision, result), cause=why)

    if appeal.kind != Proceeding.Kind.APPEAL:
        raise RuleBroken(_("This is a trial. Record its verdict on each charge."))
    return _write(appeal, results, one, decided_on=decided_on, actor=actor, reason=reason)


def _after(lines: Mapping[int, Line], results: Mapping[Charge, str]) -> dict[Charge, str]:
    """What stands on each charge once an appeal has decided so."""
    stood = {charge: lines[charge.pk].last for charge in results if charge.pk in lines}
    return {
        charge: DECISION_AFTER.get(Result(results[charge]), Decision(below.decision))
        for charge, below in stood.items()
        if below is not None and results[charge] in Result.values
    }


def _write(
    proceeding: Proceeding,
    chosen: Mapping[Charge, str],
    one: Callable[[Mapping[int, Line], Charge, str], Outcome],
    *,
    decided_on: date,
    actor: User,
    reason: str,
) -> list[Outcome]:
    case = proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    if not chosen:
        raise RuleBroken(_("Choose the decision on at least one charge."))
    stages.check_day(
        decided_on, field="decided_on", after=proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    lines = record.lines_of(case)
    rows = []
    for charge, what in chosen.items():
        if charge.pk not in lines:
            raise RuleBroken(_("This charge belongs to another trial."))
        row = one(lines, charge, what)
        row.supersedes = current(charge)
        row.proceeding, row.decided_on, row.reason = proceeding, decided_on, reason
        rows.append(save(row, actor))
    audit.record(
        "outcome.decide", actor=actor, case=case, subject=proceeding, outcomes=len(rows),
        decided_on=decided_on.isoformat(),
    )  # fmt: skip
    signals.changed.send(sender=Proceeding, instance=proceeding)
    stages.follow(case, actor=actor)
    return rows


def save(outcome: Outcome, actor: User) -> Outcome:
    """Write one decision. The caller has asked the machine and holds the case's lock."""
    outcome.recorded_by, outcome.recorded_at = actor, clock.now()
    outcome.full_clean()
    outcome.save()
    lines.renew([outcome.charge])
    return outcome


def current(charge: Charge) -> Outcome | None:
    """The decision on a charge that stands."""
    row: Outcome | None = charge.outcomes.filter(superseded_by__isnull=True).first()
    return row


def _check_day(line: Line, decision: str, decided_on: date) -> None:
    """A decision lies after the filing, the plea it answers and the step it rests on."""
    after, what = line.filed_on, _("the filing of the charges")
    if decision not in WITHOUT_PLEA and line.plea is not None:
        after, what = line.plea.day, _("the plea")
    if decision == Decision.NO_CASE:
        after, what = position.closed_on(line), _("the close of the prosecution case")
    stages.check_day(decided_on, field="decided_on", after=after, after_what=what)
    if line.last is not None:
        stages.check_day(
            decided_on, field="decided_on", after=line.last.day, after_what=_("the order to retry")
        )


@transaction.atomic
def correct(
    outcome: Outcome, *, decision: str, decided_on: date, reason: str, actor: User
) -> Outcome:
    """Correct a mistake in the record of the last decision on a charge; both rows stay.

    Another decision has to be one that was open on the day; the same one is always. What rests on
    the decision keeps it, and its day, from being corrected underneath.
    """
    case = outcome.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    if Outcome.objects.filter(supersedes=outcome).exists():
        raise RuleBroken(_("A later decision stands. Correct that one."))
    if not reason.strip():
        raise RuleBroken(_("Say what was wrong in the record."), field="reason")
    if outcome.decision == Decision.SUBSTITUTED:
        raise RuleBroken(reasons.why_not(State.SUBSTITUTED, Step.ACQUIT))
    now = record.line_of(outcome.charge)
    before = position.before(now)
    if decision != outcome.decision:
        _check_corrected(before, outcome, decision)
    same = decision == outcome.decision
    if not same or decided_on != outcome.decided_on:
        rests.check(outcome, now, decision=decision, decided_on=decided_on)
        _check_corrected_day(before, outcome, decision, decided_on)
    row = Outcome(
        charge=outcome.charge, proceeding=outcome.proceeding, decision=decision,
        decided_on=decided_on, supersedes=outcome, is_correction=True, reason=reason,
        cause=outcome.cause if same else None,
    )  # fmt: skip
    save(row, actor)
    audit.record("outcome.correct", actor=actor, case=case, subject=row, reason=reason)
    signals.changed.send(sender=Proceeding, instance=outcome.proceeding)
    stages.follow(case, actor=actor)
    return row


def _check_corrected_day(before: Line, outcome: Outcome, decision: str, decided_on: date) -> None:
    """The day lies after what the decision rests on, as it did when it was first recorded."""
    stages.check_day(
        decided_on, field="decided_on",
        after=before.last.day if before.last else before.filed_on,
        after_what=_("what it decides on"),
    )  # fmt: skip
    if outcome.proceeding.kind != Proceeding.Kind.APPEAL:
        _check_day(before, decision, decided_on)
        return
    stages.check_day(
        decided_on, field="decided_on", after=outcome.proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip


def correctable(outcome: Outcome) -> list[Outcome.Decision]:
    """What the last decision on a charge can be corrected to, itself included."""
    now = record.line_of(outcome.charge)
    before = position.before(now)
    found = []
    for decision in Decision:
        try:
            if decision != outcome.decision:
                _check_corrected(before, outcome, decision)
                rests.check(outcome, now, decision=decision, decided_on=outcome.decided_on)
        except RuleBroken:
            continue
        found.append(decision)
    return found


def _check_corrected(before: Line, outcome: Outcome, decision: str) -> None:
    """Refuse what the court could not have decided, as the charge stood before."""
    stands = position.state(before)
    steps = {STEP_OF.get(decision)}
    if outcome.proceeding.kind == Proceeding.Kind.APPEAL and before.last is not None:
        steps = {
            STEP_AFTER[result] for result in Result
            if DECISION_AFTER.get(result, Decision(before.last.decision)) == decision
        }  # fmt: skip
    said = [machine.refusal(stands, step) for step in steps if step is not None]
    if not said:
        raise RuleBroken(_("Choose a decision that this court can make."), field="decision")
    if None not in said:
        raise RuleBroken(said[0] or "", field="decision")


@transaction.atomic
def sentence(outcome: Outcome, *, actor: User, **values: Any) -> Sentence:
    """The sentence on a conviction that stands. Terms in days, fines in whole currency units.

    `values` are of sentencing.values.FIELDS; what is left out is empty.
    """
    case = outcome.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    _check_sentenced(outcome)
    row = sentences.write(outcome, values, actor=actor)
    signals.changed.send(sender=Proceeding, instance=outcome.proceeding)
    return row


def _check_sentenced(outcome: Outcome) -> None:
    if outcome.decision not in Outcome.CONVICTIONS:
        raise RuleBroken(_("No sentence without a conviction. Record the verdict first."))
    if Outcome.objects.filter(supersedes=outcome).exists():
        raise RuleBroken(_("A later decision stands. The sentence belongs to that one."))
    stands = position.is_sentenced(record.line_of(outcome.charge))
    has_own = Sentence.objects.filter(outcome=outcome).exists()
    if has_own or (stands and not outcome.is_correction):
        raise RuleBroken(reasons.why_not(State.SENTENCED, Step.SENTENCE))

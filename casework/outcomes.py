"""Operations on outcomes: the verdict on each count against each accused, appeals, sentences.

Rows are written once: an appeal, a retrial or a correction is a new row that supersedes the last.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, charges, clock, proceedings, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Charge, Outcome, Plea, Proceeding, Sentence, User

Decision = Outcome.Decision
WITHOUT_PLEA = (Decision.WITHDRAWN, Decision.DISMISSED, Decision.ABATED)
OF_A_TRIAL = tuple(decision for decision in Decision if decision != Decision.RETRIAL)
LONGEST_DAYS = 100 * 366
LARGEST_FINE = 10**15


class Result(models.TextChoices):
    """What an appeal does to a decision."""

    UPHELD = "upheld", _("Stands: appeal dismissed or withdrawn")
    QUASHED = "quashed", _("Conviction quashed")
    CONVICTED = "convicted", _("Acquittal set aside, convicted")
    RETRIAL = "retrial", _("Retrial ordered")
    ABATED = "abated", _("Abated on death")


def after_appeal(decision: str, result: str) -> str:
    """The decision that stands after an appeal. Raises RuleBroken where the two do not fit."""
    is_conviction = decision in Outcome.CONVICTIONS
    if result == Result.UPHELD:
        return decision
    if result == Result.QUASHED and is_conviction:
        return Decision.ACQUITTED
    if result == Result.CONVICTED and not is_conviction:
        return Decision.CONVICTED_TRIAL
    if result == Result.RETRIAL:
        return Decision.RETRIAL
    if result == Result.ABATED:
        return Decision.ABATED
    if result == Result.QUASHED:
        raise RuleBroken(_("There is no conviction here to quash. Choose another result."))
    if result == Result.CONVICTED:
        raise RuleBroken(_("This is a conviction already. Choose “Stands”."))
    raise RuleBroken(_("Choose one from the list."))


@transaction.atomic
def decide(
    proceeding: Proceeding,
    *,
    decisions: Mapping[Charge, str],
    decided_on: date,
    actor: User,
    reason: str = "",
) -> list[Outcome]:
    """What a trial or a retrial decided on one day, charge by charge.

    Raises RuleBroken for a second first outcome, for a verdict before a plea, and for a day before
    the filing or in the future.
    """

    def one(charge: Charge, decision: str) -> Outcome:
        before = _before_in_trial(proceeding, charge)
        _check_plea(charge, decision, decided_on)
        return Outcome(charge=charge, decision=decision, supersedes=before)

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
) -> list[Outcome]:
    """What an appeal did to the decisions below: each is superseded by what stands now."""

    def one(charge: Charge, result: str) -> Outcome:
        before = _current(charge)
        if before is None or before.decision == Decision.RETRIAL:
            raise _refusal(charge, _("nothing was decided below. An appeal needs a decision."))
        if before.proceeding_id == appeal.pk:
            raise _refusal(charge, _("this appeal has decided it. Correct that decision instead."))
        stages.check_day(
            decided_on, field="decided_on", after=before.decided_on,
            after_what=_("the decision appealed against"),
        )  # fmt: skip
        try:
            decision = after_appeal(before.decision, result)
        except RuleBroken as broken:
            raise RuleBroken(broken.message, field=charges.field_of(charge)) from broken
        return Outcome(charge=charge, decision=decision, supersedes=before)

    if appeal.kind != Proceeding.Kind.APPEAL:
        raise RuleBroken(_("This is a trial. Record its verdict on each charge."))
    return _write(appeal, results, one, decided_on=decided_on, actor=actor, reason=reason)


def _write(
    proceeding: Proceeding,
    chosen: Mapping[Charge, str],
    one: Callable[[Charge, str], Outcome],
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
    trial = proceedings.trial_of(proceeding)
    filed_on = trial.charge_sheets.order_by("filed_on").values_list("filed_on", flat=True).first()
    if filed_on is None:
        raise RuleBroken(_("No verdict before the charge sheet is filed. File it first."))
    stages.check_day(
        decided_on, field="decided_on", after=max(filed_on, proceeding.opened_on),
        after_what=_("the filing of the charges or the opening of the court file"),
    )  # fmt: skip
    rows = []
    for charge, what in chosen.items():
        if charge.count.charge_sheet.proceeding_id != trial.pk:
            raise RuleBroken(_("This charge belongs to another trial."))
        row = one(charge, what)
        row.proceeding, row.decided_on, row.reason = proceeding, decided_on, reason
        rows.append(_save(row, actor))
    audit.record(
        "outcome.decide", actor=actor, case=case, subject=proceeding, outcomes=len(rows),
        decided_on=decided_on.isoformat(),
    )  # fmt: skip
    signals.changed.send(sender=Proceeding, instance=proceeding)
    stages.follow(case, actor=actor)
    return rows


def _save(outcome: Outcome, actor: User) -> Outcome:
    outcome.recorded_by, outcome.recorded_at = actor, clock.now()
    outcome.full_clean()
    outcome.save()
    return outcome


def _current(charge: Charge) -> Outcome | None:
    current: Outcome | None = charge.outcomes.filter(superseded_by__isnull=True).first()
    return current


def _before_in_trial(proceeding: Proceeding, charge: Charge) -> Outcome | None:
    """The order to retry that a retrial's verdict answers; a trial's verdict is the first."""
    before = _current(charge)
    if proceeding.kind == Proceeding.Kind.RETRIAL:
        if before is None or before.decision != Decision.RETRIAL:
            raise _refusal(charge, _("no retrial was ordered on it."))
        return before
    if before is not None:
        raise _refusal(charge, _("it is decided already. An appeal or a correction changes that."))
    return None


def _refusal(charge: Charge, why: StrOrPromise) -> RuleBroken:
    message = _("%(count)s against A%(accused)s: %(why)s") % {
        "count": str(charge.count).capitalize(), "accused": charge.accused.number, "why": why,
    }  # fmt: skip
    return RuleBroken(message, field=charges.field_of(charge))


def _check_plea(charge: Charge, decision: str, decided_on: date) -> None:
    if decision not in OF_A_TRIAL:
        raise _refusal(charge, _("choose a decision that a trial can make."))
    if decision in WITHOUT_PLEA:
        return
    plea = charge.pleas.exclude(plea=Plea.Kind.NONE).order_by("-entered_on", "-pk").first()
    if plea is None:
        raise _refusal(charge, _("no verdict before a plea. Enter the plea first."))
    if decision == Decision.CONVICTED_PLEA and plea.plea != Plea.Kind.GUILTY:
        raise _refusal(charge, _("the plea is not guilty. Enter the changed plea first."))
    stages.check_day(
        decided_on, field="decided_on", after=plea.entered_on, after_what=_("the plea")
    )


@transaction.atomic
def correct(
    outcome: Outcome, *, decision: str, decided_on: date, reason: str, actor: User
) -> Outcome:
    """Correct a mistake in the record of the last decision on a charge; both rows stay."""
    case = outcome.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    if Outcome.objects.filter(supersedes=outcome).exists():
        raise RuleBroken(_("A later decision stands. Correct that one."))
    if not reason.strip():
        raise RuleBroken(_("Say what was wrong in the record."), field="reason")
    if outcome.proceeding.kind != Proceeding.Kind.APPEAL and decision not in OF_A_TRIAL:
        raise RuleBroken(_("Choose a decision that a trial can make."), field="decision")
    before = outcome.supersedes
    after = before.decided_on if before and not outcome.is_correction else None
    stages.check_day(
        decided_on, field="decided_on", after=after or _filed_on(outcome.charge),
        after_what=_("what it decides on"),
    )  # fmt: skip
    row = Outcome(
        charge=outcome.charge, proceeding=outcome.proceeding, decision=decision,
        decided_on=decided_on, supersedes=outcome, is_correction=True, reason=reason,
    )  # fmt: skip
    _save(row, actor)
    audit.record("outcome.correct", actor=actor, case=case, subject=row, reason=reason)
    signals.changed.send(sender=Proceeding, instance=outcome.proceeding)
    stages.follow(case, actor=actor)
    return row


def _filed_on(charge: Charge) -> date | None:
    return charge.count.charge_sheet.filed_on


@transaction.atomic
def sentence(
    outcome: Outcome,
    *,
    actor: User,
    imprisonment_days: int | None = None,
    is_life: bool = False,
    fine: int | None = None,
    currency: str = "KES",
    default_days: int | None = None,
    other: str = "",
) -> Sentence:
    """The sentence on a conviction that stands. Terms in days, fines in whole currency units."""
    case = outcome.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    _check_sentenced(outcome)
    values = {
        "imprisonment_days": imprisonment_days, "is_life": is_life, "fine": fine,
        "currency": currency, "default_days": default_days, "other": other.strip(),
    }  # fmt: skip
    _check_sentence(values)
    row = Sentence(outcome=outcome, recorded_by=actor, recorded_at=clock.now(), **values)
    row.full_clean()
    row.save()
    audit.record("sentence.pass", actor=actor, case=case, subject=row)
    signals.changed.send(sender=Proceeding, instance=outcome.proceeding)
    return row


def _check_sentenced(outcome: Outcome) -> None:
    if outcome.decision not in Outcome.CONVICTIONS:
        raise RuleBroken(_("No sentence without a conviction. Record the verdict first."))
    if Outcome.objects.filter(supersedes=outcome).exists():
        raise RuleBroken(_("A later decision stands. The sentence belongs to that one."))
    if Sentence.objects.filter(outcome=outcome).exists():
        raise RuleBroken(
            _("The sentence on this conviction is on record. An appeal or a correction changes it.")
        )


def _check_sentence(values: dict[str, Any]) -> None:
    term, fine, default = values["imprisonment_days"], values["fine"], values["default_days"]
    if not (term or values["is_life"] or fine or values["other"]):
        raise RuleBroken(_("Give a term, a fine or another order."), field="imprisonment_days")
    if term and values["is_life"]:
        raise RuleBroken(_("A term, or for life: not both."), field="is_life")
    for field, days in (("imprisonment_days", term), ("default_days", default)):
        if days is not None and not 0 < days <= LONGEST_DAYS:
            raise RuleBroken(_("Write a term between one day and a hundred years."), field=field)
    if fine is not None and not 0 < fine <= LARGEST_FINE:
        raise RuleBroken(_("Write the fine as a whole number above zero."), field="fine")
    if default and not fine:
        raise RuleBroken(_("A term in default needs its fine. Give the fine."), field="fine")

"""Operations that move charges between the trials of a case: severance and joinder.

A charge keeps its count and its pleas; what is heard in one trial is not heard in the other.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, proceedings, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Charge, ChargeTransfer, Court, Proceeding, User
from casework.procedure import gate, reasons, record, standing
from casework.procedure.position import Line, stage
from casework.procedure.states import Step

Kind = ChargeTransfer.Kind
STEP_OF = {Kind.SEVERED: Step.SEVER, Kind.JOINED: Step.JOIN}


def of_proceeding(trial: Proceeding) -> "QuerySet[ChargeTransfer]":
    """The charges that came to this court file or left it, in their order."""
    rows: QuerySet[ChargeTransfer] = ChargeTransfer.objects.filter(
        Q(from_proceeding=trial) | Q(to_proceeding=trial)
    )
    return rows.select_related(
        "charge__count", "charge__accused", "from_proceeding__court", "to_proceeding__court"
    ).order_by("ordered_on", "pk")


@transaction.atomic
def sever(
    trial: Proceeding,
    *,
    charges: Collection[Charge],
    ordered_on: date,
    actor: User,
    to: Proceeding | None = None,
    court: Court | None = None,
    number: str = "",
    reason: str = "",
) -> Proceeding:
    """Charges are tried apart from now on: in a new court file, or in another trial of the case."""
    access.require(actor, trial.case, roles.PROSECUTE)
    stages.lock(trial.case)
    here = {one.pk for one in standing.live_charges(trial)}
    if here and here <= {one.pk for one in charges}:
        raise RuleBroken(_("Nothing would be left in this trial. Leave one charge here."))
    if to is None:
        if court is None or not number.strip():
            raise RuleBroken(_("Give the court and the number of the new file."), field="number")
        stages.check_day(
            ordered_on, field="ordered_on", after=trial.opened_on,
            after_what=_("the opening of the court file"),
        )  # fmt: skip
        to = proceedings.save_new(
            trial.case, actor=actor, number=number, court=court, opened_on=ordered_on,
            kind=Proceeding.Kind.TRIAL, prosecutor=trial.prosecutor,
        )  # fmt: skip
    _move(charges, to, Kind.SEVERED, ordered_on=ordered_on, actor=actor, reason=reason)
    return to


@transaction.atomic
def join(
    trial: Proceeding,
    *,
    charges: Collection[Charge],
    ordered_on: date,
    actor: User,
    reason: str = "",
) -> Proceeding:
    """Charges of other trials of the case are tried here from now on."""
    access.require(actor, trial.case, roles.PROSECUTE)
    stages.lock(trial.case)
    _move(charges, trial, Kind.JOINED, ordered_on=ordered_on, actor=actor, reason=reason)
    return trial


def _move(
    charges: Collection[Charge],
    to: Proceeding,
    kind: ChargeTransfer.Kind,
    *,
    ordered_on: date,
    actor: User,
    reason: str,
) -> None:
    if not charges:
        raise RuleBroken(_("Choose at least one charge."))
    lines = record.lines_of(to.case)
    _check_destination(to, lines)
    left = {
        _move_one(charge, lines, to, kind, ordered_on, actor, reason) for charge in charges
    }  # fmt: skip
    audit.record(
        f"charge.{kind}", actor=actor, case=to.case, subject=to, charges=len(charges),
        ordered_on=ordered_on.isoformat(), reason=reason,
    )  # fmt: skip
    for one in Proceeding.objects.filter(pk__in={*left, to.pk}):
        signals.changed.send(sender=Proceeding, instance=one)
    stages.follow(to.case, actor=actor)


def _check_destination(to: Proceeding, lines: Mapping[int, Line]) -> None:
    if to.kind != Proceeding.Kind.TRIAL:
        raise RuleBroken(_("Choose a trial of this case."), field="to")
    there = [lines[one.pk] for one in standing.live_charges(to)]
    if any(stage(line) is not None for line in there):
        raise RuleBroken(
            _("That trial has heard evidence already. Choose one that has not begun."), field="to"
        )


def _move_one(
    charge: Charge,
    lines: Mapping[int, Line],
    to: Proceeding,
    kind: ChargeTransfer.Kind,
    ordered_on: date,
    actor: User,
    reason: str,
) -> int:
    if charge.pk not in lines:
        raise RuleBroken(_("This charge belongs to another case."))
    gate.check(lines, charge, STEP_OF[kind])
    line = lines[charge.pk]
    if line.place not in line.courts:
        raise gate.refused(charge, reasons.SENT_BACK)
    if line.place == to.pk:
        raise gate.refused(charge, _("It is tried there already."))
    days = [line.filed_on, *(when for when, _from, _to in line.moves), to.opened_on]
    stages.check_day(
        ordered_on, field="ordered_on", after=max(day for day in days if day),
        after_what=_("the filing, or the opening of the other court file"),
    )  # fmt: skip
    row = ChargeTransfer(
        charge=charge, kind=kind, from_proceeding_id=line.place, to_proceeding=to,
        ordered_on=ordered_on, reason=reason, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    row.full_clean()
    row.save()
    charge.tried_in = None if charge.count.charge_sheet.proceeding_id == to.pk else to
    charge.save(update_fields=["tried_in"])
    return line.place

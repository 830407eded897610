"""The death of an accused: every charge that is open, or on appeal, ends with it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, outcomes, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Accused, AccusedEvent, Charge, Code, Outcome, Proceeding, User
from casework.procedure import machine, record
from casework.procedure.position import Line, state
from casework.procedure.states import Step
from casework.sentencing import recorded


@transaction.atomic
def record_death(
    accused: Accused, *, died_on: date, actor: User, place: str = "", note: str = ""
) -> list[Outcome]:
    """Record the death, and abate what it ends: charges that no court has decided, convictions
    that await their sentence, and appeals. A decision that nobody appealed against stands.

    Raises RuleBroken where a decision that the death would end is dated after it.
    """
    case = accused.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    stages.check_day(died_on, field="happened_on")
    event = AccusedEvent(
        accused=accused, kind=AccusedEvent.Kind.DIED, happened_on=died_on, place=place, note=note
    )
    recorded.save(event, actor=actor)
    lines = record.lines_of(case)
    charges = accused.charges.filter(pk__in=lines).select_related("count", "accused")
    rows = [
        _abate(charge, lines[charge.pk], died_on, actor)
        for charge in charges
        if machine.refusal(state(lines[charge.pk]), Step.ABATE) is None
    ]
    audit.record("accused.death", actor=actor, case=case, subject=accused, abated=len(rows))
    signals.changed.send(sender=Accused, instance=accused)
    stages.follow(case, actor=actor)
    return rows


def _abate(charge: Charge, line: Line, died_on: date, actor: User) -> Outcome:
    """The charge ends in the court before which it is pending."""
    days = [line.last.day if line.last else line.filed_on, *(one.day for one in line.pending)]
    if any(day is not None and died_on < day for day in days):
        raise RuleBroken(
            _("Count %(count)s: something is on record after this day. Check both dates.")
            % {"count": charge.count.number},
            field="happened_on",
        )
    court = line.pending[0].court if line.pending else (line.courts or (line.place,))[-1]
    return outcomes.save(
        Outcome(
            charge=charge, proceeding=Proceeding.objects.get(pk=court),
            decision=Outcome.Decision.ABATED, decided_on=died_on,
            supersedes=outcomes.current(charge),
            cause=Code.objects.filter(kind=outcomes.CAUSES, code="death").first(),
            reason=str(_("The accused died.")),
        ),
        actor,
    )  # fmt: skip

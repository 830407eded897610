"""Operations on where an accused is: arrested, remanded, on bail, gone, dead.

Rows are written once. A correction is a row in the place of another; nothing follows a death.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Accused, AccusedEvent, User
from casework.procedure import deaths
from casework.sentencing import recorded

Kind = AccusedEvent.Kind
KINDS = tuple(kind for kind in Kind if kind != Kind.DIED)  # a death is recorded as one


@transaction.atomic
def record(
    accused: Accused,
    *,
    kind: str,
    happened_on: date,
    actor: User,
    until: date | None = None,
    place: str = "",
    note: str = "",
) -> AccusedEvent:
    """What happened to an accused on a day; a death ends the charges against them as well."""
    _open(accused, actor)
    case = accused.case
    accused.refresh_from_db()
    accused.case = case  # with what the actor may do on it
    row = AccusedEvent(
        accused=accused, kind=kind, happened_on=happened_on, until=until, place=place, note=note
    )
    if kind == Kind.DIED:
        return _died(row, actor)
    _save(row, actor, "accused.event")
    if kind == Kind.ARRESTED and accused.arrested_on is None:
        accused.arrested_on = happened_on
        audit.sign(accused, actor)
        accused.save()
    return row


def _open(accused: Accused, actor: User) -> None:
    access.require(actor, accused.case, roles.PROSECUTE)
    stages.lock(accused.case)


def _died(row: AccusedEvent, actor: User) -> AccusedEvent:
    """The charges abate with the death: the room of the procedure writes both."""
    _check(row)
    deaths.record_death(
        row.accused, died_on=row.happened_on, place=row.place, note=row.note, actor=actor
    )
    found: AccusedEvent = row.accused.events.standing().get(kind=Kind.DIED)
    return found


def _save(row: AccusedEvent, actor: User, action: str, why: str = "") -> AccusedEvent:
    _check(row)
    recorded.save(row, actor=actor)
    audit.record(action, actor=actor, case=row.accused.case, subject=row, kind=row.kind, reason=why)
    signals.changed.send(sender=Accused, instance=row.accused)
    return row


def _check(row: AccusedEvent) -> None:
    stages.check_day(
        row.happened_on, field="happened_on", after=row.accused.born_on,
        after_what=_("the date of birth"),
    )  # fmt: skip
    if row.until is not None:
        stages.check_day(
            row.until, field="until", after=row.happened_on, may_be_ahead=True,
            after_what=_("the day it began"),
        )  # fmt: skip
        if row.kind != Kind.REMANDED:
            raise RuleBroken(_("Only a remand has an end. Leave this empty."), field="until")
    death = (
        row.accused.events.standing().filter(kind=Kind.DIED).exclude(pk=row.supersedes_id).first()
    )
    if death is not None and (row.kind == Kind.DIED or row.happened_on > death.happened_on):
        raise RuleBroken(
            _("The death of this accused is on record. Correct that first, if it is wrong."),
            field="kind" if row.kind == Kind.DIED else "happened_on",
        )


@transaction.atomic
def correct(event: AccusedEvent, *, why: str, actor: User, **fields: Any) -> AccusedEvent:
    """Write a row in the place of one that is wrong. A death is corrected in its day and place."""
    _open(event.accused, actor)
    row = recorded.instead(event, why=why)
    for name, value in fields.items():
        setattr(row, name, value)
    if (row.kind == Kind.DIED) != (event.kind == Kind.DIED):
        raise RuleBroken(
            _("A death is not changed into something else. Take it back, then record the other."),
            field="kind",
        )
    return _save(row, actor, "accused.event_correct", row.correction)


@transaction.atomic
def take_back(event: AccusedEvent, *, why: str, actor: User) -> AccusedEvent:
    """Say that a row should never have been recorded."""
    _open(event.accused, actor)
    if event.kind == Kind.DIED:
        _check_death_stands_alone(event)
    row = recorded.save(recorded.instead(event, why=why, is_withdrawn=True), actor=actor)
    audit.record(
        "accused.event_withdraw", actor=actor, case=event.accused.case, subject=row,
        kind=event.kind, reason=row.correction,
    )  # fmt: skip
    signals.changed.send(sender=Accused, instance=event.accused)
    return row


def _check_death_stands_alone(event: AccusedEvent) -> None:
    """While charges are recorded as ended by the death, it cannot be taken back beneath them."""
    from casework.models import Outcome

    abated = Outcome.objects.current().filter(
        charge__accused=event.accused, decision=Outcome.Decision.ABATED
    )
    if abated.exists():
        raise RuleBroken(
            _("Charges ended with this death. Correct their decisions first, then take it back.")
        )

"""Operations on summonses: issued for a hearing, then served, or what else became of them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Hearing, Summons, User, Witness
from casework.witnesses.witnesses import WRITERS

RUNNING = (Summons.State.ISSUED, Summons.State.SERVED)


@transaction.atomic
def issue(
    hearing: Hearing,
    called: Sequence[Witness],
    *,
    issued_on: date,
    actor: User,
    kind: str = "summons",
    note: str = "",
) -> list[Summons]:
    """A summons for each of these witnesses to come to this hearing."""
    case = hearing.proceeding.case
    access.require_one(actor, case, *WRITERS)
    stages.lock(case)
    hearing.refresh_from_db(fields=["state", "starts_at"])
    if hearing.state != Hearing.State.LISTED:
        raise RuleBroken(_("This hearing is no longer on the list. Summon to the next one."))
    if not called:
        raise RuleBroken(_("Choose who is called."), field="witnesses")
    stages.check_day(issued_on, field="issued_on")
    return [_issue(hearing, one, issued_on, kind, note, actor) for one in called]


def _issue(
    hearing: Hearing, witness: Witness, issued_on: date, kind: str, note: str, actor: User
) -> Summons:
    case = hearing.proceeding.case
    if witness.case_id != case.pk:
        raise RuleBroken(_("Choose witnesses of this case."), field="witnesses")
    if witness.is_protected and roles.SENSITIVE not in case.granted_actions:
        raise RuleBroken(_("Choose witnesses of this case."), field="witnesses")
    if witness.is_dropped:
        raise RuleBroken(
            _("%(who)s will not be called. Call them again first.") % {"who": witness},
            field="witnesses",
        )
    running = hearing.summonses.filter(witness=witness, kind=kind, state__in=RUNNING)
    if running.exists():
        raise RuleBroken(
            _("%(who)s is summoned to this hearing already.") % {"who": witness},
            field="witnesses",
        )
    summons = Summons(
        witness=witness, hearing=hearing, kind=kind, issued_on=issued_on, note=note,
        recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    return _save(summons, actor, "summons.issue")


@transaction.atomic
def record(
    summons: Summons,
    *,
    state: str,
    actor: User,
    served_on: date | None = None,
    served_by: str = "",
    note: str = "",
) -> Summons:
    """What became of a summons; the history keeps what was said before."""
    case = summons.hearing.proceeding.case
    access.require_one(actor, case, *WRITERS)
    stages.lock(case)
    summons.refresh_from_db()
    is_served = state == Summons.State.SERVED
    if is_served:
        _check_service(summons, served_on, served_by)
    elif state == Summons.State.NOT_FOUND and not note.strip():
        raise RuleBroken(_("Say where they were looked for."), field="note")
    summons.state, summons.note = state, note
    summons.served_on = served_on if is_served else None
    summons.served_by = served_by.strip()
    return _save(summons, actor, "summons.record")


def _check_service(summons: Summons, served_on: date | None, served_by: str) -> None:
    if served_on is None:
        raise RuleBroken(_("Say on which day it was served."), field="served_on")
    stages.check_day(
        served_on, field="served_on", after=summons.issued_on, after_what=_("the day of issue")
    )
    if not served_by.strip():
        raise RuleBroken(_("Say who served it: the court asks."), field="served_by")


def _save(summons: Summons, actor: User, action: str) -> Summons:
    summons.full_clean(exclude=["recorded_by"])
    audit.sign(summons, actor)
    summons.save()
    audit.record(
        action, actor=actor, case=summons.hearing.proceeding.case, subject=summons,
        state=summons.state,
    )  # fmt: skip
    signals.changed.send(sender=Summons, instance=summons)
    return summons

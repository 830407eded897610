"""Operations on hearings: listing one, and recording that it was held, adjourned or vacated.

An adjournment has a coded reason and a side; the history keeps every correction.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, clock, roles, signals, stages
from casework.days import appearances
from casework.errors import RuleBroken
from casework.models import Code, Hearing, Proceeding, User

SIDES = {
    "prosecution": _("Prosecution"),
    "defence": _("Defence"),
    "court": _("Court"),
    "witness": _("Witness"),
    "exhibit": _("Exhibit"),
    "external": _("Neither side"),
}
FARTHEST = timedelta(days=5 * 366)


@transaction.atomic
def schedule(
    proceeding: Proceeding,
    *,
    kind: Code,
    starts_at: datetime,
    actor: User,
    courtroom: str = "",
    presiding: str = "",
    field: str = "starts_at",
) -> Hearing:
    """List a hearing. `field` names the field of the form that asked for it."""
    access.require(actor, proceeding.case, roles.PROSECUTE)
    stages.lock(proceeding.case)
    _check_time(proceeding, starts_at, field)
    hearing = Hearing(
        proceeding=proceeding, kind=kind, starts_at=starts_at, courtroom=courtroom,
        presiding=presiding or proceeding.presiding, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    return _save(hearing, actor, "hearing.list")


def _check_time(proceeding: Proceeding, starts_at: datetime, field: str) -> None:
    if starts_at.year < stages.EARLIEST_YEAR:
        raise RuleBroken(_("Write the year with four digits."), field=field)
    if starts_at > clock.now() + FARTHEST:
        raise RuleBroken(_("This is more than five years ahead. Check the year."), field=field)
    stages.check_day(
        timezone.localtime(starts_at).date(), field=field, after=proceeding.opened_on,
        after_what=_("the opening of the court file"), may_be_ahead=True,
    )  # fmt: skip
    listed = proceeding.hearings.filter(starts_at=starts_at).exclude(state=Hearing.State.VACATED)
    if listed.exists():
        raise RuleBroken(_("A hearing is listed for this hour already."), field=field)


@transaction.atomic
def record(
    hearing: Hearing,
    *,
    state: str,
    actor: User,
    present: str = "",
    note: str = "",
    reason: Code | None = None,
    side: str = "",
    next_at: datetime | None = None,
    next_kind: Code | None = None,
    result: Code | None = None,
    prosecutor: User | None = None,
    appeared: Sequence[appearances.Seen] | None = None,
) -> Hearing:
    """What became of a hearing; with a next date, the next hearing is listed in the same act.

    An adjournment needs its reason; the side at fault is the reason's own unless it is said.
    `appeared` is everybody who was to appear; None leaves what is on record of them.
    """
    case = hearing.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    hearing.refresh_from_db()
    hearing.proceeding.case = case  # with what the actor may do on it
    _check_state(hearing, state, note, reason, side)
    is_adjourned = state == Hearing.State.ADJOURNED
    action = "hearing.record" if hearing.state == Hearing.State.LISTED else "hearing.correct"
    hearing.state, hearing.present, hearing.note = state, present, note
    hearing.adjournment_reason = reason if is_adjourned else None
    hearing.side = (side or reason.side) if is_adjourned and reason else ""
    hearing.result = result if state == Hearing.State.HELD else None
    hearing.prosecutor = prosecutor or hearing.prosecutor
    hearing.recorded_by, hearing.recorded_at = actor, clock.now()
    _save(hearing, actor, action)
    if appeared is not None:
        appearances.keep(hearing, appeared, actor=actor)
    if next_at is not None:
        _schedule_next(hearing, next_at, next_kind, actor)
    return hearing


def _check_state(hearing: Hearing, state: str, note: str, reason: Code | None, side: str) -> None:
    if state not in (Hearing.State.HELD, Hearing.State.ADJOURNED, Hearing.State.VACATED):
        raise RuleBroken(_("Choose what became of the hearing."), field="state")
    day = timezone.localtime(hearing.starts_at).date()
    if state != Hearing.State.VACATED and day > clock.today():
        raise RuleBroken(
            _("This hearing has not taken place yet. Until then it can only be vacated."),
            field="state",
        )
    if state == Hearing.State.ADJOURNED and reason is None:
        raise RuleBroken(_("Choose why it was adjourned."), field="reason")
    if side and side not in SIDES:
        raise RuleBroken(_("Choose one from the list."), field="side")
    if state == Hearing.State.VACATED and not note.strip():
        raise RuleBroken(_("Say why the hearing was taken off the list."), field="note")


def _schedule_next(
    hearing: Hearing, next_at: datetime, next_kind: Code | None, actor: User
) -> None:
    if next_at <= hearing.starts_at:
        raise RuleBroken(
            _("The next date comes after this hearing. Check the date."), field="next_at"
        )
    schedule(
        hearing.proceeding, kind=next_kind or hearing.kind, starts_at=next_at,
        courtroom=hearing.courtroom, presiding=hearing.presiding, actor=actor, field="next_at",
    )  # fmt: skip


def _save(hearing: Hearing, actor: User, action: str) -> Hearing:
    hearing.full_clean()
    audit.sign(hearing, actor)
    hearing.save()
    audit.record(
        action, actor=actor, case=hearing.proceeding.case, subject=hearing, state=hearing.state
    )
    signals.changed.send(sender=Hearing, instance=hearing)
    return hearing


@dataclass(frozen=True)
class Listed:
    """A hearing as a line of a list shows it."""

    hearing: Hearing
    mark: str
    word: StrOrPromise
    may_record: bool
    is_ahead: bool

    @property
    def side_word(self) -> StrOrPromise:
        return SIDES.get(self.hearing.side, "")


def listed(rows: Iterable[Hearing], *, prosecuted: Collection[int]) -> list[Listed]:
    """Lines of a list; `prosecuted` are the cases in which the reader records hearings."""
    now = clock.now()
    return [
        Listed(
            row,
            *_state_of(row, now),
            may_record=row.proceeding.case_id in prosecuted,
            is_ahead=row.state == Hearing.State.LISTED and row.starts_at >= now,
        )
        for row in rows
    ]


def _state_of(hearing: Hearing, now: datetime) -> tuple[str, StrOrPromise]:
    if hearing.state != Hearing.State.LISTED:
        marks = {Hearing.State.HELD: "full", Hearing.State.ADJOURNED: "cross"}
        return marks.get(Hearing.State(hearing.state), "later"), hearing.get_state_display()
    if hearing.starts_at < now:
        return "open", _("Not recorded yet")
    return "later", _("Listed")

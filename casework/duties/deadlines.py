"""Deadlines that people set, and the answer of a person to one that the law sets.

Done names who and when; reopening keeps both in the history.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, clock, roles, stages
from casework.duties import writing
from casework.errors import RuleBroken
from casework.models import Accused, Case, Deadline, Proceeding, User

WARN_DAYS = 7
FIELDS = ("title", "due_on", "proceeding", "accused", "assigned_to", "note")


@dataclass(frozen=True)
class Key:
    """A period of the law that runs in a case: its code, since when, and for whom."""

    code: str
    started_on: date
    accused: int | None = None
    proceeding: int | None = None

    def __str__(self) -> str:
        whose = (str(part or 0) for part in (self.accused, self.proceeding))
        return ".".join((self.code, self.started_on.isoformat(), *whose))

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """The key that an address or a form names; None where it names none."""
        try:
            code, day, accused, proceeding = text.split(".")
            return cls(code, date.fromisoformat(day), int(accused) or None, int(proceeding) or None)
        except ValueError:
            return None


@transaction.atomic
def add(case: Case, *, title: str, due_on: date, actor: User, **fields: Any) -> Deadline:
    """Something to be done by a day; `fields` are the others of FIELDS."""
    writing.begin(case, actor)
    row = Deadline(
        case=case, title=title.strip(), due_on=due_on, set_by=actor, set_at=clock.now(), **fields
    )
    return _checked(row, actor, "deadline.add")


@transaction.atomic
def change(row: Deadline, *, actor: User, reason: str = "", **fields: Any) -> Deadline:
    """Another day, another person: the history keeps what stood before."""
    writing.begin(row.case, actor)
    writing.read_again(row)
    for name, value in fields.items():
        setattr(row, name, value)
    return _checked(row, actor, "deadline.change", reason)


@transaction.atomic
def done(row: Deadline, *, actor: User, done_on: date, note: str = "") -> Deadline:
    """It was done on a day. Whoever it was given to may say so, too."""
    _begin_own(row, actor)
    writing.read_again(row)
    if row.done_on is not None:
        raise RuleBroken(_("This is done already."))
    stages.check_day(done_on, field="done_on")
    row.done_on, row.done_by = done_on, actor
    row.note = _joined(row.note, note)
    return _checked(row, actor, "deadline.done")


@transaction.atomic
def reopen(row: Deadline, *, actor: User, reason: str) -> Deadline:
    """It is not done after all."""
    writing.begin(row.case, actor)
    writing.read_again(row)
    if row.done_on is None:
        raise RuleBroken(_("This is open already."))
    if not reason.strip():
        raise RuleBroken(_("Say why it is open again."), field="reason")
    row.done_on, row.done_by = None, None
    return _checked(row, actor, "deadline.reopen", reason.strip())


@transaction.atomic
def answer(
    case: Case, key: Key, *, title: str, due_on: date, note: str, done_on: date, actor: User
) -> Deadline:
    """Say that a period of the law was kept, or does not apply, and why; the record shows no act.

    `title` and `due_on` are those computed. The same period is answered once; reopen it to undo.
    """
    writing.begin(case, actor)
    if not note.strip():
        told = _("Say how it was done, or why it does not apply. No act on record shows it.")
        raise RuleBroken(told, field="note")
    stages.check_day(done_on, field="done_on", after=key.started_on, after_what=_("its beginning"))
    row = Deadline.objects.filter(
        case=case, limit_code=key.code, started_on=key.started_on, accused=key.accused,
        proceeding=key.proceeding,
    ).first()  # fmt: skip
    if row is None:
        row = Deadline(
            case=case, limit_code=key.code, started_on=key.started_on, set_by=actor,
            accused=Accused.objects.filter(case=case, pk=key.accused or 0).first(),
            proceeding=Proceeding.objects.filter(case=case, pk=key.proceeding or 0).first(),
        )  # fmt: skip
    if row.done_on is not None:
        raise RuleBroken(_("This is done already."))
    row.title, row.due_on, row.note = title[:200], due_on, note.strip()
    row.done_on, row.done_by = done_on, actor
    return _checked(row, actor, "deadline.answer")


def _begin_own(row: Deadline, actor: User) -> None:
    access.require(actor, row.case, roles.VIEW)
    if row.assigned_to_id == actor.pk:
        stages.lock(row.case)
    else:
        writing.begin(row.case, actor)


def _joined(before: str, after: str) -> str:
    return "\n".join(part for part in (before, after.strip()) if part)


def _checked(row: Deadline, actor: User, action: str, reason: str = "") -> Deadline:
    if not row.title:
        raise RuleBroken(_("Write what must be done."), field="title")
    writing.check_of_case(row.case, proceeding=row.proceeding, accused=row.accused)
    stages.check_day(row.due_on, field="due_on", may_be_ahead=True)
    worker = row.assigned_to
    if worker is not None and not access.can(worker, row.case, roles.VIEW):
        told = _("%(name)s may not read this case. Ask the lead to add them to the team.")
        raise RuleBroken(told % {"name": worker.get_full_name()}, field="assigned_to")
    writing.save(row, actor, action, reason=reason)
    return row

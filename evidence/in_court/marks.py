"""What a court did with an exhibit: each trial, retrial and appeal has its own line of acts.

Rows are written once. A correction stands in the place of the row it names; the line must make
sense after it as before. What custody did is the chain's own matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, clock, roles, row_digests, signals, stages
from casework.errors import Conflict, RuleBroken
from casework.models import Hearing, Proceeding, User, Witness
from evidence.in_court import order
from evidence.models import CourtMark, Exhibit

Kind = CourtMark.Kind
FIELDS = ("kind", "happened_on", "hearing", "court_number", "witness", "ruling")
REFUSALS: dict[str, StrOrPromise] = {
    Kind.MARKED: _("It is before this court already. Choose what happened next."),
    Kind.PRODUCED: _("It cannot be produced now. Read what the court did before."),
    Kind.ADMITTED: _("The court takes nothing in evidence that no witness produced. Record the "
                     "production first; what is taken already is not taken twice."),
    Kind.REFUSED: _("The court refuses nothing that no witness produced. Record the production "
                    "first."),
    Kind.RELEASED: _("It is not before this court. Record first how it came there."),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One exhibit's line of a day in court, as the grid states it."""

    exhibit: Exhibit
    kind: str
    court_number: str = ""
    witness: Witness | None = None
    ruling: str = ""


@transaction.atomic
def record(
    exhibit: Exhibit,
    *,
    proceeding: Proceeding,
    kind: str,
    actor: User,
    happened_on: date | None = None,
    hearing: Hearing | None = None,
    court_number: str = "",
    witness: Witness | None = None,
    ruling: str = "",
) -> CourtMark:
    """The next act of this court on the exhibit, at a hearing or on a day."""
    _begin(proceeding, exhibit, actor)
    row = CourtMark(
        exhibit=exhibit, proceeding=proceeding, hearing=hearing, kind=kind, witness=witness,
        court_number=" ".join(court_number.split()), ruling=ruling.strip(),
        happened_on=day_of(hearing, happened_on),
    )  # fmt: skip
    return _save(row, actor, "court-mark.record")


@transaction.atomic
def record_all(
    proceeding: Proceeding,
    entries: Sequence[Entry],
    *,
    actor: User,
    happened_on: date | None = None,
    hearing: Hearing | None = None,
) -> list[CourtMark]:
    """All of a day or none; a RuleBroken carries `position`, the place of the faulty one."""
    if not entries:
        raise RuleBroken(_("Say of at least one exhibit what the court did with it."))
    made = []
    for position, entry in enumerate(entries):
        try:
            made.append(record(
                entry.exhibit, proceeding=proceeding, kind=entry.kind, hearing=hearing,
                happened_on=happened_on, court_number=entry.court_number, witness=entry.witness,
                ruling=entry.ruling, actor=actor,
            ))  # fmt: skip
        except RuleBroken as broken:
            broken.position = position  # type: ignore[attr-defined]  # read by the grid
            raise
    return made


@transaction.atomic
def correct(mark: CourtMark, *, correction: str, actor: User, **fields: Any) -> CourtMark:
    """The same act as it really was; both rows stay, the new one counts."""
    _begin(mark.proceeding, mark.exhibit, actor)
    _check_last_word(mark)
    _check_why(correction)
    values = {name: getattr(mark, name) for name in FIELDS} | fields
    row = CourtMark(
        exhibit=mark.exhibit, proceeding=mark.proceeding, supersedes=mark,
        correction=correction.strip(), **values,
    )  # fmt: skip
    return _save(row, actor, "court-mark.correct")


@transaction.atomic
def take_back(mark: CourtMark, *, correction: str, actor: User) -> CourtMark:
    """It did not happen: nothing takes its place, and what rests on it must go first."""
    _begin(mark.proceeding, mark.exhibit, actor)
    _check_last_word(mark)
    _check_why(correction)
    values = {name: getattr(mark, name) for name in FIELDS}
    row = CourtMark(
        exhibit=mark.exhibit, proceeding=mark.proceeding, supersedes=mark, is_withdrawn=True,
        correction=correction.strip(), **values,
    )  # fmt: skip
    return _save(row, actor, "court-mark.take-back")


def _begin(proceeding: Proceeding, exhibit: Exhibit, actor: User) -> None:
    access.require(actor, proceeding.case, roles.PROSECUTE)
    stages.lock(proceeding.case)
    if not Exhibit.objects.visible_to(actor).filter(pk=exhibit.pk).exists():
        raise Http404


def day_of(hearing: Hearing | None, happened_on: date | None) -> date:
    """The day of the hearing, or else the one that was written."""
    if hearing is not None:
        return timezone.localdate(hearing.starts_at)
    if happened_on is None:
        raise RuleBroken(_("Choose the hearing, or write the day."), field="happened_on")
    return happened_on


def _check_last_word(mark: CourtMark) -> None:
    if mark.is_withdrawn or CourtMark.objects.filter(supersedes=mark).exists():
        raise Conflict(_("This was corrected already. Correct what stands now."))


def _check_why(correction: str) -> None:
    if not correction.strip():
        raise RuleBroken(_("Say what was wrong in the record."), field="correction")


def _save(row: CourtMark, actor: User, action: str) -> CourtMark:
    if not row.is_withdrawn:
        _check(row, actor)
    _check_line(row)
    row.recorded_by, row.recorded_at = actor, clock.now()
    row.full_clean(validate_constraints=False)
    row.save()
    case, rows = row.proceeding.case, row_digests.of([row])
    audit.record(action, actor=actor, case=case, subject=row.exhibit, kind=row.kind, rows=rows)
    signals.changed.send(sender=Exhibit, instance=row.exhibit)
    return row


def _check(row: CourtMark, actor: User) -> None:
    case = row.proceeding.case_id
    stages.check_day(
        row.happened_on, field="happened_on", after=row.proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    if row.hearing is not None and row.hearing.proceeding_id != row.proceeding_id:
        raise RuleBroken(_("Choose a hearing of this court file."), field="hearing")
    if row.witness is not None and row.witness.case_id != case:
        raise RuleBroken(_("Choose a witness of this case."), field="witness")
    if row.kind == Kind.PRODUCED and row.witness is None:
        told = _("Say which witness produced it. Add the witness to the case first.")
        raise RuleBroken(told, field="witness")
    if row.kind == Kind.ADMITTED and not row.court_number:
        raise RuleBroken(
            _("Write the number the court gave it, such as P12."), field="court_number"
        )
    if row.kind == Kind.REFUSED and not row.ruling:
        raise RuleBroken(_("Write why the court refused it."), field="ruling")
    if row.court_number:
        _check_number(row, actor)


def _check_number(row: CourtMark, actor: User) -> None:
    """One number in evidence names one exhibit of a court file."""
    every: Any = CourtMark.objects
    others = every.standing().filter(
        proceeding=row.proceeding, kind=row.kind, court_number__iexact=row.court_number
    )
    taken = others.exclude(exhibit=row.exhibit).select_related("exhibit").first()
    if taken is None:
        return
    told = _("%(number)s is another exhibit in this court. Read the number again.")
    if Exhibit.objects.visible_to(actor).filter(pk=taken.exhibit_id).exists():
        told = _("%(number)s is %(label)s in this court. Read the number again.")
    words = {"number": row.court_number, "label": taken.exhibit.label}
    raise RuleBroken(told % words, field="court_number")


def _check_line(row: CourtMark) -> None:
    """The acts of this court on this exhibit make sense in their order, with this one."""
    known = list(CourtMark.objects.filter(exhibit=row.exhibit, proceeding=row.proceeding))
    line = standing([*known, row])
    fault = order.first_fault([mark.kind for mark in line])
    if fault is None:
        return
    if line[fault] is row:
        raise RuleBroken(REFUSALS[row.kind], field="kind")
    told = _("Then “%(what)s” of %(label)s would rest on nothing. Correct that first.")
    words = {"what": line[fault].get_kind_display(), "label": row.exhibit.label}
    raise RuleBroken(told % words, field="kind")


def standing(marks: Iterable[CourtMark]) -> list[CourtMark]:
    """What counts of one court and one exhibit, by day; a correction keeps its place in the day."""
    rows = list(marks)
    replaced = {row.supersedes_id for row in rows if row.supersedes_id}
    before = {row.pk: row.supersedes_id for row in rows if row.pk}
    counting = [row for row in rows if row.pk not in replaced and not row.is_withdrawn]
    return sorted(counting, key=lambda row: (row.happened_on, _first_of(row, before)))


def _first_of(row: CourtMark, before: dict[int, int | None]) -> float:
    """The key of the first row of its line of corrections; a new row comes last in its day."""
    key: int | None = row.supersedes_id or row.pk
    while key is not None and (earlier := before.get(key)) is not None:
        key = earlier
    return float("inf") if key is None else key

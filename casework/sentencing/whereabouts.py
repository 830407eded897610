"""Where an accused is now, in words, and what the record asks for next. Reads rows already read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from casework import display
from casework.models import Accused, AccusedEvent, BailDecision, SentenceEvent, TimeLimit
from casework.sentencing.bail import ENDS, GRANTS

Kind = AccusedEvent.Kind
IN_PRISON = (SentenceEvent.Kind.BEGUN, SentenceEvent.Kind.DEFAULT)


@dataclass(frozen=True)
class Place:
    """Where somebody is: a mark, a sentence, since when, and where."""

    mark: str
    text: str
    since: date | None = None
    place: str = ""


def now(
    accused: Accused,
    events: Sequence[AccusedEvent],
    served: Sequence[SentenceEvent],
    today: date,
) -> Place:
    """By the last standing row: of custody, or of a sentence that began or ended after it."""
    last = events[-1] if events else None
    term = next((row for row in reversed(served) if _is_of_prison(row)), None)
    is_gone = last is not None and last.kind in (Kind.DIED, Kind.DEPORTED)
    if term is not None and not is_gone and (last is None or term.happened_on >= last.happened_on):
        if term.kind == SentenceEvent.Kind.RELEASED:
            return Place("full", _("Released after the term"), term.happened_on)
        return Place("full", _("Serving the sentence"), term.happened_on)
    if last is not None:
        return _of_event(last, today)
    if accused.arrested_on is not None:
        return Place("half", _("Arrested; what followed is not on record"), accused.arrested_on)
    return Place("open", _("Nobody has recorded where this accused is"))


def _is_of_prison(row: SentenceEvent) -> bool:
    return row.kind in (*IN_PRISON, SentenceEvent.Kind.RELEASED)


def _of_event(row: AccusedEvent, today: date) -> Place:
    if row.kind == Kind.REMANDED and row.until is not None:
        words = {"day": display.day(row.until)}
        if row.until < today:
            text = _("The remand ran out on %(day)s. Where is this accused?") % words
            return Place("open", text, row.happened_on, row.place)
        text = _("In custody, remanded until %(day)s") % words
        return Place("full", text, row.happened_on, row.place)
    mark, text = {
        Kind.ARRESTED: ("half", _("Under arrest, not brought before the court yet")),
        Kind.ARRAIGNED: ("half", _("Brought before the court; remand or release not recorded")),
        Kind.REMANDED: ("full", _("In custody on remand")),
        Kind.BAILED: ("full", _("Out on bail")),
        Kind.RELEASED: ("full", _("At liberty")),
        Kind.ABSCONDED: ("cross", _("Absconded")),
        Kind.DEPORTED: ("full", _("Deported or extradited")),
        Kind.DIED: ("full", _("Died")),
    }[Kind(row.kind)]
    return Place(mark, text, row.happened_on, row.place)


@dataclass(frozen=True)
class Need:
    """Something the record of an accused asks for; `act` names the verb that mends it."""

    mark: str
    text: str
    why: str = ""
    act: str = ""


def needs(
    accused: Accused,
    events: Sequence[AccusedEvent],
    bail: Sequence[BailDecision],
    limit: TimeLimit | None,
    today: date,
    *,
    has_warrant: bool,
) -> list[Need]:
    """Late before the court; after absconding a warrant and the bail; a release without bail."""
    found = []
    if (late := arraignment(accused, events, limit, today)) is not None:
        found.append(late)
    last = events[-1] if events else None
    decision = bail[0] if bail else None
    if last is not None and last.kind == Kind.ABSCONDED:
        found += _after_absconding(decision, last, has_warrant)
    if last is not None and last.kind == Kind.BAILED:
        if decision is None or decision.decision.code not in GRANTS:
            found.append(Need("half", _("Out on bail, but no decision on record grants it."),
                              act="bail"))  # fmt: skip
        elif not decision.conditions and not decision.sureties:
            found.append(Need("half", _("The bail has no condition and no surety on record."),
                              act="bail_correct"))  # fmt: skip
    return found


def _after_absconding(
    decision: BailDecision | None, gone: AccusedEvent, has_warrant: bool
) -> list[Need]:
    found = []
    if not has_warrant:
        why = _("Without one nobody may arrest this accused.")
        found.append(Need("open", _("No warrant of arrest since the absconding."), why, "warrant"))
    if decision is not None and decision.decision.code in GRANTS:
        why = _("The court can forfeit the bail and call the sureties.")
        found.append(Need("open", _("The bail stands as if nothing had happened."), why, "bail"))
    if decision is not None and decision.decision.code in ENDS:
        day = display.day(decision.decided_on)
        found.append(Need("full", _("Bail ended on %(day)s.") % {"day": day}))
    return found


def arraignment(
    accused: Accused, events: Sequence[AccusedEvent], limit: TimeLimit | None, today: date
) -> Need | None:
    """Whether the last arrest came before a court in time. Days only: a limit in hours is counted
    in whole days, so that the day after the arrest is never called late."""
    arrests = [row.happened_on for row in events if row.kind == Kind.ARRESTED]
    arrested = arrests[-1] if arrests else accused.arrested_on
    if arrested is None or limit is None:
        return None
    due = arrested + timedelta(days=_days(limit))
    brought = next(
        (row.happened_on for row in events
         if row.happened_on >= arrested and row.kind in (Kind.ARRAIGNED, Kind.REMANDED)), None
    )  # fmt: skip
    words = {"arrest": display.day(arrested), "due": display.day(due),
             "limit": f"{limit.amount} {limit.get_unit_display()}"}  # fmt: skip
    why = _("Arrested on %(arrest)s; the limit is %(limit)s, %(due)s.") % words
    if brought is not None:
        if brought <= due:
            return None
        text = _("Brought before the court %(day)s, after the limit.") % {
            "day": display.day(brought)
        }
        return Need("cross", text, why)
    if any(row.kind == Kind.RELEASED and row.happened_on >= arrested for row in events):
        return None
    if today > due:
        return Need("open", _("Not on record as brought before a court."), why, "event")
    return Need("half", _("To be brought before a court."), why, "event")


def _days(limit: TimeLimit) -> int:
    if limit.unit == "hours":
        return -(-limit.amount // 24)
    return limit.amount * 30 if limit.unit == "months" else limit.amount

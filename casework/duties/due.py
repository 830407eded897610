"""Everything that is due in cases, and until when: the law's periods, people's deadlines, the ends
of warrants and the days by which an answer from abroad is needed, in one order of days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_stubs_ext import StrOrPromise

from casework import access, clock, display
from casework.duties import assistance, authorities, deadlines, facts, rules
from casework.duties.deadlines import Key
from casework.duties.periods import DONE, OVER, SOON, Begun, state
from casework.duties.periods import LATE as LATE
from casework.duties.periods import LATER as LATER
from casework.duties.rules import LAPSING, Law
from casework.duties.writing import WRITERS
from casework.models import (
    Accused,
    AssistanceRequest,
    Authority,
    Case,
    Deadline,
    Proceeding,
)

LAW, DEADLINE, AUTHORITY, ASSISTANCE = "law", "deadline", "authority", "assistance"
KINDS: dict[str, StrOrPromise] = {
    LAW: _lazy("Set by law"),
    DEADLINE: _lazy("Set by a person"),
    AUTHORITY: _lazy("Warrants and orders"),
    ASSISTANCE: _lazy("Assistance from abroad"),
}
OPEN = (LATE, SOON, LATER)
MARKS = {LATE: "cross", SOON: "open", LATER: "later", DONE: "full", OVER: "later"}
LOOK_BACK = timedelta(days=730)  # a list over many cases leaves out what began before
ENDED = (Case.Status.CLOSED, Case.Status.NO_INQUIRY, Case.Status.NOT_CHARGED)


@dataclass(frozen=True)
class Due:
    """One thing to be done by a day."""

    kind: str
    case: Case
    title: str
    why: str
    due_on: date
    state: str
    url: str
    verb: str = ""
    done_on: date | None = None
    done_by: str = ""
    note: str = ""
    row: Any = None
    key: Key | None = None
    assigned_to: Any = None

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def ink(self) -> bool:
        """An open ring is in ink until it is late."""
        return self.state == SOON

    @property
    def days_late(self) -> int:
        return -self.days

    @property
    def days(self) -> int:
        """How many days are left; negative where it is late."""
        return (self.due_on - clock.today()).days


def of_case(case: Case, user: access.Reader) -> list[Due]:
    """Of one case, done ones too."""
    return _of(Case.objects.filter(pk=case.pk), user, since=None)


def of_cases(cases: QuerySet[Case], user: access.Reader) -> list[Due]:
    """What is open in these cases, which this reader may see; the first day first."""
    running = cases.exclude(status__in=ENDED)
    found = _of(running, user, since=clock.today() - LOOK_BACK)
    return [due for due in found if due.is_open]


def _of(cases: QuerySet[Case], user: access.Reader, *, since: date | None) -> list[Due]:
    own: Any = cases.order_by().values("pk")
    known = {row.pk: row for row in cases.select_related("agency").order_by()}
    if not known:
        return []
    today = clock.today()
    rows = list(
        Deadline.objects.filter(case__in=own).select_related(
            "accused", "proceeding__court", "assigned_to", "done_by"
        )
    )
    read = facts.read(own, since=since)
    found = [
        *_of_law(read, known, rows, today, _writable(own, user)),
        *(_of_row(row, known[row.case_id], today) for row in rows if not row.limit_code),
        *_of_authorities(own, known, user, today),
        *_of_assistance(own, known, user, today),
    ]
    return sorted(found, key=lambda due: (due.due_on, due.case.pk, due.title))


def _writable(own: Any, user: access.Reader) -> set[int]:
    """The cases in which this reader may say that something is done."""
    may = [Case.objects.permitting(user, action).filter(pk__in=own) for action in WRITERS]
    return {pk for rows in may for pk in rows.order_by().values_list("pk", flat=True)}


def _of_law(
    read: facts.Facts, known: dict[int, Case], rows: Iterable[Deadline], today: date,
    writable: set[int],
) -> Iterator[Due]:  # fmt: skip
    answered = {
        Key(row.limit_code, row.started_on, row.accused_id, row.proceeding_id): row
        for row in rows
        if row.limit_code and row.started_on
    }
    begun = [
        (known[case], *period)
        for case, found in read.by_case.items()
        for period in rules.begun(found, read.laws.get(known[case].agency.country, []))
    ]
    accused, proceedings = _names([period for _case, period, _law in begun])
    for case, period, law in begun:
        key = Key(period.code, period.started_on, period.accused, period.proceeding)
        whose = _joined(
            accused.get(period.accused or 0, ""), proceedings.get(period.proceeding or 0, "")
        )
        word, may_write = answered.get(key), case.pk in writable
        yield _told(case, period, law, whose, word, key, today, may_write=may_write)


def _names(begun: Iterable[Begun]) -> tuple[dict[int, str], dict[int, str]]:
    people = {period.accused for period in begun if period.accused}
    courts = {period.proceeding for period in begun if period.proceeding}
    accused = {row.pk: str(row) for row in Accused.objects.filter(pk__in=people).order_by()}
    rows = Proceeding.objects.filter(pk__in=courts).select_related("court").order_by()
    return accused, {row.pk: str(row) for row in rows}


def _told(
    case: Case, period: Begun, law: Law | None, whose: str, row: Deadline | None, key: Key,
    today: date, *, may_write: bool,
) -> Due:  # fmt: skip
    """A period of the law: done by the act itself, or by the word of a person."""
    assert period.due_on is not None  # noqa: S101  # rules.begun gives no other
    word = row if row is not None and row.done_on is not None else None
    done = period.done_on or (word.done_on if word else None)
    warn_days = law.limit.warn_days if law else deadlines.WARN_DAYS
    lapses = period.code in LAPSING
    standing = state(period.due_on, today, warn_days=warn_days, done_on=done, lapses=lapses)
    began = _("runs since %(day)s") % {"day": display.day(period.started_on)}
    here = [case.reference, str(key)]
    is_asked = may_write and standing != DONE
    url = reverse("casework:deadline-answer", args=here) if is_asked else ""
    return Due(
        LAW, case, law.label if law else _("Bring a remanded person back before the court"),
        _joined(whose, began), period.due_on, standing, url, _("Say it is done"), done,
        _by(word) if word and period.done_on is None else "", word.note if word else "", word, key,
    )  # fmt: skip


def _by(row: Deadline) -> str:
    return row.done_by.get_full_name() if row.done_by else ""


def _of_row(row: Deadline, case: Case, today: date) -> Due:
    whose = [str(one) for one in (row.accused, row.proceeding) if one is not None]
    standing = state(row.due_on, today, warn_days=deadlines.WARN_DAYS, done_on=row.done_on)
    return Due(
        DEADLINE, case, row.title, _joined(*whose, "" if row.done_on else row.note), row.due_on,
        standing, reverse("casework:deadline", args=[case.reference, row.pk]), _("Open"),
        row.done_on, _by(row), row.note if row.done_on else "", row, None, row.assigned_to,
    )  # fmt: skip


def _of_authorities(
    own: Any, known: dict[int, Case], user: access.Reader, today: date
) -> Iterator[Due]:
    rows = Authority.objects.visible_to(user).filter(case__in=own, valid_until__isnull=False)
    for row in rows.select_related("kind", "accused"):
        used = row.executed_on or row.ended_on
        standing = state(
            row.valid_until, today, warn_days=authorities.WARN_DAYS, done_on=used, lapses=True
        )
        title = _("%(kind)s ends") % {"kind": row.kind}
        yield Due(
            AUTHORITY, known[row.case_id], title,
            _joined(row.number, str(row.accused) if row.accused else "", row.scope[:120]),
            row.valid_until, standing,
            reverse("casework:authority", args=[known[row.case_id].reference, row.pk]),
            _("Open"), used, row=row,
        )  # fmt: skip


def _of_assistance(
    own: Any, known: dict[int, Case], user: access.Reader, today: date
) -> Iterator[Due]:
    rows = AssistanceRequest.objects.visible_to(user).filter(
        Q(state__in=AssistanceRequest.OPEN), case__in=own
    )
    for row in rows.select_related("form"):
        title = _("Answer of %(partner)s (%(country)s)") % {
            "partner": row.partner, "country": row.country,
        }  # fmt: skip
        standing = state(row.due_on, today, warn_days=assistance.WARN_DAYS)
        yield Due(
            ASSISTANCE, known[row.case_id], title,
            _joined(row.get_state_display(), str(row.form)), row.due_on, standing,
            reverse("casework:assistance", args=[known[row.case_id].reference, row.pk]),
            _("Open"), row=row,
        )  # fmt: skip


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)

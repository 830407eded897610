"""The calendar of hearings: a week or a month of days, each with the first of its hearings.

A month is two queries however many hearings it holds: one counts them by day, one reads the first
few of each day. Days are those of the reader's zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from casework import access, clock, hearings
from casework.hearings import Listed
from casework.models import Hearing

A_WEEK = timedelta(days=7)
IN_A_CELL, IN_A_DAY = 3, 25  # hearings shown of one day in a month and in a week
JOINED = ("kind", "adjournment_reason", "proceeding__court", "proceeding__case")


@dataclass(frozen=True)
class Day:
    """One day: its first hearings, and how many there are."""

    day: date
    lines: tuple[Listed, ...]
    number: int
    is_today: bool
    is_outside: bool  # of another month than the one shown

    @property
    def more(self) -> int:
        return self.number - len(self.lines)


@dataclass(frozen=True)
class Page:
    """The days shown, in weeks, and where the pages before and after begin."""

    weeks: tuple[tuple[Day, ...], ...]
    before: date
    after: date

    @property
    def days(self) -> tuple[Day, ...]:
        return tuple(day for week in self.weeks for day in week)

    @property
    def first(self) -> date:
        return self.weeks[0][0].day

    @property
    def last(self) -> date:
        return self.weeks[-1][-1].day

    @property
    def number(self) -> int:
        return sum(day.number for day in self.days if not day.is_outside)


def week(rows: QuerySet[Hearing], on: date) -> Page:
    """The week, Monday to Sunday, that `on` lies in."""
    monday = on - timedelta(days=on.weekday())
    days = _days(rows, monday, monday + A_WEEK, most=IN_A_DAY)
    return Page((tuple(days),), monday - A_WEEK, monday + A_WEEK)


def month(rows: QuerySet[Hearing], on: date) -> Page:
    """The month that `on` lies in, in whole weeks."""
    first = on.replace(day=1)
    after = _next_month(first)
    start, end = month_days(on)
    days = list(_days(rows, start, end, most=IN_A_CELL, shown=on.month))
    weeks = tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7))
    return Page(weeks, (first - timedelta(days=1)).replace(day=1), after)


def month_days(on: date) -> tuple[date, date]:
    """The Monday before the month's first day, and the Monday after its last: end excluded."""
    first = on.replace(day=1)
    after = _next_month(first)
    return first - timedelta(days=first.weekday()), after + timedelta(days=-after.weekday() % 7)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _days(
    rows: QuerySet[Hearing], start: date, end: date, *, most: int, shown: int | None = None
) -> Iterable[Day]:
    within = rows.filter(starts_at__gte=_midnight(start), starts_at__lt=_midnight(end))
    within = within.annotate(of_day=TruncDate("starts_at")).order_by()
    numbers = dict(within.values("of_day").annotate(n=Count("pk")).values_list("of_day", "n"))
    place = Window(RowNumber(), partition_by=[F("of_day")], order_by=["starts_at", "pk"])
    firsts = within.annotate(place=place).filter(place__lte=most).select_related(*JOINED)
    lines: dict[date, list[Listed]] = {}
    read: list[Any] = sorted(firsts, key=lambda row: (row.starts_at, row.pk))
    for row, line in zip(read, hearings.listed(read, prosecuted=()), strict=True):
        lines.setdefault(row.of_day, []).append(line)
    today = clock.today()
    for number in range((end - start).days):
        day = start + timedelta(days=number)
        yield Day(
            day, tuple(lines.get(day, ())), numbers.get(day, 0), day == today,
            is_outside=shown is not None and day.month != shown,
        )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def of_day(rows: QuerySet[Hearing], day: date) -> QuerySet[Hearing]:
    """All hearings of a day in the order of the courts' lists, without those taken off."""
    found = rows.filter(starts_at__gte=_midnight(day), starts_at__lt=_midnight(day + timedelta(1)))
    return found.exclude(state=Hearing.State.VACATED).order_by(
        "proceeding__court__name", "courtroom", "starts_at", "pk"
    )


def asked_for(user: access.Reader, asked: dict[str, Any]) -> QuerySet[Hearing]:
    """The hearings this person may read, narrowed to a court, a prosecutor, a case, their own."""
    rows: QuerySet[Hearing] = Hearing.objects.visible_to(user)
    if asked.get("court"):
        rows = rows.filter(proceeding__court=asked["court"])
    if asked.get("prosecutor"):
        rows = rows.filter(proceeding__prosecutor=asked["prosecutor"])
    if asked.get("case"):
        rows = rows.filter(proceeding__case__reference=asked["case"])
    if asked.get("mine"):
        mine = Q(proceeding__prosecutor=user) | Q(proceeding__case__lead_officer=user)
        rows = rows.filter(mine)
    return rows


def next_of(rows: QuerySet[Hearing]) -> Hearing | None:
    """The next hearing on the list."""
    ahead = rows.filter(state=Hearing.State.LISTED, starts_at__gte=clock.now())
    return ahead.select_related(*JOINED).order_by("starts_at", "pk").first()

"""The readiness board: the hearings of the coming weeks, each with what it needs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from casework import access, clock
from casework.days import calendar
from casework.models import Hearing
from evidence.days import readiness
from evidence.days.readiness import Ready

WEEKS = (1, 2, 4, 8)
PAGE_SIZE = 20
JOINED = ("kind", "proceeding__court", "proceeding__case", "proceeding__prosecutor")


@dataclass(frozen=True)
class Board:
    page: Page[Any]
    rows: tuple[Ready, ...]


def listed(rows: QuerySet[Hearing], weeks: int) -> QuerySet[Hearing]:
    """The hearings on the list from this hour on, for so many weeks."""
    now = clock.now()
    ahead = rows.filter(
        state=Hearing.State.LISTED, starts_at__gte=now, starts_at__lt=now + timedelta(weeks=weeks)
    )
    return ahead.select_related(*JOINED).order_by("starts_at", "pk")


def read(user: access.Reader, asked: dict[str, Any], *, weeks: int, number: Any) -> Board:
    rows = listed(calendar.asked_for(user, asked), weeks)
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    return Board(page, tuple(readiness.read(list(page.object_list), user)))


def of_week(user: access.Reader, most: int) -> tuple[Ready, ...]:
    """The next days of one person: what they prosecute, lead, or may read, with readiness."""
    rows = listed(Hearing.objects.visible_to(user), 1)[:most]
    return tuple(readiness.read(list(rows), user))

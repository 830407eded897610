"""What waits for one person: deadlines given to them that are late or near."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework import clock, display
from casework.duties import deadlines
from casework.models import Deadline, User
from evidence.lacks import address
from evidence.waiting_custody import MOST_ROWS, Row


def given_to(user: User) -> QuerySet[Deadline]:
    """Open deadlines of this person that are late, or near enough to warn."""
    near = clock.today() + timedelta(days=deadlines.WARN_DAYS)
    rows: QuerySet[Deadline] = Deadline.objects.visible_to(user).filter(
        assigned_to=user, done_on__isnull=True, limit_code="", due_on__lte=near
    )
    return rows


def rows(user: User) -> Iterator[Row]:
    """In one query, at most fifty."""
    today = clock.today()
    for row in given_to(user).select_related("case").order_by("due_on")[:MOST_ROWS]:
        why = _("By %(day)s. %(title)s") % {"day": display.day(row.due_on), "title": row.case.title}
        yield (
            "open", row.title, why, row.case.reference, row.set_at,
            address("casework:deadline", row.case.reference, row.pk), _("Say it is done"),
            row.due_on < today,
        )  # fmt: skip

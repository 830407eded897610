"""What waits for one person: summonses of a coming hearing that nobody has served yet."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework import clock, display
from casework.models import Hearing, Summons, User
from evidence.lacks import address
from evidence.waiting_custody import MOST_ROWS, Row

LATE_BEFORE = timedelta(days=3)  # a witness needs as much to come


def to_serve(user: User) -> QuerySet[Summons]:
    """Issued and not answered, in the cases that this officer leads."""
    rows: QuerySet[Summons] = Summons.objects.visible_to(user).filter(
        state=Summons.State.ISSUED,
        hearing__state=Hearing.State.LISTED,
        hearing__starts_at__gt=clock.now(),
        hearing__proceeding__case__lead_officer=user,
    )
    return rows


def rows(user: User) -> Iterator[Row]:
    """In one query, at most fifty."""
    found = to_serve(user).select_related("witness", "hearing__proceeding__case")
    for row in found.order_by("hearing__starts_at", "pk")[:MOST_ROWS]:
        case, day = row.hearing.proceeding.case, row.hearing.starts_at
        title = _("Say whether the summons of %(witness)s is served") % {"witness": row.witness}
        why = _("Hearing on %(day)s. %(title)s") % {"day": display.day(day), "title": case.title}
        yield (
            "open", title, why, case.reference, row.recorded_at,
            address("casework:summons", case.reference, row.pk), _("Record"),
            day - clock.now() < LATE_BEFORE,
        )  # fmt: skip

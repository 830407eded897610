"""What a person asked last, for themselves alone.

Not in the audit: it is a convenience of the page, like the memory of a browser, and what somebody
looks for must not stand in a trail that others read and nobody can shorten.
"""

import logging

from django.db import DatabaseError, transaction

from casework import clock
from casework.models import User
from search.keeping.kept import MAX_ADDRESS, Kept
from search.models import RecentSearch
from search.params import Params

logger = logging.getLogger(__name__)
KEPT = 20


def of(person: User) -> list[Kept]:
    """The newest first."""
    rows = RecentSearch.objects.filter(person=person).values_list("pk", "asked")[:KEPT]
    return [Kept.read(pk, "", asked) for pk, asked in rows]


def note(person: User, params: Params) -> None:
    """Remember a typed question: one read, and one write unless the newest is the same.

    The page was asked for to be read: where the database does not take the row now, it is shown
    all the same.
    """
    asked = params.plain.address()
    if not params.typed or params.page > 1 or params.is_narrowed or len(asked) > MAX_ADDRESS:
        return
    rows = list(RecentSearch.objects.filter(person=person)[:KEPT])
    if rows and rows[0].asked == asked:
        return
    same = next((row for row in rows if row.asked == asked), None)
    row = same or (rows[-1] if len(rows) == KEPT else RecentSearch(person=person))
    row.asked, row.asked_at = asked, clock.now()
    try:
        with transaction.atomic():
            row.save()
    except DatabaseError as error:
        logger.info("A recent search was not kept: %s", error)


def clear(*, actor: User) -> None:
    """Forget them all."""
    RecentSearch.objects.filter(person=actor).delete()

"""How a page reads rows: whatever its reader may see, or what they may see of one opened case.

The second asks nothing of the permission tables: `access.get_case` has answered already.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from casework import access, roles
from casework.models import Case
from casework.models.scope import CaseScopedQuerySet

Reading = Callable[[Any], QuerySet[Any]]  # from a manager to the rows that may be shown


def all_of(user: access.Reader) -> Reading:
    """Rows of every case that this user may read."""
    return lambda manager: manager.visible_to(user)


def of_case(case: Case, user: access.Reader) -> Reading:
    """Rows of this case only; what does not hang on a case by one path is read as usual."""
    if roles.VIEW not in case.granted_actions:
        access.require(user, case, roles.VIEW)

    def read(manager: Any) -> QuerySet[Any]:
        rows: Any = manager.all()
        scoped = isinstance(rows, CaseScopedQuerySet)
        found: QuerySet[Any] = rows.of_case(case) if scoped else rows.visible_to(user)
        return found

    return read

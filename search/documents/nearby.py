"""A reader as far as a few cases go: what is asked of one page's rows then compares with these, and
not with the thousands of cases that the reader may read.

Invariant: the same rows as `visible_to` gives for the reader.
"""

from collections.abc import Collection
from copy import copy
from typing import Any

from casework import roles
from casework.models import Case, User
from casework.models.case import CaseQuerySet
from casework.models.scope import CaseScopedQuerySet, Person, cases

ACTIONS = (roles.VIEW, roles.SENSITIVE)  # all that `visible_to` asks of a row's case


def visible(asked: Collection[Any], reader: Person) -> list[Any]:
    """Each of the querysets, cut to what this reader may read."""
    scoped = [rows for rows in asked if _hangs_on_its_case(rows)]
    nearby = reader
    if scoped and isinstance(reader, User) and _reads_many(reader):
        nearby = _nearby(reader, scoped)
    return [rows.visible_to(nearby if _hangs_on_its_case(rows) else reader) for rows in asked]


def _hangs_on_its_case(rows: Any) -> bool:
    """Whether nothing but the case of a row says who may read it."""
    kind = type(rows)
    return kind is CaseQuerySet or (
        issubclass(kind, CaseScopedQuerySet) and kind.visible_to is CaseScopedQuerySet.visible_to
    )


def _reads_many(reader: User) -> bool:
    """A short list of cases is remembered already, and as quick."""
    return not isinstance(cases(reader, roles.VIEW), list)


def _nearby(reader: User, scoped: Collection[Any]) -> User:
    near: set[int] = set()
    for rows in scoped:
        path = "pk" if isinstance(rows, CaseQuerySet) else rows.case_path
        near.update(pk for pk in rows.values_list(path, flat=True) if pk is not None)
    nearby = copy(reader)
    nearby.remembered = {
        action: list(
            Case.objects.granting(reader, action).filter(pk__in=near).values_list("pk", flat=True)
        )
        for action in ACTIONS
    }
    return nearby

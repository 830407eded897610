"""Whose cases a person counts, as a queryset and as a condition in SQL.

A holder of `view_statistics` counts every case of the own agency; others only what they may read.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from casework import access, roles
from casework.models import Case, User
from casework.statistics.engine import Params


def cases(user: User | None) -> "QuerySet[Case]":
    """The cases a person's figures count; None is the administrator's command line: all."""
    everything: QuerySet[Case] = Case.objects.all()
    if user is None:
        return everything
    visible = Q(pk__in=Case.objects.visible_to(user).values("pk"))
    agency = agency_of(user)
    if agency is not None:
        visible |= Q(agency=agency)
    return everything.filter(visible)


def agency_of(user: User) -> int | None:
    """The agency all of whose cases this person counts."""
    counts = user.agency_id and access.holds(user, roles.VIEW_STATISTICS)
    return user.agency_id if counts else None


@dataclass(frozen=True)
class Scope:
    """A condition on a case's row `c`, and its values."""

    where: str
    params: Params


def condition(user: User | None) -> Scope:
    """The same cases for a statement: the agency is compared, not listed case by case."""
    if user is None:
        return Scope("1 = 1", {})
    visible = Case.objects.visible_to(user).order_by()
    agency = agency_of(user)
    if agency is None:
        return listed(visible.values("pk"))
    scope = listed(visible.exclude(agency=agency).values("pk"))
    return Scope(
        f"(c.agency_id = %(own_agency)s OR {scope.where})",
        {**scope.params, "own_agency": agency},
    )


def listed(keys: "QuerySet[Any, Any]") -> Scope:
    """The cases whose keys a queryset of Django's gives."""
    try:
        sql, values = keys.query.get_compiler("default").as_sql()
    except EmptyResultSet:  # somebody who may read none
        return Scope("1 = 0", {})
    params = {f"scope{n}": value for n, value in enumerate(values)}
    named = sql % tuple(f"%({name})s" for name in params)
    return Scope(f"c.id IN ({named})", params)

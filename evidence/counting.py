"""Counts per case as subqueries, so that one query counts many things of many cases."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number(rows: QuerySet[Any], path: str, what: str = "pk") -> Coalesce:
    """How many of these rows (or distinct values in them) belong to the outer case."""
    own = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Coalesce(Subquery(own.annotate(n=Count(what, distinct=True)).values("n")), 0)


def first(rows: QuerySet[Any], path: str, field: str) -> Subquery:
    """The smallest value of a field among these rows of the outer case."""
    own = rows.filter(**{path: OuterRef("pk"), f"{field}__isnull": False})
    return Subquery(own.order_by(field).values(field)[:1])

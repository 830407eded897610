"""Querysets of what belongs to a case: `.visible_to(user)` is the only way to read them."""

from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from casework import roles

M = TypeVar("M", bound=models.Model)
Person = Any | AnonymousUser  # casework.User; Any until the model is loaded
MOST_REMEMBERED = 200  # a longer list of keys costs more than the question


def cases(user: Person, action: str) -> Any:
    """What `case__in` compares with: the cases on which this user has the action, decided now.

    A request that only reads asks once and compares with keys: to write and plan the same question
    for each of fifty statements took most of a page's time.
    """
    from casework.models.case import Case

    remembered = getattr(user, "remembered", None)
    if remembered is None:
        return Case.objects.granting(user, action)
    if action not in remembered:
        asked = Case.objects.granting(user, action)
        keys = list(asked.order_by().values_list("pk", flat=True)[: MOST_REMEMBERED + 1])
        remembered[action] = keys if len(keys) <= MOST_REMEMBERED else asked
    return remembered[action]


class CaseScopedQuerySet(models.QuerySet[M]):
    """Rows reached from a case by `case_path`; rows whose `sensitive_path` is true need more.

    `sensitive_paths` is for rows that several things can make sensitive, each of them perhaps none.
    """

    case_path = "case"
    sensitive_path: str | None = None
    sensitive_paths: tuple[str, ...] = ()

    def visible_to(self, user: Person) -> Self:
        """The rows this user may read, decided by the database now."""
        readable = self.filter(**{f"{self.case_path}__in": cases(user, roles.VIEW)})
        plain = self._plain()
        if plain is None:
            return readable
        trusted = cases(user, roles.SENSITIVE)
        return readable.filter(plain | Q(**{f"{self.case_path}__in": trusted}))

    def _plain(self) -> Q | None:
        """Rows that need no trust; None where all are so."""
        if self.sensitive_path is not None:
            return Q(**{self.sensitive_path: False})
        if not self.sensitive_paths:
            return None
        plain = Q()
        for path in self.sensitive_paths:
            plain &= ~Q(**{path: True})
        return plain

    def of_case(self, case: Any) -> Self:
        """The rows of one case that its reader may see, without asking for the permission again.

        `case` comes from `access.get_case`, whose answer it carries as `granted_actions`; the rule
        is that of `visible_to`, and a test holds the two against each other.
        """
        if roles.VIEW not in case.granted_actions:
            return self.none()
        rows = self.filter(**{self.case_path: case})
        plain = self._plain()
        if plain is None or roles.SENSITIVE in case.granted_actions:
            return rows
        return rows.filter(plain)

"""Querysets of what belongs to a case: `.visible_to(user)` is the only way to read them."""

from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from casework import roles

M = TypeVar("M", bound=models.Model)
Person = Any | AnonymousUser  # casework.User; Any until the model is loaded


class CaseScopedQuerySet(models.QuerySet[M]):
    """Rows reached from a case by `case_path`; rows whose `sensitive_path` is true need more.

    `sensitive_paths` is for rows that several things can make sensitive, each of them perhaps none.
    """

    case_path = "case"
    sensitive_path: str | None = None
    sensitive_paths: tuple[str, ...] = ()

    def visible_to(self, user: Person) -> Self:
        """The rows this user may read, decided by the database now."""
        from casework.models.case import Case

        readable = self.filter(**{f"{self.case_path}__in": Case.objects.visible_to(user)})
        plain = self._plain()
        if plain is None:
            return readable
        trusted = Case.objects.permitting(user, roles.SENSITIVE)
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

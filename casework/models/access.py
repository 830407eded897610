"""Grants of a role on a case to a person or a unit: guardian rows with their reason beside them."""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from casework import clock
from casework.models.case import Case

G = TypeVar("G", bound=models.Model)


class GrantQuerySet(models.QuerySet[G]):
    def live(self, now: datetime | None = None) -> Self:
        """Grants that have not expired."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now or clock.now()))


class Grant(models.Model):
    """Who gave the role, when, why, until when. Revoking deletes the row; the audit keeps it."""

    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    granted_at = models.DateTimeField(default=clock.now, editable=False)
    reason = models.CharField(_("reason"), max_length=300)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)

    class Meta:
        abstract = True


class CaseUserGrant(Grant, UserObjectPermissionBase):  # type: ignore[misc]  # guardian is untyped
    content_object = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="user_grants")
    is_break_glass = models.BooleanField(_("emergency access"), default=False, editable=False)

    objects: ClassVar[Any] = GrantQuerySet.as_manager()

    class Meta(UserObjectPermissionBase.Meta):  # type: ignore[misc]
        abstract = False
        indexes = [models.Index(fields=["user", "expires_at"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.permission.codename} of {self.content_object}"


class CaseGroupGrant(Grant, GroupObjectPermissionBase):  # type: ignore[misc]
    content_object = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="group_grants")

    objects: ClassVar[Any] = GrantQuerySet.as_manager()

    class Meta(GroupObjectPermissionBase.Meta):  # type: ignore[misc]
        abstract = False
        indexes = [models.Index(fields=["group", "expires_at"])]

    def __str__(self) -> str:
        return f"{self.group}: {self.permission.codename} of {self.content_object}"

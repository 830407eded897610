"""Rows written once that a later one may replace or take back."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.fields import NominalCharField
from casework.models.scope import CaseScopedQuerySet


class Recorded(AppendOnlyModel):
    """A row written once, by whom and when; a later row may stand in its place or take it back."""

    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="successor", null=True, blank=True
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)  # only takes the other back
    correction = NominalCharField(_("what was wrong"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class StandingRows(AppendOnlyRows, CaseScopedQuerySet[Any]):
    def standing(self) -> Self:
        """Without the rows that a later one replaces or takes back."""
        return self.filter(successor__isnull=True, is_withdrawn=False)

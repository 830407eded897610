"""What was decided of one thing of a case, before a disclosure is built of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Case
from casework.models.scope import CaseScopedQuerySet
from evidence.models.disclosure import DisclosureItem


class DisclosureChoice(models.Model):
    """Stands until it is decided otherwise; each disclosure keeps what it was built with."""

    class Rows(CaseScopedQuerySet[Any]):
        sensitive_paths = ("is_sensitive",)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosure_choices")
    key = models.CharField(max_length=120)  # as of DisclosureItem
    treatment = models.CharField(_("how"), max_length=16, choices=DisclosureItem.Treatment)
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    # Whether the thing was sensitive when this was decided: what became so later is decided anew.
    is_sensitive = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["case", "key"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="disclosure_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.key}"

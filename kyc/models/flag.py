"""What people add to the red flags that are computed: flags they tick, and those they dismiss."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models import Case, Indicator
from casework.models.fields import NominalTextField
from casework.models.scope import CaseScopedQuerySet
from kyc.models.consignment import Consignment
from kyc.models.party import Party


class Tick(models.Model):
    """A red flag that a person saw: the computer cannot, or had not the data."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ticks")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="ticks")
    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="ticks", null=True, blank=True
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="ticks", null=True, blank=True
    )
    note = NominalTextField(_("what was seen"))
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ticked_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["case", "indicator__position", "pk"]

    def __str__(self) -> str:
        return f"{self.indicator}"


class Dismissal(models.Model):
    """Somebody looked at a flag and says why it means nothing here. It covers the evidence that
    they saw (`evidence`, a digest each), lapses when the flag has other evidence, and can be taken
    back. Readers who see less of the evidence see the same dismissal."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dismissals")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="dismissals")
    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="dismissals", null=True, blank=True
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="dismissals", null=True, blank=True
    )
    evidence_digest = models.CharField(max_length=64)  # of all of it together
    evidence = models.JSONField(default=list, editable=False)
    reason = NominalTextField(_("reason"))
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    dismissed_at = models.DateTimeField(default=clock.now, editable=False)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    restored_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                "case",
                "indicator",
                Coalesce("consignment", Value(0), output_field=models.BigIntegerField()),
                Coalesce("party", Value(0), output_field=models.BigIntegerField()),
                "evidence_digest",
                condition=Q(restored_at__isnull=True),
                name="dismissed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}"

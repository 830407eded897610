"""An exhibit: a thing that will be shown to the court. Its holder follows from its chain."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models import Case, Code, SeizedItem, Seizure, Taxon
from casework.models.scope import CaseScopedQuerySet
from evidence.models.place import Place

# A label is part of an address: no empty part, and no part of dots alone.
LABEL_PATTERN = r"[A-Z0-9]+(?:[/.-][A-Z0-9]+)*"
label_shape = RegexValidator(
    rf"^{LABEL_PATTERN}\Z",
    _("Capital letters, digits, and / . - between them, such as E7 or E7/S1."),
)


class ExhibitQuerySet(CaseScopedQuerySet["Exhibit"]):
    sensitive_path = "is_restricted"


class Exhibit(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    # What the chain of custody knows it by; never reused, never a database id.
    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(_("label"), max_length=30, validators=[label_shape])
    seizure = models.ForeignKey(
        Seizure, on_delete=models.PROTECT, related_name="exhibits", null=True, blank=True
    )
    item = models.ForeignKey(
        SeizedItem, on_delete=models.PROTECT, related_name="exhibits", null=True, blank=True
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    kind = models.ForeignKey(  # list exhibit_kind: specimen, document, device, container, seal, ...
        Code, on_delete=models.PROTECT, related_name="+"
    )
    description = models.CharField(_("description"), max_length=300)
    taxon = models.ForeignKey(Taxon, on_delete=models.PROTECT, null=True, blank=True)
    found_at = models.CharField(_("found where"), max_length=300, blank=True)
    is_restricted = models.BooleanField(_("restricted"), default=False)
    # Kept by the custody operations from the chain, for lists; the chain decides.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="held_exhibits",
        null=True,
        editable=False,
    )
    storage_place = models.CharField(_("kept at"), max_length=200, blank=True, editable=False)
    # The place of the store that the last event named, for lists and audits; the chain decides.
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="exhibits", null=True, editable=False
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    registered_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ExhibitQuerySet.as_manager()

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "label"], name="exhibit_label_once_per_case"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="exhibit_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.reference}/{self.label}"

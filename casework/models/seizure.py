"""The seizure: where and when it was made, by whom, how found, and what was seized."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models.case import Case
from casework.models.fields import NominalTextField
from casework.models.people import Agency, Unit
from casework.models.reference import Code, Goods, Port, Taxon
from casework.models.scope import CaseScopedQuerySet


class Seizure(models.Model):
    class Direction(models.TextChoices):
        IMPORT = "import", _("Import")
        EXPORT = "export", _("Export")
        TRANSIT = "transit", _("Transit")
        INTERNAL = "internal", _("Inside the country")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="seizures")
    number = models.PositiveIntegerField(_("number"), editable=False)
    seized_at = models.DateTimeField(_("date and time"), db_index=True)
    is_time_known = models.BooleanField(_("time is known"), default=True)
    port = models.ForeignKey(Port, on_delete=models.PROTECT, null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seizures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    direction = models.CharField(_("direction"), max_length=16, choices=Direction, blank=True)
    transport_mode = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    detection_method = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    concealment = models.TextField(_("concealment"), blank=True)
    declared_goods = models.CharField(_("declared as"), max_length=300, blank=True)
    goods = models.ForeignKey(Goods, on_delete=models.PROTECT, null=True, blank=True)
    people_present = NominalTextField(_("people present"), blank=True)
    narrative = NominalTextField(_("what happened"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["seized_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="seizure_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} S{self.number}"


class SeizureScopedQuerySet(CaseScopedQuerySet[Any]):
    case_path = "seizure__case"


class RouteCountry(models.Model):
    """A country on the route; several origins carry proportions in percent."""

    class Role(models.TextChoices):
        ORIGIN = "origin", _("Origin")
        EXPORT = "export", _("Export")
        TRANSIT = "transit", _("Transit")
        DESTINATION = "destination", _("Destination")

    seizure = models.ForeignKey(Seizure, on_delete=models.CASCADE, related_name="route")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    country = models.CharField(_("country"), max_length=2)
    position = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(
        _("share in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )

    objects: ClassVar[Any] = SeizureScopedQuerySet.as_manager()

    class Meta:
        ordering = ["seizure", "role", "position"]

    def __str__(self) -> str:
        return f"{self.role} {self.country}"


class SeizedItem(models.Model):
    """Some specimens of one kind: what they are, how many, how heavy, weighed on what."""

    seizure = models.ForeignKey(Seizure, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(_("number"), editable=False)
    taxon = models.ForeignKey(Taxon, on_delete=models.PROTECT, null=True, blank=True)
    taxon_as_given = models.CharField(_("species as written"), max_length=200, blank=True)
    specimen = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    count = models.PositiveIntegerField(_("count"), null=True, blank=True)
    weight_mg = models.BigIntegerField(_("weight"), null=True, blank=True)
    is_weight_estimated = models.BooleanField(_("estimated"), default=False)
    scale = models.CharField(_("scale"), max_length=60, blank=True)
    scale_calibrated_on = models.DateField(_("scale calibrated on"), null=True, blank=True)
    # The quantity in the unit of the source, where that is neither a count nor a weight.
    quantity = models.DecimalField(
        _("quantity"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    unit = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    value = models.DecimalField(
        _("estimated value"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = SeizureScopedQuerySet.as_manager()

    class Meta:
        ordering = ["seizure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["seizure", "number"], name="item_number_once"),
            models.CheckConstraint(
                condition=Q(weight_mg__isnull=True) | Q(weight_mg__gte=0),
                name="item_weight_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seizure} item {self.number}"


class ImportedRow(models.Model):
    """Where an imported seizure came from: a line of a file, named by the file's digest."""

    seizure = models.OneToOneField(Seizure, on_delete=models.PROTECT, related_name="imported_from")
    file_digest = models.CharField(max_length=64)
    line = models.PositiveIntegerField()
    file_name = models.CharField(max_length=300)

    objects: ClassVar[Any] = SeizureScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file_digest", "line"], name="row_imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_name}:{self.line}"

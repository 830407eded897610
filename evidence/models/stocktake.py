"""A check of a place of the store by scanning: who scanned what, and what was signed for.

All rows are written once. What a reader may see of a check follows from the exhibits.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.scope import CaseScopedQuerySet
from evidence.models.exhibit import Exhibit
from evidence.models.place import Place

CODE_LENGTH = 120


class Stocktake(AppendOnlyModel):
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stocktakes")
    path = models.CharField(_("place"), max_length=200)  # as it was called on that day
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.path}, {self.started_at:%Y-%m-%d}"


class StocktakeScan(AppendOnlyModel):
    """One code that was read. Several people may scan at once; a code counts once."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="scans")
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, related_name="scans", null=True, blank=True
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    scanned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    scanned_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["scanned_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["stocktake", "code"], name="scan_code_once")]

    def __str__(self) -> str:
        return f"{self.stocktake}: {self.code}"


class StocktakeReport(AppendOnlyModel):
    """The signature under a finished check."""

    stocktake = models.OneToOneField(Stocktake, on_delete=models.PROTECT, related_name="report")
    note = models.CharField(_("note"), max_length=1000, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    def __str__(self) -> str:
        return f"{self.stocktake} signed"


class StocktakeLineQuerySet(AppendOnlyRows, CaseScopedQuerySet["StocktakeLine"]):
    case_path = "exhibit__case"
    sensitive_path = "exhibit__is_restricted"


class StocktakeLine(AppendOnlyModel):
    """What a finished check says of one exhibit. Counts are made per reader, never kept."""

    class Result(models.TextChoices):
        FOUND = "found", _("Found")
        MISSING = "missing", _("Missing")
        UNEXPECTED = "unexpected", _("Not expected here")

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="lines")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="stocktake_lines")
    result = models.CharField(_("result"), max_length=10, choices=Result)
    recorded_at_place = models.CharField(_("recorded at"), max_length=200, blank=True)
    found_at_place = models.CharField(_("found at"), max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)  # of the scan, or of the signature if missing

    objects: ClassVar[Any] = StocktakeLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "exhibit"], name="stocktake_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.stocktake}: {self.exhibit} {self.result}"

"""Checks of the stored files: how far each came, and which files were not what they should be."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock
from evidence.models.files import StoredFile


class FileCheck(models.Model):
    """One pass over the store; `position` is the last file it looked at, so that it can go on."""

    started_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    position = models.BigIntegerField(default=0)
    n_intact = models.BigIntegerField(default=0)
    n_broken = models.BigIntegerField(default=0)
    n_bytes = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"check {self.pk}"


class FileFault(models.Model):
    """A stored file that a check found missing or altered; closed when one finds it whole."""

    class What(models.TextChoices):
        MISSING = "missing", _("missing")
        ALTERED = "altered", _("altered")
        UNREADABLE = "unreadable", _("cannot be read")

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="faults")
    check_run = models.ForeignKey(FileCheck, on_delete=models.PROTECT, related_name="faults")
    what = models.CharField(max_length=20, choices=What)
    found_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(closed_at__isnull=True), name="one_open_fault_a_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.file_id}"

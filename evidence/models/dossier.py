"""A dossier: what was put before the court, built once and never changed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Case
from casework.models.scope import CaseScopedQuerySet
from evidence.models.custody import SignedHead


class Dossier(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be built")
        BUILDING = "building", _("Being built")
        ISSUED = "issued", _("Issued")
        FAILED = "failed", _("Not built")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossiers")
    number = models.PositiveIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    is_disclosure = models.BooleanField(_("for disclosure"), default=False)
    # Built with what its maker may see, sensitive material included or not.
    has_sensitive = models.BooleanField(_("contains sensitive material"), default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    requested_at = models.DateTimeField(default=clock.now, editable=False)
    issued_at = models.DateTimeField(null=True, editable=False)
    progress = models.PositiveSmallIntegerField(_("progress, percent"), default=0)
    step = models.CharField(_("step"), max_length=120, blank=True)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    snapshot_digest = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    pdf_path = models.CharField(max_length=300, blank=True)  # below DOSSIERS_DIR
    pdf_digest = models.CharField(max_length=64, blank=True)
    bundle_path = models.CharField(max_length=300, blank=True)
    bundle_digest = models.CharField(max_length=64, blank=True)
    head = models.ForeignKey(SignedHead, on_delete=models.PROTECT, null=True, related_name="+")

    class DossierQuerySet(CaseScopedQuerySet["Dossier"]):
        sensitive_path = "has_sensitive"

    objects: ClassVar[Any] = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="dossier_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} D{self.number}"

"""A dossier: what was put before the court, built once and never changed once issued."""

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.errors import RuleBroken
from casework.models import Case
from casework.models.scope import CaseScopedQuerySet
from evidence.models.custody import SignedHead
from evidence.models.dossier_template import DossierTemplate

ISSUED = _("A dossier that was issued is never changed. Build another one.")


class DossierQuerySet(CaseScopedQuerySet["Dossier"]):
    sensitive_path = "has_sensitive"

    def unfinished(self) -> Self:
        return self.filter(state__in=[Dossier.State.WAITING, Dossier.State.BUILDING])

    def update(self, **kwargs: Any) -> int:
        if self.filter(state=Dossier.State.ISSUED).exists():
            raise RuleBroken(ISSUED)
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        raise RuleBroken(ISSUED)


class Dossier(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be built")
        BUILDING = "building", _("Being built")
        BUILT = "built", _("Built, to be signed")
        ISSUED = "issued", _("Issued")
        FAILED = "failed", _("Not built")
        STOPPED = "stopped", _("Stopped")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossiers")
    number = models.PositiveIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    is_disclosure = models.BooleanField(_("for disclosure"), default=False)
    # Built with what its maker may see, sensitive material included or not.
    has_sensitive = models.BooleanField(_("contains sensitive material"), default=False)
    addressed_to = models.CharField(
        _("for"),
        max_length=200,
        blank=True,
        help_text=_("Whom it goes to, as the cover names them, such as a court."),
    )
    template = models.ForeignKey(
        DossierTemplate, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # What was asked for: parts, order of exhibits, documents, replacements (issuing/wishes.py).
    wishes = models.JSONField(default=dict, editable=False)
    # A supplement goes on with the numbering of the issued dossier before it.
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="continued_by", null=True, blank=True
    )
    first_page = models.PositiveIntegerField(_("first page"), default=1, editable=False)
    last_page = models.PositiveIntegerField(_("last page"), null=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    requested_at = models.DateTimeField(default=clock.now, editable=False)
    issued_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)  # last sign of life while building
    progress = models.PositiveSmallIntegerField(_("progress, percent"), default=0)
    step = models.CharField(_("step"), max_length=120, blank=True)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    snapshot_digest = models.CharField(max_length=64, blank=True)
    # Pages in it, replacement pages such as 57A included.
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    bundle_path = models.CharField(max_length=300, blank=True)  # below DOSSIERS_DIR
    bundle_digest = models.CharField(max_length=64, blank=True)
    head = models.ForeignKey(
        SignedHead, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="dossier_number_once"),
            models.UniqueConstraint(
                fields=["continues"],
                condition=~models.Q(state__in=["failed", "stopped"]),
                name="dossier_continued_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} D{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            issued = type(self).objects.filter(pk=self.pk, state=self.State.ISSUED)
            if issued.exists():
                raise RuleBroken(ISSUED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuleBroken(ISSUED)

    @property
    def name(self) -> str:
        """What it is called on its pages and in the names of its files."""
        return f"{self.case.reference}-D{self.number}"


class OfDossier(CaseScopedQuerySet[Any]):
    """Rows of a dossier: as visible as it is."""

    case_path = "dossier__case"
    sensitive_path = "dossier__has_sensitive"


class DossierVolume(models.Model):
    """One PDF of a dossier, at most 300 pages. Its row changes only until the dossier is issued."""

    class Kind(models.TextChoices):
        GENERATED = "generated", _("Made from the record")
        ANNEX = "annex", _("Documents")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="volumes")
    number = models.PositiveSmallIntegerField(_("volume"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    first_label = models.CharField(_("first page"), max_length=12)  # 413, 57A
    last_label = models.CharField(_("last page"), max_length=12)
    pages = models.PositiveIntegerField(_("pages"))
    path = models.CharField(max_length=300)  # below DOSSIERS_DIR
    unsigned_digest = models.CharField(max_length=64)
    unsigned_size = models.PositiveBigIntegerField()  # the issued file begins with these bytes
    digest = models.CharField(max_length=64)
    claims_archival = models.BooleanField(_("PDF/A-2b"), default=False)

    objects: ClassVar[Any] = OfDossier.as_manager()

    class Meta:
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_volume_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier} volume {self.number}"


class DossierSignature(models.Model):
    """A place for one signature, in its turn; signed once, over every volume."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="signatures")
    turn = models.PositiveSmallIntegerField(_("turn"))
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dossier_signatures"
    )
    capacity = models.CharField(_("signs as"), max_length=100)  # Investigating officer, Prosecutor
    signed_at = models.DateTimeField(null=True, editable=False)
    subject = models.CharField(_("certificate"), max_length=300, blank=True, editable=False)
    issuer = models.CharField(_("certified by"), max_length=300, blank=True, editable=False)
    serial_number = models.CharField(max_length=80, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    time_stamped_at = models.DateTimeField(null=True, editable=False)
    authority = models.CharField(_("time-stamping authority"), max_length=300, blank=True)

    objects: ClassVar[Any] = OfDossier.as_manager()

    class Meta:
        ordering = ["dossier", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "turn"], name="dossier_turn_once"),
            models.UniqueConstraint(fields=["dossier", "signer"], name="dossier_signer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.signer}"

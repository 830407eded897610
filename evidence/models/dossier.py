"""A dossier: what was put before the court, built once and never changed."""

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.errors import RuleBroken
from casework.models import Case
from casework.models.scope import CaseScopedQuerySet
from evidence.models.custody import SignedHead

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
        ISSUED = "issued", _("Issued")
        FAILED = "failed", _("Not built")

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
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    pdf_path = models.CharField(max_length=300, blank=True)  # below DOSSIERS_DIR
    pdf_digest = models.CharField(max_length=64, blank=True)
    bundle_path = models.CharField(max_length=300, blank=True)
    bundle_digest = models.CharField(max_length=64, blank=True)
    head = models.ForeignKey(
        SignedHead, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="dossier_number_once")
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

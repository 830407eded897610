"""Witnesses, what they said, and what the accused admitted."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models.case import Case
from casework.models.court import Accused
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.recorded import Recorded, StandingRows
from casework.models.scope import CaseScopedQuerySet

PROTECTED_FROM = 1001  # the first number of the series that only the trusted see


class WitnessQuerySet(CaseScopedQuerySet["Witness"]):
    sensitive_path = "is_protected"


class Witness(models.Model):
    """Somebody who can tell the court something; a protected one is for the trusted only."""

    class Kind(models.TextChoices):
        CIVILIAN = "civilian", _("Civilian")
        OFFICER = "officer", _("Officer")
        EXPERT = "expert", _("Expert")
        OFFICIAL = "official", _("Official or record keeper")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="witnesses")
    number = models.PositiveIntegerField(_("number"), editable=False)  # W1, W2, ... of the case
    name = NominalCharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.CIVILIAN)
    position = NominalCharField(_("position and organisation"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="witness_in",
        null=True,
        blank=True,
    )
    contact = NominalTextField(_("how to reach"), max_length=1000, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    proves = NominalTextField(_("what this witness proves"), max_length=2000, blank=True)
    court_number = models.CharField(_("number in court"), max_length=20, blank=True)  # PW3
    is_protected = models.BooleanField(_("protected"), default=False)
    is_dropped = models.BooleanField(_("will not be called"), default=False)
    dropped_why = NominalCharField(_("why not"), max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = WitnessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("witnesses")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="witness_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    @property
    def label(self) -> str:
        """`W3`; of a protected one `X1`: a series of its own, so that no gap tells of it."""
        series = PROTECTED_FROM - 1
        return f"X{self.number - series}" if self.number > series else f"W{self.number}"


class StatementQuerySet(StandingRows):
    sensitive_paths = (
        "is_sensitive", "witness__is_protected", "attachment__is_sensitive",
        "attachment__exhibit__is_restricted",
    )  # fmt: skip


class Statement(Recorded):
    """What a witness or an accused stated, as taken down. Written once, replaced by a new one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    witness = models.ForeignKey(
        Witness, on_delete=models.PROTECT, related_name="statements", null=True, blank=True
    )
    accused = models.ForeignKey(
        Accused, on_delete=models.PROTECT, related_name="statements", null=True, blank=True
    )
    taken_on = models.DateField(_("taken on"))
    taken_by = NominalCharField(_("taken by"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    text = NominalTextField(_("what was stated"), max_length=100_000, blank=True)
    attachment = models.ForeignKey(
        "evidence.Attachment",
        on_delete=models.PROTECT,
        related_name="statements",
        null=True,
        blank=True,
    )
    is_signed = models.BooleanField(_("signed"), default=False)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    translation_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="translations", null=True, blank=True
    )
    translator = NominalCharField(_("translated by"), max_length=200, blank=True)

    objects: ClassVar[Any] = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["case", "taken_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(witness__isnull=False, accused__isnull=True)
                | Q(witness__isnull=True, accused__isnull=False),
                name="statement_of_one_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.witness or self.accused}, {self.taken_on}"


class Admission(Recorded):
    """A fact that an accused admits: agreed before the trial, in it, or with a plea."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="admissions")
    accused = models.ForeignKey(Accused, on_delete=models.PROTECT, related_name="admissions")
    made_on = models.DateField(_("made on"))
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=[
            ("agreed", _("Agreed fact")),
            ("court", _("Said in court")),
            ("plea", _("With the plea")),
        ],
        default="agreed",
    )
    what = NominalTextField(_("what is admitted"), max_length=4000)

    objects: ClassVar[Any] = StandingRows.as_manager()

    class Meta:
        ordering = ["case", "made_on", "pk"]

    def __str__(self) -> str:
        return f"{self.accused}: {self.what[:40]}"

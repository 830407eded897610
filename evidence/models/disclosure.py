"""What the defence was given: each thing of a disclosure, and each time it was served."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models import Accused, Case
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.recorded import Recorded, StandingRows
from casework.models.scope import CaseScopedQuerySet
from evidence.models.dossier import Dossier
from evidence.models.files import Attachment


class DisclosureItem(AppendOnlyModel):
    """One thing of an issued disclosure: served whole, in part, or withheld with its ground."""

    class Treatment(models.TextChoices):
        SERVED = "served", _("Served whole")
        REDACTED = "redacted", _("Served with parts taken out")
        WITHHELD = "withheld", _("Withheld")

    class Rows(AppendOnlyRows, CaseScopedQuerySet[Any]):
        case_path = "dossier__case"
        sensitive_paths = ("is_sensitive",)

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=120)  # part:charges, exhibit:E3, file:<digest>
    title = NominalCharField(_("what"), max_length=300)  # as the schedule names it
    treatment = models.CharField(_("how"), max_length=16, choices=Treatment)
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the record or the bytes as they stood
    served_digest = models.CharField(max_length=64, blank=True)  # of the bytes that were served
    pages = models.CharField(_("pages"), max_length=40, blank=True)  # 413 to 418
    is_sensitive = models.BooleanField(default=False)  # its title alone would tell

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["dossier", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key"], name="disclosure_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.title}"


class DisclosureService(Recorded):
    """A dossier was served on somebody: on whom, when, how, and their receipt."""

    class Means(models.TextChoices):
        HAND = "hand", _("By hand")
        COURT = "court", _("Through the court")
        POST = "post", _("By post or courier")
        ELECTRONIC = "electronic", _("Electronically")

    class Rows(StandingRows):
        case_path = "dossier__case"
        sensitive_path = "dossier__has_sensitive"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="services")
    accused = models.ForeignKey(
        Accused, on_delete=models.PROTECT, related_name="services", null=True, blank=True
    )
    recipient = NominalCharField(_("who received it"), max_length=200)
    capacity = models.CharField(_("as"), max_length=100, blank=True)  # counsel, the accused, clerk
    means = models.CharField(_("how"), max_length=16, choices=Means)
    served_at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    served_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    receipt = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = NominalTextField(_("remarks"), max_length=2000, blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["served_at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier} on {self.recipient}"


class Redaction(models.Model):
    """What is to be taken out of a file; once carried out, the copy is a file of its own."""

    class Rows(CaseScopedQuerySet[Any]):
        case_path = "original__case"
        sensitive_paths = ("original__is_sensitive", "original__exhibit__is_restricted")

    original = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="redactions")
    purpose = models.CharField(_("for"), max_length=200, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip
    done_at = models.DateTimeField(null=True, editable=False)
    result = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, related_name="redacted_by", null=True, editable=False
    )
    failure = models.CharField(max_length=300, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)  # handed to the worker by done_by
    says_grounds = models.BooleanField(_("write the ground on the black"), default=False)
    findings = models.JSONField(default=dict, editable=False)  # what the engine saw and checked
    looked_by = models.ForeignKey(  # who has looked at every page of the copy
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip
    looked_at = models.DateTimeField(null=True, editable=False)
    follows = models.ForeignKey(  # its marks were where this one began
        "self", on_delete=models.PROTECT, related_name="followed_by", null=True, editable=False
    )

    history = HistoricalRecords(excluded_fields=["findings"])
    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["original", "pk"]

    def __str__(self) -> str:
        return f"{self.original}, {self.begun_at:%Y-%m-%d}"

    @property
    def case(self) -> Case:
        return self.original.case


class RedactionMark(models.Model):
    """One place that goes: a box on a page, or words wherever they stand."""

    class Rows(CaseScopedQuerySet[Any]):
        case_path = "redaction__original__case"
        sensitive_paths = (
            "redaction__original__is_sensitive", "redaction__original__exhibit__is_restricted",
        )  # fmt: skip

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="marks")
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)  # empty: words, everywhere
    # In ten-thousandths of the page as it is shown, from its left upper corner.
    left = models.PositiveSmallIntegerField(null=True, blank=True)
    top = models.PositiveSmallIntegerField(null=True, blank=True)
    width = models.PositiveSmallIntegerField(null=True, blank=True)
    height = models.PositiveSmallIntegerField(null=True, blank=True)
    words = NominalCharField(_("words"), max_length=200, blank=True)
    ground = models.CharField(_("ground"), max_length=200)
    found = models.JSONField(default=list, editable=False)  # of words: page and times, in pairs
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip
    made_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["redaction", "page", "top", "pk"]

    def __str__(self) -> str:
        return str(self.words) if self.words else f"page {self.page}"

    @property
    def is_whole_page(self) -> bool:
        return self.page is not None and self.left is None

    @property
    def times(self) -> int:
        """How often its words were found."""
        return sum(times for _page, times in self.found)

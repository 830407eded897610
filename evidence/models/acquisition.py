"""Where a file comes from: how it was acquired, each copy on its way here, what it was made of.

Rows are written once. A correction is a new row that names the old one; the newest stands.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import Person
from evidence.models.files import Attachment


class OriginQuerySet(AppendOnlyRows, models.QuerySet[Any]):
    """What is said of a file's origin is as visible as the file."""

    def visible_to(self, user: Person) -> Self:
        return self.filter(attachment__in=Attachment.objects.visible_to(user))

    def standing(self) -> Self:
        """Without the rows that a later one corrects or takes back."""
        return self.filter(successor__isnull=True, is_withdrawn=False)


class OriginRow(AppendOnlyModel):
    """One statement about a file, by whom and when it was written down."""

    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="successor", null=True, blank=True
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)
    note = NominalTextField(_("remarks"), blank=True, max_length=2000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = OriginQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]


class Acquisition(OriginRow):
    """By whom, when, how and with which device the file's bytes were first obtained."""

    class Method(models.TextChoices):
        CAMERA = "camera", _("Taken with a camera or telephone")
        EXTRACTION = "extraction", _("Extracted from a telephone")
        IMAGE = "image", _("Image of a disk or card")
        DOWNLOAD = "download", _("Downloaded")
        EMAIL = "email", _("Received by e-mail")
        SCANNER = "scanner", _("Exported from a cargo scanner")
        CCTV = "cctv", _("Exported from a video recorder")
        PAPER = "paper", _("Scanned from paper")
        HANDED = "handed", _("Handed over on a medium")
        OTHER = "other", _("Otherwise")

    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="acquisitions"
    )
    method = models.CharField(_("how"), max_length=20, choices=Method, blank=True)
    device_make = models.CharField(_("make"), max_length=100, blank=True)
    device_model = models.CharField(_("model"), max_length=100, blank=True)
    device_serial = NominalCharField(_("serial number or IMEI"), max_length=100, blank=True)
    person = NominalCharField(_("by whom"), max_length=300, blank=True)
    acquired_at = models.DateTimeField(_("when"), null=True, blank=True)
    time_zone = models.CharField(_("time zone of the place"), max_length=64, blank=True)
    clock_offset = models.IntegerField(
        _("device's clock ahead of the true time, seconds"), null=True, blank=True
    )
    tool = models.CharField(_("tool or write blocker"), max_length=200, blank=True)
    tool_version = models.CharField(_("its version"), max_length=100, blank=True)
    source_digest = models.CharField(_("digest given by the tool"), max_length=64, blank=True)
    digest_agrees = models.BooleanField(null=True, editable=False)

    class Meta(OriginRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(source_digest="") | Q(digest_agrees__isnull=False),
                name="acquisition_digest_compared",
            )
        ]

    @property
    def device(self) -> str:
        return " ".join(part for part in (self.device_make, self.device_model) if part)


class CopyHop(OriginRow):
    """One copy from a medium to the next on the way into the store."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="copy_hops")
    position = models.PositiveIntegerField(editable=False)  # a correction keeps its place
    from_medium = models.CharField(_("from"), max_length=200)
    to_medium = models.CharField(_("to"), max_length=200)
    device = models.CharField(_("device it was made with"), max_length=200, blank=True)
    device_serial = NominalCharField(_("serial number"), max_length=100, blank=True)
    person = NominalCharField(_("by whom"), max_length=300)
    happened_at = models.DateTimeField(_("when"))
    method = models.CharField(_("how"), max_length=300, blank=True)
    digest_before = models.CharField(_("digest before"), max_length=64, blank=True)
    digest_after = models.CharField(_("digest after"), max_length=64, blank=True)

    class Meta(OriginRow.Meta):
        ordering = ["happened_at", "position", "pk"]


class Derivation(OriginRow):
    """The file was made of another one, which stays as it is."""

    class Kind(models.TextChoices):
        WORKING_COPY = "working_copy", _("Working copy")
        REDACTED = "redacted", _("Redacted copy")
        TRANSCRIPT = "transcript", _("Transcript")
        TRANSLATION = "translation", _("Translation")
        ENHANCED = "enhanced", _("Enhanced image")
        EXTRACT = "extract", _("Extract")

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="derivations")
    original = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="made_of_it")
    kind = models.CharField(_("it is a"), max_length=20, choices=Kind)
    person = NominalCharField(_("made by"), max_length=300)
    how = NominalCharField(_("how it was made"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta(OriginRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(attachment=F("original")), name="derivation_not_of_itself"
            )
        ]

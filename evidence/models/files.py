"""Files: the bytes once under their digest, and each use of them in a case."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock, roles
from casework.models import Case
from casework.models.append_only import AppendOnlyModel
from casework.models.fields import NominalCharField
from casework.models.scope import CaseScopedQuerySet, Person
from evidence.filestore import media_types
from evidence.models.exhibit import Exhibit


class StoredFile(AppendOnlyModel):
    """Bytes on disk, named by their SHA-256; never overwritten."""

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.BigIntegerField(_("size"))
    media_type = models.CharField(_("type"), max_length=100)  # sniffed from the bytes
    stored_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    def __str__(self) -> str:
        return self.digest


class AttachmentQuerySet(CaseScopedQuerySet["Attachment"]):
    sensitive_path = "is_sensitive"

    def visible_to(self, user: Person) -> Self:
        """A file of a restricted exhibit is as hidden as the exhibit."""
        trusted = Case.objects.permitting(user, roles.SENSITIVE)
        return (
            super()
            .visible_to(user)
            .filter(Q(exhibit__isnull=True) | Q(exhibit__is_restricted=False) | Q(case__in=trusted))
        )

    def of_case(self, case: Any) -> Self:
        rows = super().of_case(case)
        if roles.SENSITIVE in case.granted_actions:
            return rows
        return rows.exclude(exhibit__is_restricted=True)


class Attachment(models.Model):
    """A file in a case, as a photograph or document of an exhibit or of the case itself."""

    class Kind(models.TextChoices):
        PHOTOGRAPH = "photograph", _("Photograph")
        DOCUMENT = "document", _("Document")
        SCANNER_IMAGE = "scanner_image", _("Scanner image")
        REPORT = "report", _("Expert or laboratory report")
        OTHER = "other", _("Other")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, related_name="attachments", null=True, blank=True
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    name = NominalCharField(_("file name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    caption = NominalCharField(_("caption"), max_length=300, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    claimed_type = models.CharField(_("type as named by the sender"), max_length=100, blank=True)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["case", "uploaded_at", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def has_false_type(self) -> bool:
        """Whether the sender named a type that the bytes are not."""
        return media_types.contradicts(self.claimed_type, self.file.media_type)

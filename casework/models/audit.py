"""The audit trail: who did, and who saw, what. Append-only in code and in the database."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from casework import clock
from casework.models.append_only import AppendOnlyModel
from casework.models.case import Case


class SaltField(models.CharField[Any, Any]):
    """Random for each new row, also of a bulk insert; rows of before the tree have none."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if add and not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, secrets.token_hex(32))
        return super().pre_save(model_instance, add)


class AuditEntry(AppendOnlyModel):
    at = models.DateTimeField(default=clock.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    actor_text = models.CharField(max_length=300)  # rank, name, service number, agency on that day
    action = models.CharField(max_length=60, db_index=True)  # noun.verb, e.g. custody.offer
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="audit", null=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    subject_text = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    # Hex; it is hashed with the rest, so that a leaf of the tree tells nothing of its entry.
    salt = SaltField(max_length=64, default="", blank=True, editable=False)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["case", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_text} {self.action} {self.subject_text}"

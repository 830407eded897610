"""The outbox: which documents of the index are out of date. Written with the change itself."""

from django.db import models
from django.utils import timezone


class OutboxEntry(models.Model):
    """One object to index again (or to take out, when it is gone)."""

    kind = models.CharField(max_length=40)  # a document kind of search.documents
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"

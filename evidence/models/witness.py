"""What others say about our heads, and what we have seen of the heads of others.

Rows are written once: a cosignature or a time stamp is evidence, and what we have cosigned for
another agency is never taken back.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.append_only import AppendOnlyModel
from evidence.models.custody import SignedHead


class Cosignature(AppendOnlyModel):
    """A witness's signature line under one of our heads."""

    head = models.ForeignKey(SignedHead, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(_("witness"), max_length=200)
    key = models.CharField(max_length=400)  # the verifier key that was trusted then
    line = models.TextField()  # as it stands under the note
    cosigned_at = models.DateTimeField(_("cosigned"))  # by the clock of the witness
    received_at = models.DateTimeField(_("received"), default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["head", "cosigned_at"]
        constraints = [
            models.UniqueConstraint(fields=["head", "key"], name="cosignature_of_a_witness_once")
        ]

    def __str__(self) -> str:
        return f"{self.witness} on {self.head}"


class TimeStamp(AppendOnlyModel):
    """The answer of an RFC 3161 authority over one of our signed heads, byte for byte."""

    head = models.ForeignKey(SignedHead, on_delete=models.PROTECT, related_name="time_stamps")
    authority = models.CharField(_("authority"), max_length=300)
    response = models.BinaryField()
    stamped_at = models.DateTimeField(_("stamped"))  # by the clock of the authority
    received_at = models.DateTimeField(_("received"), default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["head", "stamped_at"]

    def __str__(self) -> str:
        return f"time stamp on {self.head}"


class WatchedHead(AppendOnlyModel):
    """A head of another agency's ledger that we have cosigned, as it is served to monitors."""

    origin = models.CharField(_("ledger"), max_length=300)
    origin_hash = models.CharField(max_length=64, db_index=True)  # SHA-256, as addresses have it
    tree_size = models.BigIntegerField(_("size"))
    root_hash = models.CharField(max_length=64)
    note = models.TextField()  # the checkpoint with the log's signature and our cosignature
    seen_at = models.DateTimeField(_("seen"), default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["origin", "tree_size"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "tree_size"], name="watched_head_once")
        ]

    def __str__(self) -> str:
        return f"{self.origin} of {self.tree_size}"


class Attempt(models.Model):
    """The last time a witness or the authority was asked, and what came of it."""

    name = models.CharField(max_length=200, unique=True)  # of the witness, or TIME_STAMPS
    tried_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)  # empty where it answered

    TIME_STAMPS: ClassVar[str] = "time stamps"

    def __str__(self) -> str:
        return f"{self.name}: {self.problem or 'answered'}"

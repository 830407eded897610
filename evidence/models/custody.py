"""The chain of custody as rows that are written once, and the signed tree over all of them.

The bytes that are hashed are re-computed from these columns alone (see docs/custody-chain.md).
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import AuditEntry
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows, FedModel
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import CaseScopedQuerySet
from evidence.models.exhibit import Exhibit


class CustodyQuerySet(AppendOnlyRows, CaseScopedQuerySet["CustodyEvent"]):
    case_path = "exhibit__case"
    sensitive_path = "exhibit__is_restricted"

    def awaiting_acknowledgement(self) -> Self:
        """Offers that nobody has acknowledged, refused or taken back."""
        return self.filter(kind=CustodyEvent.Kind.OFFERED, answer__isnull=True)


class CustodyEvent(AppendOnlyModel):
    class Kind(models.TextChoices):
        SEIZED = "seized", _("Seized")
        SEALED = "sealed", _("Sealed")
        RECEIVED = "received", _("Received")
        OFFERED = "offered", _("Offered")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Offer withdrawn")
        EXAMINED = "examined", _("Examined")
        SAMPLED = "sampled", _("Sampled")
        REWEIGHED = "reweighed", _("Re-weighed")
        COPIED = "copied", _("Copied")
        PRODUCED = "produced", _("Produced in court")
        RETURNED = "returned", _("Returned")
        DISPOSED = "disposed", _("Disposed of")
        CORRECTED = "corrected", _("Corrected")
        MOVED = "moved", _("Moved to another place")
        DECLARED = "declared", _("Tolerance declared")
        SPLIT = "split", _("Split")
        COMBINED = "combined", _("Combined")
        HANDED_OUT = "handed_out", _("Handed to a person without an account")
        TAKEN_BACK = "taken_back", _("Taken back")
        LOST = "lost", _("Reported missing")
        FOUND = "found", _("Found again")
        DAMAGED = "damaged", _("Damage reported")
        PROPOSED = "proposed", _("Destruction proposed")
        ENCLOSED = "enclosed", _("Papers added")

    # Its constraint and its index below begin with the exhibit; one more is paid for at every act.
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, related_name="custody", db_index=False
    )
    sequence = models.PositiveIntegerField(_("event"))
    # Case reference and label as they stood on that day: part of what is hashed.
    label = models.CharField(max_length=100)
    format_version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    happened_at = models.DateTimeField(_("when it happened"))
    recorded_at = models.DateTimeField(_("when it was recorded"), db_index=True)
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    from_name = NominalCharField(_("from"), max_length=300, blank=True)
    from_number = models.CharField(max_length=40, blank=True)
    from_agency = models.CharField(max_length=200, blank=True)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offers", null=True
    )
    to_name = NominalCharField(_("to"), max_length=300, blank=True)
    to_number = models.CharField(max_length=40, blank=True)
    to_agency = models.CharField(max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    authority = models.CharField(_("authority"), max_length=300, blank=True)
    note = NominalTextField(_("note"), blank=True)
    seal_number = models.CharField(_("seal"), max_length=40, blank=True)
    seal_intact = models.BooleanField(_("seal intact"), null=True)
    new_seal_number = models.CharField(_("new seal"), max_length=40, blank=True)
    count = models.PositiveIntegerField(_("count"), null=True)
    weight_mg = models.BigIntegerField(_("weight"), null=True)
    tolerance_mg = models.BigIntegerField(_("difference taken as equal"), null=True)
    scale = models.CharField(_("scale"), max_length=60, blank=True)
    scale_calibrated_on = models.DateField(_("scale calibrated on"), null=True)
    discrepancy = NominalTextField(_("difference explained"), blank=True)
    file_digests = models.JSONField(default=list, blank=True)
    related = models.JSONField(default=list, blank=True)  # identifiers of parent or parts
    answers = models.OneToOneField(  # the offer that this acknowledgement or refusal answers
        "self", on_delete=models.PROTECT, related_name="answer", null=True
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorder_name = NominalCharField(max_length=300)
    recorder_number = models.CharField(max_length=40, blank=True)
    recorder_agency = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=64)  # hex; the salts of the commitments derive from it
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    objects: ClassVar[Any] = CustodyQuerySet.as_manager()

    class Meta:
        ordering = ["exhibit", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "sequence"], name="custody_sequence_once"),
            models.CheckConstraint(
                condition=Q(weight_mg__isnull=True) | Q(weight_mg__gte=0),
                name="custody_weight_not_negative",
            ),
        ]
        # By kind, the last of each: what an act must know of a chain, however long it is.
        indexes = [models.Index(fields=["exhibit", "kind", "sequence"], name="custody_by_kind")]

    def __str__(self) -> str:
        return f"{self.exhibit} event {self.sequence}"


class LedgerLeaf(AppendOnlyModel):
    """A place in the Merkle tree over all custody events and the whole audit trail."""

    class Kind(models.TextChoices):
        EVENT = "custody-event", _("Custody event")
        AUDIT = "audit-entry", _("Audit entry")

    leaf_index = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.EVENT)
    event = models.OneToOneField(
        CustodyEvent, on_delete=models.PROTECT, related_name="leaf", null=True
    )
    entry = models.OneToOneField(
        AuditEntry, on_delete=models.PROTECT, related_name="leaf", null=True
    )
    leaf_hash = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["leaf_index"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="custody-event", event__isnull=False, entry__isnull=True)
                | Q(kind="audit-entry", event__isnull=True, entry__isnull=False),
                name="ledger_leaf_of_one_row",
            )
        ]

    def __str__(self) -> str:
        return f"leaf {self.leaf_index}"


class LedgerNode(AppendOnlyModel):
    """The root of a full subtree of 256, 256^2, ... leaves, so that a proof reads few rows."""

    level = models.PositiveSmallIntegerField()  # of the tree; 0 would be the leaves
    index = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["level", "index"]
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="ledger_node_once"),
        ]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class PendingLeaf(FedModel):
    """An event that the sequencer has still to give its place; the database writes it itself."""

    event = models.OneToOneField(
        CustodyEvent, on_delete=models.PROTECT, related_name="pending", primary_key=True
    )

    def __str__(self) -> str:
        return f"{self.event} pending"


class PendingEntry(FedModel):
    """The same for an entry of the audit trail."""

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.PROTECT, related_name="pending", primary_key=True
    )

    def __str__(self) -> str:
        return f"{self.entry} pending"


class SignedHead(AppendOnlyModel):
    """A signed checkpoint: how large the tree was and what its root hash was."""

    tree_size = models.BigIntegerField(unique=True)
    root_hash = models.CharField(max_length=64)
    # Hashes of the perfect subtrees, so that the next head costs what is new and no more.
    frontier = models.JSONField(default=list, blank=True)
    note = models.TextField()  # the signed note (C2SP tlog-checkpoint), as appended to the file
    signed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["tree_size"]
        get_latest_by = "tree_size"

    def __str__(self) -> str:
        return f"head of {self.tree_size}"

"""Certificates, findings, origins, hand-outs and checks of the store against the audit trail.

Each act that wrote such rows left their digest in its audit entry, which the signed tree holds.
"""

from collections import defaultdict

from django.apps import apps
from django.db import models

from casework import row_digests
from casework.ledger.format import Mismatch
from casework.models import AuditEntry
from evidence.models import (
    Acquisition,
    Attachment,
    Certificate,
    CertificateCover,
    CopyHop,
    CountAnswer,
    Derivation,
    Finding,
    HandOut,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    RequestedItem,
    StocktakeLine,
    StocktakeReport,
)

# Every row of these was written by an act that left its digest.
SEALED: tuple[type[models.Model], ...] = (
    Acquisition, Certificate, CertificateCover, CopyHop, CountAnswer, Derivation, Finding, HandOut,
    LaboratoryReceipt, LaboratoryReport, LaboratoryRequest, RequestedItem, StocktakeLine,
    StocktakeReport,
)  # fmt: skip
ACTS = (
    "certificate.record", "certificate.amend", "certificate.withdraw", "laboratory.send",
    "laboratory.receive", "laboratory.report", "count.answer", "hand-out.record", "store.sign",
    "file.acquire", "file.copy", "file.copy.correct", "file.copy.withdraw", "file.derive",
)  # fmt: skip


def check() -> int:
    """Mismatch for the first row that is changed, gone, or of no act; how many were looked at."""
    # Before the trail: an act that is recorded meanwhile has its rows in neither or in both.
    there = {model: _keys(model) for model in SEALED}
    told: dict[str, set[int]] = defaultdict(set)
    entries = AuditEntry.objects.filter(action__in=ACTS).order_by("pk")
    for pk, detail in entries.values_list("pk", "detail").iterator(chunk_size=2000):
        for name, keys, expected in detail.get("rows", []):
            found = row_digests.digest(apps.get_model(name), keys)
            if found != expected:
                raise Mismatch(f"{name} {_which(keys)}, audit entry {pk}", expected, found)
            told[name] |= set(keys)
    _attached()
    for model, keys in there.items():
        _all_told(model, keys - told[model._meta.label_lower])
    return sum(map(len, told.values()))


def _attached() -> None:
    """Each file hangs where it was attached, with the bytes it was attached with."""
    told = AuditEntry.objects.filter(action="file.attach").order_by("pk")
    values = list(told.values_list("pk", "subject_id", "case__reference", "detail"))  # first
    names = ("file__digest", "case__reference", "exhibit__label")
    known = {pk: rest for pk, *rest in Attachment.objects.values_list("pk", *names).iterator(2000)}
    for pk, number, reference, detail in values:
        expected = [detail.get("digest"), reference, detail.get("exhibit") or None]
        found = known.get(int(number))
        if found != expected:
            raise Mismatch(f"file {number}, audit entry {pk}", expected, found or "none")


def _which(keys: list[int]) -> str:
    return str(keys[0]) if len(keys) == 1 else f"{keys[0]} to {keys[-1]}"


def _keys(model: type[models.Model]) -> set[int]:
    return set(model._default_manager.order_by().values_list("pk", flat=True))


def _all_told(model: type[models.Model], strange: set[int]) -> None:
    if strange:
        part = f"{model._meta.label_lower} {min(strange)}"
        raise Mismatch(part, "an act in the audit trail", "none")

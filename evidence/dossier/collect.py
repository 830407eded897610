"""One case as one person may see it, read in a fixed number of queries and frozen.

Only querysets with `visible_to` are read, and of the register only facts that are shared or come
from this case: what the builder knows from other cases is not this court's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from casework.ledger import checkpoint
from casework.models import Case, User
from evidence import gaps
from evidence.chain import Chain
from evidence.dossier import (
    collect_court,
    collect_electronic,
    collect_files,
    collect_flags,
    collect_kyc,
    collect_papers,
    collect_proof,
    collect_witnesses,
    continuity,
    snapshot,
)
from evidence.dossier.bundle import LedgerExtract
from evidence.dossier.collect_files import file_of
from evidence.dossier.collect_people import chain_person, person
from evidence.dossier.plan import HOUSE, Plan
from evidence.dossier.snapshot import Event, File, Ledger, Proof, Snapshot
from evidence.models import Attachment, Exhibit, SignedHead
from evidence.papers import certificate_book


@dataclass(frozen=True)
class Order:
    """What is known of the dossier before it is made."""

    number: int
    addressed_to: str
    actor: User
    issued_at: datetime
    key: checkpoint.Key
    head: SignedHead
    previous: SignedHead | None
    plan: Plan = HOUSE


def exhibits(case: Case, actor: User) -> list[Exhibit]:
    """The exhibits that the actor may see, E2 before E10 and a sample behind its parent."""
    rows = Exhibit.objects.visible_to(actor).filter(case=case)
    related = ("kind", "taxon", "parent", "seizure", "holder__agency", "registered_by__agency")
    return sorted(rows.select_related(*related), key=lambda one: _natural(one.label))


def _natural(label: str) -> list[tuple[int, str]]:
    parts = re.findall(r"\d+|\D+", label)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def collect(
    case: Case, order: Order, rows: list[Exhibit], chains: list[Chain], extract: LedgerExtract
) -> Snapshot:
    """The snapshot. `chains` are those of the exhibits; `extract` proves them."""
    with translation.override("en"):
        return _collect(case, order, rows, chains, extract)


def _collect(
    case: Case, order: Order, rows: list[Exhibit], chains: list[Chain], extract: LedgerExtract
) -> Snapshot:
    actor, is_disclosure = order.actor, order.plan.is_disclosure
    files = collect_files.of_case(case, actor)
    by_key = {file.pk: file for file in files}
    book = certificate_book.read(case, actor)
    flags = collect_flags.Flags() if is_disclosure else collect_flags.read(case, actor)
    stated = collect_witnesses.read(case, actor, is_disclosure=is_disclosure)
    numbers = collect_witnesses.numbers(stated)
    labels = {row.pk: row.label for row in rows}
    known = collect_proof.Known(by_key, labels, numbers)
    marks = collect_witnesses.court_marks(case, actor, is_disclosure=is_disclosure)
    proceedings = collect_court.proceedings(case, actor)
    return Snapshot(
        **_about(case, order, proceedings),
        ledger=_ledger(order, extract),
        accused=collect_court.accused(case, actor),
        proceedings=proceedings,
        seizures=collect_kyc.seizures(case, actor),
        consignments=collect_kyc.consignments(case, actor, flags.of_load),
        parties=collect_kyc.parties(
            case, actor, {file.pk: file.name for file in files}, flags.of_party
        ),
        exhibits=_exhibits(rows, chains, files, order.issued_at, marks),
        files=tuple(file_of(one) for one in files if one.exhibit_id is None),
        certificates=collect_papers.certificates(book, by_key),
        examinations=collect_papers.examinations(case, actor),
        comparisons=collect_papers.comparisons(case, actor),
        electronic=collect_electronic.records(book, by_key),
        proof=() if is_disclosure else collect_proof.trials(case, actor, known),
        admissions=collect_proof.admissions(case, actor),
        witnesses=collect_witnesses.witnesses(case, numbers, is_disclosure=is_disclosure),
        statements=collect_witnesses.statements(
            case, actor, stated, by_key, is_disclosure=is_disclosure
        ),
        flags=flags.of_case,
    )


def _about(case: Case, order: Order, courts: Sequence[snapshot.Proceeding]) -> dict[str, Any]:
    """What stands on the cover and at the head of each page."""
    return {
        "reference": case.reference,
        "number": order.number,
        "plan": order.plan,
        "title": case.title,
        "summary": case.summary,
        "tier": case.get_tier_display(),
        "status": case.get_status_display(),
        "agency": case.agency.name,
        "unit": case.unit.name if case.unit else "",
        "lead_officer": person(case.lead_officer),
        "files_elsewhere": _elsewhere(case),
        "court_file": case.court_file or (courts[0].number if courts else ""),
        "addressed_to": order.addressed_to or (courts[0].court if courts else ""),
        "built_by": person(order.actor),
        "issued_at": order.issued_at,
        "zone": settings.TIME_ZONE,
        "opened_at": case.created_at,
    }


def _elsewhere(case: Case) -> tuple[tuple[str, str], ...]:
    found = (
        ("Occurrence book", case.occurrence_book),
        ("Police file", case.police_file),
        ("Prosecution file", case.prosecution_file),
    )
    return tuple((label, value) for label, value in found if value)


def _ledger(order: Order, extract: LedgerExtract) -> Ledger:
    head = checkpoint.open_checkpoint(extract.checkpoint, order.key)
    previous = order.previous
    return Ledger(
        origin=head.origin,
        fingerprint=order.key.fingerprint,
        size=head.size,
        root=head.root.hex(),
        signed_at=order.head.signed_at,
        previous_size=previous.tree_size if previous else None,
        previous_root=previous.root_hash if previous else "",
    )


def _exhibits(
    rows: list[Exhibit],
    chains: list[Chain],
    files: list[Attachment],
    now: datetime,
    marks: collect_witnesses.Marks,
) -> tuple[snapshot.Exhibit, ...]:
    labels = {row.pk: row.label for row in rows}
    found, zone = gaps.read(rows, now), ZoneInfo(settings.TIME_ZONE)
    by_identifier = {chain.identifier: chain for chain in chains}
    of: dict[int, list[File]] = {row.pk: [] for row in rows}
    for file in files:
        if file.exhibit_id in of:
            of[file.exhibit_id].append(file_of(file))
    parts: dict[int, list[str]] = {row.pk: [] for row in rows}
    for row in rows:
        if row.parent_id in parts:
            parts[row.parent_id].append(row.label)
    return tuple(
        _exhibit(
            row,
            by_identifier.get(row.identifier),
            files=tuple(of[row.pk]),
            parts=tuple(parts[row.pk]),
            parent=labels.get(row.parent_id or 0, ""),
            remarks=continuity.frozen(found[row.identifier], zone),
            court_marks=tuple(marks.get(row.pk, ())),
        )
        for row in rows
    )


def _exhibit(row: Exhibit, chain: Chain | None, **values: Any) -> snapshot.Exhibit:
    return snapshot.Exhibit(
        label=row.label,
        identifier=str(row.identifier),
        kind=row.kind.label,
        description=row.description,
        species=row.taxon.scientific_name if row.taxon else "",
        found_at=row.found_at,
        seizure=row.seizure.number if row.seizure else None,
        is_restricted=row.is_restricted,
        holder=chain_person(chain.holder) if chain else None,
        storage_place=chain.kept_at if chain else row.storage_place,
        registered_by=person(row.registered_by),
        registered_at=row.registered_at,
        events=_events(chain) if chain else (),
        proof=_proof(chain),
        **values,
    )


def _proof(chain: Chain | None) -> Proof:
    if chain is None or not chain.events:
        return Proof(state="empty")
    if chain.break_ is not None:
        return Proof(state="broken", fault=chain.break_.part)
    signed = len(chain.events) - chain.pending
    return Proof(state="pending" if chain.pending else "verified", sequenced=signed)


def _events(chain: Chain) -> tuple[Event, ...]:
    made = []
    for event in chain.events:
        plain = event.plain
        made.append(
            Event(
                sequence=plain.sequence,
                kind=plain.kind,
                title=event.kind_label,
                happened_at=plain.happened_at,
                recorded_at=plain.recorded_at,
                recorder=snapshot.Person(
                    plain.recorder.name, plain.recorder.service_number, plain.recorder.agency
                ),
                giver=chain_person(plain.giver),
                receiver=chain_person(plain.receiver),
                place=plain.place,
                purpose=plain.purpose,
                authority=plain.authority,
                note=plain.note,
                seal_number=plain.seal_number,
                seal_intact=plain.seal_intact,
                new_seal_number=plain.new_seal_number,
                count=plain.count,
                weight_mg=plain.weight_mg,
                tolerance_mg=plain.tolerance_mg,
                scale=plain.scale.id if plain.scale else "",
                scale_calibrated_on=plain.scale.calibrated_on if plain.scale else None,
                explanation=plain.explanation,
                files=tuple(plain.files),
                answers=plain.answers,
                corrects=plain.corrects,
                digest=event.digest,
                leaf_index=event.leaf_index,
            )
        )
    return tuple(made)

"""Reads chains of custody: rows turned back into what was hashed, with the state of verification.

Bytes are re-computed from the columns each time; a stored digest is only compared, never believed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.ledger import format, merkle
from casework.ledger.event import Event, FormatError, Person, Scale, commit
from casework.ledger.format import Mismatch
from evidence import sequencer
from evidence.dossier.bundle import LedgerChain, LedgerEvent, LedgerExtract
from evidence.last_read import Standing, standing
from evidence.models import CustodyEvent, Exhibit, SignedHead
from evidence.tree import trusted_keys
from evidence.tree.tree_store import StoredTree

Kind = CustodyEvent.Kind
LATE = timedelta(hours=24)  # recorded this long after it happened, an event is shown as late
TAKES = (Kind.SEIZED, Kind.RECEIVED, Kind.ACKNOWLEDGED, Kind.HANDED_OUT, Kind.TAKEN_BACK)
BEGINS = (Kind.SAMPLED, Kind.SPLIT, Kind.COMBINED)  # as the first event of what was made
LEAVES = (Kind.RETURNED, Kind.DISPOSED)


@dataclass(frozen=True)
class ChainEvent:
    """One event as pages and the dossier show it."""

    pk: int
    plain: Event
    kind_label: str
    digest: str
    leaf_index: int | None
    hashed: format.Object
    openings: format.Openings
    answered_by: int | None  # sequence of the answer to an offer

    @property
    def sequence(self) -> int:
        return self.plain.sequence

    @property
    def kind(self) -> str:
        return self.plain.kind

    @property
    def recorded_late_by(self) -> timedelta | None:
        late = self.plain.recorded_at - self.plain.happened_at
        return late if late >= LATE else None

    @property
    def is_open_offer(self) -> bool:
        return self.kind == Kind.OFFERED and self.answered_by is None


@dataclass(frozen=True)
class Break:
    """The first thing that does not fit: which event, what should stand there, what was found."""

    part: str
    expected: str
    found: str


@dataclass(frozen=True)
class Chain:
    identifier: UUID
    label: str
    events: Sequence[ChainEvent]
    break_: Break | None
    pending: int  # events that the signed tree does not hold yet
    holder: Person | None
    standing: Standing

    @property
    def is_verified(self) -> bool:
        return self.break_ is None and not self.pending and bool(self.events)

    def answered(self, answer: ChainEvent) -> ChainEvent:
        """The offer or proposal that this event answers."""
        asked = (event for event in self.events if event.sequence == answer.plain.answers)
        return next(asked, answer)

    @property
    def open_offer(self) -> ChainEvent | None:
        return next((event for event in self.events if event.is_open_offer), None)

    @property
    def kept_at(self) -> str:
        """Where it was last said to be since it came to its holder; what was before is past."""
        place = ""
        for event in self.events:
            if settles(event.kind, event.sequence):
                came = takes_hold(event.kind, event.sequence)
                place = event.plain.place or ("" if came else place)
        return place

    @property
    def seized_at(self) -> datetime | None:
        return self.events[0].plain.happened_at if self.events else None


def rows(**filters: Any) -> Any:
    """Events with all that is needed to hash them, in the order of their chains."""
    related = ("exhibit", "answers", "corrects", "leaf", "answer")
    events = CustodyEvent.objects.filter(**filters).select_related(*related)
    return events.order_by("exhibit_id", "sequence")


def chain(exhibit: Exhibit) -> Chain:
    return chains([exhibit])[0]


def chains(exhibits: Iterable[Exhibit]) -> list[Chain]:
    """The chains of exhibits, in their order, with one query."""
    wanted = list(exhibits)
    found = rows(exhibit__in=[exhibit.pk for exhibit in wanted])
    grouped = {pk: list(group) for pk, group in groupby(found, key=lambda row: row.exhibit_id)}
    return [build(exhibit, grouped.get(exhibit.pk, [])) for exhibit in wanted]


def build(exhibit: Exhibit, events: list[CustodyEvent]) -> Chain:
    broken = _first_break(events)
    made = [_chain_event(row) for row in events]
    return Chain(
        identifier=exhibit.identifier,
        label=exhibit.label,
        events=made,
        break_=broken,
        pending=sum(event.leaf_index is None for event in made),
        holder=holder(event.plain for event in made),
        standing=standing(event.plain for event in made),
    )


def holder(events: Iterable[Event]) -> Person | None:
    """Who answers for the exhibit after these events."""
    person: Person | None = None
    for event in events:
        if takes_hold(event.kind, event.sequence):
            person = event.receiver
        elif leaves(event.kind, event.sequence):
            person = None
    return person


def takes_hold(kind: str, sequence: int) -> bool:
    """A part that was sampled or split off begins its own chain with that act."""
    return kind in TAKES or (kind in BEGINS and sequence == 1)


def leaves(kind: str, sequence: int) -> bool:
    """Nobody holds it any more; what was combined lives on in another exhibit."""
    return kind in LEAVES or (kind == Kind.COMBINED and sequence > 1)


def settles(kind: str, sequence: int) -> bool:
    """After it, the chain says anew who holds it or where it is kept."""
    moved = kind in (Kind.MOVED, Kind.FOUND)
    return moved or takes_hold(kind, sequence) or leaves(kind, sequence)


def event_of(row: CustodyEvent) -> Event:
    """The plain values that are hashed, from the row's own columns."""
    return Event(
        exhibit=row.exhibit.identifier,
        label=row.label,
        sequence=row.sequence,
        previous=bytes.fromhex(row.previous_digest) or None,
        kind=row.kind,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        recorder=Person(row.recorder_name, row.recorder_number, row.recorder_agency),
        giver=_person(row.from_name, row.from_number, row.from_agency),
        receiver=_person(row.to_name, row.to_number, row.to_agency),
        place=row.place,
        purpose=row.purpose,
        authority=row.authority,
        note=row.note,
        explanation=row.discrepancy,
        seal_number=row.seal_number,
        seal_intact=row.seal_intact,
        new_seal_number=row.new_seal_number,
        count=row.count,
        weight_mg=row.weight_mg,
        tolerance_mg=row.tolerance_mg,
        scale=Scale(row.scale, row.scale_calibrated_on) if row.scale else None,
        files=row.file_digests,
        related=[UUID(identifier) for identifier in row.related],
        answers=row.answers.sequence if row.answers else None,
        corrects=row.corrects.sequence if row.corrects else None,
    )


def _person(name: str, number: str, agency: str) -> Person | None:
    return Person(name, number, agency) if name else None


def hashed(row: CustodyEvent) -> tuple[format.Object, format.Openings]:
    """Mismatch where the columns hold what no event can."""
    try:
        return commit(event_of(row), bytes.fromhex(row.salt))
    except (FormatError, ValueError, TypeError) as error:
        part = f"{row.label}, event {row.sequence}"
        raise Mismatch(part, "columns as they were recorded", str(error)) from error


def _chain_event(row: CustodyEvent) -> ChainEvent:
    try:
        made, openings = hashed(row)
    except Mismatch:  # _first_break has named it; what cannot be read is left out of the page
        made, openings = {}, {}
        row.previous_digest, row.related, row.file_digests = "", [], []
    answer = getattr(row, "answer", None)
    leaf = getattr(row, "leaf", None)
    return ChainEvent(
        pk=row.pk,
        plain=event_of(row),
        kind_label=str(row.get_kind_display()),
        digest=row.digest,
        leaf_index=leaf.leaf_index if leaf else None,
        hashed=made,
        openings=openings,
        answered_by=answer.sequence if answer else None,
    )


def _first_break(events: list[CustodyEvent]) -> Break | None:
    try:
        verify_rows(events)
    except Mismatch as fault:
        return Break(fault.part, fault.expected, fault.computed)
    return None


def verify_rows(events: list[CustodyEvent]) -> list[bytes]:
    """One exhibit's digests, re-computed; Mismatch names the first event that does not fit."""
    objects = [hashed(row)[0] for row in events]
    try:
        digests = format.verify_chain(objects)
    except Mismatch:
        _refuse_altered(events, objects)
        raise
    for row, digest in zip(events, digests, strict=True):
        if row.digest != digest.hex():
            raise Mismatch(f"event {row.sequence}, digest", row.digest, digest.hex())
        leaf = getattr(row, "leaf", None)
        if leaf and leaf.leaf_hash != sequencer.leaf_of(digest.hex()).hex():
            raise Mismatch(f"event {row.sequence}, leaf", leaf.leaf_hash, "that of another event")
    return digests


def _refuse_altered(events: list[CustodyEvent], objects: list[format.Object]) -> None:
    """Name the edited event itself where it is the first fault: its link shows one event later."""
    for place, (row, made) in enumerate(zip(events, objects, strict=True)):
        digest = format.event_digest(made).hex()
        if row.digest != digest:
            format.verify_chain(objects[: place + 1])
            raise Mismatch(f"event {row.sequence}, digest", row.digest, digest)


def extract(exhibits: Iterable[Exhibit], since: SignedHead | None = None) -> LedgerExtract:
    """The chains with their proofs under the newest head; `since` is the last dossier's head.

    Sequences what is pending first. NoSigningKey without a key, LedgerBroken where a chain or the
    tree is not what its digests say: nothing broken leaves the house as if it were whole.
    """
    head, ours = sequencer.run(), sequencer.signer()
    if head is None:
        raise sequencer.LedgerBroken(_("There is no custody event yet. Register an exhibit first."))
    tree = StoredTree(head.tree_size)
    if not all(_holds(tree, known) for known in (head, since) if known):
        raise sequencer.LedgerBroken(_("The tree is not that of its head. Run verify_custody."))
    found = chains(exhibits)
    tree.prepare(event.leaf_index for made in found for event in made.events if event.leaf_index)
    return LedgerExtract(
        chains=[_proved(made, tree, head) for made in found],
        checkpoint=trusted_keys.countersigned(head.note, ours),
        previous_checkpoint=trusted_keys.countersigned(since.note, ours) if since else None,
        consistency=tree.consistency(since.tree_size, head.tree_size) if since else (),
    )


def _holds(tree: StoredTree, head: SignedHead) -> bool:
    try:
        return head.tree_size <= len(tree) and tree.root(head.tree_size).hex() == head.root_hash
    except KeyError:
        return False


def _proved(made: Chain, tree: StoredTree, head: SignedHead) -> LedgerChain:
    if made.break_ is not None or not made.events:
        part = made.break_.part if made.break_ else "no event"
        told = _("The chain of %(label)s is broken (%(part)s). Run verify_custody.")
        raise sequencer.LedgerBroken(told % {"label": made.label, "part": part})
    events = [
        LedgerEvent(event.hashed, event.openings, event.leaf_index, _proof(event, tree, head))
        for event in made.events
        if event.leaf_index is not None and event.leaf_index < head.tree_size  # not after the head
    ]
    return LedgerChain(str(made.identifier), made.events[-1].plain.label, events)


def _proof(event: ChainEvent, tree: StoredTree, head: SignedHead) -> list[bytes]:
    """Checked before it leaves the house: it is made of rows that somebody may have edited."""
    index, root = event.leaf_index or 0, bytes.fromhex(head.root_hash)
    try:
        proof = tree.inclusion(index, head.tree_size)
        leaf = sequencer.leaf_of(event.digest)
        merkle.verify_inclusion(leaf, index, head.tree_size, root, proof)
    except (KeyError, Mismatch) as fault:
        told = _("The tree is not that of its head. Run verify_custody.")
        raise sequencer.LedgerBroken(told) from fault
    return proof

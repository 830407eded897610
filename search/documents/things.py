"""Documents of exhibits, their custody, what courts did with them, and files.

What belongs to a restricted exhibit is found only by those who may see sensitive things.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Prefetch

from evidence.models import (
    Acquisition,
    Attachment,
    CopyHop,
    CourtMark,
    CustodyEvent,
    Derivation,
    Exhibit,
    ExhibitHold,
)
from search import reading
from search.documents.content import Content, Need, Source, moment, parts, present
from search.documents.words import choice, chosen, values
from search.engines import Part


def _need(is_sensitive: bool) -> Need:
    return Need.SENSITIVE if is_sensitive else Need.VIEW


def read_exhibit(exhibit: Exhibit) -> Content:
    taxon = exhibit.taxon
    species = [taxon.scientific_name, taxon.common_name] if taxon else []
    holder = exhibit.holder.name if exhibit.holder else ""
    return Content(
        case=exhibit.case_id,
        title=f"{exhibit.label} {exhibit.description}",
        parts=parts(
            ("kind", exhibit.kind.label),
            ("species", species),
            ("found_at", exhibit.found_at),
            ("storage_place", exhibit.storage_place),
            ("holder", holder),
            ("hold", [hold.reason for hold in exhibit.own_holds]),  # type: ignore[attr-defined]
        ),
        date=exhibit.registered_at,
        identifiers=(exhibit.label, f"{exhibit.case.reference}/{exhibit.label}"),
        need=_need(exhibit.is_restricted),
        names=present(holder),
        values=values(
            kind=exhibit.kind.label,
            species=species,
            holder=holder,
            place=[exhibit.storage_place, exhibit.found_at],
        ),
    )


class _Thing(NamedTuple):
    label: str
    is_restricted: bool
    case_id: int


class _Event(NamedTuple):
    """Every act writes an event: for the index they are read without making models of them."""

    exhibit: _Thing
    pk: int
    kind: str
    happened_at: datetime
    note: str
    discrepancy: str
    purpose: str
    place: str
    seal_number: str
    new_seal_number: str
    from_name: str
    to_name: str
    authority: str


def _plain_events(rows: Any) -> Iterator[_Event]:
    thing = [f"exhibit__{name}" for name in _Thing._fields]
    for label, is_restricted, case, *own in rows.values_list(*thing, *_Event._fields[1:]):
        yield _Event(_Thing(label, is_restricted, case), *own)


def read_event(event: CustodyEvent | _Event) -> Content:
    kind = chosen(CustodyEvent, "kind", event.kind)
    return Content(
        case=event.exhibit.case_id,
        title=f"{event.exhibit.label} {event.kind.replace('_', ' ').capitalize()}",
        parts=parts(
            ("note", event.note),
            ("discrepancy", event.discrepancy),
            ("purpose", event.purpose),
            ("place", event.place),
            ("seal", present(event.seal_number, event.new_seal_number)),
            ("from", event.from_name),
            ("to", event.to_name),
            ("authority", event.authority),
        ),
        date=event.happened_at,
        identifiers=present(event.seal_number, event.new_seal_number),
        need=_need(event.exhibit.is_restricted),
        names=present(event.from_name, event.to_name),
        values=values(
            kind=kind,
            seal=[event.seal_number, event.new_seal_number],
            holder=[event.from_name, event.to_name],
            place=event.place,
        ),
    )


def read_mark(mark: CourtMark) -> Content:
    witness = mark.witness
    return Content(
        case=mark.exhibit.case_id,
        title=" ".join(present(mark.exhibit.label, *choice(mark, "kind"), mark.court_number)),
        parts=parts(
            ("ruling", mark.ruling),
            ("exhibit", mark.exhibit.description),
            ("witness", witness.name if witness else ""),
            ("court_file", mark.proceeding.number),
        ),
        date=moment(mark.happened_on),
        identifiers=present(mark.court_number, mark.exhibit.label, mark.proceeding.number),
        need=_need(mark.exhibit.is_restricted or (witness is not None and witness.is_protected)),
        names=present(witness.name if witness else None),
        values=values(kind=choice(mark, "kind")),
    )


def read_attachment(attachment: Attachment) -> Content:
    exhibit = attachment.exhibit
    taken: list[Acquisition] = attachment.standing_acquisitions  # type: ignore[attr-defined]
    hops: list[CopyHop] = attachment.standing_hops  # type: ignore[attr-defined]
    made: list[Derivation] = attachment.standing_derivations  # type: ignore[attr-defined]
    serials = [*(one.device_serial for one in taken), *(hop.device_serial for hop in hops)]
    return Content(
        case=attachment.case_id,
        title=attachment.name,
        parts=parts(
            ("caption", attachment.caption),
            ("device", [*(f"{one.device} {one.device_serial}" for one in taken), *map(_hop, hops)]),
            ("acquired", [_acquired(one) for one in taken]),
            ("derived", [f"{one.person} {one.how} {one.note}" for one in made]),
            ("digest", attachment.file.digest),
        ),
        date=attachment.taken_at or attachment.uploaded_at,
        identifiers=present(attachment.file.digest, *serials),
        need=_need(attachment.is_sensitive or (exhibit is not None and exhibit.is_restricted)),
        names=present(
            *(t.person for t in taken), *(h.person for h in hops), *(m.person for m in made)
        ),
        values=values(kind=choice(attachment, "kind")),
    )


def words(attachments: Iterable[Attachment]) -> dict[int, tuple[Part, ...]]:
    """By attachment, what its file says, place by place."""
    files = {attachment.pk: attachment.file_id for attachment in attachments}
    said = reading.all_of(set(files.values())) if files else {}
    return {
        pk: tuple(Part("words", page.text, page.place) for page in said[file])
        for pk, file in files.items()
        if file in said
    }


def _acquired(one: Acquisition) -> str:
    return " ".join(present(*choice(one, "method"), one.person, one.tool, one.note))


def _hop(hop: CopyHop) -> str:
    told = (hop.from_medium, hop.to_medium, hop.device, hop.device_serial, hop.person, hop.note)
    return " ".join(present(*told))


# What keeps an exhibit for another case is told to readers of that case alone.
_HOLDS = Prefetch(
    "holds",
    ExhibitHold.objects.filter(case=F("exhibit__case"), released_at__isnull=True),
    to_attr="own_holds",
)
_ORIGINS = (
    Prefetch("acquisitions", Acquisition.objects.standing(), to_attr="standing_acquisitions"),
    Prefetch("copy_hops", CopyHop.objects.standing(), to_attr="standing_hops"),
    Prefetch("derivations", Derivation.objects.standing(), to_attr="standing_derivations"),
)

SOURCES = (
    Source(
        "exhibit",
        lambda: Exhibit.objects.select_related("case", "kind", "taxon", "holder").prefetch_related(
            _HOLDS
        ),
        "case",
        read_exhibit,
    ),
    Source(
        "custody",
        lambda: CustodyEvent.objects.select_related("exhibit__case"),
        "exhibit__case",
        read_event,
        plain=_plain_events,
    ),
    Source(
        "mark",
        lambda: CourtMark.objects.standing().select_related(
            "exhibit__case", "proceeding", "witness"
        ),
        "exhibit__case",
        read_mark,
    ),
    Source(
        "file",
        lambda: Attachment.objects.select_related("case", "file", "exhibit").prefetch_related(
            *_ORIGINS
        ),
        "case",
        read_attachment,
    ),
)

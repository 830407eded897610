"""Documents of exhibits, their custody, and files by their names and captions.

What belongs to a restricted exhibit is found only by those who may see sensitive things.
"""

from evidence.models import Attachment, CustodyEvent, Exhibit
from search.documents.content import Content, Need, Source, parts, present


def _need(is_sensitive: bool) -> Need:
    return Need.SENSITIVE if is_sensitive else Need.VIEW


def read_exhibit(exhibit: Exhibit) -> Content:
    taxon = exhibit.taxon
    return Content(
        case=exhibit.case_id,
        title=f"{exhibit.label} {exhibit.description}",
        parts=parts(
            ("kind", exhibit.kind.label),
            ("species", [taxon.scientific_name, taxon.common_name] if taxon else []),
            ("found_at", exhibit.found_at),
            ("storage_place", exhibit.storage_place),
            ("holder", exhibit.holder.name if exhibit.holder else ""),
        ),
        date=exhibit.registered_at,
        identifiers=(exhibit.label, f"{exhibit.case.reference}/{exhibit.label}"),
        need=_need(exhibit.is_restricted),
    )


def read_event(event: CustodyEvent) -> Content:
    return Content(
        case=event.exhibit.case_id,
        title=f"{event.exhibit.label} {event.kind.capitalize()}",
        parts=parts(
            ("note", event.note),
            ("discrepancy", event.discrepancy),
            ("purpose", event.purpose),
            ("place", event.place),
            ("seal", event.seal_number),
            ("from", event.from_name),
            ("to", event.to_name),
            ("authority", event.authority),
        ),
        date=event.happened_at,
        identifiers=present(event.seal_number),
        need=_need(event.exhibit.is_restricted),
    )


def read_attachment(attachment: Attachment) -> Content:
    exhibit = attachment.exhibit
    return Content(
        case=attachment.case_id,
        title=attachment.name,
        parts=parts(("caption", attachment.caption), ("digest", attachment.file.digest)),
        date=attachment.taken_at or attachment.uploaded_at,
        identifiers=(attachment.file.digest,),
        need=_need(attachment.is_sensitive or (exhibit is not None and exhibit.is_restricted)),
    )


SOURCES = (
    Source(
        "exhibit",
        lambda: Exhibit.objects.select_related("case", "kind", "taxon", "holder"),
        "case",
        read_exhibit,
    ),
    Source(
        "custody",
        lambda: CustodyEvent.objects.select_related("exhibit__case"),
        "exhibit__case",
        read_event,
    ),
    Source(
        "file",
        lambda: Attachment.objects.select_related("case", "file", "exhibit"),
        "case",
        read_attachment,
    ),
)

"""The paper of a certificate, in English, with words made from what is recorded of it."""

import io
from collections.abc import Iterator

from django.utils import timezone, translation

from casework import display
from evidence import faces
from evidence.dossier import sheet
from evidence.dossier.sheet import Grid, Sheet, Signature
from evidence.models import Certificate, CertificateCover, Exhibit
from evidence.papers import certificate_book
from evidence.papers.certificates_required import DOG, ELECTRONIC, WEIGHING

DRAFT = "Draft: this is no certificate until the person named below has signed it."
CLOSING = "What I state in this paper is true to the best of my knowledge and belief."
CONDITIONS = {
    "is_regularly_used": "At the time when the record was produced, the device was regularly used "
    "to store or process information for the activities carried on.",
    "is_regularly_fed": "During that time, information of the kind that the record contains was "
    "regularly fed into the device in the ordinary course of those activities.",
    "was_working": "During that time the device was operating properly; or, where it was not, the "
    "fault was not such as to affect the record or the accuracy of its contents.",
    "is_derived": "The information in the record reproduces, or is derived from, information fed "
    "into the device in the ordinary course of those activities.",
}


def pdf(row: Certificate) -> bytes:
    """The paper as PDF: the same row gives the same bytes."""
    with translation.override("en"):
        made = sheet_of(row)
    faces.register()
    out = io.BytesIO()
    sheet.write(made, out)
    return out.getvalue()


def sheet_of(row: Certificate) -> Sheet:
    covers = list(
        row.covers.select_related("attachment__file", "attachment__exhibit", "copy", "exhibit")
    )
    standing = f"As signed on {display.day(row.signed_on)}." if row.signed_on else DRAFT
    return Sheet(
        reference=row.case.reference,
        number=f"Certificate {row.pk}",
        agency=row.case.agency.name,
        title=row.kind.label,
        under=row.kind.note,
        standing=standing,
        facts=tuple(_facts(row)),
        paragraphs=tuple(_paragraphs(row)),
        grids=tuple(_grids(row, covers)),
        closing=CLOSING,
        signatures=(Signature(row.given_by, f"{row.position}: signature, place, date"),),
        foot=f"{row.case.reference}, certificate {row.pk}, recorded "
        f"{display.when(row.recorded_at)}",
    )


def _facts(row: Certificate) -> Iterator[tuple[str, str]]:
    yield "Given by", f"{row.given_by}, {row.position}"
    words = {WEIGHING: ("Scale", "Number of the scale"), DOG: ("Dog", "Number of the dog")}
    device, number = words.get(row.kind.code, ("Device", "Number of the device"))
    if row.device:
        yield device, row.device
    if row.device_number:
        yield number, row.device_number
    if row.done_on:
        yield "Day of the act", display.day(row.done_on)
    if row.calibrated_on:
        label = "Calibrated on" if row.kind.code == WEIGHING else "Certified since"
        yield label, display.day(row.calibrated_on)
    if row.valid_until:
        yield "Valid until", display.day(row.valid_until)


def _paragraphs(row: Certificate) -> Iterator[str]:
    yield f"I, {row.given_by}, {row.position}, give this certificate about what is listed below."
    if row.is_responsible:
        yield (
            "I held a responsible position in relation to the operation of the device named above, "
            "or to the management of the activities for which it was used."
        )
    if row.produced.strip():
        yield f"How it was produced: {row.produced.strip()}"
    if row.kind.code == ELECTRONIC:
        yield from (words for name, words in CONDITIONS.items() if getattr(row, name))
        if row.kept.strip():
            yield (
                "How it was generated, stored and passed on, how it was kept unchanged, and how "
                f"its originator is known: {row.kept.strip()}"
            )
    if row.kind.code == WEIGHING:
        yield "The things listed below were weighed on this scale on the day stated above."
    if row.kind.code == DOG:
        yield "The dog and its handler were trained and certified as stated, and worked that day."
    for missing in certificate_book.unstated(row):
        yield f"Not stated, to be completed or struck out before signing: {missing}."


def _grids(row: Certificate, covers: list[CertificateCover]) -> Iterator[Grid]:
    files = tuple(_file(cover) for cover in covers if cover.attachment)
    if files:
        head = ("Record", "Copy", "SHA-256 digest of the bytes")
        yield Grid("Records that it covers", head, files, wide=(2,))
    exhibits = [cover.exhibit for cover in covers if cover.exhibit]
    if exhibits:
        things = tuple(_weighed(row, exhibit) for exhibit in exhibits)
        columns = ("Exhibit", "Description", "Count", "Weight as read")
        yield Grid("Exhibits that it covers", columns, things, wide=(1,))
    seizures = tuple(
        (f"S{cover.seizure.number}", str(cover.seizure.place or ""))
        for cover in covers
        if cover.seizure
    )
    if seizures:
        yield Grid("Seizures that it covers", ("Seizure", "Place"), seizures, wide=(1,))


def _weighed(row: Certificate, exhibit: Exhibit) -> tuple[str, str, str, str]:
    """The readings of that scale on that day, as the chain of custody has them."""
    events = [
        event
        for event in exhibit.custody.filter(scale=row.device_number, weight_mg__isnull=False)
        if timezone.localdate(event.happened_at) == row.done_on
    ]
    weights = dict.fromkeys(display.weight(event.weight_mg) for event in events)
    counts = dict.fromkeys(display.thousands(event.count) for event in events)
    return exhibit.label, exhibit.description, ", ".join(counts), ", ".join(weights)


def _file(cover: CertificateCover) -> tuple[str, str, str]:
    found, copy = cover.attachment, cover.copy
    assert found is not None  # noqa: S101  # the caller has chosen
    label = f"{found.exhibit.label}: " if found.exhibit else ""
    way = f"{copy.from_medium} to {copy.to_medium}" if copy else "the record itself"
    digest = found.file.digest
    return f"{label}{found.name}", way, " ".join(digest[at : at + 8] for at in range(0, 64, 8))

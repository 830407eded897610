"""Invented exhibits with their custody events and photographs."""

from datetime import timedelta

from bench.generate.batch import Batch, digest, officer_of
from casework.models import Seizure
from evidence.models import Attachment, CustodyEvent, Exhibit, StoredFile

EXHIBITS, EVENTS = 5, 9
KINDS = ("seized", "sealed", "offered", "acknowledged", "examined", "reweighed", "copied")


def write(batch: Batch, seizures: list[Seizure]) -> None:
    exhibits = batch.save(
        Exhibit(
            case=seizure.case,
            label=f"E{number + 1}",
            seizure=seizure,
            kind=batch.code("exhibit_kind"),
            description=batch.text(8),
            taxon=batch.random.choice(batch.setting.taxa),
            is_restricted=number == EXHIBITS - 1,
            holder=officer_of(seizure.case),
            registered_by=officer_of(seizure.case),
            registered_at=seizure.seized_at,
        )
        for seizure in seizures
        for number in range(EXHIBITS)
    )
    batch.save(_event(batch, exhibit, n) for exhibit in exhibits for n in range(EVENTS))
    photographed = [exhibit for exhibit in exhibits if exhibit.label in ("E1", "E2", "E3")]
    stored = batch.save(
        StoredFile(digest=digest("file", e.pk), size=1_000, media_type="image/jpeg")
        for e in photographed
    )
    batch.save(
        Attachment(
            case=exhibit.case,
            exhibit=exhibit,
            file=file,
            name=f"IMG_{exhibit.pk}.jpg",
            kind="photograph",
            caption=batch.text(5),
            uploaded_by=officer_of(exhibit.case),
        )
        for exhibit, file in zip(photographed, stored, strict=True)
    )


def _event(batch: Batch, exhibit: Exhibit, number: int) -> CustodyEvent:
    moment = exhibit.registered_at + timedelta(days=3 * number)
    return CustodyEvent(
        exhibit=exhibit,
        sequence=number + 1,
        kind=KINDS[number % len(KINDS)],
        happened_at=moment,
        recorded_at=moment,
        to_name="Officer",
        note=batch.text(10),
        place=batch.text(2),
        seal_number=f"SL {exhibit.pk * EVENTS + number}",
        count=3,
        weight_mg=5_000_000,
        recorder=officer_of(exhibit.case),
        recorder_name="Officer",
        salt=digest("salt", exhibit.pk),
        digest=digest("event", exhibit.pk * EVENTS + number),
    )

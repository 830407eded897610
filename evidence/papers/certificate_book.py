"""What a case needs certified, read from the record, beside the certificates that it has."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as say

from casework import access
from casework.models import Case, Seizure
from evidence.filestore import acquisitions
from evidence.models import (
    Acquisition,
    Attachment,
    Certificate,
    CopyHop,
    CustodyEvent,
    Derivation,
)
from evidence.papers.certificates_required import (
    ELECTRONIC,
    WEIGHING,
    Detection,
    Facts,
    Given,
    Hop,
    Line,
    Need,
    Record,
    Weighing,
    lines,
)
from evidence.reading import Reading, of_case

CONDITIONS = ("is_regularly_used", "is_regularly_fed", "was_working", "is_derived")
PICTURES = (Attachment.Kind.PHOTOGRAPH, Attachment.Kind.SCANNER_IMAGE)
FROM_DEVICES = (
    Acquisition.Method.CAMERA, Acquisition.Method.EXTRACTION, Acquisition.Method.IMAGE,
    Acquisition.Method.DOWNLOAD, Acquisition.Method.EMAIL, Acquisition.Method.SCANNER,
    Acquisition.Method.CCTV,
)  # fmt: skip


@dataclass(frozen=True)
class Book:
    """The certificates of a case as one reader may see them, beside what it needs."""

    lines: tuple[Line, ...]
    given: tuple[Certificate, ...]

    @property
    def missing(self) -> int:
        return sum(line.state != "present" for line in self.lines)

    def needs(self, kind: str) -> list[Need]:
        return [line.need for line in self.lines if line.need.kind == kind]


def read(case: Case, user: access.Reader) -> Book:
    """A fixed number of queries, whatever the size of the case."""
    reading = of_case(case, user)
    given = list(
        reading(Certificate.objects)
        .filter(case=case, successor__isnull=True, is_withdrawn=False)
        .select_related("kind", "paper", "recorded_by")
        .prefetch_related(
            "covers__copy", "covers__attachment", "covers__exhibit", "covers__seizure"
        )
        .order_by("kind__position", "pk")
    )
    facts = facts_of(case, reading)
    return Book(tuple(lines(facts, map(given_of, given))), tuple(given))


def facts_of(case: Case, read: Reading) -> Facts:
    """What asks for a certificate, among what may be shown."""
    related = ("exhibit", "file", "uploaded_by__agency")
    attached = read(Attachment.objects).filter(case=case).select_related(*related)
    rows = list(attached.order_by("exhibit", "pk"))
    return Facts(tuple(_records(rows)), tuple(_weighings(case, read)), _detections(case, read))


def _records(rows: list[Attachment]) -> Iterable[Record]:
    hops = acquisitions.hops_of(rows)
    derived = set(
        Derivation.objects.standing()
        .filter(attachment__in=rows)
        .values_list("attachment", flat=True)
    )
    for row in rows:
        steps = hops[row.pk]
        if not _is_electronic(row, steps):
            continue
        copies = (step for step in steps if isinstance(step.row, CopyHop))
        yield Record(
            row.pk,
            row.name,
            row.exhibit.label if row.exhibit else "",
            is_photograph=row.kind == Attachment.Kind.PHOTOGRAPH and row.pk not in derived,
            is_scanner_image=row.kind == Attachment.Kind.SCANNER_IMAGE and row.pk not in derived,
            hops=tuple(_hop(step) for step in copies),
        )


def _is_electronic(row: Attachment, steps: list[acquisitions.Hop]) -> bool:
    methods = {step.row.method for step in steps if isinstance(step.row, Acquisition)}
    is_sound = row.file.media_type.startswith(("audio/", "video/"))
    return row.kind in PICTURES or is_sound or bool(methods & set(FROM_DEVICES))


def _hop(step: acquisitions.Hop) -> Hop:
    assert isinstance(step.row, CopyHop)  # noqa: S101  # the caller has chosen
    words = say("%(a)s to %(b)s") % {"a": step.from_medium, "b": step.to_medium}
    return Hop(step.row.position, words)


def _weighings(case: Case, read: Reading) -> list[Weighing]:
    """Each exhibit on each scale on each day, once."""
    events = (
        read(CustodyEvent.objects)
        .filter(exhibit__case=case, weight_mg__isnull=False)
        .exclude(scale="")
        .exclude(kind__in=[CustodyEvent.Kind.OFFERED, CustodyEvent.Kind.CORRECTED])
        .select_related("exhibit")
        .order_by("exhibit", "sequence")
    )
    found = {
        (event.exhibit_id, event.scale, day): Weighing(
            event.exhibit_id, event.exhibit.label, event.scale, day
        )
        for event in events
        for day in [timezone.localdate(event.happened_at)]
    }
    return list(found.values())


def _detections(case: Case, read: Reading) -> tuple[Detection, ...]:
    rows = read(Seizure.objects).filter(case=case, detection_method__code="dog").order_by("number")
    return tuple(Detection(row.pk, row.number, timezone.localdate(row.seized_at)) for row in rows)


def given_of(row: Certificate) -> Given:
    covers = list(row.covers.all())
    return Given(
        pk=row.pk,
        kind=row.kind.code,
        files=frozenset(
            (one.attachment_id, one.copy.position if one.copy else None)
            for one in covers
            if one.attachment_id
        ),
        exhibits=frozenset(one.exhibit_id for one in covers if one.exhibit_id),
        seizures=frozenset(one.seizure_id for one in covers if one.seizure_id),
        scale=row.device_number if row.kind.code == WEIGHING else "",
        day=row.done_on,
        since=row.calibrated_on,
        until=row.valid_until,
        is_responsible=row.is_responsible,
        unstated=unstated(row),
        signed_on=row.signed_on,
        has_paper=row.paper_id is not None,
    )


def unstated(row: Certificate) -> tuple[str, ...]:
    """The conditions of an electronic record that this certificate does not state, in words."""
    if row.kind.code != ELECTRONIC:
        return ()
    left = [name for name in CONDITIONS if not getattr(row, name)]
    left += [name for name in ("produced", "kept", "device") if not getattr(row, name).strip()]
    words = {field.name: field.verbose_name for field in Certificate._meta.fields}
    return tuple(str(words[name]) for name in left)

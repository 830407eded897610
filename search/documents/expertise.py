"""Documents of laboratories, certificates and what prosecutors make of the evidence.

A request of nothing but restricted exhibits, and a certificate that covers anything hidden, is as
hidden as they are. Of a request of open and restricted things, the restricted are left out.
"""

from django.db.models import Prefetch

from evidence.models import (
    Certificate,
    CertificateCover,
    Finding,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    ProofJudgement,
    RequestedItem,
)
from search.documents.content import Content, Need, Source, moment, parts, present
from search.documents.words import choice, values


def read_request(request: LaboratoryRequest) -> Content:
    items: list[RequestedItem] = list(request.items.all())
    is_open = any(not item.exhibit.is_restricted for item in items)
    shown = [item for item in items if not (is_open and item.exhibit.is_restricted)]
    reports: list[LaboratoryReport] = request.standing_reports  # type: ignore[attr-defined]
    receipts: list[LaboratoryReceipt] = request.standing_receipts  # type: ignore[attr-defined]
    kept = {item.pk for item in shown}
    findings = [f for report in reports for f in report.findings.all() if f.item_id in kept]
    experts = [report.expert for report in reports]
    numbers = [*(row.reference for row in reports), *(row.reference for row in receipts)]
    return Content(
        case=request.case_id,
        title=f"{request.laboratory.name}, {request}",
        parts=parts(
            ("question", request.question),
            ("finding", [_finding(finding) for finding in findings]),
            ("expert", [f"{report.expert}, {report.qualification}" for report in reports]),
            ("received", [f"{row.received_by} {row.remarks}" for row in receipts]),
            ("sent", present(request.sent_by, request.carried_by)),
            ("exhibit", [f"{item.exhibit.label} {item.marks}" for item in shown]),
            ("seal", [item.seal_number for item in shown]),
            ("number", numbers),
        ),
        date=moment(request.sent_on),
        identifiers=present(
            str(request),
            *numbers,
            *(item.seal_number for item in shown),
        ),
        need=Need.VIEW if is_open else Need.SENSITIVE,
        names=present(request.sent_by, request.carried_by, *experts),
        values=values(
            seal=[item.seal_number for item in shown],
            species=[f.taxon.scientific_name for f in findings if f.taxon],
            holder=request.laboratory.name,
        ),
    )


def _finding(finding: Finding) -> str:
    taxon = finding.taxon
    species = (taxon.scientific_name, taxon.common_name) if taxon else ()
    kind = finding.specimen.label if finding.specimen else ""
    told = (*species, finding.taxon_as_given, kind, finding.method, finding.text)
    return ", ".join(present(*told, *choice(finding, "certainty")))


def read_certificate(certificate: Certificate) -> Content:
    covers: list[CertificateCover] = list(certificate.covers.all())
    return Content(
        case=certificate.case_id,
        title=f"{certificate.kind.label}, {certificate.given_by}",
        parts=parts(
            ("position", certificate.position),
            ("device", [certificate.device, certificate.device_number]),
            ("produced", certificate.produced),
            ("kept", certificate.kept),
            ("covers", [_covered(cover) for cover in covers]),
        ),
        date=moment(certificate.signed_on) if certificate.signed_on else certificate.recorded_at,
        identifiers=present(certificate.device_number),
        need=Need.SENSITIVE if any(_is_hidden(cover) for cover in covers) else Need.VIEW,
        names=(certificate.given_by,),
        values=values(kind=certificate.kind.label),
    )


def _covered(cover: CertificateCover) -> str:
    exhibit = cover.exhibit
    return str(cover.attachment or cover.seizure or (exhibit and exhibit.label) or "")


def _is_hidden(cover: CertificateCover) -> bool:
    paper = cover.attachment
    of_paper = paper.exhibit if paper else None
    return bool(
        (paper and paper.is_sensitive)
        or (of_paper and of_paper.is_restricted)
        or (cover.exhibit and cover.exhibit.is_restricted)
    )


def read_judgement(judgement: ProofJudgement) -> Content:
    count = judgement.charge.count
    state = choice(judgement, "state")
    named = f"Count {count.number}, A{judgement.charge.accused.number}"
    return Content(
        case=count.charge_sheet.proceeding.case_id,
        title=f"{named}: {judgement.element.label}, {' '.join(state).lower()}",
        parts=parts(
            ("note", judgement.note),
            ("count", f"{count.number}. {count.offence}"),
            ("accused", judgement.charge.accused.name),
        ),
        date=judgement.recorded_at,
        names=(judgement.charge.accused.name,),
    )


_REPORTS = Prefetch(
    "reports",
    LaboratoryReport.objects.standing().prefetch_related(
        Prefetch("findings", Finding.objects.select_related("taxon", "specimen"))
    ),
    to_attr="standing_reports",
)
_RECEIPTS = Prefetch("receipts", LaboratoryReceipt.objects.standing(), to_attr="standing_receipts")
_ITEMS = Prefetch("items", RequestedItem.objects.select_related("exhibit"))
_COVERS = Prefetch(
    "covers",
    CertificateCover.objects.select_related("attachment__exhibit", "exhibit", "seizure__case"),
)

SOURCES = (
    Source(
        "laboratory",
        lambda: (
            LaboratoryRequest.objects.standing()
            .select_related("case", "laboratory")
            .prefetch_related(_ITEMS, _REPORTS, _RECEIPTS)
        ),
        "case",
        read_request,
    ),
    Source(
        "certificate",
        lambda: (
            Certificate.objects.standing().select_related("case", "kind").prefetch_related(_COVERS)
        ),
        "case",
        read_certificate,
    ),
    Source(
        "judgement",
        lambda: (
            ProofJudgement.objects.standing()
            .exclude(note="")
            .select_related(
                "element", "charge__accused", "charge__count__charge_sheet__proceeding__case"
            )
        ),
        "charge__count__charge_sheet__proceeding__case",
        read_judgement,
    ),
)

"""The papers' side of a snapshot: certificates, examinations, counts beside findings."""

from collections.abc import Mapping

from casework import display
from casework.models import Case, Code, User
from evidence.dossier.snapshot_papers import (
    CertificateLine,
    Comparison,
    Examination,
    Examined,
)
from evidence.models import Attachment, Finding
from evidence.papers import alarms, laboratory_page
from evidence.papers.certificate_book import Book
from evidence.papers.certificates import KINDS
from evidence.papers.certificates_required import ELECTRONIC
from evidence.papers.laboratory_page import Item, Row


def certificates(book: Book, files: Mapping[int, Attachment]) -> tuple[CertificateLine, ...]:
    """Those that are needed of the files that the dossier may name, and of all else."""
    kinds = {code.code: code for code in Code.objects.kind(KINDS)}
    given = {row.pk: row for row in book.given}
    made = []
    for line in book.lines:
        if line.need.attachment is not None and line.need.attachment not in files:
            continue
        kind = kinds.get(line.need.kind)
        row = given.get(line.given or 0)
        paper = files.get(row.paper_id or 0) if row else None
        made.append(
            CertificateLine(
                kind=kind.label if kind else line.need.kind,
                is_electronic=line.need.kind == ELECTRONIC,
                statute=kind.note if kind else "",
                thing=line.need.thing,
                label=line.need.label,
                mark=line.mark,
                sentence=line.sentence,
                given_by=f"{row.given_by}, {row.position}" if row else "",
                paper=paper.name if paper else "",
                paper_digest=paper.file.digest if paper else "",
            )
        )
    return tuple(made)


def examinations(case: Case, actor: User) -> tuple[Examination, ...]:
    """In the order in which they were sent."""
    rows = sorted(laboratory_page.read(case, actor), key=lambda row: row.request.number)
    return tuple(_examination(row) for row in rows)


def _examination(row: Row) -> Examination:
    request, receipt, report, paper = row.request, row.receipt, row.report, row.paper
    received = f"{receipt.received_by}, {display.day(receipt.received_on)}" if receipt else ""
    number = f", number {receipt.reference}" if receipt and receipt.reference else ""
    named = (report.expert, report.qualification) if report else ()
    return Examination(
        number=request.number,
        laboratory=", ".join(
            filter(None, (request.laboratory.name, request.laboratory.accreditation))
        ),
        question=request.question,
        sent_by=request.sent_by,
        carried_by=request.carried_by,
        sent_on=request.sent_on,
        due_on=request.due_on,
        mark=row.mark,
        state=row.word,
        received=received + number,
        received_on=receipt.received_on if receipt else None,
        is_intact=receipt.is_intact if receipt else None,
        remarks=receipt.remarks if receipt else "",
        expert=", ".join(filter(None, named)),
        reported_on=report.reported_on if report else None,
        report=report.reference if report else "",
        paper=paper.name if paper else "",
        paper_digest=paper.file.digest if paper else "",
        items=tuple(_examined(item) for item in row.items),
    )


def _examined(item: Item) -> Examined:
    row, finding = item.row, item.finding
    return Examined(
        label=row.exhibit.label,
        description=row.exhibit.description,
        seal=row.seal_number,
        marks=row.marks,
        count=row.count,
        weight_mg=row.weight_mg,
        handover=item.handed_over,
        is_handed_over=item.is_named,
        found=_found(finding) if finding else "",
        certainty=str(finding.get_certainty_display()) if finding else "",
        method=finding.method if finding else "",
        text=finding.text if finding else "",
        differs=item.differs,
        found_count=finding.count if finding else None,
        found_weight_mg=finding.weight_mg if finding else None,
    )


def _found(finding: Finding) -> str:
    name = str(finding.taxon) if finding.taxon else finding.taxon_as_given
    return ", ".join(filter(None, (name, str(finding.specimen or ""))))


def comparisons(case: Case, actor: User) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(
            mark=one.mark,
            sentence=one.sentence,
            listing=one.listing,
            answers=tuple(
                f"{answer.get_how_display()}, {display.day(answer.decided_on)}, "
                f"{answer.recorded_by}: {answer.note}"
                for answer in one.answers
            ),
            is_alarm=one.is_alarm,
        )
        for one in alarms.of(case, actor)
    )

"""The memo that goes with the exhibits, as a paper with places to sign for their receipt."""

import io

from django.utils import translation

from casework import display
from evidence import faces
from evidence.dossier import sheet
from evidence.dossier.sheet import Grid, Sheet, Signature
from evidence.papers.laboratory_page import Row

RECEIPT = "Name, position, signature, date and time"


def pdf(row: Row) -> bytes:
    """The paper as PDF: the same record gives the same bytes."""
    with translation.override("en"):
        made = sheet_of(row)
    faces.register()
    out = io.BytesIO()
    sheet.write(made, out)
    return out.getvalue()


def sheet_of(row: Row) -> Sheet:
    request = row.request
    facts = [
        ("Sent by", request.sent_by),
        ("Carried by", request.carried_by),
        ("Sent on", display.day(request.sent_on)),
    ]
    if request.due_on:
        facts.append(("Report asked for by", display.day(request.due_on)))
    return Sheet(
        reference=request.case.reference,
        number=f"Memo L{request.number}",
        agency=request.case.agency.name,
        title="Exhibits for examination",
        under=", ".join(filter(None, (request.laboratory.name, request.laboratory.address))),
        facts=tuple(facts),
        paragraphs=(
            f"What is asked: {request.question}",
            "Compare each seal and mark with this memo before opening. Write down what differs.",
            "Report on each exhibit by its label: what it is, how that was found, how certain.",
        ),
        grids=(_things(row), _blank(row)),
        signatures=tuple(
            Signature(who, RECEIPT)
            for who in (f"Sent: {request.sent_by}", f"Carried: {request.carried_by}",
                        f"Received for {request.laboratory.name}", "Witness, where there is one")
        ),
        foot=f"{request.case.reference}, memo L{request.number}, recorded "
        f"{display.when(request.recorded_at)}",
    )  # fmt: skip


def _things(row: Row) -> Grid:
    head = ("Exhibit", "Description", "Seal", "Marks", "Count", "Weight")
    lines = tuple(
        (
            item.row.exhibit.label, item.row.exhibit.description,
            item.row.seal_number or display.NOTHING, item.row.marks or display.NOTHING,
            display.thousands(item.row.count), display.weight(item.row.weight_mg),
        )
        for item in row.items
    )  # fmt: skip
    return Grid("Exhibits and samples, as packed", head, lines, wide=(1,))


def _blank(row: Row) -> Grid:
    """To be filled in by hand where the parcel is received."""
    head = ("Exhibit", "Seal as read", "Intact (yes or no)", "What differs")
    lines = tuple((item.row.exhibit.label, "", "", "") for item in row.items)
    return Grid("On receipt", head, lines, wide=(3,))

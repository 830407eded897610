"""What the dossier writes on pages of other hands: the foot, words under a picture, slips. Pure.

One sheet of words for each page of a volume, in the faces of the dossier, as it is seen upright.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reportlab.lib.colors import black, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Frame

from evidence.dossier import fonts
from evidence.dossier.annex.preparing import Leaves
from evidence.dossier.annex.sheets import A4, CAPTION, SIDE, STRIP, Sheet
from evidence.dossier.faces.canvas import FaceCanvas
from evidence.dossier.paper import BODY, BOTTOM, HAIR, LEFT, TOP, gap, marked, mono, para
from evidence.dossier.tables import facts
from evidence.dossier.text import markup
from evidence.dossier.words import groups

BASE: Final = 13.0  # of the foot's words above the edge of the sheet
NUMBER: Final = 9.5
PAD: Final = 4.0
LINE: Final = 12.0  # points that one line of the foot may take
BOLD: Final = f"{fonts.SANS}-Bold"


@dataclass(frozen=True)
class Words:
    """Of one page: its label, the head of the dossier, its document and which page of it."""

    sheet: Sheet
    label: str
    case: str
    leaves: Leaves
    at: int


def write(pages: list[Words], path: Path) -> None:
    """A PDF of as many pages; the faces must have been registered."""
    canvas = FaceCanvas(
        str(path), invariant=1, pageCompression=1, initialFontName=fonts.SANS, pagesize=A4
    )
    for words in pages:
        canvas.setPageSize((words.sheet.width, words.sheet.height))
        if words.leaves.fault:
            _slip(canvas, words.leaves)
        elif words.sheet.caption:
            _caption(canvas, words)
        _foot(canvas, words)
        canvas.showPage()
    canvas.save()


def _foot(canvas: Any, words: Words) -> None:
    sheet = words.sheet
    canvas.saveState()
    canvas.scale(sheet.scale, sheet.scale)
    width = sheet.width / sheet.scale
    side = min(36.0, width * 0.05)
    if sheet.strip:
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(0, STRIP, width, STRIP)
    left = width - side - _number(canvas, words.label, width - side)
    _line(words, left - side - PAD).drawOn(canvas, side, BASE - 2.6)
    canvas.restoreState()


def _number(canvas: Any, label: str, right: float) -> float:
    """The page of the dossier in a frame, to be told from the document's own; its width."""
    width = stringWidth(label, BOLD, NUMBER) + 2 * PAD
    canvas.setFillColor(white)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.8)
    canvas.rect(right - width, BASE - PAD, width, NUMBER + PAD, fill=1)
    canvas.setFillColor(black)
    canvas.setFont(BOLD, NUMBER)
    canvas.drawString(right - width + PAD, BASE - 0.6, label)
    return float(width)


def _line(words: Words, width: float) -> Any:
    """As much as one line takes: the court's file goes first, the name of the document last."""
    dot = " \N{MIDDLE DOT} "
    name = words.leaves.name
    said = [f"{words.case}{dot}{name}", f"{words.case.partition(dot)[0]}{dot}{name}", name]
    for each in said:
        line = para(each, "by")
        if line.wrap(width, A4[1])[1] <= LINE:
            return line
    while line.wrap(width, A4[1])[1] > LINE and len(name) > 1:
        name = name[: len(name) * 9 // 10]
        line = para(f"{name}\N{HORIZONTAL ELLIPSIS}", "by")
    return line


def _caption(canvas: Any, words: Words) -> None:
    """The label of the exhibit and what the picture is, under it."""
    document, pages = words.leaves.document, words.leaves.pages
    of = f", page {words.at} of {pages}" if pages > 1 else ""
    label = f"{mono(document.exhibit)}  " if document.exhibit else ""
    title = marked(f"{label}{markup(document.title, BOLD)}", "section")
    lines = [title, para(f"{document.name}{of}", "by")]
    top, width = words.sheet.caption, words.sheet.width - 2 * SIDE
    for line in lines:
        room = top - (STRIP + PAD)
        parts = line.split(width, room) if line.wrap(width, CAPTION)[1] > room else [line]
        if not parts:
            return
        top -= parts[0].wrap(width, room)[1]
        parts[0].drawOn(canvas, SIDE, top)


def _slip(canvas: Any, leaves: Leaves) -> None:
    """In the place of a document that has no pages here: what it is, why, and where it stands."""
    document = leaves.document
    story: list[Flowable] = [
        para(leaves.name[:1].upper() + leaves.name[1:], "lede"),
        para(document.title[:300], "part"),
        gap(6),
        para("This document is not printed here.", "section"),
        para(leaves.fault, "record"),
        para("The file itself is in the bundle, as it was received.", "record"),
        gap(10),
        facts(
            [
                ("Name of the file", document.name[:300]),
                ("In the bundle", marked(mono(document.bundle_path[:400]))),
                ("Kind", document.media_type),
                ("Size", f"{document.size:,} bytes"),
                ("SHA-256", marked(mono(groups(document.digest)), "digest")),
            ]
        ),
    ]
    frame = Frame(
        LEFT, BOTTOM, BODY, A4[1] - TOP - BOTTOM,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    frame.addFromList(story, canvas)

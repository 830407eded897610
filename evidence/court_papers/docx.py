"""A sheet as a Word file that people go on writing in. Pure: the same sheet gives the same bytes.

Every text is put in as text: nothing typed becomes a field, a link or markup.
"""

import io
import unicodedata
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from evidence.dossier.sheet import Grid, Sheet, Signature

FACE = "Times New Roman"
MADE = datetime(2000, 1, 1, tzinfo=UTC)  # the file tells no time: the paper does
FIXED = (1980, 1, 1, 0, 0, 0)
LONGEST = 100_000  # characters of one text


def write(sheet: Sheet) -> bytes:
    paper = Document()
    _set_up(paper, sheet)
    _line(paper, f"{sheet.agency}, case {sheet.reference}, {sheet.number}", 9)
    _line(paper, sheet.title, 18, is_bold=True)
    if sheet.under:
        _line(paper, sheet.under, 12)
    if sheet.standing:
        _line(paper, sheet.standing, 10, is_bold=True)
    if sheet.facts:
        _facts(paper, sheet.facts)
    for number, text in enumerate(sheet.paragraphs, 1):
        _line(paper, f"{number}.  {text}", 11)
    for grid in sheet.grids:
        _grid(paper, grid)
    if sheet.closing:
        _line(paper, sheet.closing, 11, keeps=True)
    for place in sheet.signatures:
        _signature(paper, place)
    return _fixed(paper)


def clean(text: object) -> str:
    """What XML can hold; any other character is named, none is dropped."""
    return "".join(_drawn(char) for char in str(text)[:LONGEST])


def _drawn(char: str) -> str:
    if char in "\n\t":
        return char
    if char == "\r":
        return ""
    is_named = unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") or char in "\ufffe\uffff"
    return f"[U+{ord(char):04X}]" if is_named else char


def _set_up(paper: Any, sheet: Sheet) -> None:
    part = paper.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin, part.right_margin = Mm(25), Mm(20)
    part.top_margin = part.bottom_margin = Mm(20)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    about = paper.core_properties
    about.title = clean(f"{sheet.reference}: {sheet.title}")[:255]
    about.author = about.last_modified_by = clean(sheet.agency)[:255]
    about.comments, about.created, about.modified = "", MADE, MADE
    foot = part.footer.paragraphs[0]
    foot.add_run(clean(sheet.foot)).font.size = Pt(8)
    foot.add_run("\t").font.size = Pt(8)
    _page_number(foot)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _line(
    paper: Any, text: str, size: float, *, is_bold: bool = False, keeps: bool = False
) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold = Pt(size), is_bold
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = keeps or is_bold


def _facts(paper: Any, rows: tuple[tuple[str, str], ...]) -> None:
    table = _table(paper, 2, [1.0, 3.0])
    for name, value in rows:
        _row(table, (name, value), is_bold=False)
    paper.add_paragraph()


def _grid(paper: Any, grid: Grid) -> None:
    _line(paper, grid.title, 12, is_bold=True)
    table = _table(paper, len(grid.head), grid.shares)
    _row(table, grid.head, is_bold=True)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in grid.rows:
        _row(table, row, is_bold=False)
    paper.add_paragraph()


def _table(paper: Any, columns: int, shares: list[float]) -> Any:
    table = paper.add_table(rows=0, cols=columns)
    table.style, table.autofit = "Table Grid", False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(165 * share / sum(shares))
    return table


def _row(table: Any, texts: tuple[str, ...], *, is_bold: bool) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
        cell.width = column.width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(clean(text))
        run.font.size, run.bold = Pt(9.5), is_bold


def _signature(paper: Any, place: Signature) -> None:
    line = paper.add_paragraph()
    line.paragraph_format.space_before = Pt(30)
    line.paragraph_format.keep_with_next = True
    line.add_run("_" * 44)
    _line(paper, place.who, 10, is_bold=True)
    _line(paper, place.blanks, 9)


def _fixed(paper: Any) -> bytes:
    """The parts of the file packed with no time in them."""
    raw, out = io.BytesIO(), io.BytesIO()
    paper.save(raw)
    with zipfile.ZipFile(raw) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, held.read(name))
    return out.getvalue()

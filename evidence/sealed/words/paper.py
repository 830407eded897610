"""The text of a PDF, page by page, with its form fields, notes and attached files. Pure."""

import contextlib
import ctypes
from typing import IO, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from evidence.sealed import papers, pictures
from evidence.sealed.words.said import PLACES, Enough, Said

FEW: Final = 200  # characters that a stamp or a fax header puts over a scanned page
NOTES: Final = 500  # of one page
ATTACHED: Final = 100
EDGE, QUALITY = 2500, 80  # of a page drawn for the recognition of text
LARGEST: Final = 50 << 20
WIDEST: Final = 100_000  # characters of one field or note
ABOUT: Final = ("Title", "Author", "Subject", "Keywords")


def read(source: IO[bytes], said: Said) -> None:
    with papers.opened(source) as document:
        about = document.get_metadata_dict()
        said.say("about:", "\n".join(about.get(name, "") for name in ABOUT))
        count = len(document)
        for number in range(1, min(count, PLACES + 1) + 1):
            said.look_at_the_clock()
            _page(document, number, said)
        if count > PLACES:
            raise Enough("limit")
        _attached(document, said)


def _page(document: pypdfium2.PdfDocument, number: int, said: Said) -> None:
    """A broken page is missed alone."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        said.miss("page")
        return
    try:
        text = _text(page)
        said.say(f"page:{number}", "\n".join([text, *_notes(document, page)]))
        if _is_scan(page, text):
            _scan(page, number, said)
    except pypdfium2.PdfiumError:
        said.miss("page")
    finally:
        page.close()


def _scan(page: pypdfium2.PdfPage, number: int, said: Said) -> None:
    """The pages of the file itself are drawn one by one, later; those of a file in it, now."""
    if said.is_inside:
        scale = EDGE / max(*page.get_size(), 1)
        said.show(
            f"scan:{number}",
            lambda: pictures.jpeg(page.render(scale=scale).to_pil().convert("RGB"), QUALITY),
        )
    else:
        said.scans.append(number)


def _text(page: pypdfium2.PdfPage) -> str:
    held = page.get_textpage()
    try:
        # The reader marks a hyphen at the end of a line; the word goes on without it.
        return str(held.get_text_bounded()).replace("\x02", "").replace("\ufffe", "")
    finally:
        held.close()


def _is_scan(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether the page is a picture with no words of its own, or hardly any."""
    words = sum(character.isalnum() for character in text)
    if words > FEW:
        return False
    drawn = list(page.get_objects(max_depth=2))
    if not words:
        return bool(drawn)
    whole = page.get_width() * page.get_height()
    pictures = [o.get_bounds() for o in drawn if o.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    return any((right - left) * (top - bottom) > whole / 2 for left, bottom, right, top in pictures)


def _notes(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[str]:
    """What was written into fields and notes, which is not part of the page's text."""
    said, form = [], document.formenv.raw if document.formenv else None
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        said.append(
            _string(lambda *at, n=note: pdfium.FPDFAnnot_GetStringValue(n, b"Contents", *at))
        )
        if form and pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
            said.append(
                _string(lambda *at, n=note: pdfium.FPDFAnnot_GetFormFieldValue(form, n, *at))
            )
        pdfium.FPDFPage_CloseAnnot(note)
    return [text for text in said if text and text != "Off"]


def _string(ask: Any) -> str:
    """What the library writes as UTF-16 into a buffer of the size it names."""
    size = ask(None, 0)
    if not 2 < size <= 2 * WIDEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")


def _attached(document: pypdfium2.PdfDocument, said: Said) -> None:
    for index in range(min(document.count_attachments(), ATTACHED)):
        with contextlib.suppress(pypdfium2.PdfiumError):
            attached = document.get_attachment(index)
            content = bytes(attached.get_data())
            if len(content) <= LARGEST:
                said.enclosed(attached.get_name(), content)
            else:
                said.miss("inside")

"""Pages of a PDF as pictures. Scripts, attachments and links in it do nothing here. Pure."""

from typing import IO, Final

import pypdfium2

from evidence.sealed import pictures
from evidence.sealed.refusal import Refused

PASSWORD: Final = "password"  # noqa: S105 - the reason, not the thing


def page(source: IO[bytes], *, number: int, edge: int, quality: int) -> bytes:
    """One page, counted from 1, as a JPEG whose longer edge has `edge` pixels."""
    with opened(source) as paper:
        if not 1 <= number <= len(paper):
            raise Refused("no page")
        sheet = paper[number - 1]
        longer = max(sheet.get_size())
        if longer <= 0:
            raise Refused("unreadable")
        drawn = sheet.render(scale=edge / longer, draw_annots=True, may_draw_forms=True)
        return pictures.jpeg(drawn.to_pil().convert("RGB"), quality)


def count(source: IO[bytes]) -> int:
    with opened(source) as paper:
        return len(paper)


def opened(source: IO[bytes]) -> pypdfium2.PdfDocument:
    try:
        paper = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = PASSWORD in str(error).lower()
        raise Refused(PASSWORD if locked else "unreadable") from error
    if len(paper) == 0:
        raise Refused("no page")
    paper.init_forms()
    return paper

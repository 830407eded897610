"""A PDF without what was marked: pages that are touched become pictures, the rest is kept bare.

A new file is made of the pages alone, so that nothing else of the old one comes along. Pure.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from evidence.sealed.redaction import blackening, checking, cleaning
from evidence.sealed.redaction.finding import Sheet
from evidence.sealed.redaction.letters import Needle
from evidence.sealed.redaction.order import Order
from evidence.sealed.refusal import Refused

DOTS: Final = 300  # per inch
COARSE: Final = 200  # where many pages become pictures
MANY: Final = 80
MOST_DRAWN: Final = 400
MOST_PAGES: Final = 5000
PIXELS: Final = 24_000_000  # of one page
QUALITY: Final = 88
INCH: Final = 72
UNREAD_SHARE: Final = 0.2


@dataclass
class Report:
    """What was found and done; numbers of pages count from 1."""

    pages: int
    drawn: list[int] = field(default_factory=list)  # pages that became pictures
    found: list[list[list[int]]] = field(default_factory=list)  # per word: pairs of page and times
    without_text: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)  # letters without a meaning
    layered: list[int] = field(default_factory=list)
    not_clean: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)  # a word lay where no place can be told
    still: list[int] = field(default_factory=list)  # the check failed


def find(content: bytes, order: Order) -> dict[str, Any]:
    """Where the words stand, and which pages have no text. Raises Refused."""
    flat, report = flattened(content)
    with pypdfium2.PdfDocument(io.BytesIO(flat)) as paper:
        _look(paper, order, report)
    return vars(report)


def redacted(content: bytes, order: Order) -> tuple[dict[str, Any], bytes]:
    """The report and the copy, empty where the check failed. Raises Refused."""
    flat, report = flattened(content)
    if order.marked - set(range(1, report.pages + 1)):
        raise Refused("no page")
    with pypdfium2.PdfDocument(io.BytesIO(flat)) as paper:
        places = _look(paper, order, report)
        needles = [Needle(word.text) for word in order.words]
        affected = order.marked | set(places) | set(report.layered) | set(report.not_clean)
        copy = _made(flat, paper, order, places, affected, report)
        found = _found(copy, order, needles)
        report.hidden = sorted(found - affected - {checking.ANYWHERE})
        if report.hidden:  # once more, with pictures of these pages
            affected |= set(report.hidden)
            copy = _made(flat, paper, order, places, affected, report)
            found = _found(copy, order, needles)
        report.still = sorted(found)
    return vars(report), b"" if found else copy


def _found(copy: bytes, order: Order, needles: Sequence[Needle]) -> set[int]:
    if not needles:
        return set()
    return checking.told(copy, needles) | checking.kept(copy, [one.text for one in order.words])


def flattened(content: bytes) -> tuple[bytes, Report]:
    """The pages bare, with what is written on top of them drawn into them; nothing else.

    Both libraries read this and not the original: they might not see the same in damaged bytes,
    and what a page says of its own letters is not what its reader sees.
    """
    with _seen(content) as seen:
        pages = len(seen)
    with _opened(content) as paper:
        if not len(paper.pages):
            raise Refused("no page")
        if len(paper.pages) != pages:
            raise Refused("damaged")
        if pages > MOST_PAGES:
            raise Refused("many")
        _draw_annotations(paper)
        report = Report(pages)
        cleaner = cleaning.Cleaner(paper)
        for number in range(1, pages + 1):
            _bare(paper, cleaner, number, report)
        for name in set(paper.Root.keys()) - {"/Type", "/Pages", "/OCProperties"}:
            del paper.Root[name]
        return _saved(paper), report


def _bare(paper: pikepdf.Pdf, cleaner: cleaning.Cleaner, number: int, report: Report) -> None:
    page = paper.pages[number - 1]
    for name in ("/Annots", "/AA", "/Thumb", "/PieceInfo", "/Metadata", "/B"):
        if name in page.obj:
            del page.obj[name]
    try:
        if cleaning.has_layers(page):
            report.layered.append(number)
            cleaner.layers(page)
        else:
            paper.pages[number - 1] = cleaner.page(page)
    except cleaning.NotClean:
        report.not_clean.append(number)


def _draw_annotations(paper: pikepdf.Pdf) -> None:
    try:
        if bool(paper.Root.get("/AcroForm", Dictionary()).get("/NeedAppearances", False)):
            paper.generate_appearance_streams()
        paper.flatten_annotations("all")
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError) as error:
        raise Refused("damaged") from error


def _seen(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(io.BytesIO(content))
    except pypdfium2.PdfiumError as error:
        raise Refused("password" if "password" in str(error).lower() else "damaged") from error


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise Refused("damaged") from error


def _saved(paper: pikepdf.Pdf, *, packs: bool = False) -> bytes:
    target = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packs else pikepdf.ObjectStreamMode.disable
    paper.save(
        target, compress_streams=True, recompress_flate=packs, object_stream_mode=mode,
        deterministic_id=True, encryption=False, fix_metadata_version=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )  # fmt: skip
    return target.getvalue()


Places = dict[int, list[tuple[int, tuple[int, ...]]]]  # page: which word, its characters


def _look(paper: pypdfium2.PdfDocument, order: Order, report: Report) -> Places:
    needles = [Needle(word.text) for word in order.words]
    report.found = [[] for _ in needles]
    places: Places = {}
    for number in range(1, len(paper) + 1):
        sheet = Sheet(paper, number)
        if sheet.letters.is_empty:
            report.without_text.append(number)
        elif sheet.letters.unread > UNREAD_SHARE * len(sheet.letters.codes):
            report.unread.append(number)
        for index, hits in enumerate(sheet.hits(needles)):
            if hits:
                report.found[index].append([number, len(hits)])
                places.setdefault(number, []).extend((index, hit) for hit in hits)
        sheet.close()
    return places


def _made(
    flat: bytes, paper: pypdfium2.PdfDocument, order: Order, places: Places, affected: set[int],
    report: Report,
) -> bytes:  # fmt: skip
    """A new file of the pages in their order."""
    if len(affected) > MOST_DRAWN:
        raise Refused("many")
    copy = pikepdf.Pdf.new()
    report.drawn = sorted(affected)
    with pikepdf.open(io.BytesIO(flat)) as source:
        for number, page in enumerate(source.pages, 1):
            if number not in affected:
                copy.pages.append(page)
                continue
            unit = page.obj.get("/UserUnit", 1)
            picture, size = _picture(paper, number, order, places, len(affected))
            _append(copy, picture, size, float(unit))
        return _saved(copy, packs=True)


def _picture(
    paper: pypdfium2.PdfDocument, number: int, order: Order, places: Places, drawn: int
) -> tuple[Image.Image, tuple[float, float]]:
    """The page as it is shown, black where it was marked, and its size in points."""
    sheet = Sheet(paper, number)
    try:
        wide, high = sheet.page.get_size()
        if wide <= 0 or high <= 0:
            raise Refused("damaged")
        scale = (COARSE if drawn > MANY else DOTS) / INCH
        scale = min(scale, (PIXELS / (wide * high)) ** 0.5)
        rendered = sheet.page.render(scale=scale, draw_annots=False, may_draw_forms=False)
        picture = blackening.plain(rendered.to_pil())
        rendered.close()
        _mark(picture, sheet, number, order, places)
    finally:
        sheet.close()
    return picture, (wide, high)


def _mark(picture: Image.Image, sheet: Sheet, number: int, order: Order, places: Places) -> None:
    width, height = picture.size
    for box in order.boxes_of(number):
        ground = box.ground if order.says_grounds else ""
        blackening.black_out(picture, blackening.box_on(box, width, height), ground)
    for index, place in places.get(number, []):
        ground = order.words[index].ground if order.says_grounds else ""
        for one in blackening.merged(sheet.on_picture(place, width, height)):
            blackening.black_out(picture, one, ground)


def _append(
    copy: pikepdf.Pdf, picture: Image.Image, size: tuple[float, float], unit: float
) -> None:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY)
    colours = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    image = Stream(
        copy, target.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=picture.width,
        Height=picture.height, ColorSpace=colours, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    width, height = size
    drawing = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q".encode()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Contents=Stream(copy, drawing),
        Resources=Dictionary(XObject=Dictionary(Page=copy.make_indirect(image))),
    )
    if unit != 1:
        page["/UserUnit"] = unit
    copy.pages.append(pikepdf.Page(copy.make_indirect(page)))

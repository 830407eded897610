"""Foreign papers and pictures made into clean leaves: a new PDF that draws and does nothing else.

Each page is a box, a turn, a unit and one form with what a reader of the original sees: notes and
filled-in fields are drawn in, hidden layers are left out. Scripts, actions, links, attachments,
fields, bookmarks and metadata have no place in it. Pure.
"""

import io
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any, Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from evidence.sealed import drawing, layers, papers, pictures
from evidence.sealed.refusal import Refused

PAPER: Final = "PDF"
MANY: Final = "TIFF"  # the form of which one file may be several pages
MOST_PAGES: Final = 5000
LIMITS: Final = {
    "parser_max_nesting": 300, "flate_max_memory": 256 << 20, "run_length_max_memory": 256 << 20,
}  # fmt: skip
FOOT: Final = Decimal("0.045")  # of the longer side: how far up an empty foot is looked for
FOOT_PIXELS: Final = 40
WHITE: Final = 250
LETTER: Final = (Decimal(0), Decimal(0), Decimal(612), Decimal(792))
LARGEST: Final = Decimal(14400 * 100)
SCANNED: Final = 5000  # pixels of the longer edge that a black and white scan keeps
DOTS: Final = 1  # points of a pixel, the most that a small picture is enlarged to
EMPTY: Final = Name("/CaseworkEmpty")  # points that are empty at the foot of a page, as it is seen


def prepare() -> None:
    """Let qpdf find its source of random numbers, which it asks for to open a paper that is locked
    against changes only, while files can still be opened.
    """
    locked = io.BytesIO()
    with Pdf.new() as made:
        made.save(locked, encryption=pikepdf.Encryption(owner="", user="", R=6))
    pikepdf.open(locked).close()


def count(source: IO[bytes], *, form: str) -> int:
    """The pages that a file would give; `form` as of pictures, or PDF. Raises Refused."""
    if form == PAPER:
        with _opened(source) as paper:
            return len(paper.pages)
    opened = _frame(source, form, 0)
    return int(getattr(opened, "n_frames", 1)) if form == MANY else 1


def write(source: IO[bytes], out: IO[bytes], *, form: str, edge: int, pixels: int) -> None:
    """Write the clean leaves of a file. Raises Refused."""
    if form == PAPER:
        _paper(source, out)
    else:
        _picture(source, out, form, edge, pixels)


def _paper(source: IO[bytes], out: IO[bytes]) -> None:
    with _opened(source) as found, Pdf.new() as made, papers.opened(source) as seen:
        if len(seen) != len(found.pages):
            raise Refused("damaged")  # two readers see two different papers
        boxes = [_box(page) for page in found.pages]
        hidden = layers.hidden(found)
        layers.unpin(found, hidden)
        _draw_in(found)
        looked: set[layers.Group] = set()
        pruned: drawing.Seen = set()
        for at, page in enumerate(found.pages):
            form: Any = page.as_form_xobject(handle_transformations=False)
            _isolate(form, page)
            form.BBox = Array(boxes[at])
            layers.leave_out(form, hidden, looked)
            drawing.prune(form, pruned)
            _add(made, made.copy_foreign(form), boxes[at], page)
            made.pages[-1].obj[EMPTY] = _empty_foot(seen, at, boxes[at], made.pages[-1])
        _save(made, out)


def _picture(source: IO[bytes], out: IO[bytes], form: str, edge: int, pixels: int) -> None:
    """A leaf for each page of a picture: several of a TIFF, one of everything else."""
    with Pdf.new() as made:
        for image in _frames(source, form, edge, pixels):
            put = _image(made, image)
            wide, high = (Decimal(side) * DOTS for side in image.size)
            shown = made.make_stream(f"q {wide} 0 0 {high} 0 0 cm /Picture Do Q".encode())
            shown.Type, shown.Subtype = Name.XObject, Name.Form
            shown.BBox = Array([0, 0, wide, high])
            shown.Resources = Dictionary(XObject=Dictionary(Picture=put))
            _add(made, shown, (Decimal(0), Decimal(0), wide, high), None)
        _save(made, out)


def _opened(source: Any) -> Pdf:
    pikepdf.settings.set_qpdf_limits(**LIMITS)  # type: ignore[arg-type]
    try:
        found = pikepdf.open(source, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Refused(papers.PASSWORD) from error
    root = found.Root
    if Name.Collection in root:
        raise Refused("portfolio")
    if bool(root.get(Name.NeedsRendering, False)) and "/AcroForm" in root:
        raise Refused("form")
    if not 0 < len(found.pages) <= MOST_PAGES:
        raise Refused("many" if len(found.pages) else "no page")
    return found


def _draw_in(found: Pdf) -> None:
    """What a reader sees of fields and notes becomes part of the page."""
    fields = found.Root.get(Name.AcroForm)
    if isinstance(fields, Dictionary) and bool(fields.get(Name.NeedAppearances, False)):
        found.generate_appearance_streams()
    found.flatten_annotations("screen")


def _isolate(form: Any, page: pikepdf.Page) -> None:
    """The group of a page is isolated whatever it says; that of a form only where it says so."""
    group = page.obj.get(Name.Group)
    if isinstance(group, Dictionary):
        form.Group = Dictionary(dict(group.items()))
        form.Group.I = True


def _box(page: pikepdf.Page) -> tuple[Decimal, ...]:
    """What is seen of a page: its crop box within its media box."""
    media = _rectangle(_inherited(page, Name.MediaBox)) or LETTER
    crop = _rectangle(_inherited(page, Name.CropBox)) or media
    shown = (*map(max, media[:2], crop[:2]), *map(min, media[2:], crop[2:]))
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else media


def _rectangle(value: Any) -> tuple[Decimal, ...] | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        x, y, right, top = (Decimal(str(each)) for each in value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    found = (min(x, right), min(y, top), max(x, right), max(y, top))
    is_drawn = found[2] - found[0] > 0 and found[3] - found[1] > 0
    return found if is_drawn and max(map(abs, found)) < LARGEST else None


def _inherited(page: pikepdf.Page, key: Name) -> Any:
    node: Any = page.obj
    for _ in range(50):
        if key in node:
            return node[key]
        node = node.get(Name.Parent)
        if not isinstance(node, Dictionary):
            return None
    return None


def _add(made: Pdf, form: Any, box: tuple[Decimal, ...], page: pikepdf.Page | None) -> None:
    leaf = Dictionary(
        Type=Name.Page,
        MediaBox=Array(box),
        Resources=Dictionary(XObject=Dictionary(Page=made.make_indirect(form))),
        Contents=made.make_stream(b"/Page Do"),
    )
    if page is not None:
        leaf.Rotate = _turn(_inherited(page, Name.Rotate))
        unit = page.obj.get(Name.UserUnit)
        if isinstance(unit, int | Decimal) and 0 < unit <= 1000 and unit != 1:
            leaf.UserUnit = unit
    made.pages.append(pikepdf.Page(made.make_indirect(leaf)))


def _turn(value: Any) -> int:
    return int(value) // 90 % 4 * 90 if isinstance(value, int | Decimal) else 0


def _empty_foot(
    seen: pypdfium2.PdfDocument, at: int, box: tuple[Decimal, ...], leaf: pikepdf.Page
) -> Decimal:
    """How many points at the foot of the page, as it is seen, nothing is drawn in."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if leaf.obj.Rotate % 180:
        wide, high = high, wide
    reach = max(wide, high) * FOOT
    if reach > high:
        return Decimal(0)
    sheet = seen[at]
    try:
        shown = sheet.get_size()
        scale = FOOT_PIXELS / (float(reach / high) * shown[1])
        crop = (0.0, 0.0, 0.0, shown[1] * (1 - float(reach / high)))
        drawn = sheet.render(scale=min(scale, 4000 / shown[0]), crop=crop, may_draw_forms=True)
        return reach * _white_rows(drawn.to_pil().convert("L"))
    finally:
        sheet.close()


def _white_rows(strip: Image.Image) -> Decimal:
    """The part of a picture's height that is white from its lower edge upwards."""
    dark = strip.point([255 if value < WHITE else 0 for value in range(256)]).getbbox()
    clear = strip.height - dark[3] if dark else strip.height
    return round(Decimal(clear) / Decimal(strip.height), 3)


def _frames(source: IO[bytes], form: str, edge: int, pixels: int) -> Iterator[Image.Image]:
    """Each page anew from its bytes: what is drawn of one leaves nothing for the next."""
    Image.MAX_IMAGE_PIXELS = pixels
    last = count(source, form=form)
    if last > MOST_PAGES:
        raise Refused("many")
    for at in range(last):
        frame = _frame(source, form, at)
        if frame.width * frame.height > pixels:
            raise Refused("bomb")
        yield _printed(frame, edge)


def _frame(source: IO[bytes], form: str, at: int) -> Image.Image:
    source.seek(0)
    try:
        opened = Image.open(source, formats=[form])
        if at:
            opened.seek(at)
    except Image.DecompressionBombError as error:
        raise Refused("bomb") from error
    return opened


def _printed(frame: Image.Image, edge: int) -> Image.Image:
    """A scan in black and white stays one; the rest is drawn as pages show it."""
    if frame.mode == "1" and max(frame.size) <= SCANNED:
        return pictures.turned(frame, frame.getexif().get(pictures.TIFF_ORIENTATION, 1))
    is_grey = frame.mode in ("1", "L", "LA", "I;16", "I", "F")
    drawn = pictures.fitted(frame.convert("L") if frame.mode == "1" else frame, edge)
    return drawn.convert("L") if is_grey else drawn


def _image(made: Pdf, image: Image.Image) -> Any:
    if image.mode == "1":
        put = made.make_stream(zlib.compress(image.tobytes(), 9))
        put.Filter, put.ColorSpace, put.BitsPerComponent = Name.FlateDecode, Name.DeviceGray, 1
    else:
        target = io.BytesIO()
        image.save(target, "JPEG", quality=86, optimize=True)
        put = made.make_stream(target.getvalue())
        put.Filter, put.BitsPerComponent = Name.DCTDecode, 8
        put.ColorSpace = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    put.Type, put.Subtype = Name.XObject, Name.Image
    put.Width, put.Height = image.size
    return put


def _save(made: Pdf, out: Any) -> None:
    made.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )

"""Papers with a word hidden in every place that a PDF has for one; all made here, all invented."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen import canvas

CANARY = "Quillfeather"
OPEN = "Marshwiggle"  # stands on pages that are kept


def paper(*pages: list[str], rotation: int = 0) -> bytes:
    """A page for each list of lines, in a standard font."""
    target = io.BytesIO()
    drawing = canvas.Canvas(target, pagesize=A4)
    for lines in pages:
        for number, line in enumerate(lines):
            drawing.drawString(72, 760 - 24 * number, line)
        drawing.showPage()
    drawing.save()
    return turned(target.getvalue(), rotation) if rotation else target.getvalue()


def turned(content: bytes, rotation: int) -> bytes:
    pdf = pikepdf.open(io.BytesIO(content))
    for page in pdf.pages:
        page.obj["/Rotate"] = rotation
    return saved(pdf)


def with_content(content: bytes) -> bytes:
    """One page with these operators and Helvetica as /F1, then a second page that is kept."""
    pdf = pikepdf.open(io.BytesIO(paper([""], [f"{OPEN} stays"])))
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj["/Contents"] = Stream(pdf, content)
    page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=font))
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **how)  # type: ignore[arg-type]
    return target.getvalue()


def embedded(text: str) -> bytes:
    """Drawn with an embedded face whose glyphs have numbers of their own (Type 0, ToUnicode)."""
    from evidence.dossier import fonts

    fonts.register(None)
    target = io.BytesIO()
    drawing = canvas.Canvas(target, pagesize=A4)
    drawing.setFont(fonts.SERIF, 14)
    assert fonts.SERIF in pdfmetrics.getRegisteredFontNames()
    drawing.drawString(72, 700, text)
    drawing.showPage()
    drawing.save()
    return target.getvalue()


def everywhere() -> bytes:
    """The canary in every place beside the pages, and on the first page; the second is kept."""
    pdf = pikepdf.open(io.BytesIO(paper([f"Seen by {CANARY} at dawn"], [f"{OPEN} stays"])))
    _around(pdf)
    _on_page(pdf, pdf.pages[1])
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _around(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = String(CANARY)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:description"] = CANARY
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Words of {CANARY}", 1))
    pdf.attachments["note.txt"] = CANARY.encode()
    root = pdf.Root
    root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))
    root["/StructTreeRoot"] = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([Dictionary(S=Name.Span, ActualText=CANARY, Alt=CANARY, Pg=pdf.pages[1].obj)]),
        )
    )
    root["/MarkInfo"] = Dictionary(Marked=True)
    root["/Dests"] = Dictionary({f"/{CANARY}": Array([pdf.pages[1].obj, Name.Fit])})
    root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(P=String(CANARY))]))
    root["/PieceInfo"] = Dictionary(App=Dictionary(Private=String(CANARY)))
    root["/Hidden"] = pdf.make_indirect(String(CANARY.encode("utf-16").hex()))


def _on_page(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """On a page that no mark touches."""
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String(CANARY),
    )  # fmt: skip
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 40, 90, 60]),
        A=Dictionary(S=Name.URI, URI=String(f"https://example.invalid/{CANARY}")),
    )  # fmt: skip
    page.obj["/Annots"] = Array([pdf.make_indirect(note), pdf.make_indirect(link)])
    page.obj["/PieceInfo"] = Dictionary(App=Dictionary(Private=String(CANARY)))
    page.obj["/Metadata"] = Stream(pdf, f"<x>{CANARY}</x>".encode())
    page.obj["/Thumb"] = Stream(pdf, CANARY.encode())
    page.obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(CANARY)))
    page.obj["/Resources"]["/Properties"] = Dictionary(MC0=Dictionary(ActualText=String(CANARY)))
    before = f"/Span <</ActualText ({CANARY}) /Alt <{CANARY.encode().hex()}>>> BDC /MC0 DP "
    content = page.obj["/Contents"].read_bytes()
    page.obj["/Contents"] = Stream(pdf, before.encode() + content + f" EMC % {CANARY}".encode())
    page.obj["/Resources"]["/XObject"] = Dictionary(
        Photo=photograph(pdf), Unused=Stream(pdf, f"BT ({CANARY}) Tj ET".encode(),
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])),
    )  # fmt: skip
    page.contents_add(b"q 40 0 0 40 300 300 cm /Photo Do Q")


def photograph(pdf: pikepdf.Pdf) -> Stream:
    """A JPEG with the canary in its notes, its comment and after its end."""
    target, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = CANARY
    picture = Image.effect_noise((32, 32), 60)
    picture.save(target, "JPEG", exif=exif, comment=CANARY.encode(), xmp=CANARY.encode())
    return Stream(
        pdf, target.getvalue() + CANARY.encode(), Type=Name.XObject, Subtype=Name.Image, Width=32,
        Height=32, ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
        Metadata=Stream(pdf, f"<x>{CANARY}</x>".encode()),
    )  # fmt: skip


def form() -> bytes:
    """A field that was filled in, with the letters that it shows."""
    pdf = pikepdf.open(io.BytesIO(paper(["A form"], [f"{OPEN} stays"])))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    shown = Stream(
        pdf, f"/Tx BMC q BT /Helv 12 Tf 2 5 Td ({CANARY}) Tj ET Q EMC".encode(),
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(Font=Dictionary(Helv=font)),
    )  # fmt: skip
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(CANARY),
            DV=String(CANARY), TU=String(CANARY), Rect=Array([72, 600, 272, 620]), F=4,
            AP=Dictionary(N=shown), P=pdf.pages[0].obj,
        )
    )  # fmt: skip
    pdf.pages[0].obj["/Annots"] = Array([field])
    pdf.Root["/AcroForm"] = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)),
        XFA=Stream(pdf, f"<x>{CANARY}</x>".encode()),
    )  # fmt: skip
    return saved(pdf)


def layered() -> bytes:
    """A second page with a layer that is switched off and holds the canary."""
    pdf = pikepdf.open(io.BytesIO(paper(["First"], [f"{OPEN} stays"])))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(CANARY)))
    pdf.Root["/OCProperties"] = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    page = pdf.pages[1]
    page.obj["/Resources"]["/Properties"] = Dictionary(L0=layer)
    page.contents_add(f"/OC /L0 BDC BT /F1 12 Tf 72 500 Td ({CANARY}) Tj ET EMC".encode())
    return saved(pdf)


def revised() -> bytes:
    """A file whose first state held the canary, and to whose end a second state was written."""
    first = paper([f"{CANARY} was here"], [f"{OPEN} stays"])
    pdf = pikepdf.open(io.BytesIO(first))
    number = pdf.pages[0].obj["/Contents"].objgen[0]
    content = zlib.compress(b"BT /F1 12 Tf 72 700 Td (Nobody was here) Tj ET")
    new = b"%d 0 obj\n<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        number, len(content), content,
    )  # fmt: skip
    at, old = len(first) + 1, first.rindex(b"startxref")
    size = len(pdf.objects) + 1
    end = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (
        number, at, size, pdf.Root.objgen[0], int(first[old + 9 :].split()[0]),
    )  # fmt: skip
    return first + b"\n" + new + end + b"startxref\n%d\n%%%%EOF\n" % (at + len(new))

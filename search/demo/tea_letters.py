"""Papers of others in the tea story: a fax that lies on its side, a scan, a letter that is locked.

They show what a dossier makes of them: pages upright, pages of a picture, and a slip. All invented.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from casework.models import Case
from evidence import files
from evidence.issuing.wishes import Wishes
from evidence.models import Attachment, Exhibit
from search.demo import papers
from search.demo.cast import Cast
from search.demo.stage import at, upload
from search.demo.tea import SEIZED

FAX, ORDER, LETTER = "bill-of-lading-fax.pdf", "release-order.tiff", "bank-letter.pdf"
MERGED = ("bill-of-lading.pdf", FAX, ORDER, "species-report.pdf", LETTER)
SHEET = (1240, 1754)
RELEASE = (
    ("Entry", "2024MSA5508123"), ("Container", "MDOU 418207 9"), ("Released to", "Juma Baraka"),
    ("Checked by", "nobody"), ("Scanner", "waived"),
)  # fmt: skip


def tell(cast: Cast, case: Case) -> None:
    bill = Exhibit.objects.get(case=case, label="E6")
    with at(SEIZED - 12, "09:40"):
        files.attach(
            case, upload=upload(FAX, fax(), "application/pdf"), kind="document", exhibit=bill,
            caption="Bill of lading as faxed by the agent", actor=cast.investigator,
        )  # fmt: skip
        files.attach(
            case, upload=upload(ORDER, order(), "image/tiff"), kind="document",
            caption="Release order with its reverse, scanned", actor=cast.investigator,
        )  # fmt: skip
    with at(SEIZED - 40, "10:05"):
        files.attach(
            case, upload=upload(LETTER, letter(), "application/pdf"), kind="document",
            caption="Answer of the Invented Coast Bank, locked; the password was asked for",
            actor=cast.investigator,
        )  # fmt: skip


def wishes(case: Case) -> Wishes:
    """The dossier of the story has these papers in its annex."""
    rows = Attachment.objects.filter(case=case, name__in=MERGED)
    held = dict(rows.values_list("name", "pk"))
    return Wishes(documents=tuple(held[name] for name in MERGED if name in held))


def fax() -> bytes:
    """The picture lies on its side in the file, and the page is turned; to its edges."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)  # turned, its box is that of a lying sheet
    sheet = _sheet("BILL OF LADING MOLMBA240931", papers.LINES, "FAX 14 MAR 07:12  P.01").convert(
        "L"
    )
    lying = sheet.rotate(90.6, expand=True, fillcolor=236, resample=Image.Resampling.BICUBIC)
    canvas.drawImage(ImageReader(_jpeg(lying)), 0, 0, A4[1], A4[0])
    canvas.setPageRotation(90)
    canvas.save()
    return out.getvalue()


def order() -> bytes:
    """Two pages in black and white, as a scanner in an office makes them."""
    front = _sheet("RELEASE ORDER", RELEASE, "Copy of the file at the gate")
    back = _sheet("RELEASE ORDER, REVERSE", (("Stamp", "Gate 9, 05:02"),), "No signature")
    out = BytesIO()
    front.save(out, "TIFF", save_all=True, append_images=[back], compression="group4")
    return out.getvalue()


def letter() -> bytes:
    out = BytesIO()
    lock = StandardEncryption("ask the bank", ownerPassword="bank", strength=128)
    canvas = Canvas(out, pagesize=A4, invariant=1, encrypt=lock)
    canvas.drawString(56, A4[1] - 80, "INVENTED, FOR DEMONSTRATION")
    canvas.save()
    return out.getvalue()


def _sheet(title: str, lines: tuple[tuple[str, str], ...], top: str) -> Image.Image:
    sheet = Image.new("1", SHEET, 1)
    draw = ImageDraw.Draw(sheet)
    draw.text((90, 60), f"{top}    INVENTED, FOR DEMONSTRATION", font=_face(26))
    draw.text((90, 140), title, font=_face(54))
    for row, (label, value) in enumerate(lines):
        begin = 250 + row * 118
        draw.rectangle((90, begin, SHEET[0] - 90, begin + 106), outline=0, width=3)
        draw.text((106, begin + 10), label, font=_face(24))
        draw.text((106, begin + 46), value, font=_face(32))
    return sheet


def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _jpeg(picture: Image.Image) -> BytesIO:
    out = BytesIO()
    picture.save(out, "JPEG", quality=60)
    out.seek(0)
    return out

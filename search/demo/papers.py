"""Invented papers for the demonstration, drawn as PDF; each says on its face that it is."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LINES = (
    ("Shipper", "Tamarind Reef Exporters Ltd, Plot 41, Old Ginnery Road, Mombasa"),
    ("Consignee", "Red River Provisions Co., Hai Phong"),
    ("Notify party", "Same as consignee"),
    ("Vessel and voyage", "Meridian Aster, 117E"),
    ("Port of loading", "Mombasa KEMBA"),
    ("Port of discharge", "Hai Phong VNHPH"),
    ("Container and seal", "MDOU 418207 9 / CU 558120"),
    ("Goods", "640 bags black tea CTC"),
    ("Gross weight", "21,760 kg"),
    ("Freight", "Prepaid"),
)


def bill_of_lading() -> bytes:
    """One page; the same bytes each time."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle("Bill of lading MOLMBA240931 (invented)")
    width, height = A4
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(56, height - 80, "BILL OF LADING")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(56, height - 98, "Meridian Orient Line    No. MOLMBA240931")
    canvas.drawRightString(width - 56, height - 80, "INVENTED, FOR DEMONSTRATION")
    for row, (label, value) in enumerate(LINES):
        top = height - 140 - row * 44
        canvas.rect(56, top - 30, width - 112, 38)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(62, top, label)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(62, top - 18, value)
    canvas.save()
    return out.getvalue()


def one_page(title: str, lines: tuple[tuple[str, str], ...]) -> bytes:
    """A plain page of facts; the same bytes each time."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(f"{title} (invented)")
    width, height = A4
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(56, height - 110, title)
    canvas.setFont("Helvetica", 10)
    canvas.drawRightString(width - 56, height - 80, "INVENTED, FOR DEMONSTRATION")
    for row, (label, value) in enumerate(lines):
        canvas.drawString(56, height - 150 - row * 22, f"{label}: {value}")
    canvas.save()
    return out.getvalue()

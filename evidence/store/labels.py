"""Labels for exhibits and places: a QR code that a telephone opens, and what it must say."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from casework import checks
from evidence.models import Exhibit, Place
from evidence.store.label_sheets import ERROR_CORRECTION, QUIET_ZONE, Label


def address(exhibit: Exhibit) -> str:
    """The short absolute address that the code holds; it says nothing about the case."""
    path = reverse("evidence:exhibit-short", args=[exhibit.identifier])
    return f"{settings.PUBLIC_URL}{path}"


def place_address(place: Place) -> str:
    return f"{settings.PUBLIC_URL}{reverse('evidence:place-short', args=[place.code])}"


def is_only_here() -> bool:
    """Whether the codes open on this machine and nowhere else."""
    return checks.is_loopback(checks.host())


def qr_svg(exhibit: Exhibit) -> SafeString:
    """The code as inline SVG, black on white whatever the scheme of the page."""
    code = segno.make(address(exhibit), error=ERROR_CORRECTION, micro=False)
    svg: str = code.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return SafeString(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


def of_exhibit(exhibit: Exhibit, seal: str = "") -> Label:
    """As it is printed at its exact size."""
    lines = (seal, exhibit.description)
    return Label(exhibit.label, exhibit.case.reference, lines, address(exhibit))


def of_place(place: Place) -> Label:
    around = place.parent.path if place.parent else ""
    return Label(
        place.name, place.code, (str(place.get_kind_display()), around), place_address(place)
    )

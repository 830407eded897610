"""Labels for exhibits: a QR code that opens the exhibit on a telephone, and what it must say."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from evidence.models import Exhibit

# Quarter of the code may be torn or dirty and it still reads.
ERROR_CORRECTION = "q"
QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks


def address(exhibit: Exhibit) -> str:
    """The short absolute address that the code holds; it says nothing about the case."""
    path = reverse("evidence:exhibit-short", args=[exhibit.identifier])
    return f"{settings.PUBLIC_URL}{path}"


def qr_svg(exhibit: Exhibit) -> SafeString:
    """The code as inline SVG, black on white whatever the scheme of the page."""
    code = segno.make(address(exhibit), error=ERROR_CORRECTION, micro=False)
    svg: str = code.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return SafeString(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))

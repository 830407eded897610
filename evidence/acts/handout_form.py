"""The paper of a hand-out: one page with what is handed over, two signature lines and a code.

It says what the event in the chain says. Signed by hand, it is scanned and added to that event.
"""

import io
from collections.abc import Sequence

import segno
from django.utils.translation import gettext as _
from PIL import Image as Picture
from reportlab.platypus import Flowable, Image, Table

from casework import display
from evidence import faces
from evidence.dossier import fonts, single
from evidence.dossier.paper import BODY, INK, Running, gap, marked, mono, para, section
from evidence.dossier.tables import facts
from evidence.filestore import images
from evidence.models import Attachment, CustodyEvent
from evidence.store import labels

CODE_SIZE = 84
SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 190, 52
DRAWN_WIDTH, DRAWN_HEIGHT = 900, 300
DRAWN_EDGE = images.SIZES[-1]


def pdf(event: CustodyEvent, signature: Attachment | None = None) -> bytes:
    """The form of one hand-out, with the drawn signature where there is one."""
    faces.register()
    out = io.BytesIO()
    running = Running(
        left=event.label,
        right=_("Event %(n)s") % {"n": event.sequence},
        foot=f"{_('Event digest')} {event.digest}",
        title=_("Hand-out of %(label)s") % {"label": event.label},
        author=event.from_agency or event.recorder_agency,
    )
    single.write(_story(event, signature), running, out)
    return out.getvalue()


def _story(event: CustodyEvent, signature: Attachment | None) -> list[Flowable]:
    drawn = _drawn(signature) if signature else None
    return [
        _head(event),
        *section(_("What is handed over")),
        facts(_things(event)),
        *section(_("By whom, to whom")),
        facts(_people(event)),
        gap(14),
        para(_("I have looked at the thing itself. It is as this page says.")),
        gap(6),
        _signatures(event, drawn),
        gap(10),
        para(
            _(
                "Bring this page back with the exhibit. Signed by hand, it is scanned and added to "
                "event %(n)s of %(label)s."
            )
            % {"n": event.sequence, "label": event.label},
            "by",
        ),
    ]


def _head(event: CustodyEvent) -> Table:
    code = segno.make(labels.address(event.exhibit), error="q", micro=False)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=6, border=2)
    picture.seek(0)
    words = [
        para(_("Hand-out of an exhibit"), "title"),
        marked(mono(event.label), "mark"),
        para(f"{display.when(event.happened_at)}, {_('event')} {event.sequence}"),
    ]
    widths = [BODY - CODE_SIZE - 8, CODE_SIZE + 8]
    return _plain([[words, Image(picture, CODE_SIZE, CODE_SIZE)]], widths)


def _things(event: CustodyEvent) -> list[tuple[str, Flowable]]:
    exhibit = event.exhibit
    intact = {True: _("intact"), False: _("not intact"), None: ""}[event.seal_intact]
    weighed = display.weight(event.weight_mg) if event.weight_mg is not None else _("not weighed")
    rows = [
        (_("Label"), marked(mono(exhibit.label))),
        (_("What it is"), para(exhibit.description)),
        (_("Seal"), marked(f"{mono(event.seal_number or _('none'))} {intact}")),
        (_("Count"), para(_("not counted") if event.count is None else f"{event.count:,}")),
        (_("Weight"), para(f"{weighed}, {event.scale}" if event.scale else weighed)),
    ]
    return [*rows, (_("Note"), para(event.note))] if event.note else rows


def _people(event: CustodyEvent) -> list[tuple[str, Flowable]]:
    back = getattr(event, "hand_out", None)
    expected = back.expected_back_on if back else None
    rows = [
        (_("Handed out by"), para(_person(event.from_name, event.from_number, event.from_agency))),
        (_("Taken by"), para(_person(event.to_name, event.to_number, event.to_agency))),
        (_("What for"), para(event.purpose)),
        (_("By what authority"), para(event.authority or _("not stated"))),
        (_("Place"), para(event.place or _("not stated"))),
        (_("Expected back"), para(display.day(expected) if expected else _("not stated"))),
    ]
    return [(word, cell) for word, cell in rows]


def _person(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _signatures(event: CustodyEvent, drawn: Image | None) -> Table:
    """Two lines to sign on, each with its name; a drawing stands above the taker's."""
    lines = [
        ["", "", drawn or ""],
        [para(_("Handed out: signature, date, time"), "by"), "",
         para(_("Taken: signature, date, time"), "by")],
        [para(event.from_name), "", para(event.to_name)],
    ]  # fmt: skip
    half = (BODY - 24) / 2
    made = Table(lines, colWidths=[half, 24, half], rowHeights=[SIGNATURE_HEIGHT + 8, None, None])
    made.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.SANS),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("LINEBELOW", (0, 0), (0, 0), 0.9, INK),
            ("LINEBELOW", (2, 0), (2, 0), 0.9, INK),
        ]
    )
    return made


def _plain(rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Table:
    made = Table(rows, colWidths=widths)
    made.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.SANS),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return made


def _drawn(signature: Attachment) -> Image | None:
    """The drawing as the walled process drew it again: no strange byte of it is opened here."""
    try:
        with Picture.open(images.preview(signature.file, DRAWN_EDGE), formats=["JPEG"]) as opened:
            picture = opened.convert("L")
    except images.NotShown:
        return None  # the form is still wanted; the chain names the file
    picture.thumbnail((DRAWN_WIDTH, DRAWN_HEIGHT))
    again = io.BytesIO()
    picture.save(again, "PNG")
    again.seek(0)
    share = min(SIGNATURE_WIDTH / picture.width, SIGNATURE_HEIGHT / picture.height)
    return Image(again, picture.width * share, picture.height * share)

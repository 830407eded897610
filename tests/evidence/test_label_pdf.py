"""Labels of exact size: the sheet, the place on it, and a code that reads what it should."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django import Settings

from casework.models import Case, User
from evidence.store import label_sheets, labels, places
from evidence.store.label_sheets import FORMATS, QUIET_ZONE, Label
from tests.evidence.acts import text, tusks

SignIn = Callable[[User], Client]
ADDRESS = "https://casework.example.org/x/6f1f9b1e-26a7-4f0a-9a61-2f5f5c3b7a10/"
MM = 72 / 25.4
DOTS = 8  # per point, about 600 dots per inch
pytestmark = pytest.mark.usefixtures("faces")


def label(number: int = 1) -> Label:
    return Label(f"E{number}", "KE-MSA-2026-0042", ("WS-M 006120", "Tusks & <b>Đường</b>"), ADDRESS)


def pages(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(content)]
    return [(width / MM, height / MM) for width, height in sizes]


def read_code(content: bytes, left: float, bottom: float, side: float) -> list[list[bool]]:
    """The squares of the code as a printer at 600 dots per inch would put them on paper."""
    document: Any = pypdfium2.PdfDocument(content)
    picture = document[0].render(scale=DOTS).to_pil().convert("L")
    rows = len(label_sheets.modules(ADDRESS))
    size = side / (rows + 2 * QUIET_ZONE)
    top = picture.height / DOTS - bottom - side
    return [
        [
            picture.getpixel(
                (
                    round((left + (x + QUIET_ZONE + 0.5) * size) * DOTS),
                    round((top + (y + QUIET_ZONE + 0.5) * size) * DOTS),
                )
            )
            < 128
            for x in range(rows)
        ]
        for y in range(rows)
    ]


@pytest.mark.parametrize(
    ("paper", "size"),
    [("a4-24", (210, 297)), ("a4-14", (210, 297)), ("roll-62", (62, 100)), ("4x6", (102, 152))],
)
def test_the_page_has_the_size_of_the_paper(paper: str, size: tuple[float, float]) -> None:
    (page,) = pages(label_sheets.pdf([label()], FORMATS[paper]))
    assert page == pytest.approx(size, abs=0.1)


def test_a_roll_has_a_page_for_each_label_and_a_sheet_is_filled() -> None:
    many = [label(number) for number in range(25)]
    assert len(pages(label_sheets.pdf(many, FORMATS["roll-62"]))) == 25
    assert len(pages(label_sheets.pdf(many, FORMATS["a4-24"]))) == 2
    assert len(pages(label_sheets.pdf(many, FORMATS["a4-14"], start=5))) == 3


@pytest.mark.parametrize("start", [1, 11, 24])
def test_the_printed_code_is_the_code_of_the_address(start: int) -> None:
    sheet = FORMATS["a4-24"]
    content = label_sheets.pdf([label()], sheet, start=start)
    x, y = sheet.corner(start - 1)
    pad = label_sheets.PADDING
    high = sheet.height - 2 * pad
    side = min(high, (sheet.width - 2 * pad) * 0.45)
    found = read_code(content, x + pad, y + pad + (high - side) / 2, side)
    assert found == label_sheets.modules(ADDRESS)


def test_labels_lie_where_the_sheet_has_them() -> None:
    first, last = FORMATS["a4-24"].corner(0), FORMATS["a4-24"].corner(23)
    assert (first[0] / MM, (297 * MM - first[1]) / MM) == pytest.approx((7.25, 46.8), abs=0.1)
    assert last[1] / MM == pytest.approx(12.9, abs=0.1)


def test_the_same_labels_are_the_same_bytes() -> None:
    made = [label_sheets.pdf([label()], FORMATS["4x6"]) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.django_db
def test_exhibits_and_places_have_their_labels(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    tusks(case, investigator)
    room = places.add(kind="room", name="Room 2", actor=custodian)
    browser = sign_in(custodian)
    asked = f"/cases/{case.reference}/exhibits/labels/pdf/"
    assert "Make the PDF" in text(browser.get(asked))
    assert browser.get(f"{asked}?paper=a4-24&start=3").content.startswith(b"%PDF")
    place = browser.get(f"/store/labels/?place={room.code}&paper=roll-62")
    assert pages(place.content) == [pytest.approx((62, 100), abs=0.1)]
    assert "Choose" in text(browser.get(f"{asked}?paper=napkin"))


@pytest.mark.django_db
def test_codes_that_only_this_machine_opens_are_warned_of(
    case: Case, investigator: User, sign_in: SignIn, settings: Settings
) -> None:
    exhibit = tusks(case, investigator)
    asked = f"/cases/{case.reference}/exhibits/labels/pdf/"
    assert "open on this machine only" in text(sign_in(investigator).get(asked))
    settings.DEBUG, settings.IS_DEMONSTRATION = False, False
    assert "evidence.W003" in [found.id for found in run_checks(tags=["casework"])]
    settings.PUBLIC_URL = "https://casework.example.org"
    assert "evidence.W003" not in [found.id for found in run_checks(tags=["casework"])]
    assert "open on this machine only" not in text(sign_in(investigator).get(asked))
    assert labels.address(exhibit).startswith("https://casework.example.org/x/")

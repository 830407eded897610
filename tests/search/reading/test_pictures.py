"""Words in pictures and scanned pages, where Tesseract is installed."""

import io
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from casework.models import Case, User
from evidence import files
from evidence.filestore import restricted
from search import sync
from search.models import FileText
from search.reading import pictures, working
from tests.evidence.pictures import upload
from tests.search.conftest import Find
from tests.search.reading import papers

LINES = ("BILL OF LADING", "Shipper: Tamarind Reef Exporters", "640 bags of black tea")


@pytest.fixture
def tesseract() -> None:
    if shutil.which(pictures.PROGRAM):
        return
    if os.environ.get("CI"):
        pytest.fail("Tesseract is not installed")
    pytest.skip("Tesseract is not installed: apt-get install tesseract-ocr")


def scan(form: str = "PNG") -> bytes:
    """A page of print as a scanner sees it."""
    page, target = Image.new("L", (1200, 800), 255), io.BytesIO()
    drawing = ImageDraw.Draw(page)
    for n, line in enumerate(LINES):
        drawing.text((80, 120 + 150 * n), line, fill=0, font=ImageFont.load_default(52))
    page.save(target, form)
    return target.getvalue()


def attach(case: Case, actor: User, name: str, content: bytes) -> FileText:
    kept = files.attach(case, upload=upload(content, name), kind="document", actor=actor)
    return FileText.objects.get(file=kept.file_id)


@pytest.mark.django_db
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("name", "place"),
    [("scan.png", "picture:"), ("scan.pdf", "scan:1"), ("scan.eml", "inside:scan.pdf|scan:1")],
)
def test_a_scan_is_found_by_its_words(
    name: str, place: str, case: Case, investigator: User, find: Find
) -> None:
    content = scan("PNG") if name.endswith("png") else scan("PDF")
    if name.endswith("eml"):
        content = papers.message(attached={"scan.pdf": content})
    sync.rebuild()
    words = attach(case, investigator, name, content)
    working.work()
    sync.catch_up()
    words.refresh_from_db()
    assert (words.state, words.reason) == ("read", "")
    assert place in [page.place for page in words.pages.all()]
    assert find(investigator, '"Tamarind Reef Exporters"') == {f"file: {name}"}


@pytest.mark.django_db
def test_without_tesseract_a_scan_is_read_in_part_or_waits_for_it(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "version", lambda: "")
    attached = papers.message(attached={"scan.pdf": scan("PDF")})
    contents = {"a.png": scan(), "b.pdf": scan("PDF"), "c.eml": attached}
    rows = [attach(case, investigator, name, content) for name, content in contents.items()]
    working.work()
    states = [FileText.objects.get(pk=row.pk) for row in rows]
    assert [(row.state, row.reason) for row in states] == [
        ("unread", "no_ocr"),
        ("unread", "no_ocr"),
        ("partly", "no_ocr"),
    ]


@pytest.mark.usefixtures("tesseract")
def test_tesseract_cannot_reach_anybody_or_start_programs(tmp_path: Path) -> None:
    """What is started in its place meets the same walls."""
    probe = (
        "import socket, subprocess, sys\n"
        "for act in (lambda: socket.socket(), lambda: subprocess.run(['/bin/true'])):\n"
        "    try: act(); print('done')\n"
        "    except OSError: print('refused')\n"
    )
    job = restricted._command(restricted.STARTER, [json.dumps([sys.executable, "-c", probe]), "10"])
    with (tmp_path / "out").open("w+b") as out, Path(os.devnull).open("rb") as nothing:
        assert restricted._wait(job, nothing.fileno(), out.fileno(), seconds=20) == 0
    assert (tmp_path / "out").read_text().split() == ["refused", "refused"]


@pytest.mark.usefixtures("tesseract")
def test_a_picture_that_is_none_is_a_reason() -> None:
    with pytest.raises(restricted.Failed):
        pictures.recognised(b"not a picture")

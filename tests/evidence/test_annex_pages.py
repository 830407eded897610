"""A merged page looks as it did, turned, cropped or scaled, with its fields; and does nothing."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.evidence import foreign_papers as papers
from tests.evidence.foreign_papers import Desk

DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[3] / "shared/data"))
SCALE = 1.2
FOOT = 31
ACTS = {
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/EF",
    "/SubmitForm", "/ImportData", "/EmbeddedFile", "/EmbeddedFiles", "/Filespec", "/AF", "/Annots",
    "/RichMedia", "/AcroForm", "/OCProperties", "/OC", "/OPI", "/Ref", "/PieceInfo", "/Collection",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, faces: None) -> Desk:
    return Desk(tmp_path)


def drawn(path: Path, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(path) as paper:
        paper.init_forms()
        shown: Image.Image = paper[page].render(scale=SCALE, may_draw_forms=True).to_pil()
        return shown.convert("L")


def difference(before: Image.Image, after: Image.Image) -> float:
    """Of the old page and the part of the new one where it stands, leaving out its foot."""
    left = round((after.width - before.width) / 2)
    foot = round(FOOT * SCALE) if after.height < before.height + 5 else 0
    box = (0, 0, before.width, before.height - foot)
    moved = after.crop((left, 0, left + before.width, before.height))
    found = ImageChops.difference(before.crop(box), moved.crop(box))
    return float(ImageStat.Stat(found).mean[0])


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90])
@pytest.mark.parametrize("crop", [(), (40, 50, 545, 780)])
@pytest.mark.parametrize("full", [False, True])
def test_a_page_looks_as_it_did(desk: Desk, turn: int, crop: Any, full: bool) -> None:
    document = desk.put(papers.data(papers.arrow(turn, crop, full=full)))
    before, after = drawn(desk.path_of(document.digest)), drawn(desk.merged())
    assert difference(before, after) < 0.6
    assert ImageStat.Stat(after).mean[0] < 254


def test_a_full_page_gets_a_strip_and_an_empty_foot_is_used(desk: Desk) -> None:
    desk.put(papers.data(papers.arrow(90, full=True)))
    desk.put(papers.data(papers.arrow(90)))
    full, empty = pypdf.PdfReader(desk.merged()).pages
    assert (full.rotation, empty.rotation) == (90, 90)
    assert (full.mediabox.width, full.mediabox.height) == (625, 842)
    assert tuple(map(float, full.trimbox)) == (0, 0, 595, 842)
    assert (empty.mediabox.width, empty.mediabox.height) == (595, 842)


def test_what_was_cropped_away_stays_away(desk: Desk) -> None:
    """The strip below may lie where the page has something that its crop box hides."""
    document = desk.put(papers.data(papers.arrow(0, (0, 200, 595, 842))))
    after = drawn(desk.merged())
    assert difference(drawn(desk.path_of(document.digest)), after) < 0.6
    strip = after.crop((60, after.height - 30, 180, after.height - 26))
    assert ImageStat.Stat(strip).extrema[0][0] > 200


@pytest.mark.parametrize(
    "size", [(3, 3), (60, 60), (200, 2000), (595, 842), (3370, 4768), (14400, 14400), (900, 30)]
)
def test_the_foot_can_be_read_on_a_page_of_any_size(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(papers.data(papers.simple(size=size)), exhibit="E7")
    (page,) = pypdf.PdfReader(desk.merged()).pages
    text = page.extract_text()
    assert "413" in text
    assert "Document 1, E7" in text
    assert max(page.mediabox.width, page.mediabox.height) <= 14400.1


def test_units_of_a_page_are_kept(desk: Desk) -> None:
    desk.put(papers.data(papers.arrow(0, unit=10, full=True)))
    page = pypdf.PdfReader(desk.merged()).pages[0]
    assert page.user_unit == 10
    assert "413" in page.extract_text()


def test_what_was_filled_in_is_seen_and_is_no_field_any_more(desk: Desk) -> None:
    document = desk.put(papers.data(papers.filled_in()))
    merged = desk.merged()
    text = pypdf.PdfReader(merged).pages[0].extract_text()
    assert "Received" in text
    assert "Unseen" not in text
    assert difference(drawn(desk.path_of(document.digest)), drawn(merged)) < 0.6


def test_a_layer_that_is_off_is_left_out(desk: Desk) -> None:
    document = desk.put(papers.data(papers.layered()))
    merged = desk.merged()
    text = pypdf.PdfReader(merged).pages[0].extract_text()
    assert "Visible" in text
    assert "Concealed" not in text
    assert difference(drawn(desk.path_of(document.digest)), drawn(merged)) < 0.6


def names(value: Any) -> Iterator[str]:
    """Every key and every name of an object, those of what it refers to left to their own."""
    if isinstance(value, pikepdf.Array):
        for each in value:
            yield from () if _refers(each) else names(each)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, each in value.items():
            yield key
            yield from () if _refers(each) else names(each)
    elif isinstance(value, pikepdf.Name):
        yield str(value)


def _refers(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def test_nothing_in_the_annex_acts(desk: Desk) -> None:
    desk.put(papers.data(papers.hostile()))
    merged = desk.merged()
    with pikepdf.open(merged) as paper:
        assert "/A" in names(paper.pages[0].Resources.XObject.Page.Resources.XObject)
        assert not ACTS & {name for each in paper.objects for name in names(each)}
        held = b"".join(each.read_bytes() for each in paper.objects
                        if isinstance(each, pikepdf.Stream) and "/Width" not in each)  # fmt: skip
    assert b"private" not in held
    assert b"attacker.example" not in held + merged.read_bytes()


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared test files are not there")
def test_real_papers_look_as_they_did_and_do_nothing(desk: Desk) -> None:
    for path in sorted((DATA / "files/pdf").glob("*.pdf")):
        desk.put(path.read_bytes(), name=path.name)
    prepared, at = desk.prepared(), 0
    merged = desk.merged(prepared)
    assert sum(bool(leaves.fault) for leaves in prepared.documents) <= 3
    for leaves in prepared.documents:
        for page in range(0 if leaves.fault else min(leaves.pages, 3)):
            before = drawn(desk.path_of(leaves.document.digest), page)
            assert difference(before, drawn(merged, at + page)) < 0.8, leaves.document.name
        at += leaves.pages
    with pikepdf.open(merged) as paper:
        assert not ACTS & {name for each in paper.objects for name in names(each)}

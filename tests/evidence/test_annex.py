"""Documents of other hands in annex volumes: numbers, labels, bookmarks, slips, same bytes."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from PIL import Image

from evidence.dossier import annex
from evidence.dossier.plan import Replacement
from tests.evidence import foreign_papers as papers
from tests.evidence.foreign_papers import RUNNING, Desk

DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[3] / "shared/data"))
TYPES = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".tiff": "image/tiff", ".heic": "image/heic",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, faces: None) -> Desk:
    return Desk(tmp_path)


def texts(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def titles(reader: pypdf.PdfReader) -> list[str]:
    found: list[Any] = [*reader.outline]
    return [str(each["/Title"]) for each in found]


def test_each_page_says_its_number_its_case_and_its_document(desk: Desk) -> None:
    desk.put(papers.data(papers.simple(2)), exhibit="E7")
    first, second = texts(desk.merged())
    assert "Page 1" in first
    assert "413" in first
    assert "Document 1, E7" in first
    assert "KE-MSA-2026-0042" in second
    assert "414" in second


def test_a_volume_has_labels_bookmarks_and_places_to_link_to(desk: Desk) -> None:
    desk.put(papers.data(papers.simple(2)), title="First letter")
    desk.put(papers.data(papers.simple(1)), title="Second letter")
    reader = pypdf.PdfReader(desk.merged())
    assert reader.page_labels == ["413", "414", "415"]
    assert titles(reader) == [
        "Document 1: First letter",
        "Document 2: Second letter",
    ]
    places = reader.named_destinations
    assert reader.get_destination_page_number(places["document.2"]) == 2
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata
    assert "Tusks in tea" in str(reader.metadata.title)


def test_more_pages_than_a_volume_takes_go_on_in_the_next(desk: Desk) -> None:
    desk.put(papers.data(papers.simple(310)))
    desk.put(papers.data(papers.simple(5)))
    prepared = desk.prepared()
    first, second = annex.write(prepared, 10, RUNNING, desk.folder)
    assert (first.pages, first.first_label, first.last_label) == (300, "10", "309")
    assert (second.pages, second.first_label, second.last_label) == (15, "310", "324")
    places = [(each.volume, each.page) for each in annex.annexed(prepared)]
    assert places == [(0, 0), (1, 10)]
    assert titles(pypdf.PdfReader(second.path))[0].endswith("continued")


def test_pages_that_stand_for_others_carry_their_letters(desk: Desk) -> None:
    documents = [desk.put(papers.data(papers.simple(2))), desk.put(papers.data(papers.simple(1)))]
    desk.documents.clear()
    new = [Replacement(page=57, reason="clearer copy", document=each, used=1) for each in documents]
    (volume,) = annex.write(desk.prepared(new), 413, RUNNING, desk.folder)
    assert pypdf.PdfReader(volume.path).page_labels == ["57B", "57C", "57D"]
    assert "in place of page 57" in texts(volume.path)[0]
    assert (volume.first_label, volume.last_label) == ("57B", "57D")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (papers.data(papers.simple(), encryption=pikepdf.Encryption(user="x", owner="y")),
         "asks for a password"),
        (papers.data(papers.without_pages_of_its_own("portfolio")), "collection of files"),
        (papers.data(papers.without_pages_of_its_own("form")), "the program that made it"),
        (b"%PDF-1.7 nothing more", "is damaged"),
        (b"", "is damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged_has_a_slip(desk: Desk, content: bytes, said: str) -> None:
    document = desk.put(content, title="Letter of the bank", name="letter.pdf")
    prepared = desk.prepared()
    assert prepared.pages == 1
    assert said in prepared.documents[0].fault
    (text,) = texts(desk.merged())
    shown = "".join(text.split())
    assert document.digest in shown
    assert document.bundle_path in shown
    assert "Letteroftheban" in shown
    assert "413" in shown


def test_other_kinds_of_files_have_a_slip(desk: Desk) -> None:
    desk.put(b"MZ", "application/x-msdownload", name="photo.exe")
    (text,) = texts(desk.merged())
    assert "not a PDF or a picture" in text


def test_a_paper_that_is_locked_against_changes_only_is_merged(desk: Desk) -> None:
    desk.put(papers.data(papers.simple(), encryption=pikepdf.Encryption(user="", owner="y")))
    merged = desk.merged()
    assert "Page 1" in texts(merged)[0]
    assert not pikepdf.open(merged).is_encrypted


def test_pages_of_a_scan_are_pages_and_its_label_stands_below(desk: Desk) -> None:
    pages = [Image.new("1", size, 1) for size in ((200, 300), (300, 200))]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    desk.put(out.getvalue(), "image/tiff", exhibit="E7", title="Bill of lading", name="bl.tiff")
    merged = pypdf.PdfReader(desk.merged())
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in merged.pages]
    assert sizes == [(595, 842), (842, 595)]
    text = merged.pages[1].extract_text()
    assert "E7" in text
    assert "Bill of lading" in text
    assert "bl.tiff, page 2 of 2" in text


def test_the_same_documents_give_the_same_bytes(desk: Desk) -> None:
    desk.put(papers.data(papers.hostile()))
    desk.put(b"%PDF-")
    assert desk.merged().read_bytes() == desk.merged().read_bytes()


def test_counting_tells_what_merging_will_give(desk: Desk) -> None:
    good, bad = desk.put(papers.data(papers.simple(3))), desk.put(b"%PDF-")
    assert annex.inspect(desk.path_of(good.digest), "application/pdf").pages == 3
    found = annex.inspect(desk.path_of(bad.digest), "application/pdf")
    assert (found.pages, "damaged" in found.fault) == (0, True)
    with pytest.raises(OSError, match="missing"):
        annex.inspect(desk.folder / "nothing", "application/pdf")


def test_typed_words_stay_words(desk: Desk) -> None:
    path = DATA / "files/strings/blns.json"
    strings = json.loads(path.read_text())[:120] if path.exists() else ["<b>x</b>", "\u202e", "]]>"]
    for said in strings:
        desk.put(
            b"",
            "text/plain",
            title=said or "-",
            name=said,
            exhibit=said[:40],
            bundle_path=f"d/{said}",
        )
    reader = pypdf.PdfReader(desk.merged())
    assert len(reader.pages) == len(reader.outline) == len(strings)
    assert all("413" in page.extract_text() or page.page_number for page in reader.pages)


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared test files are not there")
def test_every_file_gives_pages_or_a_slip(desk: Desk) -> None:
    folders = [DATA / "files" / name for name in ("pdf_domain", "images")]
    for path in sorted(each for folder in folders for each in folder.iterdir()):
        desk.put(path.read_bytes(), TYPES[path.suffix.lower()], name=path.name)
    prepared = desk.prepared()
    assert [each.document.name for each in prepared.documents if each.fault] == []
    assert len(pypdf.PdfReader(desk.merged(prepared)).pages) == prepared.pages

"""Pieces as bytes, and the smallest parts of a PDF: nothing typed or damaged gets through."""

import io
import os
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.dossier import numbering, outline, pdffile
from evidence.dossier.pdffile import PdfFile, dictionary, reference
from evidence.dossier.piece import (
    Awaited,
    Bitmap,
    Bookmark,
    Damaged,
    Link,
    Page,
    Piece,
    Place,
    from_bytes,
    to_bytes,
)
from evidence.dossier.shelf import Shelf

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LENGTH = st.floats(-2000, 2000, allow_nan=False)
PAGES = st.builds(
    Page,
    content=st.binary(max_size=80),
    width=LENGTH,
    height=LENGTH,
    template=TEXT,
    links=st.lists(
        st.builds(Link, key=TEXT, rect=st.tuples(LENGTH, LENGTH, LENGTH, LENGTH)), max_size=3
    ).map(tuple),
    awaited=st.lists(st.builds(Awaited, TEXT, TEXT, LENGTH, LENGTH, LENGTH), max_size=3).map(tuple),
    pictures=st.lists(TEXT, max_size=3).map(tuple),
)
PIECES = st.builds(
    Piece,
    pages=st.lists(PAGES, max_size=3).map(tuple),
    places=st.lists(st.builds(Place, TEXT, st.integers(0, 9), LENGTH, LENGTH), max_size=3).map(
        tuple
    ),
    bookmarks=st.lists(st.builds(Bookmark, TEXT, TEXT, st.integers(0, 3)), max_size=3).map(tuple),
    glyphs=st.dictionaries(TEXT, st.lists(st.integers(0, 65535), max_size=5).map(tuple)),
    bitmaps=st.dictionaries(
        TEXT,
        st.builds(Bitmap, st.integers(1), st.integers(1), TEXT, TEXT, st.binary(max_size=30)),
        max_size=3,
    ),
)


@given(PIECES)
def test_a_piece_comes_back_from_its_bytes(piece: Piece) -> None:
    assert from_bytes(to_bytes(piece)) == piece


@given(PIECES, st.data())
def test_any_changed_byte_is_found(piece: Piece, data: st.DataObject) -> None:
    written = bytearray(to_bytes(piece))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Damaged):
        from_bytes(bytes(written))


@given(st.binary(max_size=300))
def test_other_bytes_are_no_piece(data: bytes) -> None:
    with pytest.raises(Damaged):
        from_bytes(data)


@given(TEXT)
def test_a_text_in_a_file_is_that_text_and_nothing_else(text: str) -> None:
    assert str(pikepdf.Object.parse(pdffile.text(text))) == text


@given(TEXT)
def test_a_name_in_a_file_is_one_name(text: str) -> None:
    found = pikepdf.Object.parse(b"[" + pdffile.name(text.replace("\0", "")) + b"]")
    assert len(found) == 1


HOSTILE = st.lists(
    st.builds(
        Bookmark,
        title=TEXT | st.sampled_from([") /A << /S /JavaScript >>", "\\", "(((", ">> endobj"]),
        key=st.just("part"),
        level=st.integers(0, 5),
    ),
    min_size=1,
    max_size=12,
)


@given(HOSTILE)
def test_bookmarks_hold_what_was_typed_and_lead_nowhere_else(bookmarks: list[Bookmark]) -> None:
    out = io.BytesIO()
    file = PdfFile(out)
    pages = file.put(b"<< /Type /Pages /Kids [] /Count 0 >>")
    root = outline.write(file, bookmarks)
    entries = {"Type": b"/Catalog", "Pages": reference(pages), "Outlines": reference(root)}
    file.close(file.put(dictionary(entries)), file.put(b"<< >>"))
    with pikepdf.open(out) as read:
        assert titles(read.Root.Outlines) == [one.title for one in bookmarks]


def titles(node: pikepdf.Object) -> list[str]:
    found, item = [], node.get("/First")
    while item is not None:
        assert set(item.keys()) <= {
            "/Title", "/Parent", "/Dest", "/Prev", "/Next", "/First", "/Last", "/Count",
        }  # fmt: skip
        found += [str(item.Title), *titles(item)]
        item = item.get("/Next")
    return found


def test_labels_of_pages_come_in_runs() -> None:
    labels = ["413", "414", "57A", "57B", "415", "416"]
    assert list(numbering.ranges(labels)) == [
        (0, "413", 413), (2, "57A", 0), (3, "57B", 0), (4, "415", 415),
    ]  # fmt: skip


def one_page(fill: bytes) -> Piece:
    return Piece((Page(fill, 1, 1, "page"),))


def test_what_was_not_used_for_longest_leaves_the_shelf_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "scratch", tmp_path / "kept")

    def make() -> Piece:
        return one_page(b"")

    for at, key in enumerate(("old", "older", "new")):
        kept = shelf.keep(one_page(bytes(1000)), key, make)
        os.utime(kept.path, (100 + at, 100 + at))
    assert shelf.find("old", make)
    shelf.tidy(most=2600)
    assert sorted(path.stem for path in (tmp_path / "kept").iterdir()) == ["new", "old"]


def test_the_shelf_is_not_for_others(tmp_path: Path) -> None:
    Shelf(tmp_path / "scratch", tmp_path / "kept")
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0

"""Volumes: the same bytes from kept pieces, numbers and links that are right across files."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PageObject, PdfReader

from evidence.dossier import numbering, pages
from evidence.dossier.binding import Annexed
from evidence.dossier.pages import Built
from evidence.dossier.plan import HOUSE
from evidence.dossier.snapshot import Snapshot
from tests.evidence import dossier_snapshot
from tests.evidence.dossier_snapshot import Pictures

pytestmark = pytest.mark.usefixtures("faces")


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()


@pytest.fixture
def taken(pictures: Pictures) -> Snapshot:
    return dossier_snapshot.snapshot(pictures)


def build(taken: Snapshot, pictures: Any, folder: Path, **more: Any) -> Built:
    folder.mkdir(exist_ok=True)
    return pages.build(taken, pictures, folder, **more)


def bytes_of(built: Built) -> list[bytes]:
    return [volume.path.read_bytes() for volume in built.volumes]


def pieces(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.piece"))


class Counting:
    """How many pictures were asked for: as many as were laid out anew."""

    def __init__(self, pictures: Pictures) -> None:
        self.pictures, self.asked = pictures, 0

    def __call__(self, digest: str) -> bytes | None:
        self.asked += 1
        return self.pictures(digest)


def test_kept_pieces_give_the_same_bytes(
    taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    cold = bytes_of(build(taken, pictures, tmp_path / "cold"))
    cache = tmp_path / "cache"
    first = bytes_of(build(taken, pictures, tmp_path / "first", cache=cache))
    counting = Counting(pictures)
    again = bytes_of(build(taken, counting, tmp_path / "again", cache=cache))
    assert cold == first == again
    assert counting.asked == 0
    assert len(pieces(cache)) == len(taken.exhibits)


def test_only_the_exhibit_that_changed_is_laid_out_again(
    taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    build(taken, pictures, tmp_path / "first", cache=cache)
    first, *rest = taken.exhibits
    changed = replace(taken, exhibits=(replace(first, description="Another thing"), *rest))
    counting = Counting(pictures)
    kept = bytes_of(build(changed, counting, tmp_path / "kept", cache=cache))
    assert counting.asked == sum(file.is_picture for file in first.files)
    assert kept == bytes_of(build(changed, pictures, tmp_path / "cold"))


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied"])
def test_a_damaged_piece_is_laid_out_again(
    damage: str, taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    whole = bytes_of(build(taken, pictures, tmp_path / "whole", cache=cache))
    for path in pieces(cache):
        data = path.read_bytes()
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        path.write_bytes({"cut": data[:middle], "changed": changed, "emptied": b""}[damage])
    assert bytes_of(build(taken, pictures, tmp_path / "again", cache=cache)) == whole


def test_a_page_without_its_picture_is_not_kept(
    taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    build(taken, lambda digest: None, tmp_path / "lost", cache=cache)
    assert pieces(cache) == []
    found = build(taken, pictures, tmp_path / "found", cache=cache)
    assert bytes_of(found) == bytes_of(build(taken, pictures, tmp_path / "cold"))


def test_a_build_that_is_stopped_leaves_no_piece_behind(
    taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    def stop(done: int, of: int) -> None:
        if done > of // 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        build(taken, pictures, tmp_path / "stopped", tell=stop)
    assert list((tmp_path / "stopped").iterdir()) == []


def test_what_is_told_only_grows_to_the_whole(
    taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    said: list[tuple[int, int]] = []
    build(taken, pictures, tmp_path / "out", tell=lambda done, of: said.append((done, of)))
    assert said == sorted(said)
    assert said[-1] == (1000, 1000)


@pytest.fixture
def several(
    taken: Snapshot, pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Built:
    """Volumes of seven pages at most, that go on from page 412, and an annex of three pages."""
    monkeypatch.setattr(numbering, "MOST_PAGES", 7)
    going_on = replace(taken, plan=replace(HOUSE, first_page=413), summary="It was seen. " * 3000)
    annexed = (Annexed("document.1", 3, 0, 0),)
    return build(going_on, pictures, tmp_path / "several", annexed=annexed)


def test_no_volume_has_too_many_pages_and_numbers_run_on(several: Built) -> None:
    assert len(several.volumes) > 3
    labels = []
    for volume in several.volumes:
        reader = PdfReader(volume.path)
        assert len(reader.pages) == volume.pages <= 7
        assert (reader.page_labels[0], reader.page_labels[-1]) == (
            volume.first_label, volume.last_label,
        )  # fmt: skip
        labels += list(reader.page_labels)
    assert labels == [str(413 + at) for at in range(several.pages)]
    assert several.last_page == int(labels[-1])


def numbered(page: PageObject) -> Iterator[tuple[Any, str]]:
    """The action of each link that has a number of a page in it, and that number."""
    words: list[tuple[float, float, str]] = []

    def visit(text: str, moved: Any, matrix: Any, _font: Any, _size: Any) -> None:
        words.append((matrix[4] + moved[4], matrix[5] + moved[5], text.strip()))

    page.extract_text(visitor_text=visit)
    for annotation in page.get("/Annots", []):
        left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
        inside = [said for x, y, said in words if left < x < right and bottom < y < top]
        yield from ((annotation["/A"], said) for said in inside if said.isdecimal())


def test_every_number_is_the_label_of_the_page_that_its_link_leads_to(several: Built) -> None:
    readers = [PdfReader(volume.path) for volume in several.volumes]
    files = {f"KE-MSA-2024-0031-D1-dossier-{at}.pdf": one for at, one in enumerate(readers, 1)}
    own, away, annex = 0, 0, f"KE-MSA-2024-0031-D1-dossier-{len(readers) + 1}.pdf"
    for reader in readers:
        for page in reader.pages:
            for action, said in numbered(page):
                if action["/S"] == "/GoTo":
                    place = reader.named_destinations[str(action["/D"])]
                    at, target, own = reader.get_destination_page_number(place), reader, own + 1
                elif action["/F"]["/UF"] == annex:
                    continue
                else:
                    at, target, away = action["/D"][0], files[action["/F"]["/UF"]], away + 1
                assert target.page_labels[at or 0] == said
    assert own >= 5
    assert away > 20


def test_the_total_counts_the_annex(several: Built) -> None:
    last = PdfReader(several.volumes[-1].path).pages[-1]
    assert str(several.last_page + 3) in last.extract_text(extraction_mode="layout")
    assert several.page_of["document.1"] == several.last_page + 1


def test_every_volume_is_a_clean_file(several: Built) -> None:
    for volume in several.volumes:
        done = subprocess.run(
            ["qpdf", "--check", volume.path], capture_output=True, text=True, check=False
        )  # a test names its own command
        assert "No syntax or stream encoding errors" in done.stdout, done.stdout + done.stderr
        with pikepdf.open(volume.path) as file:
            assert file.check_pdf_syntax() == []
            assert file.Root.Lang == "en"
            assert file.Root.ViewerPreferences.DisplayDocTitle


def test_a_picture_and_a_face_are_in_a_volume_once(
    taken: Snapshot, pictures: Pictures, tmp_path: Path
) -> None:
    data = bytes_of(build(taken, pictures, tmp_path / "out"))[0]
    drawn = {digest for exhibit in taken.exhibits for file in exhibit.files
             if file.is_picture for digest in [file.digest]}  # fmt: skip
    assert data.count(b"/Subtype /Image") == len(drawn)
    page: Any = PdfReader(io.BytesIO(data)).pages[0]
    faces = [str(font["/BaseFont"]) for font in page["/Resources"]["/Font"].values()]
    assert len(set(faces)) == len(faces) == data.count(b"/FontFile2")

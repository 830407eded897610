"""Photographs on paper: upright, without metadata, and a broken one says so."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from evidence.dossier import pictures
from evidence.dossier.pictures import Unreadable
from tests.evidence.pictures import jpeg, png

DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[3] / "shared/data"))
REFUSED = {"heic_IMG_5195.HEIC", "jpg_invalid_image00971.jpg", "tiff_BSG1.tiff"}


def test_a_photograph_is_turned_and_loses_its_metadata() -> None:
    made = pictures.prepare(jpeg(40, 20, turned=True))
    assert (made.width, made.height) == (20, 40)
    assert b"secret place" not in made.jpeg


def test_a_comment_in_the_file_stays_behind() -> None:
    with Image.open(io.BytesIO(jpeg(40, 20))) as image:
        target = io.BytesIO()
        image.save(target, "JPEG", comment=b"told by an informant")
    assert b"informant" in target.getvalue()
    assert b"informant" not in pictures.prepare(target.getvalue()).jpeg


def test_what_shows_through_becomes_white() -> None:
    with Image.open(io.BytesIO(pictures.prepare(png()).jpeg)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_large_pictures_are_made_small() -> None:
    made = pictures.prepare(jpeg(4000, 3000))
    assert max(made.width, made.height) == pictures.LONGEST_SIDE


@pytest.mark.parametrize(
    "data", [b"", b"no picture", jpeg()[:200], b"\x89PNG\r\n\x1a\n" + b"0" * 50]
)
def test_what_is_no_picture_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        pictures.prepare(data)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert pictures.prepare(jpeg(90, 60)).jpeg == pictures.prepare(jpeg(90, 60)).jpeg


def test_real_pictures_are_drawn_or_refused_with_a_sentence() -> None:
    found = sorted((DATA / "files/images").glob("*"))
    if not found:
        pytest.skip("the test data are not beside the repository")
    said = {path.name: outcome(path.read_bytes()) for path in found}
    assert {name for name, text in said.items() if text} <= REFUSED
    assert all(text.endswith(".") for text in said.values() if text)


def outcome(data: bytes) -> str:
    """Why a picture cannot be drawn; empty where it is."""
    try:
        pictures.prepare(data)
    except Unreadable as why:
        return str(why)
    return ""

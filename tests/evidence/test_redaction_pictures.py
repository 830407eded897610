"""Pictures and real papers without what was marked: new pixels, no notes, nothing of the words."""

import io
import os
import random
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageOps, TiffImagePlugin

from evidence.filestore import restricted
from evidence.sealed.redaction.bare_pictures import bare_jpeg, bare_jpeg2000
from evidence.sealed.redaction.letters import Needle, folded
from evidence.sealed.redaction.order import FULL, Box, Word
from tests.evidence.redaction_scenes import CANARY
from tests.evidence.test_redaction_engine import assert_gone, brightest, walled

DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
HALF = Box(1, 0, 0, FULL // 2, FULL)
OF_THE_FORMAT = "contents length parent resources startxref trailer endstream"
FEW = 8  # real files of each kind


def noise(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    random.seed(7)
    return Image.effect_noise(size, 90).convert(mode)


def written(form: str, **more: object) -> bytes:
    target, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = CANARY
    noise().save(target, form, exif=exif, **more)
    return target.getvalue()


PICTURES = {
    "JPEG": lambda: written("JPEG", comment=CANARY.encode(), xmp=CANARY.encode()),
    "PNG": lambda: written("PNG"),
    "WEBP": lambda: written("WEBP", xmp=CANARY.encode()),
    "TIFF": lambda: written("TIFF"),
}


@pytest.mark.parametrize("form", PICTURES)
def test_a_picture_loses_its_marks_and_its_notes(form: str) -> None:
    content = PICTURES[form]()
    assert CANARY.encode() in content
    report, copy = walled(content, HALF, words=(), form=form)
    assert report["drawn"] == [1]
    assert CANARY.encode() not in copy
    picture = Image.open(io.BytesIO(copy))
    assert not picture.getexif().get(0x010E)
    assert "xmp" not in picture.info
    assert picture.size == (120, 80)
    assert brightest(picture.crop((0, 0, 56, 80))) < 40 or form == "JPEG"


def test_each_page_of_a_fax_is_drawn_anew() -> None:
    target, notes = io.BytesIO(), TiffImagePlugin.ImageFileDirectory_v2()
    notes[270] = CANARY
    pages = [noise("L"), noise("L"), noise("L")]
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], tiffinfo=notes)
    _report, copy = walled(target.getvalue(), Box(2, 0, 0, FULL, FULL), words=(), form="TIFF")
    made = Image.open(io.BytesIO(copy))
    assert getattr(made, "n_frames", 1) == 3
    assert CANARY.encode() not in copy
    blacks = []
    for number in range(3):
        made.seek(number)
        blacks.append(brightest(made) == 0)
    assert blacks == [False, True, False]


def test_a_box_lies_where_it_was_seen_on_a_picture_that_is_turned() -> None:
    target, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (120, 80), 255).save(target, "JPEG", exif=exif)
    _report, copy = walled(target.getvalue(), HALF, words=(), form="JPEG")
    picture = Image.open(io.BytesIO(copy)).convert("L")
    assert picture.size == (80, 120)
    assert brightest(picture.crop((0, 0, 36, 120))) < 40
    assert brightest(ImageOps.invert(picture.crop((46, 0, 80, 120)))) < 40


def test_a_moving_picture_is_refused() -> None:
    target = io.BytesIO()
    noise("L").save(target, "GIF", save_all=True, append_images=[noise("L").rotate(90)])
    with pytest.raises(restricted.Failed) as failed:
        walled(target.getvalue(), HALF, words=(), form="GIF")
    assert failed.value.reason == "moving"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF"])
def test_broken_pictures_are_refused(form: str) -> None:
    for content in (b"", b"\x00" * 500, PICTURES["JPEG"]()[:90]):
        with pytest.raises(restricted.Failed):
            walled(content, HALF, words=(), form=form)


def test_a_bare_photograph_shows_the_same() -> None:
    content = PICTURES["JPEG"]() + CANARY.encode()
    bare = bare_jpeg(content)
    assert CANARY.encode() not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(content)).tobytes()
    for reader in (bare_jpeg, bare_jpeg2000):
        with pytest.raises(ValueError, match="no "):
            reader(b"anything else")


@pytest.mark.parametrize(
    ("word", "text", "is_there"),
    [
        ("Ali", "Alibi", False), ("Ali", "to Ali.", True), ("Anna", "Susanna", True),
        ("Stra\u00dfe", "STRASSE", True), ("\u00c9mile", "emile", True), ("12", "3 12 4", True),
        ("12", "3124", False), ("\u0639\u0644\u064a", "\u0639\u0644\u064a\u0627", True),
        ("fish", "\ufb01sh", True), ("Jane Doe", "Jane\nDoe", True), ("...", "a ... b", False),
    ],
)  # fmt: skip
def test_words_are_compared_as_people_read_them(word: str, text: str, is_there: bool) -> None:
    assert Needle(word).is_in(text) is is_there


def real(folder: str, *endings: str) -> list[Path]:
    found = sorted(p for p in (DATA / "files" / folder).glob("*") if p.suffix.lower() in endings)
    if not found:
        pytest.skip("the real files are not here: set CASEWORK_TEST_DATA")
    return random.Random(folder).sample(found, min(FEW, len(found)))


def a_word_of(content: bytes, chance: random.Random) -> str:
    """A longer word of the paper; empty where it has no text."""
    try:
        paper = pypdfium2.PdfDocument(content)
        text = paper[chance.randrange(len(paper))].get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return ""
    words = [one for one in re.findall(r"[^\W\d_]{6,14}", text) if len(folded(one)) > 5]
    others = [one for one in words if one.lower() not in OF_THE_FORMAT]
    return chance.choice(others) if others else ""


@pytest.mark.parametrize("folder", ["pdf", "pdf_domain"])
def test_real_papers_lose_random_words_and_boxes(folder: str) -> None:
    for path in real(folder, ".pdf"):
        content, chance = path.read_bytes(), random.Random(path.name)
        word = a_word_of(content, chance)
        left, top = chance.randrange(8000), chance.randrange(8000)
        box = Box(1, left, top, 1500, 900, "A child")
        words = (Word(word),) if word else ()
        try:
            report, copy = walled(content, box, words=words)
        except restricted.Failed as failed:
            if failed.reason not in {"password", "damaged", "no page"}:
                raise
            continue
        assert not report["still"], (path.name, word)
        assert len(pypdfium2.PdfDocument(copy)) == report["pages"]
        picture = pypdfium2.PdfDocument(copy)[0].render(scale=2).to_pil().convert("L")
        wide, high = picture.size
        inner = (
            left * wide // FULL + 3, top * high // FULL + 3,
            (left + 1500) * wide // FULL - 3, (top + 900) * high // FULL - 3,
        )  # fmt: skip
        mean = picture.crop(inner).resize((1, 1), Image.Resampling.BOX)
        assert brightest(mean) < 90, path.name  # black with the ground in white
        if word and report["found"][0]:
            assert_gone(copy, word)


def test_real_photographs_lose_what_their_cameras_wrote() -> None:
    forms = {".jpg": "JPEG", ".heic": "HEIF", ".tiff": "TIFF"}
    for path in real("images", *forms):
        try:
            _report, copy = walled(
                path.read_bytes(), HALF, words=(), form=forms[path.suffix.lower()]
            )
        except restricted.Failed as failed:
            if failed.reason not in {"unreadable", "bomb"}:
                raise
            continue
        made = Image.open(io.BytesIO(copy))
        assert not dict(made.getexif()) or made.format == "TIFF"
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(made.info)

"""The faces on a page: letters that join, letters of other faces, and text that can be copied."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph

from evidence.dossier import fonts, text
from evidence.dossier.faces import cutting, fallback, program
from evidence.dossier.faces.canvas import FaceCanvas
from evidence.dossier.faces.shaped import ShapedFace
from evidence.dossier.missing import missing, missing_in
from tests.evidence import dossier_snapshot
from tests.evidence.dossier_snapshot import Pictures

pytestmark = pytest.mark.usefixtures("faces")

NAME, FIRM = "محمد عبد الرحمن", "شركة البحر الأحمر للتجارة"
ARABIC = st.text(alphabet="ابتجدذرزسصطعفقكلمنهويأةىئپچگی \u064e\u0651", max_size=40)


def drawn(*lines: str, face: str = fonts.ARABIC) -> bytes:
    out = io.BytesIO()
    canvas = FaceCanvas(out, invariant=1, initialFontName=fonts.SANS)
    for number, line in enumerate(lines):
        canvas.setFont(face, 14)
        canvas.drawString(60, 780 - 40 * number, line)
    canvas.save()
    return out.getvalue()


def copied(pdf: bytes) -> list[str]:
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return [line.strip() for line in page.get_text_range().splitlines()]


def arabic() -> ShapedFace:
    face = fonts.FACES[fonts.ARABIC]
    assert isinstance(face, ShapedFace)
    return face


@pytest.mark.parametrize("line", [NAME, FIRM, "القضية رقم 12/2024 (نيروبي)", "کراچی ٹڈڑ پچژگ ے"])
def test_arabic_is_copied_as_it_was_typed(line: str) -> None:
    assert copied(drawn(line)) == [line]


def test_a_word_is_drawn_as_harfbuzz_shapes_it() -> None:
    """Each sign of ours, taken apart again, is the glyphs of HarfBuzz in its order."""
    face, (word, *_) = arabic(), NAME.split()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face.font, buffer)
    ours = [face.composed[glyph.code][0][0] for glyph in face.line(word)]
    assert ours == [info.codepoint for info in buffer.glyph_infos]
    assert sum(glyph.advance for glyph in face.line(word)) == sum(
        at.x_advance for at in buffer.glyph_positions
    )


def test_the_first_word_stands_at_the_right_and_digits_from_the_left() -> None:
    said = [arabic().said[glyph.code] for glyph in arabic().line("مم 12/34 (بب)")]
    assert said == ["(", "ب", "ب", ")", " ", "1", "2", "/", "3", "4", " ", "م", "م"]


def test_forms_of_one_letter_differ() -> None:
    alone, joined = arabic().line("ع"), arabic().line("ععع")
    assert len({glyph.code for glyph in (*alone, *joined)}) == 4


@settings(deadline=None)  # the first asks for the table of signs
@given(ARABIC)
def test_a_line_is_as_wide_as_its_words(line: str) -> None:
    width = arabic().stringWidth
    words = line.split(" ")
    apart = sum(width(word, 10) for word in words) + width(" ", 10) * (len(words) - 1)
    assert width(line, 10) == pytest.approx(apart)


@settings(deadline=None)  # the first asks for the table of signs
@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىئءؤپچژگکیےںٹڈڑھہ", max_size=12))
def test_any_word_says_the_letters_that_were_typed(word: str) -> None:
    """Also in surroundings of three letters and more that the table of signs did not list."""
    for name in (fonts.ARABIC, f"{fonts.ARABIC}-Bold"):
        face = fonts.FACES[name]
        assert "".join(face.said[glyph.code] for glyph in reversed(face.line(word))) == word


def test_arabic_inside_latin_has_its_own_face() -> None:
    said = text.markup(f"Against {NAME}, 12/2024", fonts.SANS)
    assert said == f'Against <font name="{fonts.ARABIC}">{NAME}</font>, 12/2024'
    assert f'"{fonts.ARABIC}-Bold"' in text.markup(NAME, f"{fonts.SERIF}-Bold")


def test_latin_inside_arabic_stays_in_the_line() -> None:
    line = f"{NAME} (KWS 318)"
    assert text.markup(line) == f'<font name="{fonts.ARABIC}">{line}</font>'


def test_an_arabic_paragraph_begins_at_the_right() -> None:
    (said,) = text.paragraphs(FIRM * 3)
    assert said.startswith('<para align="right">')
    assert Paragraph(said, ParagraphStyle("x", fontName=fonts.SANS)).style.alignment == 2


def test_a_joiner_is_drawn_where_it_is_seen_and_named_elsewhere() -> None:
    assert "U+200C" not in text.markup("بم\u200cبم")
    assert "[U+200C]" in text.markup("a\u200cb")


def test_a_letter_that_no_face_has_is_told_before() -> None:
    (found,) = missing(["plain", NAME, "Nguyễn", "አማአ"])
    assert (found.text, found.points) == ("አማአ", ("U+12A0", "U+121B"))


def test_chinese_is_drawn_where_the_installation_has_a_face() -> None:
    if not fonts.FALLBACKS:
        pytest.skip("no face with Chinese letters is installed (fonts-droid-fallback)")
    assert text.markup("王伟") == f'<font name="{fonts.FALLBACKS[0]}">王伟</font>'
    assert copied(drawn("王伟有限公司", face=fonts.FALLBACKS[0])) == ["王伟有限公司"]
    assert not missing(["王伟有限公司"])


def test_a_long_chinese_text_gets_no_spaces_and_is_broken_anywhere() -> None:
    if not fonts.FALLBACKS:
        pytest.skip("no face with Chinese letters is installed (fonts-droid-fallback)")
    (said,) = text.paragraphs("象" * 900 + "x" * 800)
    assert "象" * 900 in said
    laid = Paragraph(said, ParagraphStyle("x", fontName=fonts.SANS, fontSize=10))
    width, _height = laid.wrap(200, 10_000)
    assert width <= 200
    assert len(laid.blPara.lines) > 40


def curved(path: Path) -> Path:
    """A font of one letter, a circle in cubic curves, as makers of CFF fonts draw it."""
    pen = T2CharStringPen(1000, None)
    pen.moveTo((100, 350))
    for near, far, end in (
        ((100, 543), (257, 700), (450, 700)), ((643, 700), (800, 543), (800, 350)),
        ((800, 157), (643, 0), (450, 0)), ((257, 0), (100, 157), (100, 350)),
    ):  # fmt: skip
        pen.curveTo(near, far, end)
    pen.closePath()
    empty = T2CharStringPen(500, None).getCharString()
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef", "circle"])
    font.setupCharacterMap({0x12A0: "circle"})
    font.setupCFF("Curved", {}, {".notdef": empty, "circle": pen.getCharString()}, {})
    font.setupHorizontalMetrics({".notdef": (500, 0), "circle": (1000, 100)})
    font.setupHorizontalHeader(ascent=900, descent=-200)
    font.setupOS2(fsType=0)
    font.setupPost()
    font.save(path)
    return path


def test_a_font_of_cubic_curves_is_redrawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    face = fallback.load("Curved", curved(tmp_path / "curved.otf"))
    assert face
    monkeypatch.setitem(pdfmetrics._fonts, "Curved", face)
    pdf = pypdfium2.PdfDocument(drawn("\u12a0", face="Curved"))
    image = pdf[0].render(scale=4).to_pil().convert("L").crop((240, 80, 310, 260))
    dark = sum(pixel < 128 for pixel in image.get_flattened_data())
    assert dark == pytest.approx(3.1416 * (0.35 * 14 * 4) ** 2, rel=0.05)


def test_a_file_that_is_no_font_or_allows_no_embedding_is_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    assert fallback.load("Broken", broken) is None
    font = TTFont(curved(tmp_path / "curved.otf"))
    font["OS/2"].fsType = 2
    font.save(tmp_path / "closed.otf")
    assert fallback.load("Closed", tmp_path / "closed.otf") is None


def test_a_mark_stands_on_its_letter_and_takes_no_room() -> None:
    """Letters that Unicode has no single sign for, as in names of West Africa."""
    face = fonts.FACES[fonts.SANS]
    wide, mark = face.line("M\u0300")
    narrow, other = face.line("l\u0300")
    assert (mark.advance, other.advance) == (0, 0)
    assert wide.advance + mark.right != narrow.advance + other.right
    assert mark.up > 0
    assert face.stringWidth("M\u0300ba", 10) == face.stringWidth("Mba", 10)
    typed = "Ad\u1eb9\u0301 g\u0303"
    assert copied(drawn(typed, face=fonts.SANS)) == [typed]


def test_only_what_was_drawn_is_in_the_file_and_always_the_same_bytes() -> None:
    assert drawn(NAME, FIRM) == drawn(NAME, FIRM)
    made = fonts.program(fonts.SANS, [fonts.FACES[fonts.SANS].outlines.cmap[ord("A")]])
    assert len(made.truetype) < 2000
    assert made.name.count("+") == 1


def test_a_snapshot_is_walked_for_letters_that_no_face_has() -> None:
    taken = dossier_snapshot.snapshot(Pictures(), 1)
    party = replace(taken.parties[0], name="አማ")
    found = missing_in(replace(taken, parties=(party,)))
    assert [(one.text, one.points) for one in found] == [("አማ", ("U+12A0", "U+121B"))]
    assert not missing_in(taken)


def test_widths_run_from_a_first_code() -> None:
    widths = ((0, 600), (3, 500), (4, 510), (9, 520))
    assert list(program.runs(widths)) == [(0, [600]), (3, [500, 510]), (9, [520])]


def test_a_face_is_cut_once_and_kept(tmp_path: Path) -> None:
    face = fonts.CUTS[f"{fonts.MONO}-Bold"]
    first = cutting.cut(face, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == first == cutting.cut(face, tmp_path) == cutting.cut(face, None)

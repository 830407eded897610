"""Redacted copies searched byte by byte: what was to go is nowhere, what was to stay is there."""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from evidence.filestore import restricted
from evidence.sealed.redaction import checking, order, work
from evidence.sealed.redaction.order import FULL, Box, Order, Word
from tests.evidence import redaction_scenes as scenes
from tests.evidence.redaction_scenes import CANARY, OPEN

WORD = (Word(CANARY, "Name of a witness"),)
Copied = tuple[dict[str, Any], bytes]


def copied(
    content: bytes, *boxes: Box, words: tuple[Word, ...] = WORD, form: str = "PDF"
) -> Copied:
    """Here, where it is quicker; `walled` does the same in the process that works do it in."""
    asked = order.packed(Order(form, boxes, words, True), content)
    return order.answered(work.redact(io.BytesIO(asked)))


def walled(
    content: bytes, *boxes: Box, words: tuple[Word, ...] = WORD, form: str = "PDF"
) -> Copied:
    said = restricted.told(
        "redact", order.packed(Order(form, boxes, words, True), content), until=240,
        seconds=120, memory=work.MEMORY, output=work.OUTPUT, form=form,
    )  # fmt: skip
    return order.answered(said)


def spellings(word: str = CANARY) -> Iterator[bytes]:
    for way in (word, word.lower(), word.upper(), word[::-1]):
        for coding in ("latin-1", "utf-16-le", "utf-16-be"):
            with suppress(UnicodeEncodeError):
                yield way.encode(coding)
                yield way.encode(coding).hex().encode()
                yield way.encode(coding).hex().upper().encode()
        yield "".join(f"\\{ord(letter):03o}" for letter in way).encode()


def everything(copy: bytes) -> Iterator[bytes]:
    """Raw bytes, each object written out, each stream packed and unpacked."""
    yield copy
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        yield pdf.trailer.unparse()
        for one in pdf.objects:
            yield one.unparse()
            if isinstance(one, Stream):
                yield one.read_raw_bytes()
                try:
                    yield one.read_bytes(pikepdf.StreamDecodeLevel.all)
                except pikepdf.PdfError:
                    continue


def strings(copy: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        waiting: list[Any] = list(pdf.objects)
        while waiting:
            one = waiting.pop()
            if isinstance(one, String):
                yield str(one)
            elif isinstance(one, Array):
                waiting += [value for value in one if not getattr(value, "is_indirect", False)]
            elif isinstance(one, Dictionary | Stream):
                yield from one.keys()
                waiting += [v for v in one.values() if not getattr(v, "is_indirect", False)]


def texts(copy: bytes) -> list[str]:
    """The text of each page, as two libraries give it."""
    seen = pypdfium2.PdfDocument(copy)
    read = pypdf.PdfReader(io.BytesIO(copy))
    return [
        seen[number].get_textpage().get_text_range() + page.extract_text()
        for number, page in enumerate(read.pages)
    ]


def assert_gone(copy: bytes, word: str = CANARY) -> None:
    assert copy
    for content in everything(copy):
        for spelled in spellings(word):
            assert spelled not in content
    assert not [one for one in strings(copy) if word.lower() in one.lower()]
    for text in texts(copy):
        assert word.lower() not in "".join(text.split()).lower()


def drawn(copy: bytes, page: int = 1) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(copy)[page - 1].render(scale=2).to_pil()
    return picture.convert("L")


def dark(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where anything is drawn."""
    where = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert where is not None
    return where


def brightest(picture: Image.Image) -> int:
    """Of a grey picture: 0 is black."""
    return max(value for value, count in enumerate(picture.convert("L").histogram()) if count)


def black_share(picture: Image.Image) -> float:
    counts = picture.histogram()
    return sum(counts[:30]) / sum(counts)


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> Iterator[None]:
    before = Image.MAX_IMAGE_PIXELS
    work.prepare("PDF")
    yield
    Image.MAX_IMAGE_PIXELS = before


@pytest.fixture(scope="module")
def bare() -> Copied:
    return walled(scenes.everywhere())


def test_the_word_is_nowhere_in_the_copy(bare: Copied) -> None:
    assert_gone(bare[1])


def test_a_page_that_is_kept_keeps_its_text(bare: Copied) -> None:
    report, copy = bare
    assert report["drawn"] == [1]
    assert OPEN in texts(copy)[1]
    assert texts(copy)[0].strip() == ""


def test_nothing_but_pages_is_left(bare: Copied) -> None:
    with pikepdf.open(io.BytesIO(bare[1])) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        kept = {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/CropBox", "/Rotate"}
        assert all(set(page.obj.keys()) <= kept for page in pdf.pages)
    assert bare[1].count(b"%%EOF") == 1


def test_the_word_is_found_before_anything_is_done() -> None:
    asked = order.packed(Order("PDF", words=WORD), scenes.paper([CANARY, f"a {CANARY} b"], ["x"]))
    said = restricted.told("find", asked, until=30, seconds=20, memory=work.MEMORY)
    assert order.answered(said)[0]["found"] == [[[1, 2]]]


@pytest.mark.parametrize(
    "line",
    [
        "Quill-", "QUILLFEATHER", "Qu\u00eellfe\u00e1ther", "Q u i l l f e a t h e r",
        "andQuillfeatherand", "Quill\u00adfeather",
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(line: str) -> None:
    report, copy = copied(scenes.paper([line, "feather more"], [f"{OPEN} stays"]))
    assert report["drawn"] == [1]
    assert_gone(copy)
    assert black_share(drawn(copy)) > 0.001


@pytest.mark.parametrize("word", ["Parent", "contents", "RESOURCES", "Length", "Subtype"])
def test_a_word_that_the_format_has_too_can_be_taken_out(word: str) -> None:
    report, copy = copied(scenes.paper([f"The {word} of it"], [OPEN]), words=(Word(word),))
    assert (report["drawn"], report["still"]) == ([1], [])
    assert word not in texts(copy)[0]


def test_a_word_that_names_an_object_of_a_kept_page_is_found_again() -> None:
    """Packed with the names of the format, which alone are passed over."""
    pdf = pikepdf.open(io.BytesIO(scenes.paper([OPEN])))
    pdf.pages[0].obj.Resources[Name(f"/{CANARY}")] = Dictionary(Parent=Name.Parent)
    target = io.BytesIO()
    pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert checking.kept(target.getvalue(), [CANARY]) == {checking.ANYWHERE}
    assert checking.kept(target.getvalue(), ["Parent"]) == set()


CONTENTS = {
    "torn apart by kerning": b"BT /F1 12 Tf 72 700 Td [(Qu) -20 (ill) 30 (feat) 5 (her)] TJ ET",
    "hexadecimal": b"BT /F1 12 Tf 72 700 Td <" + CANARY.encode().hex().encode() + b"> Tj ET",
    "octal": b"BT /F1 12 Tf 72 700 Td (\\121uil\\154feather) Tj ET",
    "letter by letter": b"BT /F1 12 Tf 72 700 Td "
    + b"".join(b"(%c) Tj " % letter for letter in CANARY.encode()) + b"ET",
    "backwards": b"BT /F1 12 Tf " + b"".join(
        b"1 0 0 1 %d 700 Tm (%c) Tj " % (72 + 8 * at, letter)
        for at, letter in reversed(list(enumerate(CANARY.encode())))
    ) + b"ET",
    "upwards": b"BT /F1 12 Tf 0 1 -1 0 300 300 Tm (Quillfeather) Tj ET",
    "invisible": b"BT 3 Tr /F1 12 Tf 72 700 Td (Quillfeather) Tj ET",
    "below a picture": b"BT /F1 12 Tf 72 700 Td (Quillfeather) Tj ET 0 g 0 0 600 800 re f",
    "off the page": b"BT /F1 12 Tf 5000 700 Td (Quillfeather) Tj ET",
    "under another meaning":
        b"/Span <</ActualText (Nobody)>> BDC BT /F1 12 Tf 72 700 Td (Quillfeather) Tj ET EMC",
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_a_word_is_taken_out_however_it_is_drawn(name: str) -> None:
    report, copy = copied(scenes.with_content(CONTENTS[name]))
    assert report["drawn"] == [1]
    assert_gone(copy)
    assert OPEN in texts(copy)[1]


@pytest.mark.parametrize("name", ["hexadecimal", "upwards", "backwards", "under another meaning"])
def test_what_was_seen_is_black(name: str) -> None:
    before = drawn(scenes.with_content(CONTENTS[name]))
    after = drawn(copied(scenes.with_content(CONTENTS[name]), words=(Word(CANARY),))[1])
    assert brightest(after.crop(dark(before))) < 40


def test_a_word_in_a_drawing_that_two_pages_share_leaves_both() -> None:
    """A form that holds the word and is drawn on the first page, named but not drawn on another."""
    pdf = pikepdf.open(io.BytesIO(scenes.paper(["First"], [f"{OPEN} stays"])))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    stamp = Stream(
        pdf, f"BT /F1 12 Tf 0 5 Td ({CANARY}) Tj ET".encode(), Type=Name.XObject,
        Subtype=Name.Form, BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )  # fmt: skip
    for page in pdf.pages:
        page.obj["/Resources"]["/XObject"] = Dictionary(Stamp=stamp)
    pdf.pages[0].contents_add(b"q 1 0 0 1 72 400 cm /Stamp Do Q")
    report, copy = copied(scenes.saved(pdf))
    assert report["drawn"] == [1]
    assert_gone(copy)
    assert OPEN in texts(copy)[1]


PAPERS: dict[str, Callable[[], bytes]] = {
    "an embedded face": lambda: scenes.embedded(f"Seen by {CANARY}"),
    "a field": scenes.form,
    "a layer": scenes.layered,
    "an earlier state": scenes.revised,
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_word_is_taken_out_of(name: str) -> None:
    assert_gone(copied(PAPERS[name]())[1])


def test_what_a_field_showed_is_black_and_not_just_gone() -> None:
    report, copy = copied(scenes.form())
    assert report["found"] == [[[1, 1]]]
    assert black_share(drawn(copy)) > 0.001


def test_a_field_that_is_not_marked_is_still_read() -> None:
    _report, copy = copied(scenes.form(), words=(Word("Nobody"),))
    assert CANARY in texts(copy)[0]
    assert "/AcroForm" not in pikepdf.open(io.BytesIO(copy)).Root


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_box_is_black_where_it_was_drawn_on_a_page_that_is_turned(rotation: int) -> None:
    content = scenes.paper([f"{CANARY} {number}" for number in range(20)], rotation=rotation)
    _report, copy = copied(content, Box(1, 1000, 2000, 5000, 1000), words=())
    picture, page = drawn(copy), pypdfium2.PdfDocument(content)[0]
    assert pypdfium2.PdfDocument(copy)[0].get_size() == pytest.approx(page.get_size(), abs=0.01)
    wide, high = picture.size
    box = (wide // 10 + 1, high // 5 + 1, wide * 6 // 10 - 1, high * 3 // 10 - 1)
    assert brightest(picture.crop(box)) < 40
    assert_gone(copy)


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_word_on_a_turned_page_is_black(rotation: int) -> None:
    content = scenes.paper([CANARY], rotation=rotation)
    _report, copy = copied(content, words=(Word(CANARY),))
    assert brightest(drawn(copy).crop(dark(drawn(content)))) < 40


def test_a_whole_page_becomes_black_and_says_its_ground() -> None:
    _report, copy = copied(
        scenes.paper([CANARY], [OPEN]), Box(1, 0, 0, FULL, FULL, "Sealed"), words=()
    )
    assert_gone(copy)
    assert 0.9 < black_share(drawn(copy)) < 1
    assert OPEN in texts(copy)[1]


def test_pages_without_text_are_named() -> None:
    target = io.BytesIO()
    Image.new("L", (200, 300), 200).save(target, "PDF")
    report, _copy = copied(target.getvalue())
    assert report["without_text"] == [1]
    assert report["found"] == [[]]


def test_a_word_that_only_a_font_would_tell_does_not_stay() -> None:
    """Glyphs whose map says the word, on a page where its letters are drawn by their codes."""
    pdf = pikepdf.open(io.BytesIO(scenes.with_content(b"BT /F1 12 Tf 72 700 Td (a) Tj ET")))
    told = CANARY.encode("utf-16-be").hex()
    mapped = f"begincmap 1 beginbfchar <7A> <{told}> endbfchar endcmap".encode()
    pdf.pages[0].obj["/Resources"]["/Font"]["/F1"]["/ToUnicode"] = Stream(pdf, mapped)
    report, copy = copied(scenes.saved(pdf))
    assert report["hidden"] == [1]
    assert_gone(copy)


def test_a_short_word_is_not_taken_out_of_longer_ones() -> None:
    report, copy = copied(scenes.paper(["Alibi for Ali"], ["Alibi"]), words=(Word("Ali"),))
    assert report["found"] == [[[1, 1]]]
    assert "Alibi" in texts(copy)[1]


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4", b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj", b"\x00" * 4000],
)
def test_a_damaged_paper_is_refused(content: bytes) -> None:
    with pytest.raises(restricted.Failed) as failed:
        walled(content)
    assert failed.value.reason in {"damaged", "no page", "unreadable"}


def test_a_locked_paper_is_refused() -> None:
    pdf = pikepdf.open(io.BytesIO(scenes.paper([CANARY])))
    locked = scenes.saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(restricted.Failed) as failed:
        walled(locked)
    assert failed.value.reason == "password"

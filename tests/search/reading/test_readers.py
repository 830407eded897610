"""What each kind of file says, read behind the walls as the worker does."""

import struct
from pathlib import Path

import pytest

from evidence.filestore import restricted
from evidence.sealed.words import old_text, rtf
from search.reading import extraction
from search.reading.extraction import Found
from tests.search.reading import papers


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Say":
    return Say(tmp_path)


class Say:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, content: bytes) -> Found:
        path = self.folder / "file"
        path.write_bytes(content)
        return extraction._words(path)

    def places(self, content: bytes) -> dict[str, str]:
        found = self(content)
        assert found.reason == ""
        return dict(found.places)


def test_a_pdf_is_read_page_by_page(say: Say) -> None:
    said = say.places(papers.pdf("Forty tusks", "Sawn in half"))
    assert said == {"page:1": "Forty tusks", "page:2": "Sawn in half"}


def test_a_word_document_is_read_by_paragraphs(say: Say) -> None:
    said = say.places(papers.document("Forty tusks", "under the tea"))
    assert said == {"text:": "Forty tusks\nunder the tea"}


def test_what_was_struck_out_is_not_what_a_document_says(say: Say) -> None:
    struck = "kept</w:t></w:r><w:r><w:delText>struck</w:delText></w:r><w:r><w:t> again"
    assert say.places(papers.document(struck)) == {"text:": "kept again"}


def test_sheets_are_read_row_by_row_with_dates_as_dates(say: Say) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Bags</t></is></c>'
        '</row><row r="2"><c r="A2" s="1"><v>45365</v></c><c r="B2"><v>0.30000000000000004</v></c>'
        '</row><row r="3"><c r="A3"/></row>'
    )
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    said = say.places(papers.workbook(rows, "<si><t>Loaded</t></si>", styles))
    assert said == {"sheet:Manifest": "Loaded | Bags\n2024-03-14 | 0.3"}


def test_a_long_sheet_names_the_row_it_goes_on_from(say: Say) -> None:
    row = '<row r="{0}"><c t="inlineStr"><is><t>Container {0} of the consignment</t></is></c></row>'
    said = say.places(papers.workbook("".join(row.format(n) for n in range(1, 501))))
    where = next(place for place, text in said.items() if "Container 400 of" in text)
    assert where.startswith("sheet:Manifest|row:")
    first = int(where.rpartition(":")[2])
    assert said[where].startswith(f"Container {first} of")


def test_a_message_is_read_with_what_is_attached_to_it(say: Say) -> None:
    attached = {"report.pdf": papers.pdf("one", "Sawn in half"), "list.csv": b"seal;bags\nCU 5;40"}
    found = say(papers.message(attached=attached))
    said = dict(found.places)
    assert found.reason == ""
    assert "Bill of lading für Hải Phòng" in found.places[0][1]
    assert said["inside:report.pdf|page:2"] == "Sawn in half"
    assert said["inside:list.csv|text:"] == "seal;bags\nCU 5;40"


def test_a_message_in_html_says_what_people_read(say: Say) -> None:
    page = "<html><style>p{}</style><script>x()</script><p>Forty <b>tu</b>sks<p>below</html>"
    mail = f"From: a@b.invalid\nTo: c@d.invalid\nContent-Type: text/html\n\n{page}"
    assert dict(say(mail.encode()).places)["message:"] == "Forty tusks\nbelow"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Elfenbein für Hải Phòng"),
        ("utf-8-sig", "Elfenbein"),
        ("utf-16", "Elfenbein für Hải Phòng"),
        ("utf-16-le", "Forty tusks under the tea"),
        ("cp1252", "Saisie d\u2019ivoire à Abidjan : défenses découpées, dissimulées sous du thé"),
        ("latin-1", "Die Elefantenstoßzähne lagen unter Säcken mit Tee; Zollbeamte öffneten sie"),
        (
            "gb18030",
            "象牙走私案件,集装箱内查获象牙四十根,藏于茶叶之下,收货人不明,货物来自蒙巴萨港口",
        ),
        ("cp1251", "Сорок бивней слона под мешками, получатель груза неизвестен"),
    ],
)
def test_text_is_read_in_its_character_set(encoding: str, text: str, say: Say) -> None:
    assert say.places(text.encode(encoding)) == {"text:": text}


def test_rtf_is_read_without_its_fonts(say: Say) -> None:
    text = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Stosz\'e4hne \u8217?\par under {\b tea}{\*\x y}}"
    assert say.places(text) == {"text:": "Stoszähne \u2019\nunder tea"}


def test_an_archive_is_read_file_by_file(say: Say) -> None:
    found = say(papers.packed({"a/one.txt": "Forty tusks", "two.docx": papers.document("sawn")}))
    assert found.places == [
        ("archive:", "a/one.txt\ntwo.docx"),
        ("inside:a/one.txt|text:", "Forty tusks"),
        ("inside:two.docx|text:", "sawn"),
    ]


def test_slides_are_read_in_their_order(say: Say) -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    members = {f"ppt/slides/slide{n}.xml": slide.format(f"Slide {n}") for n in (10, 2, 1)}
    assert list(say.places(papers.packed(members))) == ["slide:1", "slide:2", "slide:10"]


def test_what_has_no_words_says_so(say: Say) -> None:
    assert say(b"MZ" + bytes(500)).reason == "no_reader"
    assert say(bytes(range(256)) * 40).reason == "no_reader"
    assert say(b"RIFF" + struct.pack("<I", 4) + b"WAVE").reason == "no_reader"


def test_the_reader_starts_nothing_and_opens_nothing(say: Say) -> None:
    """All it needs was imported before the walls: every reader works behind them."""
    assert restricted.command(["words", "{}"])[1] == "-I"
    attached = {
        "a.pdf": papers.pdf("in a PDF"),
        "b.docx": papers.document("in a document"),
        "c.xlsx": papers.workbook('<row r="1"><c><v>815</v></c></row>'),
        "d.zip": papers.packed({"e.txt": "in an archive"}),
        "f.rtf": rb"{\rtf1 in rich text}",
        "g.eml": papers.message("in a message"),
        "h.html": b"<html><p>in a page</p></html>",
    }
    found = say(papers.message(attached=attached))
    assert found.reason == ""
    assert {text for place, text in found.places if place.startswith("inside:")} >= {
        "in a PDF", "in a document", "815", "in an archive", "in rich text", "in a message",
        "in a page",
    }  # fmt: skip


def test_packed_rtf_is_unpacked_as_the_standard_shows() -> None:
    """The example of [MS-OXRTFCP], section 4.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )
    assert rtf.unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def old_document(text: str) -> tuple[bytes, bytes]:
    """The two streams of a Word 97 document with one piece, as [MS-DOC] lays them out."""
    begin, piece = 0x800, text.encode("cp1252")
    document = bytearray(begin) + piece
    struct.pack_into("<H8xH", document, 0, 0xA5EC, 0x0200)
    index = struct.pack("<II", 0, len(piece)) + struct.pack("<HIH", 0, begin * 2 | 1 << 30, 0)
    table = b"\x02" + struct.pack("<I", len(index)) + index
    struct.pack_into("<II", document, 0x01A2, 0, len(table))
    return bytes(document), table


def test_an_old_word_document_is_read_by_its_pieces() -> None:
    document, table = old_document("Forty tusks\runder the tea\r")
    (piece,) = old_text._pieces(document, table)
    assert piece == "Forty tusks\runder the tea\r"

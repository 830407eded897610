"""Files that were made to harm, or that are broken: each fails alone, with a reason and in time."""

import json
import time
import zlib
from pathlib import Path

import pytest

from casework.models import Case, User
from evidence import files
from evidence.filestore import restricted
from evidence.sealed.words import said as bounds
from search import sync
from search.models import FilePage, FileText
from search.reading import extraction, working
from tests.evidence.pictures import upload
from tests.search.conftest import Find
from tests.search.reading import papers
from tests.search.reading.test_readers import Say, say

__all__ = ["say"]
LOOP = "/Kids[2 0 R 2 0 R]"


def test_entities_that_multiply_are_refused(say: Say) -> None:
    began = time.monotonic()
    assert say(papers.document("&e9;", head=papers.LAUGHS)).reason == "bomb"
    assert time.monotonic() - began < extraction.UNTIL / 2


def test_entities_that_name_a_file_are_refused(say: Say) -> None:
    head = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    found = say(papers.document("&e;", head=head))
    assert (found.reason, found.places) == ("bomb", [])


def test_a_bomb_ends_where_it_passes_the_limit(say: Say) -> None:
    blank = f"<!--{' ' * 1000}-->" * (210 << 10)
    found = say(papers.document("Forty tusks", blank))
    assert found.reason == "bomb"
    endless = say(papers.document("tea " * 10_000_000))
    assert (endless.reason, endless.characters) == ("limit", bounds.CHARACTERS)


def test_an_archive_of_zeros_is_missed_and_the_rest_is_read(say: Say) -> None:
    packed = {f"{n}.bin": bytes(60 << 20) for n in range(3)} | {"z.txt": b"Forty tusks"}
    found = say(papers.packed(packed))
    assert found.reason in ("inside", "bomb")
    assert "0.bin" in found.places[0][1]


def test_nesting_ends_at_a_depth(say: Say) -> None:
    content = papers.nested(b"Forty tusks", 30)
    assert say(content).reason == "depth"
    assert "Forty tusks" in dict(say(papers.nested(b"Forty tusks", 3)).places).values().__str__()


def test_a_pdf_that_claims_a_hundred_thousand_pages_is_read_as_far_as_it_goes(say: Say) -> None:
    began = time.monotonic()
    found = say(papers.pdf("Forty tusks", claimed=100_000))
    assert ("page:1", "Forty tusks") in found.places
    assert found.reason in ("page", "limit", "time")
    assert time.monotonic() - began < extraction.UNTIL + 5


def test_a_pdf_whose_pages_hold_themselves_ends(say: Say) -> None:
    text = papers.pdf("one").decode().replace("/Kids[10 0 R]", LOOP).encode()
    assert say(text).reason in ("unreadable", "page", "no page", "")


def test_a_pdf_that_draws_itself_ends(say: Say) -> None:
    form = (
        "20 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 20 0 R>>>>"
        "/Length 5>> stream\n/X Do\nendstream endobj\n"
    )
    text = papers.pdf("one").decode().replace("trailer", form + "trailer")
    text = text.replace("/Font<</F 3 0 R>>", "/Font<</F 3 0 R>>/XObject<</X 20 0 R>>")
    text = text.replace("Tj ET", "Tj ET /X Do")
    assert ("page:1", "one") in say(text.encode()).places


def test_a_million_lines_are_kept_up_to_the_limit(say: Say) -> None:
    found = say(b"Forty tusks lay under the tea\n" * 600_000)
    assert found.reason == "limit"
    assert found.characters <= bounds.CHARACTERS
    assert len(found.places) <= bounds.PLACES


def test_a_sheet_with_endless_rows_ends(say: Say) -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 200 + "</row>"
    found = say(papers.workbook(row * 20_000, f"<si><t>{'tusk ' * 50}</t></si>"))
    assert found.reason in ("limit", "time")
    assert found.characters <= bounds.CHARACTERS


def test_characters_that_no_database_takes_are_left_out(say: Say) -> None:
    text = "Forty\x00 tu\x07sks\ufffe \u202ereversed\u202c \u2066x"
    places = dict(say(text.encode()).places)
    assert places == {"text:": "Forty tusks reversed x"}


def test_half_characters_become_signs_of_doubt(say: Say) -> None:
    half = b"{\\rtf1 a \\u55357? b \\u55357?\\u56832? c}"
    assert dict(say(half).places) == {"text:": "a \ufffd b \U0001f600 c"}


def test_what_was_said_before_a_process_was_killed_is_kept(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"place": "page:1", "text": "Forty tusks"})
    program = f"import os; os.write(1, b'''{line}\\n{{\"pla'''); os.abort()"
    monkeypatch.setattr(restricted, "PROGRAM", program)
    found = say(b"x")
    assert (found.reason, found.places) == ("crash", [("page:1", "Forty tusks")])


def test_a_process_that_does_not_end_is_killed_and_named(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restricted, "PROGRAM", "while True: pass")
    monkeypatch.setattr(extraction, "UNTIL", 0.5)
    assert say(b"x").reason == "time"


def test_memory_has_an_end(say: Say) -> None:
    packed = zlib.compress(bytes(300 << 20), 1)
    stream = b"20 0 obj <</Filter/FlateDecode/Length %d>> stream\n" % len(packed)
    body = papers.pdf("one").replace(b"11 0 R>>", b"20 0 R>>")
    found = say(body.replace(b"trailer", stream + packed + b"\nendstream endobj\ntrailer"))
    assert found.reason in ("", "memory", "crash", "time", "page", "unreadable")


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(
    "content",
    [
        papers.pdf("Forty tusks", "sawn"),
        papers.document("Forty tusks"),
        papers.workbook('<row r="1"><c><v>1</v></c></row>'),
        papers.message(attached={"a.pdf": papers.pdf("one")}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        rb"{\rtf1 {{{{ \u-99999? \'zz \bin99999 tusks",
    ],
    ids=["pdf", "docx", "xlsx", "eml", "ole", "rtf"],
)
def test_what_was_cut_off_never_breaks_the_reader(content: bytes, cut: float, say: Say) -> None:
    found = say(content[: int(len(content) * cut)])
    assert found.reason in ("", "unreadable", "inside", "no_reader", "page", "no page")


@pytest.mark.django_db
def test_one_hostile_file_leaves_the_others_to_be_read(case: Case, investigator: User) -> None:
    hostile = papers.document("&e9;", head=papers.LAUGHS)
    for name, content in (("a.docx", hostile), ("b.txt", b"Forty tusks")):
        files.attach(case, upload=upload(content, name), kind="document", actor=investigator)
    working.work()
    assert sorted(FileText.objects.values_list("state", "reason")) == [
        ("read", ""),
        ("unread", "bomb"),
    ]


def naughty() -> list[str]:
    here = Path(__file__).resolve().parents[3]
    path = here.parent / "shared/data/files/strings/blns.json"
    if not path.is_file():
        pytest.skip("the list of naughty strings is not here")
    return [text for text in json.loads(path.read_text()) if len(text) > 2]


@pytest.mark.django_db
def test_naughty_strings_in_a_file_are_kept_and_found(
    case: Case, investigator: User, find: Find
) -> None:
    """Each in a file of its own kind of danger; all of them beside a word that must be found."""
    strings = naughty()
    sync.rebuild()
    text = "\n\n".join(f"tamarind{n} {one}" for n, one in enumerate(strings))
    sent = upload(text.encode("utf-8", "replace"), "naughty.txt", "text/plain")
    files.attach(case, upload=sent, kind="document", actor=investigator)
    working.work()
    sync.catch_up()
    assert FileText.objects.get().state == "read"
    assert not FilePage.objects.filter(text__contains="\x07").exists()
    for n in range(0, len(strings), 25):
        assert find(investigator, f"tamarind{n}") == {"file: naughty.txt"}

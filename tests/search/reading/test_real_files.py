"""Real documents, sheets and messages, where they are kept beside the repository: each says
something or says why not, and the reader outlives all of them."""

import gzip
import io
import os
import tarfile
from pathlib import Path

import pytest

from search.reading import extraction, reasons
from tests.search.reading import papers
from tests.search.reading.test_readers import Say, say

__all__ = ["say"]
HERE = Path(__file__).resolve().parents[3]
FILES = Path(os.environ.get("CASEWORK_TEST_DATA", HERE.parent / "shared/data")) / "files"
DOCUMENTS = sorted(FILES.glob("pdf*/*")) + sorted(FILES.glob("office/*"))
pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="no real files beside the repository")
LOCKED = {"pdfjs_pr6531_1.pdf", "pypdf_libreoffice-writer-password.pdf"}
BROKEN = {"pypdf_unreadablemetadata.pdf"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_real_document_is_read_or_says_why_not(path: Path) -> None:
    found = extraction._words(path)
    if path.name in LOCKED:
        assert found.reason == "password"
    elif path.name in BROKEN:
        assert found.reason == "unreadable"
    else:
        assert found.reason in ("", "inside", reasons.NO_OCR)
        assert not any("\x00" in text for _, text in found.places)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("pdf/pdfjs_ArabicCIDTrueType.pdf", "العربية"),
        ("pdf/pypdf_multicolumn.pdf", "consectetuer"),
        ("pdf_domain/CITES_appendices_I_II_III.pdf", "Loxodonta africana"),
        ("office/zavod_book.xls", "2023-07-26 | Hello, World!"),
        ("office/zavod_book.xlsx", "2023-07-26 | Hello, World!"),
    ],
)
def test_the_words_of_a_real_document_are_its_own(name: str, word: str) -> None:
    assert word in "\n".join(text for _, text in extraction._words(FILES / name).places)


@pytest.mark.parametrize("name", ["cpython_test_email_data", "mikel_mail_eml_105"])
def test_every_real_message_says_something(name: str, say: Say) -> None:
    with tarfile.open(FILES / f"email/{name}.tar.xz") as archive:
        parts = [(one.name, archive.extractfile(one)) for one in archive if one.isfile()]
        mails = {n: part.read() for n, part in parts if part and n.endswith((".eml", ".txt"))}
    found = say(papers.packed(mails))
    said = {place.split("|")[0] for place, _ in found.places}
    assert found.reason in ("", "inside", "pages", reasons.NO_OCR)
    assert len(said) >= len(mails)  # and the names of the archive


def test_real_outlook_messages_are_read(say: Say) -> None:
    packed = FILES / "email/unicode.msg.gz"
    words = "\n".join(text for _, text in say(gzip.decompress(packed.read_bytes())).places)
    assert "This is a test email" in words
    other = io.BytesIO((FILES / "email/strangeDate.msg").read_bytes()).getvalue()
    assert any("MSG test file" in text for _, text in say(other).places)

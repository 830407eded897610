"""Documents merged into a dossier: numbers run on, links lead there, the bundle has the files."""

import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest

from casework.models import Case, User
from evidence import files
from evidence.issuing import dossiers
from evidence.issuing.wishes import Wishes
from evidence.models import Attachment, Dossier
from evidence.verifier import cli
from tests.evidence import foreign_papers as papers
from tests.evidence.pictures import upload

PASSWORD = pikepdf.Encryption(user="x", owner="y")


def attached(case: Case, actor: User, name: str, content: bytes) -> Attachment:
    put = upload(content, name, "application/pdf")
    return files.attach(case, upload=put, kind="document", actor=actor, caption=f"Copy of {name}")


@pytest.fixture
def issued(told_case: Case, investigator: User, prosecutor: User) -> Dossier:
    """Three pages of a letter, and one that asks for a password."""
    rows = [
        attached(told_case, investigator, "letter.pdf", papers.data(papers.simple(3, "Letter"))),
        attached(
            told_case, investigator, "bank.pdf", papers.data(papers.simple(), encryption=PASSWORD)
        ),
    ]
    wishes = Wishes(documents=tuple(row.pk for row in rows))
    dossier = dossiers.request(told_case, actor=prosecutor, wishes=wishes)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.failure == ""
    return dossier


def test_the_numbers_run_on_through_the_annex(issued: Dossier) -> None:
    own, annex = issued.volumes.order_by("number")
    assert (own.kind, annex.kind) == ("generated", "annex")
    assert int(annex.first_label) == int(own.last_label) + 1
    assert annex.pages == 4
    assert int(annex.last_label) == issued.last_page == issued.pages


def test_the_index_names_the_page_of_each_document(issued: Dossier) -> None:
    (own, path), (annex, merged) = (dossiers.volume_path(issued, n) for n in (1, 2))
    said = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Copy of letter.pdf" in said
    assert str(int(annex.first_label) + 3) in said
    pages = [page.extract_text() for page in pypdf.PdfReader(merged).pages]
    assert "Letter 1" in pages[0]
    assert "asks for a password" in pages[3]
    assert annex.last_label in pages[3]
    assert own.last_label not in pages[0].splitlines()


def test_the_bundle_holds_the_annex_and_the_files_as_received(
    issued: Dossier, ledger_key: Path
) -> None:
    bundle = dossiers.bundle_path(issued)
    assert cli.main([str(bundle), "--key", str(ledger_key)]) == 0
    names = zipfile.ZipFile(bundle).namelist()
    assert any(name.endswith("-D1-dossier-2.pdf") for name in names)
    assert sum(name.endswith(("letter.pdf", "bank.pdf")) for name in names) == 2


def test_a_document_that_was_altered_in_the_store_stops_the_build(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    row = attached(told_case, investigator, "letter.pdf", papers.data(papers.simple()))
    path = files.path_of(row.file.digest)
    path.chmod(0o600)
    path.write_bytes(papers.data(papers.simple(2)))
    dossier = dossiers.request(told_case, actor=prosecutor, wishes=Wishes(documents=(row.pk,)))
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.FAILED
    assert "bytes" in dossier.failure

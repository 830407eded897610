"""A disclosure holds what was decided, and nothing of what was withheld, wherever one looks."""

import json
import zipfile
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from casework.models import Case, User
from casework.witnesses import witnesses
from evidence import custody, files
from evidence.disclosure import choices, disclosures
from evidence.disclosure.decisions import Choice
from evidence.disclosure.disclosures import Asked
from evidence.issuing import dossiers
from evidence.models import Attachment, Dossier, Exhibit
from evidence.verifier import cli
from tests.evidence import dossier_case, scenes
from tests.evidence.pictures import jpeg, upload

CANARY = "Pangolinquay"  # stands in everything that is withheld, and nowhere else


@pytest.fixture
def hushed(told_case: Case, investigator: User, custodian: User, prosecutor: User) -> Case:
    """With a restricted exhibit, a sensitive file, and a protected witness named in a note."""
    hidden = dossier_case.handed_over(told_case, investigator, custodian, 4)
    Exhibit.objects.filter(pk=hidden.pk).update(
        is_restricted=True, description=f"Ledger of {CANARY}"
    )
    files.attach(
        told_case, upload=upload(jpeg(77, 50), name=f"{CANARY}.jpg"), kind="photograph",
        actor=prosecutor, caption=f"The {CANARY} house", is_sensitive=True, right="dossier",
    )  # fmt: skip
    witnesses.add(
        told_case, name=f"Zawadi {CANARY}", kind="civilian", is_protected=True, actor=investigator
    )
    first = told_case.exhibits.get(label="E1")
    custody.examine(first, actor=custodian, note=f"ZAWADI {CANARY.upper()} saw it", place="Shed 2")
    return told_case


def disclosed(case: Case, actor: User, asked: Asked = Asked()) -> Dossier:
    made = dossiers.request(
        case, actor=actor, is_disclosure=True, wishes=disclosures.wishes_of(case, asked, actor),
        addressed_to=disclosures.addressed(case, asked),
    )  # fmt: skip
    dossiers.build(made)
    made.refresh_from_db()
    assert made.failure == ""
    return made


def everything(dossier: Dossier) -> str:
    """All that leaves the house as text: names, JSON, pages, bookmarks, metadata, streams."""
    said: list[str] = []
    with zipfile.ZipFile(dossiers.bundle_path(dossier)) as archive:
        for name in archive.namelist():
            said.append(name)
            data = archive.read(name)
            said.append(data.decode("latin-1"))
            if name.endswith(".pdf"):
                said += _of_pdf(data)
    return "\n".join(said).casefold()


def _of_pdf(data: bytes) -> list[str]:
    from io import BytesIO

    read = PdfReader(BytesIO(data))
    said = [page.extract_text() for page in read.pages]
    with pikepdf.open(BytesIO(data)) as pdf:
        said.append(str(dict(pdf.docinfo)))
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                said.append(each.read_bytes().decode("latin-1") if _is_plain(each) else "")
        with pdf.open_outline() as outline:
            said += [str(item.title) for item in _walk(outline.root)]
    return said


def _is_plain(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != "/Image"


def _walk(items: list[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    return [one for item in items for one in [item, *_walk(list(item.children))]]


def test_nothing_withheld_is_anywhere(hushed: Case, prosecutor: User, ledger_key: Path) -> None:
    made = disclosed(hushed, prosecutor)
    assert not made.has_sensitive
    said = everything(made)
    assert CANARY.casefold() not in said
    assert "zawadi" not in said
    assert "tusk 3" in said
    bundle = dossiers.bundle_path(made)
    assert cli.main([str(bundle), "--key", str(ledger_key)]) == 0


def test_a_whole_dossier_would_have_told(hushed: Case, prosecutor: User) -> None:
    whole = dossiers.request(hushed, actor=prosecutor)
    dossiers.build(whole)
    assert CANARY.casefold() in everything(Dossier.objects.get(pk=whole.pk))

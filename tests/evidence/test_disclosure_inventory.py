"""The inventory names what is served, and of what is withheld only what it may."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from casework.models import Case, User
from evidence.court_papers import papers
from evidence.disclosure import inventory
from evidence.issuing import dossiers
from evidence.models import Attachment
from tests.evidence import disclosure_scenes
from tests.evidence.disclosure_scenes import CANARY, disclosed
from tests.evidence.pictures import jpeg

SignIn = Callable[[User], Client]


@pytest.fixture
def hushed(told_case: Case, investigator: User, custodian: User, prosecutor: User) -> Case:
    disclosure_scenes.hush(told_case, investigator, custodian, prosecutor)
    original = Attachment.objects.filter(exhibit__label="E1").earliest("pk")
    Attachment.objects.filter(pk=original.pk).update(name=f"{CANARY}-original.jpg")
    disclosure_scenes.redacted(original, prosecutor, jpeg(31, 31))
    return told_case


def test_it_tells_only_what_it_may(hushed: Case, prosecutor: User) -> None:
    made = disclosed(hushed, prosecutor)
    said = repr(inventory.sheet_of(hushed, str(made.number), prosecutor))
    assert "E1 Tusk 1" in said
    assert "copy.jpg" in said
    assert CANARY.casefold() not in said.casefold()
    assert "zawadi" not in said.casefold()
    assert "Sensitive" in said


def test_it_comes_as_pdf_and_as_word(hushed: Case, prosecutor: User, sign_in: SignIn) -> None:
    made, client = disclosed(hushed, prosecutor), sign_in(prosecutor)
    ends = {}
    for ending in papers.TYPES:
        args = [hushed.reference, "disclosure", made.number, ending]
        ends[ending] = client.get(reverse("evidence:court-paper", args=args)).content
    pages = PdfReader(BytesIO(ends["pdf"])).pages
    assert "Disclosure inventory" in pages[0].extract_text()
    tables = docx.Document(BytesIO(ends["docx"])).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert any("E1 Tusk 1" in cell for cell in cells)
    assert not any(CANARY.casefold() in cell.casefold() for cell in cells)


def test_there_is_one_of_issued_disclosures_only(told_case: Case, prosecutor: User) -> None:
    whole = dossiers.request(told_case, actor=prosecutor)
    for key in (str(whole.number), "77", "x", "9" * 30):
        with pytest.raises(Http404):
            inventory.sheet_of(told_case, key, prosecutor)

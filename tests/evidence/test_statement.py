"""Statements: words and paper kept in one act, who reads them, what replaces what."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework.models import AuditEntry, Case, Statement, User
from casework.witnesses import witnesses
from evidence.models import Attachment
from tests.evidence.pictures import png

SignIn = Callable[[User], Client]
PAPER = {"taken_on": "2024-03-01", "text": "", "is_signed": "on"}


@pytest.fixture
def page(case: Case, investigator: User) -> str:
    witnesses.add(case, name="Salim Mwero", language="Swahili", actor=investigator)
    return f"/cases/{case.reference}/statements/"


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("statement.png", png(20, 20), "image/png")


def test_the_signed_paper_becomes_a_file_of_the_case(
    page: str, case: Case, prosecutor: User, sign_in: SignIn
) -> None:
    client = sign_in(prosecutor)
    client.post(f"{page}new/?witness=W1", PAPER | {"sent": scan()})
    said = Statement.objects.get()
    assert said.attachment == Attachment.objects.get()
    assert "statement.png" in client.get(f"{page}{said.pk}/").content.decode()


def test_neither_words_nor_paper_records_nothing(
    page: str, prosecutor: User, sign_in: SignIn
) -> None:
    answer = sign_in(prosecutor).post(f"{page}new/?witness=W1", PAPER)
    assert answer.context["form"].errors["text"]
    assert not Statement.objects.exists()


def test_the_paper_of_a_protected_witness_is_as_hidden(
    page: str, case: Case, investigator: User, colleague: User, sign_in: SignIn
) -> None:
    witnesses.add(case, name="Hidden", is_protected=True, actor=investigator)
    sign_in(investigator).post(f"{page}new/?witness=X1", PAPER | {"sent": scan()})
    said = Statement.objects.get()
    assert not Attachment.objects.visible_to(colleague).exists()
    client = sign_in(colleague)
    assert client.get(f"{page}{said.pk}/").status_code == 404
    assert client.get(f"{page}new/?witness=X1").status_code == 404
    sign_in(investigator).get(f"{page}{said.pk}/")
    assert AuditEntry.objects.filter(action="statement.read").exists()


def test_replace_translate_and_take_back(page: str, investigator: User, sign_in: SignIn) -> None:
    client = sign_in(investigator)
    client.post(f"{page}new/?witness=W1", PAPER | {"text": "Niliona", "sent": scan()})
    first = Statement.objects.get()
    client.post(f"{page}{first.pk}/translate/", {
        "language": "English", "translator": "R. Mwende", "taken_on": "2024-03-02", "text": "I saw",
    })  # fmt: skip
    assert "Translation into English" in client.get(f"{page}{first.pk}/").content.decode()
    client.post(f"{page}{first.pk}/replace/", PAPER | {"text": "Sikuona", "correction": "Misheard"})
    second = Statement.objects.standing().get(translation_of__isnull=True)
    assert second.attachment == first.attachment
    assert "counts no longer" in client.get(f"{page}{first.pk}/").content.decode()
    client.post(f"{page}{second.pk}/take-back/", {"correction": "Another witness"})
    assert not Statement.objects.standing().filter(translation_of__isnull=True).exists()


@pytest.mark.parametrize("query", ["", "?witness=W9", "?accused=1", "?accused=x"])
def test_a_statement_is_of_somebody(
    page: str, investigator: User, sign_in: SignIn, query: str
) -> None:
    assert sign_in(investigator).get(f"{page}new/{query}").status_code == 404


def test_protecting_a_witness_later_hides_their_papers(
    page: str, case: Case, investigator: User, colleague: User, sign_in: SignIn
) -> None:
    sign_in(investigator).post(f"{page}new/?witness=W1", PAPER | {"sent": scan()})
    assert Attachment.objects.visible_to(colleague).exists()
    witnesses.protect(case.witnesses.get(), actor=investigator)
    assert not Attachment.objects.visible_to(colleague).exists()
    assert AuditEntry.objects.filter(action="file.amend", detail__is_sensitive=True).exists()

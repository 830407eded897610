"""The line on a file's page that says whether its words can be found, and the administrator's."""

from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from casework.models import Case, User
from evidence import files
from evidence.models import Attachment
from search.models import FileText
from search.reading import pictures, reasons, working
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]


@pytest.fixture
def letter(case: Case, investigator: User) -> Attachment:
    sent = upload(b"Forty bags of tamarind", "letter.txt", "text/plain")
    return files.attach(case, upload=sent, kind="document", actor=investigator)


def page(client: Client, attachment: Attachment) -> str:
    address = reverse("evidence:file", args=[attachment.case.reference, attachment.pk])
    return client.get(address).content.decode()


def test_the_page_says_that_a_file_waits_and_then_that_it_was_read(
    letter: Attachment, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    assert "Waits to be read" in page(client, letter)
    working.work()
    assert "The search finds what it says." in page(client, letter)


@pytest.mark.parametrize("reason", sorted(reasons.WORDS.keys() - reasons.WORDLESS))
def test_the_page_says_in_words_why_a_file_was_not_read(
    reason: str, letter: Attachment, investigator: User, sign_in: SignIn
) -> None:
    FileText.objects.update(state="unread", reason=reason)
    said = page(sign_in(investigator), letter)
    assert "Not read" in said
    assert str(reasons.words(reason)).split(".")[0].split("&")[0] in said


def test_a_picture_without_words_says_so(
    case: Case, investigator: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    monkeypatch.setattr(pictures, "version", lambda: "5.0")
    monkeypatch.setattr(pictures, "of_picture", lambda stored, path: "~ i")
    working.work()
    assert "None that can be read" in page(sign_in(investigator), photo)


def test_an_administrator_is_told_where_pictures_are_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "version", lambda: "")
    said = {message.id for message in run_checks(include_deployment_checks=True)}
    assert "search.I001" in said

"""Downloads from a host of their own: signed, short, bound to person and file, asked again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from casework import access
from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.filestore import files_host
from evidence.models import Attachment
from tests.evidence.acts import text
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]
HOST = "files.example.org"


@pytest.fixture(autouse=True)
def _two_hosts(settings: Settings) -> None:
    settings.FILES_HOST = HOST
    settings.ALLOWED_HOSTS = ["testserver", HOST]


@pytest.fixture
def photo(case: Case, investigator: User) -> Attachment:
    return files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)


def link_of(browser: Client, photo: Attachment, name: str = "file-download") -> str:
    answer = browser.get(reverse(f"evidence:{name}", args=[photo.case.reference, photo.pk]))
    assert answer.status_code == 302
    parts = urlsplit(answer["Location"])
    assert parts.netloc == HOST
    return parts.path


def fetch(path: str, **options: Any) -> Any:
    """A browser that brings no cookie: it is another host."""
    return Client().get(path, headers={"host": HOST}, **options)


def test_the_link_gives_the_bytes_and_nothing_runs(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    answer = fetch(link_of(sign_in(investigator), photo))
    assert b"".join(answer.streaming_content) == jpeg()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer


def test_a_revoked_colleagues_link_dies_at_once(
    case: Case, photo: Attachment, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    path = link_of(sign_in(custodian), photo)
    access.revoke(case.user_grants.get(user=custodian), actor=investigator, reason="Moved")
    assert fetch(path).status_code == 404


def test_a_new_password_and_a_closed_account_end_the_link(
    photo: Attachment, custodian: User, investigator: User, sign_in: SignIn
) -> None:
    first, second = link_of(sign_in(custodian), photo), link_of(sign_in(investigator), photo)
    custodian.set_password("another-lantern-77")
    custodian.save()
    assert fetch(first).status_code == 404
    User.objects.filter(pk=investigator.pk).update(is_active=False)
    assert fetch(second).status_code == 404


def test_the_link_ends_after_two_minutes(
    photo: Attachment, investigator: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link_of(sign_in(investigator), photo)
    monkeypatch.setattr(files_host, "LINK_SECONDS", -1)
    answer = fetch(path)
    assert answer.status_code == 410
    assert "download it again" in text(answer)


def test_a_link_is_for_one_file_and_cannot_be_made_up(
    case: Case, photo: Attachment, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    hidden = files.attach(
        case, upload=upload(b"words", "n.txt"), kind="document", actor=investigator,
        is_sensitive=True,
    )  # fmt: skip
    path = link_of(sign_in(custodian), photo)
    assert fetch(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404
    stated = [custodian.pk, files_host._mark(custodian), hidden.pk, "original"]
    assert fetch("/" + signing.dumps(stated, salt=files_host.SALT)).status_code == 404
    assert fetch("/" + signing.dumps(stated, salt="another")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/cases/", "/login/", "/static/casework/casework.css"])
def test_that_host_serves_nothing_else(path: str, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    assert browser.get(path, headers={"host": HOST}).status_code == 404
    assert browser.post(path, headers={"host": HOST}).status_code == 405


def test_a_link_is_worth_nothing_on_the_first_host(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    path = link_of(sign_in(investigator), photo)
    assert Client().get(path).status_code == 404


def test_reading_a_sensitive_file_there_is_audited_as_the_person(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    hidden = files.attach(
        case, upload=upload(jpeg()), kind="photograph", actor=investigator, is_sensitive=True
    )
    path = link_of(sign_in(investigator), hidden)
    assert not AuditEntry.objects.filter(action="file.read").exists()
    fetch(path)
    assert AuditEntry.objects.get(action="file.read").actor == investigator


def test_missing_bytes_are_an_answer_and_no_crash(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    path = link_of(sign_in(investigator), photo)
    files.path_of(photo.file.digest).unlink()
    answer = fetch(path)
    assert answer.status_code == 409
    assert "Tell your administrator" in text(answer)


def test_the_public_copy_comes_from_there_too(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    answer = fetch(link_of(sign_in(investigator), photo, "file-public"))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "https://files.example.org"])
def test_a_host_that_is_no_host_of_its_own_is_an_error(host: str, settings: Settings) -> None:
    settings.FILES_HOST, settings.PUBLIC_URL = host, "http://127.0.0.1:8000"
    assert "evidence.E002" in [message.id for message in run_checks(tags=["casework"])]


@pytest.mark.parametrize("host", [HOST.upper(), f"{HOST}:443", f"{HOST}:8000", f"{HOST}."])
def test_no_spelling_of_the_host_opens_the_product_there(db: None, host: str) -> None:
    answer = Client().get("/sign-in/", headers={"host": host})
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain")

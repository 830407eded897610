"""The pages and bytes of a file: who gets them, how they are sent, and what is audited."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from casework import access
from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.filestore import images
from evidence.models import Attachment
from tests.evidence.acts import text, tusks
from tests.evidence.pictures import jpeg, png, upload

SignIn = Callable[[User], Client]
PAGES = ("file", "file-download", "file-image")


def address(name: str, kept: Attachment) -> str:
    size = [400] if name == "file-image" else []
    return reverse(f"evidence:{name}", args=[kept.case.reference, kept.pk, *size])


def attach(case: Case, actor: User, content: bytes, **fields: Any) -> Attachment:
    name = fields.pop("name", "photo.jpg")
    return files.attach(
        case,
        upload=upload(content, name),
        kind=fields.pop("kind", "photograph"),
        actor=actor,
        **fields,
    )


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


@pytest.fixture
def photo(case: Case, investigator: User) -> Attachment:
    return attach(case, investigator, jpeg(turned=True))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("investigator", 200), ("custodian", 200), ("prosecutor", 200), ("auditor", 200),
     ("outsider", 404)],
)  # fmt: skip
def test_the_team_and_nobody_else_gets_a_file(
    name: str,
    who: str,
    status: int,
    photo: Attachment,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address(name, photo)).status_code == status


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("who", "status"), [("custodian", 404), ("auditor", 200)])
def test_a_sensitive_file_is_hidden_from_roles_without_the_right(
    name: str,
    who: str,
    status: int,
    case: Case,
    investigator: User,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    hidden = attach(case, investigator, jpeg(), is_sensitive=True)
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address(name, hidden)).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_a_file_of_a_restricted_exhibit_is_as_hidden_as_it(
    name: str, case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    exhibit = tusks(case, investigator, is_restricted=True)
    hidden = attach(case, investigator, jpeg(), exhibit=exhibit)
    assert sign_in(custodian).get(address(name, hidden)).status_code == 404


def test_a_revoked_grant_ends_with_the_next_request(
    case: Case, photo: Attachment, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    first = browser.get(address("file-image", photo))
    access.revoke(case.user_grants.get(user=custodian), actor=investigator, reason="Moved")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(address("file-image", photo), headers=tag).status_code == 404
    assert browser.get(address("file-download", photo)).status_code == 404


def test_a_download_is_the_bytes_and_never_shown(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    page = b"<html><script>alert(1)</script>"
    kept = attach(case, investigator, page, name='a"b\r\n;.html', kind="document")
    answer = sign_in(investigator).get(address("file-download", kept))
    assert body(answer) == page
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_reading_a_sensitive_file_is_audited_and_an_ordinary_one_is_not(
    case: Case, photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    browser.get(address("file-download", photo))
    assert not AuditEntry.objects.filter(action="file.read").exists()
    hidden = attach(case, investigator, png(), is_sensitive=True)
    browser.get(address("file-download", hidden))
    assert AuditEntry.objects.get(action="file.read").detail == {"how": "download"}


def test_a_picture_is_upright_small_and_without_the_cameras_notes(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    answer = sign_in(investigator).get(address("file-image", photo))
    assert answer.headers["Content-Type"] == "image/jpeg"
    picture = Image.open(BytesIO(body(answer)))
    assert picture.size == (20, 40)  # was 40 by 20, taken with the camera on its side
    assert not dict(picture.getexif())
    assert b"secret place" not in body(answer)


def test_a_picture_is_asked_for_again_and_not_sent_again(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    first = browser.get(address("file-image", photo))
    again = browser.get(
        address("file-image", photo), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_large_picture_is_made_small(case: Case, investigator: User) -> None:
    kept = attach(case, investigator, jpeg(3000, 1000))
    assert Image.open(images.preview(kept.file, 400)).size == (400, 133)


def test_a_transparent_picture_stands_on_white(case: Case, investigator: User) -> None:
    kept = attach(case, investigator, png())
    with Image.open(images.preview(kept.file, 400)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_that_unpacks_too_far_is_refused_with_a_reason(
    case: Case, investigator: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "PIXEL_LIMIT", 100)
    kept = attach(case, investigator, jpeg(40, 40))
    answer = sign_in(investigator).get(address("file-image", kept))
    assert answer.status_code == 422
    assert "unpack to more" in text(answer)
    assert "unpack to more" in text(sign_in(investigator).get(address("file", kept)))


@pytest.mark.parametrize(
    "content",
    [b"\xff\xd8\xff" + b"x" * 50, jpeg()[:200], b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"GIF89a",
     b"II*\x00" + b"\xff" * 60, b"BM" + b"\xff" * 60, b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"z" * 9],
)  # fmt: skip
def test_a_broken_picture_is_evidence_without_a_preview(
    content: bytes, case: Case, investigator: User, sign_in: SignIn
) -> None:
    kept = attach(case, investigator, content)
    browser = sign_in(investigator)
    assert browser.get(address("file-image", kept)).status_code == 422
    assert "Download the file" in text(browser.get(address("file", kept)))


def test_a_size_that_is_not_offered_is_refused(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    far = reverse("evidence:file-image", args=[photo.case.reference, photo.pk, 99999])
    assert sign_in(investigator).get(far).status_code == 422


def test_a_file_of_another_case_is_not_found_here(
    case: Case, photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    from casework import cases

    other = cases.open_case(title="Another", tier="poaching", actor=investigator)
    wrong = reverse("evidence:file", args=[other.reference, photo.pk])
    assert sign_in(investigator).get(wrong).status_code == 404


def test_missing_bytes_are_said_and_not_an_error_page(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    files.path_of(photo.file.digest).unlink()
    browser = sign_in(investigator)
    answer = browser.get(address("file-download", photo))
    assert answer.status_code == 409
    assert "missing from the store" in text(answer)
    assert "missing from the store" in text(browser.get(address("file", photo)))


def test_what_is_said_of_a_file_is_changed_on_its_page(
    photo: Attachment, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    amend = address("file-amend", photo)
    assert sign_in(prosecutor).get(amend).status_code == 403
    browser = sign_in(investigator)
    assert browser.post(amend, {"kind": "report", "caption": "Scale"}).status_code == 302
    photo.refresh_from_db()
    assert (photo.kind, photo.caption) == ("report", "Scale")


def test_the_page_says_that_the_sender_named_another_type(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    kept = attach(case, investigator, b"MZ program")
    assert "The sender named another type." in text(
        sign_in(investigator).get(address("file", kept))
    )

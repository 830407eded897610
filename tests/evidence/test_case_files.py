"""Taking files in through the browser, and the list of a case's files."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from casework.audit import describe
from casework.models import Case, User
from evidence import files
from evidence.filestore import file_check, uploads
from evidence.models import Acquisition, Attachment, StoredFile
from tests.evidence.acts import text, tusks
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]


def listed(case: Case) -> str:
    return reverse("evidence:case-files", args=[case.reference])


def add(case: Case) -> str:
    return reverse("evidence:file-add", args=[case.reference])


def sent(content: bytes, name: str = "photo.jpg", claimed: str = "image/jpeg") -> Any:
    return SimpleUploadedFile(name, content, claimed)


@pytest.mark.parametrize(
    ("who", "on_list", "on_add"),
    [("investigator", 200, 200), ("custodian", 200, 200), ("prosecutor", 200, 403),
     ("auditor", 200, 403), ("outsider", 404, 404)],
)  # fmt: skip
def test_who_may_read_and_who_may_add(
    who: str,
    on_list: int,
    on_add: int,
    case: Case,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(listed(case)).status_code == on_list
    assert browser.get(add(case)).status_code == on_add
    assert browser.post(add(case), {"sent": sent(jpeg())}).status_code in (on_add, 302)
    assert Attachment.objects.exists() is (on_add == 200)


def test_several_files_arrive_hashed(case: Case, investigator: User, sign_in: SignIn) -> None:
    contents = [jpeg(), b"%PDF-1.7 note"]
    data = {"sent": [sent(contents[0]), sent(contents[1], "note.pdf")], "caption": "Gate 9"}
    assert sign_in(investigator).post(add(case), data).status_code == 302
    digests = {hashlib.sha256(content).hexdigest() for content in contents}
    assert set(StoredFile.objects.values_list("digest", flat=True)) == digests
    kinds = Attachment.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["photograph", "document"]


@pytest.mark.django_db(transaction=True)
def test_a_large_upload_is_streamed_to_disk(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    content = bytes(range(256)) * 20_000
    sign_in(investigator).post(add(case), {"sent": sent(content, "scan.bin")})
    stored = StoredFile.objects.get()
    assert files.path_of(stored.digest).stat().st_size == stored.size == len(content)
    assert not list(uploads.incoming_folder().iterdir())


def test_a_photograph_of_an_exhibit_lands_on_its_page(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    exhibit = tusks(case, investigator)
    browser = sign_in(investigator)
    assert f'value="{exhibit.pk}" selected' in text(browser.get(add(case), {"exhibit": "E1"}))
    answer = browser.post(add(case), {"camera": sent(jpeg()), "exhibit": exhibit.pk})
    assert answer.headers["Location"].endswith("/exhibits/E1/")
    page = text(browser.get(answer.headers["Location"]))
    assert "/image/400/" in page


def test_a_file_past_the_limit_leaves_the_rest_of_the_form(
    case: Case, investigator: User, sign_in: SignIn, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = 100_000
    data = {"sent": sent(b"x" * 300_000), "caption": "Typed with care"}
    page = text(sign_in(investigator).post(add(case), data))
    assert "The file is larger than 100.0" in page
    assert "Typed with care" in page
    assert not StoredFile.objects.exists()
    assert not list(uploads.incoming_folder().iterdir())


def test_the_limit_is_told_in_gigabytes(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 2_000_000_000
    assert "larger than 2.0\xa0GB" in uploads.too_large_message()


@pytest.mark.parametrize(
    ("data", "told"),
    [({}, "Choose at least one file"), ({"kind": "x"}, "One thing to correct")],
)
def test_a_form_without_a_file_is_told_so(
    data: dict[str, str], told: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    assert told in text(sign_in(investigator).post(add(case), data))


def test_an_empty_file_is_named_and_nothing_is_kept(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    data = {"sent": [sent(jpeg()), sent(b"", "empty.jpg")]}
    page = text(sign_in(investigator).post(add(case), data))
    assert "“empty.jpg” is empty" in page
    assert not Attachment.objects.exists()


def test_a_hostile_name_is_shown_as_text(case: Case, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    browser.post(add(case), {"sent": sent(b"x", "<img src=x onerror=alert(1)>\u202egpj.txt")})
    page = text(browser.get(listed(case)))
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;gpj.txt" in page


def test_nobody_who_is_not_signed_in_fills_the_disk(client: Client, case: Case) -> None:
    answer = client.post(add(case), {"sent": sent(b"x" * 1000)})
    assert answer.status_code in (302, 400, 403)
    assert not list(uploads.incoming_folder().iterdir())


def test_sensitive_files_are_not_listed_or_counted_for_a_custodian(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    before = text(browser.get(listed(case)))
    hidden = upload(jpeg(), "informant.jpg")
    files.attach(case, upload=hidden, kind="photograph", is_sensitive=True, actor=investigator)
    assert text(browser.get(listed(case))).replace("\n", "").count("informant") == 0
    assert text(browser.get(listed(case))).count('class="n"') == before.count('class="n"')


def test_the_list_is_filtered_by_kind(case: Case, investigator: User, sign_in: SignIn) -> None:
    for name, kind in (("a.jpg", "photograph"), ("b.pdf", "document")):
        files.attach(case, upload=upload(name.encode(), name), kind=kind, actor=investigator)
    page = text(sign_in(investigator).get(listed(case), {"kind": "document"}))
    assert "b.pdf" in page
    assert "a.jpg" not in page


def test_thirty_files_cost_what_three_cost(case: Case, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    exhibit = tusks(case, investigator)

    def attach(names: range) -> None:
        for name in names:
            made = upload(str(name).encode(), f"{name}.txt")
            files.attach(case, upload=made, kind="other", exhibit=exhibit, actor=investigator)

    attach(range(3))
    browser.get(listed(case))
    with CaptureQueriesContext(connection) as few:
        browser.get(listed(case))
    attach(range(3, 30))
    with CaptureQueriesContext(connection) as many:
        browser.get(listed(case))
    assert len(many) == len(few)


def test_too_many_files_at_once_are_refused_with_advice(
    case: Case, investigator: User, sign_in: SignIn, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = sign_in(investigator).post(add(case), {"sent": [sent(jpeg())] * 3})
    assert answer.status_code == 400
    assert "Send fewer files at once" in text(answer)
    assert not Attachment.objects.exists()


def test_a_strange_exhibit_in_the_address_is_no_error(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    assert browser.get(add(case), {"exhibit": "\x00<b>"}).status_code == 200
    labels = reverse("evidence:exhibit-labels", args=[case.reference])
    assert browser.get(labels, {"label": "\x00", "size": "\x00"}).status_code == 200


def test_what_is_said_of_the_origin_holds_for_each_file(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    sent = [SimpleUploadedFile(f"{n}.jpg", jpeg(10 + n, 9)) for n in range(2)]
    typed = {"sent": sent, "method": "camera", "device_make": "Example", "device_serial": "77",
             "acquired_at_0": "2026-03-14", "acquired_at_1": "05:40"}  # fmt: skip
    browser.post(reverse("evidence:file-add", args=[case.reference]), typed)
    rows = Acquisition.objects.all()
    assert [(row.device_serial, row.person) for row in rows] == [("77", describe(investigator))] * 2
    assert {row.taken_at for row in Attachment.objects.all()} == {rows[0].acquired_at}


def test_without_a_word_of_the_origin_the_list_says_so(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    page = text(sign_in(investigator).get(reverse("evidence:case-files", args=[case.reference])))
    assert "How it was obtained is not stated" in page


@pytest.mark.parametrize("who", ["investigator", "custodian", "auditor"])
def test_a_fault_that_a_check_found_stands_on_the_page(
    who: str, case: Case, investigator: User, sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    files.path_of(kept.file.digest).unlink()
    list(file_check.run(file_check.begin()))
    browser = sign_in(request.getfixturevalue(who))
    page = text(browser.get(reverse("evidence:case-files", args=[case.reference])))
    assert "The last check found a file that is not whole." in page
    assert "photo.jpg" in page
    page = text(browser.get(reverse("evidence:file", args=[case.reference, kept.pk])))
    assert "The bytes are gone from the store." in page
    assert "found files that are not whole" in text(browser.get("/"))


def test_a_fault_of_a_hidden_file_is_told_to_nobody_who_may_not_see_it(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    kept = files.attach(
        case, upload=upload(jpeg()), kind="photograph", actor=investigator, is_sensitive=True
    )
    files.path_of(kept.file.digest).unlink()
    list(file_check.run(file_check.begin()))
    page = text(sign_in(custodian).get(reverse("evidence:case-files", args=[case.reference])))
    assert "not whole" not in page
    assert "not whole" not in text(sign_in(custodian).get("/"))

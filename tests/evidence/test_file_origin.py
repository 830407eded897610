"""The pages about where a file comes from: what they ask, refuse, keep and show."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.errors import NotAllowed
from casework.models import Case, User
from evidence import files
from evidence.filestore import acquisitions, copies, derivations
from evidence.filestore.copies import Copy
from evidence.models import Acquisition, Attachment, CopyHop, Derivation
from tests.evidence.acts import text
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]
FULL = {
    "method": "camera", "person": "Sgt Amina Wekesa", "acquired_at_0": "2026-03-14",
    "acquired_at_1": "05:40", "time_zone": "Asia/Ho_Chi_Minh", "device_make": "Example",
    "device_model": "M 5", "device_serial": "350000000000001", "clock": "behind",
    "clock_by": "1:02:05",
}  # fmt: skip
COPY = {
    "from_medium": "Telephone", "to_medium": "Laptop", "person": "Sgt Wekesa",
    "happened_at_0": "2026-03-14", "happened_at_1": "09:00",
}  # fmt: skip


@pytest.fixture
def photo(case: Case, investigator: User) -> Attachment:
    return files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)


@pytest.fixture
def browser(investigator: User, sign_in: SignIn) -> Client:
    return sign_in(investigator)


def address(name: str, of: Attachment, *more: int) -> str:
    return reverse(f"evidence:{name}", args=[of.case.reference, of.pk, *more])


def test_the_page_says_what_is_missing(photo: Attachment, browser: Client) -> None:
    page = text(browser.get(address("file", photo)))
    assert "how, when, by whom and with which device it was obtained" in page
    assert "A court may leave the file out" in page


def test_a_full_statement_leaves_nothing_to_ask(photo: Attachment, browser: Client) -> None:
    answer = browser.post(address("file-acquisition", photo), FULL)
    assert answer.status_code == 302
    page = text(browser.get(address("file", photo)))
    assert "Not stated" not in page
    assert "05:40 <small>Asia/Ho_Chi_Minh" in page  # the clock of the place
    assert "1 h 2 min 5 s behind" in page
    assert "350000000000001" in page
    row = Acquisition.objects.get()
    assert row.clock_offset == -3725
    assert row.acquired_at == datetime(2026, 3, 13, 22, 40, tzinfo=UTC)


def test_what_stands_is_shown_again_to_be_completed(photo: Attachment, browser: Client) -> None:
    browser.post(address("file-acquisition", photo), FULL)
    page = text(browser.get(address("file-acquisition", photo)))
    assert 'value="05:40"' in page
    assert 'value="1:02:05"' in page
    browser.post(address("file-acquisition", photo), {**FULL, "device_model": "M 6"})
    standing = acquisitions.of(photo)
    assert standing is not None
    assert (standing.device_model, standing.clock_offset) == ("M 6", -3725)
    assert Acquisition.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"clock": "ahead", "clock_by": ""}, "Say by how much"),
        ({"clock": "ahead", "clock_by": "five"}, "minutes and seconds as 03:10"),
        ({"source_digest": "abc"}, "This is no digest"),
        ({"acquired_at_0": "2999-01-01"}, "lies in the future"),
    ],
)
def test_what_cannot_be_is_said_beside_what_was_typed(
    typed: dict[str, str], said: str, photo: Attachment, browser: Client
) -> None:
    page = text(browser.post(address("file-acquisition", photo), {**FULL, **typed}))
    assert said in page
    assert "350000000000001" in page
    assert not Acquisition.objects.exists()


def test_a_copy_is_recorded_corrected_and_taken_back(photo: Attachment, browser: Client) -> None:
    browser.post(address("file-copy", photo), COPY)
    first = CopyHop.objects.get()
    browser.post(address("file-copy-correct", photo, first.pk), {**COPY, "to_medium": "Disc"})
    page = text(browser.get(address("file", photo)))
    assert "Disc" in page
    assert "1 row that no longer stands" in page
    second = CopyHop.objects.standing().get()
    browser.post(
        address("file-copy-correct", photo, second.pk), {"withdraw": "1", "end-note": "Wrong file"}
    )
    assert "Taken back:" in text(browser.get(address("file", photo)))
    assert CopyHop.objects.count() == 3


def test_a_copy_that_no_longer_stands_cannot_be_opened(photo: Attachment, browser: Client) -> None:
    browser.post(address("file-copy", photo), COPY)
    first = CopyHop.objects.get()
    browser.post(address("file-copy-correct", photo, first.pk), COPY)
    assert browser.get(address("file-copy-correct", photo, first.pk)).status_code == 404


def test_a_digest_that_changes_on_the_way_is_said(
    photo: Attachment, investigator: User, browser: Client
) -> None:
    copy = Copy(
        "Telephone", "Laptop", "Sgt Wekesa", timezone.now(), digest_before="a" * 64,
        digest_after="b" * 64,
    )  # fmt: skip
    copies.record(photo, copy, actor=investigator)
    page = text(browser.get(address("file", photo)))
    assert "The digest after the copy is another one than before it." in page
    assert "The digest differs from the one of the step before." in page


def test_original_and_derived_file_name_each_other(
    case: Case, photo: Attachment, investigator: User, browser: Client
) -> None:
    made = files.attach(case, upload=upload(jpeg(9, 9), "r.jpg"), kind="photograph",
                        actor=investigator)  # fmt: skip
    typed = {"original": photo.pk, "kind": "redacted", "person": "Cpl Barasa", "how": "Face"}
    assert browser.post(address("file-original", made), typed).status_code == 302
    assert "photo.jpg" in text(browser.get(address("file", made)))
    assert "Redacted copy" in text(browser.get(address("file", photo)))
    assert "r.jpg" in text(browser.get(address("file", photo)))


def test_who_made_what_of_a_hidden_original_is_hidden_with_it(
    case: Case, photo: Attachment, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    secret = files.attach(
        case, upload=upload(b"words", name="talk.txt"), kind="document", is_sensitive=True,
        actor=investigator,
    )  # fmt: skip
    said: Any = {"kind": "redacted", "person": "Handler Otieno", "how": "The voice of the source"}
    derivations.derive(photo, original=secret, actor=investigator, **said)
    other = files.attach(case, upload=upload(b"b", name="b.txt"), kind="document", actor=custodian)
    browser = sign_in(custodian)
    for name in ("file", "file-original"):
        page = text(browser.get(address(name, photo)))
        assert "Handler Otieno" not in page
        assert "voice of the source" not in page
    with pytest.raises(NotAllowed):
        derivations.derive(photo, original=other, kind="extract", person="Me", actor=custodian)
    assert "Handler Otieno" in text(sign_in(investigator).get(address("file", photo)))


def test_a_hidden_original_is_named_to_nobody_who_may_not_see_it(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    def kept(name: str, content: bytes, **fields: Any) -> Attachment:
        return files.attach(
            case, upload=upload(content, name), kind="document", actor=investigator, **fields
        )

    hidden = kept("informant.txt", b"secret words", is_sensitive=True)
    open_copy = kept("redacted.txt", b"open words")
    derivations.derive(
        open_copy, original=hidden, kind="redacted", person="Sgt W", actor=investigator
    )
    page = text(sign_in(custodian).get(address("file", open_copy)))
    assert "This is not the original." in page
    assert "informant" not in page
    form = text(sign_in(custodian).get(address("file-original", open_copy)))
    assert "informant" not in form


def test_an_original_of_another_case_is_no_choice(
    photo: Attachment, investigator: User, browser: Client
) -> None:
    from casework import cases

    other = cases.open_case(title="Other", tier="port", actor=investigator)
    theirs = files.attach(other, upload=upload(jpeg()), kind="photograph", actor=investigator)
    typed = {"original": theirs.pk, "kind": "extract", "person": "X"}
    assert browser.post(address("file-original", photo), typed).status_code == 200
    assert not Derivation.objects.exists()


@pytest.mark.parametrize("name", ["file-acquisition", "file-copy", "file-original"])
@pytest.mark.parametrize(("who", "status"), [("prosecutor", 403), ("outsider", 404)])
def test_who_may_not_attach_states_nothing(
    name: str, who: str, status: int, photo: Attachment, sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address(name, photo)).status_code == status
    assert browser.post(address(name, photo), COPY).status_code == status


def test_thirty_copies_cost_what_three_cost(
    photo: Attachment, investigator: User, browser: Client
) -> None:
    def cost(number: int) -> int:
        for _number in range(number):
            copy = Copy("Telephone", "Laptop", "Sgt Wekesa", timezone.now())
            made = copies.record(photo, copy, actor=investigator)
            copies.correct(made, copy, actor=investigator)
        browser.get(address("file", photo))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address("file", photo))
        return len(queries)

    assert cost(3) == cost(27)

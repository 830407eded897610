"""Registering exhibits from a seizure: prefilled rows, all or none, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import seized_items
from casework.models import Case, Code, User
from casework.seized_items import Found
from evidence import files
from evidence.models import Attachment, CustodyEvent, Exhibit
from tests.evidence import pictures, scenes
from tests.evidence.acts import text, tusks
from tests.evidence.pictures import jpeg

SignIn = Callable[[User], Client]


def address(case: Case) -> str:
    return reverse("evidence:exhibit-register", args=[case.reference])


def typed(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form with its rows filled in; the exhibits were taken an hour ago."""
    taken = timezone.localtime() - timedelta(hours=1)
    data: dict[str, Any] = {
        "happened_at_0": taken.strftime("%Y-%m-%d"),
        "happened_at_1": taken.strftime("%H:%M"),
        "place": "Gate 9",
        "exhibit-TOTAL_FORMS": len(rows),
        "exhibit-INITIAL_FORMS": 0,
        **fields,
    }
    kind = Code.objects.get(kind="exhibit_kind", code="specimen").pk
    for number, row in enumerate(rows):
        full = {"is_wanted": "on", "kind": kind, "description": "Tusks", **row}
        data |= {f"exhibit-{number}-{name}": value for name, value in full.items()}
    return data


@pytest.mark.parametrize(
    ("who", "status"),
    [("investigator", 200), ("custodian", 200), ("prosecutor", 403), ("auditor", 403),
     ("outsider", 404)],
)  # fmt: skip
def test_who_may_register(
    who: str, status: int, case: Case, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    assert sign_in(request.getfixturevalue(who)).get(address(case)).status_code == status


def test_the_rows_come_from_the_seized_items(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    scenes.seizure(case, investigator)
    page = text(sign_in(investigator).get(address(case)))
    assert 'value="E1"' in page
    assert 'value="4.2"' in page
    assert 'value="KP-118"' in page


def test_several_are_registered_with_their_first_event(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    rows = [
        {"label": "e1", "seal_number": "ws-m 1", "count": "24", "weight_mg": "1.5", "scale": "A"},
        {"label": "E2"},
    ]
    answer = sign_in(investigator).post(address(case), typed(*rows))
    assert answer.status_code == 302, text(answer)
    first = Exhibit.objects.get(label="E1")
    assert first.holder == investigator
    event = first.custody.get()
    assert (event.kind, event.seal_number, event.weight_mg) == ("seized", "WS-M 1", 1_500_000)
    assert Exhibit.objects.count() == 2


def test_a_row_that_is_not_ticked_is_not_asked_anything(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    rows = [{"label": "E1"}, {"is_wanted": "", "label": "", "description": ""}]
    assert sign_in(investigator).post(address(case), typed(*rows)).status_code == 302
    assert Exhibit.objects.count() == 1


def test_a_duplicate_label_stops_all_and_keeps_what_was_typed(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    tusks(case, investigator)
    rows = [{"label": "E7"}, {"label": "E1", "description": "Typed with care"}]
    page = text(sign_in(investigator).post(address(case), typed(*rows)))
    assert "E1 is taken in this case. The next free one is E" in page
    assert "Typed with care" in page
    assert Exhibit.objects.count() == 1
    assert CustodyEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"label": "E1", "weight_mg": "-4", "scale": "A"}, "cannot be below zero"),
        ({"label": "E1", "weight_mg": "4"}, "Name the scale"),
        ({"label": "E1", "count": "-1"}, "Write 0 or more."),
        ({"label": "E 1/../2"}, "Capital letters"),
        ({"label": ""}, "required"),
        ({"label": "E1", "description": ""}, "required"),
        ({"label": "E1", "seal_number": "<b>"}, "letters and digits only"),
    ],
)
def test_a_wrong_value_is_named_beside_its_field(
    row: dict[str, str], told: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    answer = sign_in(investigator).post(address(case), typed(row))
    assert answer.status_code == 200
    assert told in text(answer)
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize(
    ("day", "told"), [("2999-01-01", "not come yet"), ("2001-01-01", "before the seizure")]
)
def test_a_day_in_the_future_or_before_the_seizure_is_refused(
    day: str, told: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    scenes.seizure(case, investigator)
    answer = sign_in(investigator).post(address(case), typed({"label": "E1"}, happened_at_0=day))
    assert told in text(answer)
    assert not Exhibit.objects.exists()


def test_photographs_arrive_with_the_exhibit(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    photo = SimpleUploadedFile("seal.jpg", jpeg(), "image/jpeg")
    sign_in(investigator).post(address(case), typed({"label": "E1", "photographs": photo}))
    kept = Attachment.objects.get()
    assert kept.exhibit == Exhibit.objects.get()
    assert kept.kind == "photograph"


def test_an_empty_photograph_stops_the_form_before_anything_is_written(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    photo = SimpleUploadedFile("seal.jpg", b"", "image/jpeg")
    page = text(
        sign_in(investigator).post(address(case), typed({"label": "E1", "photographs": photo}))
    )
    assert "is empty" in page
    assert not Exhibit.objects.exists()


def test_sending_the_page_twice_registers_once(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    browser.post(address(case), typed({"label": "E1"}))
    assert "E1 is taken" in text(browser.post(address(case), typed({"label": "E1"})))
    assert Exhibit.objects.count() == 1


def test_a_custodian_cannot_restrict_what_they_register(
    case: Case, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    assert "is_restricted" not in text(browser.get(address(case)))
    browser.post(address(case), typed({"label": "E1", "is_restricted": "on"}))
    assert not Exhibit.objects.get().is_restricted


def test_a_list_of_many_items_costs_no_more_queries(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    made = scenes.seizure(case, investigator)
    browser = sign_in(investigator)

    def add(number: int) -> None:
        seized_items.add_all(made, [Found(description="Tusk")] * number, investigator)

    add(2)
    browser.get(address(case))
    with CaptureQueriesContext(connection) as few:
        browser.get(address(case))
    add(27)
    with CaptureQueriesContext(connection) as many:
        browser.get(address(case))
    assert len(many) == len(few)


def test_a_photograph_the_store_refuses_is_said_and_the_exhibit_stays(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    """The store holds damaged bytes under the digest of the photograph that arrives."""
    content = pictures.jpeg(31, 17)
    kept = files.store(pictures.upload(content), actor=investigator)
    damaged = files.path_of(kept.digest)
    damaged.chmod(0o640)
    damaged.write_bytes(b"something else")
    photo = SimpleUploadedFile("p.jpg", content, "image/jpeg")
    answer = sign_in(investigator).post(
        address(case), typed({"label": "E1", "photographs": photo}), follow=True
    )
    assert case.exhibits.get().label == "E1"
    assert not case.attachments.exists()
    assert "Row 1 is registered, its photographs are not." in answer.content.decode()

"""The pages of a case's consignments."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import cases
from casework.models import Case, Code, User
from kyc.cargo import consignments, entries
from kyc.models import Consignment, Container, Seal
from tests.kyc import scene

SignIn = Callable[[User], Client]
BOXES = {"boxes-TOTAL_FORMS": "1", "boxes-INITIAL_FORMS": "0"}


@pytest.fixture
def consignment(case: Case, investigator: User) -> Consignment:
    seizure = scene.seize(case, investigator)
    return Consignment.objects.get(seizure=seizure)


def address(consignment: Consignment, tail: str = "") -> str:
    seizure = consignment.seizure
    base = f"/cases/{seizure.case.reference}/seizures/{seizure.number}/consignments"
    return f"{base}/{consignment.number}/{tail}"


def test_the_page_shows_box_seal_bill_ship_and_weight(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    page = sign_in(investigator).get(address(consignment)).content.decode()
    for shown in ("CU 558120", "MDO-MBA-2402817", "IMO 9817559", "Mombasa to Hai Phong"):
        assert shown in page
    assert "21,760\N{NO-BREAK SPACE}kg" in page
    assert "check digit holds" in page


def test_the_list_shows_each_seizure(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    url = f"/cases/{consignment.seizure.case.reference}/consignments/"
    page = sign_in(investigator).get(url).content.decode()
    assert address(consignment) in page
    assert "Black tea" in page


def test_a_case_without_a_seizure_says_what_to_do(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    page = sign_in(investigator).get(f"/cases/{case.reference}/consignments/").content.decode()
    assert "No seizure yet." in page
    assert f"/cases/{case.reference}/seizures/new/" in page


def test_who_may_read_and_change(
    consignment: Consignment,
    investigator: User,
    prosecutor: User,
    outsider: User,
    sign_in: SignIn,
) -> None:
    box = consignment.containers.get().number
    seal = consignment.seals.get().pk
    entries.add_version(consignment, number="2026MSA40117", actor=investigator)
    changing = (
        "edit/", "weights/", "stuffing/", "seals/new/", f"seals/{seal}/", f"containers/{box}/",
        "bill/new/", "bill/1/", "entry/new/", "entry/1/",
    )  # fmt: skip
    for person, reads, changes in (
        (investigator, 200, 200),
        (prosecutor, 200, 403),
        (outsider, 404, 404),
    ):
        browser = sign_in(person)
        for page in ("", "bill/", "entry/"):
            assert browser.get(address(consignment, page)).status_code == reads
        found = {browser.get(address(consignment, page)).status_code for page in changing}
        assert found == {changes}


def test_one_case_does_not_show_the_load_of_another(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    other = cases.open_case(title="Another", tier="port", actor=investigator)
    url = address(consignment).replace(consignment.seizure.case.reference, other.reference)
    assert sign_in(investigator).get(url).status_code == 404


def test_a_second_consignment_is_added(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    url = address(consignment).replace("/1/consignments/1/", "/1/consignments/new/")
    filled = {**BOXES, "goods_description": "Coffee", "bill_number": "X-1", "shipper": "Unknown"}
    answer = sign_in(investigator).post(url, filled)
    made = Consignment.objects.get(number=2)
    assert answer["Location"] == address(made)
    assert made.bills.get().shipper == "Unknown"


def test_amending_shows_what_stands_and_takes_more_boxes(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser, url = sign_in(investigator), address(consignment, "edit/")
    page = browser.get(url).content.decode()
    assert 'value="Corralis Dawn"' in page
    number = scene.container_number(3)
    browser.post(url, {**BOXES, "boxes-0-number": number, "voyage": "117E"})
    assert Container.objects.count() == 2
    assert Consignment.objects.get().voyage == "117E"


def test_a_bill_without_its_number_is_refused(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    wrong = {**BOXES, "shipper": "Tamarind Reef Exporters Ltd"}
    url = address(consignment).replace("/1/consignments/1/", "/1/consignments/new/")
    page = sign_in(investigator).post(url, wrong).content.decode()
    assert "Give the number of the bill of lading." in page
    assert "Tamarind Reef Exporters Ltd" in page


def test_weights_and_stuffing_have_pages_of_their_own(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    assert 'value="21760"' in browser.get(address(consignment, "weights/")).content.decode()
    browser.post(address(consignment, "weights/"), {"declared_weight_mg": "21.76 t"})
    yard = Code.objects.get(kind="stuffing_kind", code="unlicensed")
    filled = {"stuffing_kind": yard.pk, "is_stuffing_supervised": "false"}
    browser.post(address(consignment, "stuffing/"), filled)
    found = Consignment.objects.get()
    assert (found.declared_weight_mg, found.stuffing_kind) == (21_760_000_000, yard)
    page = browser.get(address(consignment)).content.decode()
    assert "Unlicensed yard" in page
    assert "customs did not watch" in page


def test_what_is_known_stays_chosen_when_the_page_is_opened_again(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    consignments.amend(consignment, is_stuffing_supervised=True, actor=investigator)
    page = sign_in(investigator).get(address(consignment, "stuffing/")).content.decode()
    assert '<option value="true" selected>' in page


def test_a_decimal_comma_is_refused_and_stays_in_the_field(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    typed = {"weighbridge_mg": "23410,5"}
    page = sign_in(investigator).post(address(consignment, "weights/"), typed).content.decode()
    assert "with a point before the decimals" in page
    assert "23410,5" in page


def test_the_weights_are_held_against_the_weighbridge(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    consignments.amend(consignment, weighbridge_mg=23_510_000_000, actor=investigator)
    page = sign_in(investigator).get(address(consignment)).content.decode()
    assert "\N{MINUS SIGN}1,750\N{NO-BREAK SPACE}kg, \N{MINUS SIGN}7.4\N{NO-BREAK SPACE}%" in page
    assert "lighter than “weighbridge” says." in page


def test_a_seal_reading_is_added(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    box = consignment.containers.get()
    read = {
        "number": "cu 558121",
        "source": Code.objects.get(kind="seal_source", code="CUS").pk,
        "container": box.pk,
        "is_intact": "false",
    }
    sign_in(investigator).post(address(consignment, "seals/new/"), read)
    seal = Seal.objects.get(number_key="CU558121")
    assert (seal.container, seal.is_intact) == (box, False)


def test_a_seal_is_never_read_on_the_box_of_another_case(
    consignment: Consignment, case: Case, investigator: User, sign_in: SignIn
) -> None:
    other = scene.seize(case, investigator).consignments.get().containers.get()
    source = Code.objects.get(kind="seal_source", code="CUS").pk
    read = {"number": "CU 1", "source": source, "container": other.pk}
    page = sign_in(investigator).post(address(consignment, "seals/new/"), read)
    assert "Choose one from the list." in page.content.decode()


def test_a_container_is_corrected_or_left_as_found(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    url = address(consignment, f"containers/{consignment.containers.get().number}/")
    page = browser.post(url, {"number": "MDOU 418207 5"}).content.decode()
    assert "The last digit should be 9" in page
    browser.post(url, {"number": "MDOU 418207 5", "is_recorded_as_found": "on"})
    assert Container.objects.get().is_recorded_as_found


def test_pages_cost_the_same_at_3_and_at_30_rows(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    costs = []
    for rows in (3, 30):
        load = scene.seize(case, investigator, rows=rows).consignments.get()
        for tail in ("", "edit/"):
            browser.get(address(load, tail))
            with CaptureQueriesContext(connection) as queries:
                browser.get(address(load, tail))
            costs.append(len(queries))
    assert costs[:2] == costs[2:]


def test_the_list_costs_the_same_at_3_and_at_12_seizures(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser, url = sign_in(investigator), f"/cases/{case.reference}/consignments/"
    costs = []
    for more in (3, 9):
        for _ in range(more):
            scene.seize(case, investigator)
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_reading_typed_wrong_is_corrected(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    seal, browser = consignment.seals.get(), sign_in(investigator)
    url = address(consignment, f"seals/{seal.pk}/")
    assert 'value="CU 558120"' in browser.get(url).content.decode()
    typed = {"number": "CU 558121", "source": seal.source_id, "stage": "gate_in"}
    assert "Fill this in." in browser.post(url, typed).content.decode()
    browser.post(url, {**typed, "container": seal.container_id, "reason": "Misread"})
    found = Seal.objects.get()
    assert (found.number_key, found.stage, found.container) == (
        "CU558121", "gate_in", seal.container,
    )  # fmt: skip
    assert found.history.latest().history_change_reason == "Misread"


def test_the_seals_along_the_way_are_told_in_sentences(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    box, customs = consignment.containers.get(), Code.objects.get(kind="seal_source", code="CUS")
    for number, stage in (("CU 558120", "stuffing"), ("CU 558121", "gate_in")):
        consignments.add_seal(
            consignment, number=number, source=customs, container=box, stage=stage,
            actor=investigator,
        )  # fmt: skip
    page = sign_in(investigator).get(address(consignment)).content.decode()
    assert "CU 558120 at stuffing, CU 558121 at the gate." in page
    assert "The number changed on the way" in page

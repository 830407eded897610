"""The intake page: one post records case, seizure, consignment and items, or nothing at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, Code, SeizedItem, Seizure, User
from kyc.models import Consignment, Container, Seal

SignIn = Callable[[User], Client]
URL = "/seizures/new/"
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"


def code(kind: str, name: str) -> int:
    pk: int = Code.objects.get(kind=kind, code=name).pk
    return pk


def filled(**changes: Any) -> dict[str, Any]:
    """The page as somebody at a quayside fills it in."""
    return {
        "tier": "port",
        "title": "Elephant ivory declared as black tea",
        "place": "Mombasa KEMBA",
        "seized_at_0": "2026-03-14",
        "seized_at_1": "05:40",
        "detection_method": code("detection_method", "scanner"),
        "people_present": "Sgt Amina Wekesa\nCpl Juma Barasa\nA port clerk",
        "bill_number": "MDO-MBA-2402817",
        "vessel_name": "Corralis Dawn",
        "vessel_imo": "9817559",
        "voyage": "024E",
        "port_of_loading": "Mombasa",
        "port_of_discharge": "VNHPH",
        "goods_description": "Black tea",
        "goods": "0902.40",
        "declared_weight_mg": "21,760",
        "boxes-TOTAL_FORMS": "1",
        "boxes-INITIAL_FORMS": "0",
        "boxes-0-number": "MDOU 418207 9",
        "boxes-0-seal_number": "CU 558120",
        "boxes-0-seal_source": code("seal_source", "CUS"),
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-taxon": "Loxodonta africana",
        "items-0-specimen": code("specimen", "TUS"),
        "items-0-count": "187",
        "items-0-weight_mg": "1612.4",
        "items-0-scale": "SC-14",
        **changes,
    }


def test_one_post_records_all_of_it(investigator: User, sign_in: SignIn) -> None:
    answer = sign_in(investigator).post(URL, filled())
    seizure = Seizure.objects.get()
    assert answer["Location"] == f"/cases/{seizure.case.reference}/seizures/1/"
    assert (str(seizure.port), seizure.declared_goods) == ("Mombasa KEMBA", "Black tea")
    item = SeizedItem.objects.get()
    assert (str(item.taxon), item.count) == ("Loxodonta africana", 187)
    assert item.weight_mg == 1_612_400_000
    consignment = Consignment.objects.get()
    assert str(consignment.port_of_discharge) == "Hai Phong VNHPH"
    assert consignment.bills.get().number == "MDO-MBA-2402817"
    assert Container.objects.get().number == "MDOU4182079"
    assert Seal.objects.get().number_key == "CU558120"


def test_the_case_is_opened_as_recorded(investigator: User, sign_in: SignIn) -> None:
    sign_in(investigator).post(URL, filled())
    case = Case.objects.visible_to(investigator).get()
    assert (case.status, case.tier) == ("recorded", "port")
    assert case.reference.startswith("KE-MSA-")


def test_without_a_title_the_items_name_the_case(investigator: User, sign_in: SignIn) -> None:
    sign_in(investigator).post(URL, filled(title=""))
    assert Case.objects.get().title == "African elephant tusks, Mombasa"


def test_all_that_is_wrong_is_said_at_once_and_nothing_written(
    investigator: User, sign_in: SignIn
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = sign_in(investigator).post(
        URL,
        filled(
            seized_at_0=tomorrow.isoformat(),
            **{
                "boxes-0-number": "MDOU 418207 5",
                "items-0-weight_mg": "-1612.4",
                "items-0-scale": "",
            },
        ),
    )
    page = answer.content.decode()
    assert "Four things to correct" in page
    assert "This is tomorrow." in page
    assert "The last digit should be 9 for these letters and digits." in page
    assert "A weight cannot be below zero. Type what the scale showed." in page
    assert "Name the scale the weight was read on." in page
    assert not Case.objects.exists()


def test_what_was_typed_stays(investigator: User, sign_in: SignIn) -> None:
    wrong = filled(**{"items-0-weight_mg": "-3", "place": "Kilindini shed <7>"})
    page = sign_in(investigator).post(URL, wrong).content.decode()
    for kept in ("-3", "Kilindini shed &lt;7&gt;", "MDOU 418207 9", "Corralis Dawn", "CU 558120"):
        assert f'value="{kept}"' in page, kept
    assert "Loxodonta africana" in page


def test_a_wrong_check_digit_stands_only_when_ticked(investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    wrong = {"boxes-0-number": "MDOU 418207 5"}
    page = browser.post(URL, filled(**wrong)).content.decode()
    assert "tick “As found”" in page
    assert 'type="checkbox" name="boxes-0-is_recorded_as_found"' in page
    browser.post(URL, filled(**wrong, **{"boxes-0-is_recorded_as_found": "on"}))
    assert Container.objects.get().is_recorded_as_found


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("vessel_imo", "9817558", "The last digit should be 9 for these digits."),
        ("vessel_imo", "98175", "An IMO number has seven digits."),
        ("port_of_loading", "Nowhere", "This port is not in the list."),
        ("goods", "elephants", "This code is not in the list."),
        ("origin", "Atlantis", "Type the name or the two letters of a country."),
        ("bill_number", "<b>", "A bill of lading number has letters and digits only"),
        ("boxes-0-seal_source", "", "Say whose seal it is."),
        ("boxes-0-number", "MDOU41", "A container number has four letters"),
        ("items-0-count", "-1", "A count is a whole number from one up."),
        ("items-0-count", "9" * 30, "A count is a whole number from one up."),
        ("items-0-weight_mg", "9" * 30, "This is more than a ship can carry."),
        ("items-0-weight_mg", "heavy", "Type the weight in digits"),
        ("latitude", "nan", "Type degrees with a point before the decimals"),
        ("latitude", "95", "Latitude lies between -90 and 90 degrees."),
        ("seized_at_0", "0026-03-14", "Write the year with four digits."),
        ("seized_at_0", "", "Give the date and the time."),
        ("place", "", "Give a port, a place in words, or the position."),
        ("latitude", "-4.05", "A position has two numbers."),
        ("tier", "murder", "Choose one from the list."),
    ],
)
def test_bad_input_gets_a_sentence_and_writes_nothing(
    investigator: User, sign_in: SignIn, field: str, typed: str, sentence: str
) -> None:
    answer = sign_in(investigator).post(URL, filled(**{field: typed}))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["title", "place", "people_present", "items-0-taxon", "voyage"])
def test_hostile_strings_are_text_and_nothing_else(
    investigator: User, sign_in: SignIn, field: str
) -> None:
    hostile = f"\"'><b>{RIGHT_TO_LEFT}x"
    browser = sign_in(investigator)
    answer = browser.post(URL, filled(**{field: hostile}), follow=True)
    assert answer.status_code == 200
    assert Case.objects.count() == 1
    assert "<b>" + RIGHT_TO_LEFT not in answer.content.decode()


def test_a_null_character_is_refused(investigator: User, sign_in: SignIn) -> None:
    sign_in(investigator).post(URL, filled(title="a\x00b"))
    assert not Case.objects.exists()


def test_an_unknown_species_is_kept_as_written(investigator: User, sign_in: SignIn) -> None:
    sign_in(investigator).post(URL, filled(**{"items-0-taxon": "Some odd  frog"}))
    item = SeizedItem.objects.get()
    assert (item.taxon, item.taxon_as_given) == (None, "Some odd  frog")


def test_a_place_that_is_no_port_is_kept_in_words(investigator: User, sign_in: SignIn) -> None:
    sign_in(investigator).post(URL, filled(place="Kilometre 12, Voi road"))
    seizure = Seizure.objects.get()
    assert (seizure.port, seizure.place) == (None, "Kilometre 12, Voi road")


def test_a_position_stands_for_a_place(investigator: User, sign_in: SignIn) -> None:
    sign_in(investigator).post(URL, filled(place="", latitude="-3.4", longitude="38.56", title=""))
    seizure = Seizure.objects.get()
    assert (seizure.latitude, seizure.longitude, seizure.place) == (-3.4, 38.56, "")
    assert Case.objects.get().title == "African elephant tusks"


def test_nothing_but_place_and_time_is_enough(investigator: User, sign_in: SignIn) -> None:
    bare = {
        name: value
        for name, value in filled().items()
        if name.startswith(
            ("seized_at", "place", "tier", "boxes-T", "boxes-I", "items-T", "items-I")
        )
    }
    sign_in(investigator).post(URL, bare)
    assert Seizure.objects.count() == 1
    assert not Consignment.objects.exists()


def test_a_number_too_long_for_its_row_count_is_survived(
    investigator: User, sign_in: SignIn
) -> None:
    answer = sign_in(investigator).post(URL, filled(**{"items-TOTAL_FORMS": "99999999"}))
    assert answer.status_code == 200
    assert not Case.objects.exists()


def test_who_may_record(
    sign_in: SignIn, investigator: User, custodian: User, prosecutor: User, outsider: User
) -> None:
    expected = ((investigator, 200), (custodian, 200), (prosecutor, 403), (outsider, 403))
    for person, status in expected:
        assert sign_in(person).get(URL).status_code == status, person


def test_one_more_seizure_joins_its_case(case: Case, investigator: User, sign_in: SignIn) -> None:
    url = f"/cases/{case.reference}/seizures/new/"
    sign_in(investigator).post(url, filled())
    answer = sign_in(investigator).post(url, filled())
    assert answer["Location"] == f"/cases/{case.reference}/seizures/2/"
    assert Case.objects.count() == 1


def test_adding_to_a_case_needs_its_edit_right(
    case: Case, prosecutor: User, outsider: User, sign_in: SignIn
) -> None:
    url = f"/cases/{case.reference}/seizures/new/"
    assert sign_in(prosecutor).get(url).status_code == 403
    assert sign_in(outsider).get(url).status_code == 404

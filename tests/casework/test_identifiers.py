"""The numbers on doors, bills and scales: check digits, spellings, and exact weights."""

import csv
import gzip
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import identifiers
from casework.identifiers import IdentifierError

SHARED = Path(os.environ.get("CASEWORK_TEST_DATA", "../shared/data"))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

first_tens = st.builds(
    lambda owner, category, serial: owner + category + serial,
    st.text(LETTERS, min_size=3, max_size=3),
    st.sampled_from("UJZ"),
    st.text("0123456789", min_size=6, max_size=6),
)


def refused(parse: object, text: str) -> IdentifierError:
    with pytest.raises(IdentifierError) as caught:
        parse(text)  # type: ignore[operator]
    return caught.value


@pytest.mark.parametrize("number", ["PCIU1522740", "FCIU5235796", "CSQU3054383", "MDOU4182079"])
def test_known_containers_hold(number: str) -> None:
    assert identifiers.parse_container(number) == number


@pytest.mark.parametrize("text", ["MDOU 418207 9", "mdou-418207-9", " MDOU 418 207\t9 "])
def test_container_spellings_are_one_number(text: str) -> None:
    assert identifiers.parse_container(text) == "MDOU4182079"


def test_wrong_check_digit_names_the_expected_one() -> None:
    error = refused(identifiers.parse_container, "MDOU 418207 5")
    assert (error.code, error.params) == ("container_check_digit", {"expected": "9", "read": "5"})


def test_wrong_check_digit_can_be_recorded_as_found() -> None:
    assert identifiers.parse_container("MDOU 418207 5", as_found=True) == "MDOU4182075"
    assert not identifiers.has_container_check_digit("MDOU4182075")


@pytest.mark.parametrize(
    "text", ["", "MDO418207", "MDOX4182079", "MDOU41820791", "MDOU\N{FULLWIDTH DIGIT FOUR}182079"]
)
def test_other_shapes_are_no_container_even_as_found(text: str) -> None:
    with pytest.raises(IdentifierError, match="container_shape"):
        identifiers.parse_container(text, as_found=True)


@given(first_tens)
def test_computed_digit_always_holds_and_no_other(first_ten: str) -> None:
    digit = identifiers.container_check_digit(first_ten)
    accepted = [n for n in range(10) if identifiers.has_container_check_digit(f"{first_ten}{n}")]
    assert accepted == [digit]


@given(first_tens, st.integers(4, 9), st.integers(1, 9))
def test_one_misread_digit_is_caught_unless_the_remainder_is_ten(
    first_ten: str, place: int, shift: int
) -> None:
    other = (int(first_ten[place]) + shift) % 10
    misread = f"{first_ten[:place]}{other}{first_ten[place + 1 :]}"
    if 10 not in map(identifiers.container_remainder, (first_ten, misread)):
        digit = identifiers.container_check_digit(first_ten)
        assert digit != identifiers.container_check_digit(misread)


def test_remainder_ten_is_written_zero_and_named_ambiguous() -> None:
    remainder_ten = next(
        f"GYOU{serial:06}"
        for serial in range(404700, 404900)
        if identifiers.container_remainder(f"GYOU{serial:06}") == 10
    )
    assert identifiers.container_check_digit(remainder_ten) == 0
    assert identifiers.is_container_ambiguous(f"{remainder_ten}0")


@given(first_tens)
def test_formatting_a_container_is_read_back(first_ten: str) -> None:
    number = f"{first_ten}{identifiers.container_check_digit(first_ten)}"
    assert identifiers.parse_container(identifiers.format_container(number)) == number


def test_containers_of_other_validators() -> None:
    path = SHARED / "reference/container_numbers_from_peer_tests.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is test material that is not shipped")
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            number = row["container"]
            valid = row["recomputed_valid"] == "True"
            assert identifiers.has_container_check_digit(number) is valid, number
            assert identifiers.container_check_digit(number[:10]) == int(row["check_digit"])


def test_imo_numbers_of_real_ships_hold() -> None:
    path = SHARED / "reference/imo_3-vessels.csv.gz"
    if not path.exists():
        pytest.skip(f"{path.name} is test material that is not shipped")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        numbers = [row["imo"] for row in csv.DictReader(lines)]
    assert len(numbers) > 4000
    assert [identifiers.parse_imo(number) for number in numbers] == numbers


@pytest.mark.parametrize("text", ["9817559", "IMO 9817559", "imo9817559", "IMO: 9817559"])
def test_imo_spellings(text: str) -> None:
    assert identifiers.parse_imo(text) == "9817559"


def test_imo_with_a_wrong_last_digit_names_the_expected_one() -> None:
    error = refused(identifiers.parse_imo, "IMO 9817558")
    assert (error.code, error.params["expected"]) == ("imo_check_digit", "9")


@pytest.mark.parametrize(
    ("parse", "text", "normal"),
    [
        (identifiers.parse_locode, "ke mba", "KEMBA"),
        (identifiers.parse_hs_code, "0902.40", "090240"),
        (identifiers.parse_seal, "cu-558120", "CU558120"),
        (identifiers.parse_bill_number, "MDO-MBA-2402817", "MDOMBA2402817"),
        (identifiers.parse_country, "ke", "KE"),
        (identifiers.parse_kra_pin, "a012345678z", "A012345678Z"),
    ],
)
def test_other_identifiers_have_one_spelling(parse: object, text: str, normal: str) -> None:
    assert parse(text) == normal  # type: ignore[operator]


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (identifiers.parse_locode, "KEMB1"),
        (identifiers.parse_hs_code, "902"),
        (identifiers.parse_seal, "<script>"),
        (identifiers.parse_bill_number, "x" * 36),
        (identifiers.parse_country, "KEN"),
        (identifiers.parse_kra_pin, "0123456789A"),
    ],
)
def test_other_shapes_are_refused(parse: object, text: str) -> None:
    assert refused(parse, text).code.endswith("_shape")


@given(st.text())
def test_no_text_breaks_a_parser(text: str) -> None:
    parsers = (
        identifiers.parse_container, identifiers.parse_imo, identifiers.parse_locode,
        identifiers.parse_hs_code, identifiers.parse_seal, identifiers.parse_bill_number,
        identifiers.parse_country, identifiers.parse_kra_pin, identifiers.parse_weight,
    )  # fmt: skip
    for parse in parsers:
        try:
            parse(text)
        except IdentifierError as error:
            assert error.code  # noqa: PT017  (either outcome is right, another error is not)


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("1,612.4 kg", 1_612_400_000),
        ("1612.4", 1_612_400_000),
        ("1 612.4kg", 1_612_400_000),
        ("12 g", 12_000),
        ("12 GM", 12_000),
        (".5 t", 500_000_000),
        ("0", 0),
        ("0.000001 kg", 1),
    ],
)
def test_weights_are_exact_milligrams(text: str, mg: int) -> None:
    assert identifiers.parse_weight(text).mg == mg


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1612.4", "weight_below_zero"),
        ("\N{MINUS SIGN}3 kg", "weight_below_zero"),
        ("12,5", "weight_shape"),
        ("1,61", "weight_shape"),
        ("heavy", "weight_shape"),
        ("1e9", "weight_shape"),
        ("٣ kg", "weight_shape"),
        ("12 stone", "weight_unit"),
        ("0.0000001", "weight_too_fine"),
        ("1.0000000000000000000000000000000001", "weight_too_fine"),
        ("9" * 60, "weight_too_heavy"),
    ],
)
def test_other_weights_are_refused_with_their_reason(text: str, code: str) -> None:
    assert refused(identifiers.parse_weight, text).code == code


def test_infinite_values_are_no_weight() -> None:
    with pytest.raises(IdentifierError, match="weight_shape"):
        identifiers.milligrams(Decimal("Infinity"), "kg")


@given(st.integers(0, identifiers.HEAVIEST_MG))
def test_formatting_a_weight_loses_nothing(mg: int) -> None:
    assert identifiers.parse_weight(identifiers.format_weight(mg)).mg == mg


def test_what_is_written_where_there_is_no_number_tells_nothing() -> None:
    for number in ("", "1", "NIL", "NONE", "NILL", "N/A", "0000", "1111", "CU 000000"):
        assert not identifiers.is_telling(number)
    for number in ("CU 558120", "5510", "MDOU5520139"):
        assert identifiers.is_telling(number)

"""Rules about goods and the way they go."""

import pytest

from kyc.redflags.indicators.load import Load
from tests.kyc.indicators.made import bill, lacks, load, sentences

MOMBASA = {"loading_locode": "KEMBA", "loading_port": "Mombasa", "loading_country": "KE"}


@pytest.mark.parametrize(
    ("code", "subject", "found"),
    [
        ("R1", load(hs_code="090240", origins=("AE",)), ["not_grown"]),
        ("R1", load(hs_code="090240", origins=("KE",), destinations=("CN",)), ["sent_to_producer"]),
        ("R4", load(transits=("MY",), destinations=("CN",)), ["hub"]),
        ("R4", load(discharge_country="SG", destinations=("CN",)), ["hub"]),
        ("R5", load(hs_code="080262"), ["cover_code"]),
        ("R5", load(goods="Dried fish maws"), ["cover_word", "cover_word"]),
        ("R7", load(loading_locode="KELAU", loading_port="Lamu"), ["small_port"]),
        ("R8", load(stuffing_place="Godown 6, Kampala", **MOMBASA), ["inland_place"]),
        ("R8", load(bills=(bill(place_of_receipt="Malaba"),), **MOMBASA), ["inland_place"]),
        ("R8", load(origins=("UG",), **MOMBASA), ["inland_country"]),
        ("R9", load(discharge_country="VN", **MOMBASA), ["source_to_market"]),
    ],
)
def test_it_is_raised(code: str, subject: Load, found: list[str]) -> None:
    if code == "R5" and subject.goods:
        assert set(sentences(code, subject)) == {"cover_word"}
    else:
        assert sentences(code, subject) == found


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("R1", load(hs_code="090240", origins=("KE",), destinations=("PK",))),
        ("R1", load(hs_code="847130", origins=("AE",))),
        ("R4", load(discharge_country="VN")),  # it ends there: that is R9
        ("R4", load(transits=("OM",), destinations=("CN",))),
        ("R5", load(hs_code="847130", goods="Laptops")),
        ("R7", load(**MOMBASA)),
        ("R8", load(stuffing_place="Miritini", **MOMBASA)),
        ("R9", load(discharge_country="NL", **MOMBASA)),
    ],
)
def test_it_is_not_raised(code: str, subject: Load) -> None:
    assert (sentences(code, subject), lacks(code, subject)) == ([], [])


@pytest.mark.parametrize(
    ("code", "subject", "missing"),
    [
        ("R1", load(), "hs_code"),
        ("R1", load(hs_code="0902"), "source_country"),
        ("R4", load(), "route"),
        ("R5", load(), "goods"),
        ("R7", load(), "loading_port"),
        ("R8", load(), "loading_port"),
        ("R8", load(**MOMBASA), "source_country"),
        ("R9", load(), "source_country"),
        ("R9", load(**MOMBASA), "route"),
    ],
)
def test_it_cannot_be_judged(code: str, subject: Load, missing: str) -> None:
    assert lacks(code, subject) == [missing]

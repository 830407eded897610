"""Rules about papers beside each other."""

from decimal import Decimal
from typing import Any

import pytest

from kyc.redflags.indicators.load import Load
from tests.kyc.indicators.made import at, bill, box, entry, judged, lacks, load, seal, sentences

KG = 1_000_000


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        (load(bills=(bill(containers=("MDOU5520139",)),), boxes=(box(),)), ["not_on_other"]),
        (load(bills=(bill(seals=("CU1",)),), seals=(seal(),)), ["not_on_other"]),
        (load(hs_code="090240", bills=(bill(hs_codes=("080262",)),)), ["other_goods"]),
        (load(packages=640, entries=(entry(packages=600),)), ["other_packages"]),
        (
            load(bills=(bill(containers=("A",)),), entries=(entry(containers=("B",)),)),
            ["not_on_other", "not_on_other"],
        ),
    ],
)
def test_papers_that_differ(subject: Load, found: list[str]) -> None:
    assert sentences("D4", subject) == found


def test_papers_that_agree_and_papers_that_are_alone() -> None:
    same = load(
        hs_code="090240",
        bills=(bill(containers=("MDOU4182079",), seals=("CU558120",), hs_codes=("0902",)),),
        boxes=(box(),),
        seals=(seal(),),
    )
    assert (sentences("D4", same), lacks("D4", same)) == ([], [])
    assert lacks("D4", load(bills=(bill(packages=1),))) == ["second_paper"]


def test_weights_and_values_of_two_papers() -> None:
    paper = bill(gross_mg=21_760 * KG)
    far, near = entry(gross_mg=10_000 * KG), entry(gross_mg=21_000 * KG)
    assert sentences("D8", load(bills=(paper,), entries=(far,))) == ["other_weight"]
    assert sentences("D8", load(bills=(paper,), entries=(near,))) == []
    priced = load(value=Decimal(100), currency="USD", entries=(_priced(300),))
    assert sentences("D8", priced) == ["other_value"]
    assert lacks("D8", load(bills=(paper,))) == ["second_paper"]


def _priced(value: int) -> Any:
    return entry(value=Decimal(value), currency="USD")


@pytest.mark.parametrize(
    ("day", "found"),
    [(7, ["entry_late"]), (8, ["entry_same_day"]), (9, ["entry_after"]), (1, [])],
)
def test_an_entry_lodged_at_the_last_moment(day: int, found: list[str]) -> None:
    shipped = bill(shipped_on=at(8).date())
    assert sentences("D11", load(bills=(shipped,), entries=(entry(lodged_at=at(day)),))) == found


def test_without_entry_or_loading_nobody_can_tell_how_late() -> None:
    assert lacks("D11", load()) == ["entry"]
    assert lacks("D11", load(entries=(entry(lodged_at=at(1)),))) == ["loaded_on"]


def amended(lodged: int, **fields: Any) -> Load:
    first = entry(1, lane="red", selected_at=at(5), description="Tea", packages=640)
    return load(entries=(first, entry(2, lodged_at=at(lodged), **fields)))


def test_an_entry_amended_after_its_lane() -> None:
    changed = amended(6, description="Nuts", packages=600, lane="green")
    assert sentences("D14", changed) == ["amended", "amended", "lane_lighter"]
    assert sentences("D14", amended(4, description="Nuts", packages=640, lane="red")) == []
    assert sentences("D14", amended(6, description="tea", packages=640, lane="red")) == []


def test_without_a_second_version_or_a_lane_nobody_can_tell() -> None:
    alone = entry(1, lane="red", selected_at=at(5))
    unlaned = load(entries=(entry(1), entry(2, lodged_at=at(6))))
    assert lacks("D14", load()) == ["entry"]
    assert lacks("D14", load(entries=(alone,))) == ["entry_versions"]
    assert lacks("D14", unlaned) == ["selection"]


def test_the_lane_holds_for_every_later_version() -> None:
    rows = (
        entry(1, selected_at=at(5), packages=1),
        entry(2, lodged_at=at(6), packages=1),
        entry(3, lodged_at=at(7), packages=2),
    )
    evidence = judged("D14", load(entries=rows)).flags[0].evidence
    assert [dict(one.values)["version"] for one in evidence] == [3]

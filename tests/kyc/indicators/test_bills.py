"""Rules about the bill of lading: late switches, to order, vague words, missing ship, switch."""

from datetime import date
from typing import Any

import pytest

from kyc.redflags.indicators.load import Load
from tests.kyc.indicators.made import at, bill, fact, judged, lacks, load, party, seal, sentences

LOADED = date(2024, 3, 8)
NAMED: dict[str, Any] = {
    "vessel_name": "Corralis Dawn", "port_of_loading": "Mombasa", "port_of_discharge": "Hai Phong",
}  # fmt: skip


def switched(day: int | None, field: str = "consignee", **fields: Any) -> Load:
    """Two versions; the second changes a field on a day of March 2024; loaded on the eighth."""
    old, new = {field: "Golden Egret, Hai Phong"}, {field: "Lotus Arch, Port Klang"}
    changed = at(day) if day else None
    first = bill(1, shipped_on=LOADED, **old)
    return load(bills=(first, bill(2, shipped_on=LOADED, changed_at=changed, **new)), **fields)


@pytest.mark.parametrize(
    ("day", "found"), [(7, "changed_before"), (8, "changed_on"), (9, "changed_after")]
)
def test_a_switch_near_the_loading_is_raised(day: int, found: str) -> None:
    assert sentences("D1", switched(day)) == [found]


@pytest.mark.parametrize("field", ["consignee", "notify_party", "port_of_discharge"])
def test_consignee_notify_party_and_port_are_watched(field: str) -> None:
    answer = judged("D1", switched(7, field)).flags[0].evidence[0]
    assert dict(answer.values)["field"].key == field  # type: ignore[union-attr]


def test_to_order_in_place_of_a_name_is_a_switch() -> None:
    versions = (
        bill(1, consignee="Golden Egret", shipped_on=LOADED),
        bill(2, is_to_order=True, shipped_on=LOADED, changed_at=at(7)),
    )
    assert sentences("D1", load(bills=versions)) == ["changed_before"]


def test_a_change_long_before_is_no_flag() -> None:
    early = load(
        bills=(bill(1, consignee="A"), bill(2, consignee="B", changed_at=at(1))),
        seized_on=date(2024, 6, 1),
        seals=(seal(stage="loading", on=date(2024, 5, 1)),),
    )
    assert (sentences("D1", early), lacks("D1", early)) == ([], [])


def test_a_change_of_spelling_alone_is_no_switch() -> None:
    versions = (
        bill(1, consignee="Golden Egret Co., Ltd"),
        bill(2, consignee="GOLDEN EGRET CO LTD", changed_at=at(8)),
    )
    assert sentences("D1", load(bills=versions)) == []


@pytest.mark.parametrize(
    ("subject", "missing"),
    [
        (load(), "bill"),
        (load(bills=(bill(),)), "bill_versions"),
        (switched(None), "changed_at"),
    ],
)
def test_without_versions_or_their_times_nobody_can_tell(subject: Load, missing: str) -> None:
    assert lacks("D1", subject) == [missing]


def test_to_order_needs_somebody_known_to_notify() -> None:
    notified = party(pk=9, roles=frozenset({"notify"}))
    known = party(fact("address", "Quay", standing="verified"), roles=frozenset({"notify"}))
    paper = bill(is_to_order=True, notify_party="Pham Quoc Dat")
    assert sentences("D3", load(bills=(bill(is_to_order=True),))) == ["to_order_nobody"]
    assert sentences("D3", load(bills=(paper,), parties=(notified,))) == ["to_order_unknown"]
    assert sentences("D3", load(bills=(paper,), parties=(known,))) == []
    assert sentences("D3", load(bills=(bill(),))) == []
    assert lacks("D3", load()) == ["bill"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("General Cargo", ["vague"]),
        ("20 cartons, SAID TO CONTAIN tea", ["vague"]),
        ("Generals' cargo of tea", []),
    ],
)
def test_vague_words(text: str, found: list[str]) -> None:
    assert sentences("D5", load(bills=(bill(description=text),))) == found


def test_no_description_is_no_answer() -> None:
    assert lacks("D5", load()) == ["description"]


def test_a_bill_names_ship_number_and_ports() -> None:
    assert sentences("D6", load(bills=(bill(),))) == ["unnamed"] * 4
    assert sentences("D6", load(bills=(bill(**NAMED),), vessel_imo="9817559")) == []
    vague = NAMED | {"port_of_discharge": "Any safe port in Asia"}
    assert sentences("D6", load(bills=(bill(**vague),), vessel_imo="9817559")) == ["vague_port"]
    assert lacks("D6", load()) == ["bill"]


def test_a_new_place_of_delivery_after_departure() -> None:
    first = bill(1, place_of_delivery="Hai Phong", shipped_on=LOADED)
    late = bill(2, place_of_delivery="Port Klang", changed_at=at(10))
    early = bill(2, place_of_delivery="Port Klang", changed_at=at(2))
    assert sentences("D9", load(bills=(first, late))) == ["delivery_changed"]
    assert sentences("D9", load(bills=(first, early))) == []
    assert lacks("D9", load(bills=(first,))) == ["bill_versions"]


def test_a_switch_bill() -> None:
    assert sentences("D12", load(bills=(bill(is_switch=True),))) == ["switch"]
    assert (sentences("D12", load(bills=(bill(),))), lacks("D12", load())) == ([], ["bill"])

"""The lifeline: a column per event, a line per holder and seal, further bands for long lives."""

import pytest

from casework.models import Case, User
from evidence import custody, lifeline
from evidence.models import Exhibit
from tests.evidence.acts import tusks


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def drawn(exhibit: Exhibit) -> list[lifeline.Lifeline]:
    return lifeline.lifelines(custody.chain(exhibit).events)


def test_one_event_is_a_point_without_a_line(exhibit: Exhibit) -> None:
    (band,) = drawn(exhibit)
    assert [column.mark for column in band.columns] == ["full"]
    assert band.holders == band.seals == ()
    assert band.weight_path == "128,176"


def test_no_event_is_no_lifeline() -> None:
    assert lifeline.lifelines([]) == []


def test_an_open_offer_is_dashed_and_half(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    (band,) = drawn(exhibit)
    assert band.columns[-1].mark == "half"
    assert [piece.kind for piece in band.holders] == ["ln-dash"]


def test_a_handover_changes_the_holders_line(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=custodian)
    custody.seal(exhibit, seal_number="WS-M 7", actor=custodian)
    (band,) = drawn(exhibit)
    assert [piece.text for piece in band.holders] == ["Sgt Amina Wekesa", "Joseph Kilonzi"]
    assert band.cuts == (band.columns[-1].x,)


def test_what_a_refuser_read_does_not_change_the_seal(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    custody.refuse(offer, reason="Wrong seal", seal_number="OTHER", actor=custodian)
    (band,) = drawn(exhibit)
    assert {piece.text for piece in band.seals} == {"WS-M 006120"}
    assert band.columns[-1].mark == "cross"
    assert custody.chain(exhibit).standing.seal_number == "WS-M 006120"


def test_a_long_life_goes_on_in_a_further_band(exhibit: Exhibit, investigator: User) -> None:
    for _time in range(11):
        custody.reweigh(exhibit, weight_mg=206_000_000, scale="ES-04", actor=investigator)
    bands = drawn(exhibit)
    assert [len(band.columns) for band in bands] == [9, 4]
    assert bands[1].columns[0].number == bands[0].columns[-1].number == 9
    assert all(column.x <= lifeline.RIGHT for band in bands for column in band.columns)


def test_every_event_is_drawn_once_besides_the_joints(exhibit: Exhibit, investigator: User) -> None:
    for _time in range(30):
        custody.examine(exhibit, actor=investigator)
    numbers = {column.number for band in drawn(exhibit) for column in band.columns}
    assert numbers == set(range(1, 32))


def test_a_difference_that_is_explained_is_no_broken_mark(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    told = "One is broken in two."
    custody.acknowledge(
        offer, seal_number="WS-M 006120", count=23, discrepancy=told, actor=custodian
    )
    (band,) = drawn(exhibit)
    assert band.columns[-1].mark == "half"

"""What the readings of seals along the way contradict."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework import identifiers
from kyc.cargo import seal_journey
from kyc.cargo.seal_journey import STAGES, Sighting

DAY = date(2024, 3, 6)


def seen(number: str, stage: str, *, days: int | None = 0, **more: object) -> Sighting:
    on = DAY + timedelta(days) if days is not None else None
    fields = {"source": "Customs", **more}
    return Sighting(number, identifiers.seal_key(number), stage=stage, on=on, **fields)  # type: ignore[arg-type]


def codes(*sightings: Sighting) -> list[str]:
    return [finding.code for finding in seal_journey.read(sightings).findings]


def test_one_number_all_the_way_says_nothing() -> None:
    way = [seen("CU 558120", s, days=n, is_intact=True) for n, s in enumerate(STAGES)]
    assert codes(*way) == []


def test_another_number_at_the_gate_is_found() -> None:
    assert codes(seen("CU 558120", "stuffing"), seen("CU 558121", "gate_in", days=1)) == ["changed"]


def test_the_carrier_s_seal_is_not_the_customs_one() -> None:
    assert codes(seen("ML 1", "stuffing", source="Carrier"), seen("CU 2", "gate_in", days=1)) == []


def test_broken_and_replaced() -> None:
    found = codes(
        seen("CU 1", "gate_in", is_intact=False), seen("CU 2", "scan", days=1, is_intact=True)
    )
    assert found == ["replaced", "broken"]


def test_a_seal_is_cut_at_opening() -> None:
    assert codes(seen("CU 1", "opening", is_intact=False)) == []


def test_a_reading_without_place_or_day_contradicts_nothing() -> None:
    assert codes(seen("CU 1", "stuffing"), seen("CU 2", "", days=None)) == []


def test_what_is_put_on_after_the_opening_is_another_story() -> None:
    assert codes(seen("CU 1", "opening", is_intact=False), seen("WS 2", "", days=1)) == []


def test_what_reads_alike_is_said_to() -> None:
    assert codes(seen("CU 0I", "stuffing"), seen("CU O1", "gate_in")) == ["look_alike"]


def test_the_bill_s_number_that_nobody_read() -> None:
    found = codes(seen("CU 7", "bill", source="Shipper"), seen("CU 8", "gate_in"))
    assert found == ["unseen"]


def test_stages_where_nobody_read_are_named() -> None:
    journey = seal_journey.read([seen("CU 1", "stuffing"), seen("CU 1", "discharge", days=20)])
    assert [finding.stages for finding in journey.findings] == [("gate_in", "loading")]


def test_days_against_the_way() -> None:
    assert codes(seen("CU 1", "stuffing", days=2), seen("CU 1", "gate_in")) == ["backwards"]


def test_a_reading_without_a_stage_stands_where_its_day_puts_it() -> None:
    way = [seen("A", "opening", days=9), seen("B", "", days=3), seen("C", "stuffing")]
    assert [one.number for one in seal_journey.in_order(way)] == ["C", "B", "A"]


def test_one_number_on_two_doors() -> None:
    cut = seen("CU 5", "opening", days=-40, container="A", is_intact=False)
    again = seen("CU 5", "stuffing", container="B")
    assert [two.code for two in seal_journey.twice([again, cut])] == ["cut_before"]
    here = seen("CU 5", "scan", container="A", place="Mombasa")
    there = seen("CU 5", "scan", container="B", place="Nairobi")
    assert [two.code for two in seal_journey.twice([here, there])] == ["two_places"]
    assert [two.code for two in seal_journey.twice([again, here])] == ["two_doors"]
    assert seal_journey.twice([again, again]) == ()


SIGHTINGS = st.lists(
    st.builds(
        seen,
        st.sampled_from(["CU 1", "CU 2", "CU I", "ML9"]),
        st.sampled_from([*STAGES, ""]),
        days=st.none() | st.integers(-3, 30),
        source=st.sampled_from(["Customs", "Carrier"]),
        is_intact=st.sampled_from([True, False, None]),
        container=st.sampled_from(["A", "B", ""]),
    ),
    max_size=8,
)


@given(SIGHTINGS)
def test_no_reading_is_lost_or_made_up(found: list[Sighting]) -> None:
    journey = seal_journey.read(found)
    assert sorted(map(id, journey.points)) == sorted(map(id, found))
    shown = {id(one) for finding in journey.findings for one in finding.sightings}
    assert shown <= set(map(id, found))


@given(SIGHTINGS)
def test_staged_readings_follow_the_way(found: list[Sighting]) -> None:
    stages = [STAGES.index(p.stage) for p in seal_journey.in_order(found) if p.stage]
    assert stages == sorted(stages)


@given(SIGHTINGS)
def test_one_finding_for_each_pair_of_doors(found: list[Sighting]) -> None:
    pairs = [(two.first.key, frozenset((two.first.container, two.second.container)))
             for two in seal_journey.twice(found)]  # fmt: skip
    assert len(pairs) == len(set(pairs))
    assert all(len(doors) == 2 for _key, doors in pairs)

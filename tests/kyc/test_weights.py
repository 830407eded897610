"""The weights of one load against the least doubtful."""

from hypothesis import given
from hypothesis import strategies as st

from kyc.cargo import weights
from kyc.cargo.weights import BY_TRUST, Said

KG = 1_000_000


def test_the_weighbridge_is_what_others_are_held_against() -> None:
    found = weights.compare([Said("declared", 21_760 * KG), Said("weighbridge", 23_510 * KG)])
    assert (found.reference, found.is_independent) == ("weighbridge", True)
    declared = found.rows[0]
    assert (declared.difference_mg, declared.thousandths, declared.is_far) == (
        -1_750 * KG, -74, True,
    )  # fmt: skip


def test_the_tare_is_taken_off_what_was_weighed_with_the_box() -> None:
    said = [
        Said("declared", 21_760 * KG),
        Said("vgm", 25_560 * KG),
        Said("weighbridge", 25_600 * KG),
    ]
    found = weights.compare(said, 3_800 * KG)
    assert [row.goods_mg for row in found.rows] == [21_760 * KG, 21_760 * KG, 21_800 * KG]
    assert found.farthest is None


def test_one_weight_alone_is_held_against_nothing() -> None:
    found = weights.compare([Said("vgm", 5 * KG)])
    assert (found.reference, found.rows[0].difference_mg) == ("", None)
    assert weights.compare([]).rows == ()


SAID = st.lists(
    st.builds(Said, st.sampled_from(BY_TRUST), st.integers(0, 10**15)),
    unique_by=lambda one: one.kind,
)


@given(SAID, st.none() | st.integers(0, 10**13))
def test_every_weight_has_its_row_and_adds_up(said: list[Said], tare: int | None) -> None:
    found = weights.compare(said, tare)
    assert [(row.kind, row.mg) for row in found.rows] == [(one.kind, one.mg) for one in said]
    assert all(0 <= row.goods_mg <= row.mg for row in found.rows)
    if found.reference:
        least = next(row for row in found.rows if row.kind == found.reference)
        for row in found.rows:
            assert row.goods_mg - least.goods_mg == (row.difference_mg or 0)


@given(SAID, st.randoms())
def test_the_order_of_telling_changes_nothing(said: list[Said], random: object) -> None:
    other = sorted(said, key=lambda one: one.kind)
    first, second = weights.compare(said), weights.compare(other)
    assert first.reference == second.reference
    assert {*first.rows} == {*second.rows}

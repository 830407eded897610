"""Typing a place beside a row moves it there, and loses none."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.issuing.arranging import arranged

SHOWN = ["E1", "E2", "E3", "E4", "E5"]


def places(**typed: int) -> dict[str, int]:
    return {row: at for at, row in enumerate(SHOWN, 1)} | typed


def test_a_row_moved_up_stands_before_the_one_whose_place_it_took() -> None:
    assert arranged(SHOWN, places(E5=1)) == ["E5", "E1", "E2", "E3", "E4"]


def test_a_row_moved_down_stands_behind_it() -> None:
    assert arranged(SHOWN, places(E1=4)) == ["E2", "E3", "E4", "E1", "E5"]


def test_without_a_place_a_row_follows() -> None:
    assert arranged(SHOWN, {"E3": 1, "E5": 1}) == ["E3", "E5", "E1", "E2", "E4"]


ROWS = st.permutations(range(8))


@given(ROWS, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), max_size=8))
def test_nothing_is_lost_or_doubled(shown: list[int], typed: list[tuple[int, int]]) -> None:
    assert sorted(arranged(shown, dict(typed))) == list(range(8))


@given(ROWS, st.integers(0, 7), st.integers(1, 8))
def test_one_row_moved_stands_where_it_was_put(shown: list[int], row: int, wanted: int) -> None:
    typed = {one: at for at, one in enumerate(shown, 1)} | {row: wanted}
    assert arranged(shown, typed).index(row) == wanted - 1

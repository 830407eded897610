"""Both directions of writing on one line, as UAX #9 has them: its rules, each by a case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.dossier.faces import bidi

# Hebrew letters stand for R and Arabic ones for AL, as the rules tell them apart.
R, AL = "\u05d0", "\u0645"
MIXED = st.text(alphabet=f"ab {R}{AL}12.,/()[]-+%\u064e\u0661\t", max_size=30)


@pytest.mark.parametrize(
    ("text", "base", "said"),
    [
        ("abc", 0, "000"),
        ("abc", 1, "222"),
        (f"a {AL}{AL} b", 0, "001100"),
        (f"{AL} 12/34", 1, "1122222"),  # W2, W4: a date among Arabic letters stays together
        (f"{AL} 12/34", 0, "1122222"),
        (f"{R} 1+2", 0, "11222"),  # W4
        (f"{AL} 1+2", 0, "11212"),  # W2, W4: no European plus between Arabic numbers
        (f"{R} $12%", 0, "112222"),  # W5
        (f"{R} (a) {R}", 1, "1112111"),  # N0: brackets follow the paragraph
        (f"a ({R}) b", 0, "0001000"),
        (f"a {R} ({R}) b", 0, "001111100"),  # N0: and what stands before
        (f"{R}a {R}", 0, "1001"),
        (f"{R}. ", 0, "100"),  # L1 and N1 at the end
        (f"{AL}\u064e{AL}", 0, "111"),  # W1
    ],
)
def test_levels(text: str, base: int, said: str) -> None:
    assert "".join(map(str, bidi.levels(text, base))) == said


def test_a_line_in_the_order_of_the_page() -> None:
    parts = bidi.stretches(f"{AL}{AL} 12/2024 {AL} KWS", 1)
    assert [(part.text, part.is_leftward) for part in parts] == [
        ("KWS", False),
        (f" {AL} ", True),
        ("12/2024", False),
        (f"{AL}{AL} ", True),
    ]


def test_the_first_letter_gives_the_direction() -> None:
    assert bidi.is_leftward(f"12. {AL} abc")
    assert not bidi.is_leftward(f"12. abc {AL}")


@given(MIXED, st.sampled_from([0, 1]))
def test_nothing_is_lost_and_levels_stay_near_the_paragraph(text: str, base: int) -> None:
    found = bidi.levels(text, base)
    assert len(found) == len(text)
    assert all(base <= level <= base + 2 for level in found)
    assert sorted("".join(part.text for part in bidi.stretches(text, base))) == sorted(text)

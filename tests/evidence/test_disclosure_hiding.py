"""Words that must not be read: found however they are written, in everything, and nothing else."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.disclosure.hiding import WITHHELD, hidden


@dataclass(frozen=True)
class Inner:
    text: str
    bundle_path: str = ""


@dataclass(frozen=True)
class Outer:
    inner: tuple[Inner, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    number: int = 0


@pytest.mark.parametrize(
    "text",
    [
        "Seen by Nguyễn Văn An.", "NGUYEN VAN AN", "nguyen  van\nan", "nguyễn-văn-an",
        "Nguye\u0302\u0303n Va\u0306n An", "Nguyễn\u200b Văn An", "(Nguyễn_Văn_An)",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    said = hidden(["Nguyễn Văn An"]).out_of(text)
    assert WITHHELD in said
    assert "ng" not in said.casefold()


def test_a_part_of_another_word_stays() -> None:
    assert hidden(["Ann", "E3"]).out_of("Annex, planned, E31 and E3") == (
        f"Annex, planned, E31 and {WITHHELD}"
    )


def test_it_reaches_everything_and_leaves_paths_paths() -> None:
    value = Outer((Inner("Juma", "documents/ab-Juma.pdf"), Inner("calm")), (("Who", "juma"),), 7)
    made = hidden(["Juma"]).out_of_all(value)
    assert "juma" not in repr(made).casefold()
    assert made.inner[0].bundle_path == "documents/ab-withheld.pdf"
    assert made.inner[1] is value.inner[1]
    assert made.number == 7


def test_nothing_to_hide_changes_nothing() -> None:
    value = Outer((Inner("Juma"),))
    assert hidden(["", " ", "-"]).out_of_all(value) is value


@given(st.text(), st.text(), st.sampled_from(["Zawadi Pango", "Ésther", "ﬁnch", "Ωmega ß"]))
def test_the_word_is_never_left(before: str, after: str, word: str) -> None:
    one = hidden([word])
    assert not one.is_in(one.out_of(f"{before} {word} {after}"))
    assert not one.is_in(one.out_of(f"{before} {word.upper()} {after}"))

"""What the likeness of two names must hold: properties, and tables of invented names for each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyc.naming import matching
from kyc.naming.matching import names
from tests import own_time

DEFAULT = matching.ALARM / matching.FULL
KINDS = st.sampled_from(["", "person", "firm", "vessel"])
WORD = st.text("abdegiklmnoprstuvz", min_size=4, max_size=10).map(str.title)
NAME = st.lists(WORD, min_size=2, max_size=3, unique=True).map(" ".join)
TYPED = st.text(max_size=40)


@given(TYPED, TYPED, KINDS)
def test_it_is_symmetric_and_between_nothing_and_one(left: str, right: str, kind: str) -> None:
    found = names(left, right, kind)
    assert 0 <= found <= 1
    assert names(right, left, kind) == pytest.approx(found)


@given(NAME, NAME, KINDS)
def test_no_name_is_more_like_another_than_itself(left: str, right: str, kind: str) -> None:
    assert names(left, right, kind) <= names(left, left, kind)


@given(NAME)
def test_equal_names_are_alike_and_never_certain(name: str) -> None:
    assert 0.9 < names(name, name, "person") < 1


@given(NAME, st.randoms())
def test_order_hardly_matters(name: str, chance: object) -> None:
    turned = " ".join(reversed(name.split()))
    assert names(name, turned, "person") > 0.9


@given(NAME, NAME)
def test_capitals_and_accents_do_not_matter(left: str, right: str) -> None:
    marked = left.replace("e", "é").replace("o", "ö").upper()
    assert names(marked, right, "person") == pytest.approx(names(left, right, "person"), abs=0.01)


@given(NAME, WORD)
def test_a_word_more_never_makes_names_more_alike(name: str, more: str) -> None:
    for kind in ("person", "firm"):
        assert names(name, f"{name} {more}", kind) < names(name, name, kind)


@settings(max_examples=50)
@given(
    st.text(
        "bdgklmnprstvz",
        min_size=9,
        max_size=9,
    ),
    WORD,
)
def test_each_edit_lowers(word: str, other: str) -> None:
    once = word[:4] + "aw" + word[5:]
    twice = once[:7] + "ew" + once[8:]
    found = [names(f"{w} {other}", f"{word} {other}", "person") for w in (word, once, twice)]
    assert found == sorted(found, reverse=True)


def alike(kind: str, *pairs: tuple[str, str]) -> list[object]:
    return [pytest.param(kind, left, right, id=f"{left} = {right}") for left, right in pairs]


SAME = [
    *alike(
        "person",
        ("Tavi Zuvelo", "ZUVELO, Tavi"),
        ("Tavi Zuvelo", "Tavi Marekku Zuvelo"),
        ("Tavi Zuvelo", "Tavi Zuvelovich Zuvelo"),
        ("T. Zuvelo", "Tavi Zuvelo"),
        ("Tavizuvelo", "Tavi Zuvelo"),
        ("TaviDaneko Zuvelo", "Tavi Daneko Zuvelo"),
        ("Tavi van der Zuvel", "Tavi Vanderzuvel"),
        ("Tavi Zuvelo-Ololo", "Tavi Zuvelo Ololo"),
        ("Tavi bin Zuvelo", "Tavi ibn Zuvelo"),
        ("Tavi al-Zuvelo", "Tavi Zuvelo"),
        ("Sheikh Tavi Zuvelo", "Tavi Zuvelo"),
        ("Captain Tavi Zuvelo", "Dr Tavi Zuvelo"),
        ("Ted Zuvelo", "Theodore Zuvelo"),
        ("John Zuvelo", "Juan Zuvelo"),
        ("Usama Zuvelo", "Osama Zuvelo"),
        ("Mohamed Zuvelo", "Muhammad Zuvelo"),
        ("Sergei Zuvelov", "Сергей Зувелов"),
        ("Sergei Zuvelov", "Serhii Zuvelov"),
        ("Sergejs Zuvelovs", "Sergey Viktorovich ZUVELOV"),
        ("Abdul Rahman Zuvelo", "Abdulrahman Zuvelo"),
        ("Tavi Zuvelo", "Tavi Zuvello"),
        ("Tavi Zuvelo", "Tavi Zuveol"),
        ("Salim Zuvelan", "سليم زوفيلان"),
        ("Zuvelomar", "Zuvelomer"),
        ("Đặng Zuvelo", "Dang Zuvelo"),
        ("Xiao Zuvelo", "Zuvelo Xiao"),
        ("李小泽", "李小泽"),
        ("Li Xiaoze", "李小泽"),
        ("Xiaoze Li", "李小泽"),
        ("Tavi Zuvelo; Mako Ololo", "Ololo, Mako"),
    ),
    *alike(
        "firm",
        ("Zuvelo Ltd", "Zuvelo Limited"),
        ("Zuvelo", "Zuvelo Sp. z o.o."),
        ("OAO Zuvelo", "Zuvelo JSC"),
        ("OAO Zuvelo", "Open Joint Stock Company Zuvelo"),
        ("Zuvelo AG", "ZuveloAG"),
        ("Zuvelo AG", "Zuvelo Aktiengesellschaft"),
        ("Zuvelo Trading Company", "Zuvelo Trading Co."),
        ("Zuvelo Logistics", "Zuvelo Logistik GmbH"),
        ("Z.V.L. Aviation", "ZVL Aviation"),
        ("Good Zuvel Company", "Goodzuvel Company"),
        ("Zuvelo Ololo Ltd", "Zuvello Ololo"),
        ("Ololo Brigade 44", "Ololo Brigade Forty-four"),
        ("Zuvelo & Sons", "Zuvelo and Sons"),
        ("The Zuvelo Company", "Zuvelo Co Ltd"),
        ("Rising Zuvel Movement (RZM)", "Rising Zuvel Movement"),
        ("Zuvelo Shpg Co", "Zuvelo Shipping Company"),
        ("Bureau No. 44 Zuvelo", "Bureau 44 Zuvelo"),
    ),
    *alike("vessel", ("MV Zuvelo Star", "Zuvelo Star"), ("ZUVELO STAR", "Zuvelo Star")),
    *alike("", ("Zuvelo Shipping Ltd", "Zuvelo Shipping"), ("Tavi Zuvelo", "Zuvelo Tavi")),
]

OTHERS = [
    *alike(
        "person",
        ("Tavi Zuvelo", "Marekku Zuvelo"),
        ("Tavi Zuvelo", "Tavi Ololo"),
        ("Tavi Zuvelo", "Marekku Tavi Ololo"),
        ("Tavi Zuvelo", "Daneko Marekku Tavi Westzuvel"),
        ("Tavi al-Zuvelo", "Marekku al-Zuvelo"),
        ("T. Zuvelo", "Marekku Zuvelo"),
        ("Pol Zot", "Zot Pouv"),
        ("Li Wu", "Lu Wi"),
        ("Maria Zot", "Marta Zot"),
        ("李小泽", "王小泽"),
        ("Juma", "Juma Otieno Zuvelo"),
        ("سليم زوفيلان", "كريم تاباري"),
        ("Zuv Chun Il", "Zuv To Chun"),
        ("زوفيلان تاباري كيمو", "Mako Dane Westzuvel"),
        ("", "Tavi Zuvelo"),
    ),
    *alike(
        "firm",
        ("ZVL Aviation", "ZAU Aviation"),
        ("Zuvelo Shipping", "Zuvelo Timber"),
        ("Zuvelo AG", "Ololo AG"),
        ("Zuvelo Kenya Ltd", "Zuvelo Uganda Ltd"),
        ("Zuvelo Fund II", "Zuvelo Fund III"),
        ("Brigade 44", "Brigade 45"),
        ("Zuvelo Ship CH17", "Zuvelo Ship CH18"),
        ("Zuvelo Series A", "Zuvelo Series B"),
        ("Zuvelo Tactical Kittens Corporation", "Zuvelo Tactical Missiles Corporation"),
        ("Timber Ltd", "LLC Timber Dredging Company"),
        ("Zuvelo Ltd", "Zuvelo Ololo Ltd"),
        ("Government of Zuvelonia", "Government of Ololonia"),
    ),
    *alike("vessel", ("Zot", "Zat"), ("Zuvelo Star", "Zuvelo Moon")),
]


@pytest.mark.parametrize(("kind", "left", "right"), SAME)
def test_one_name_in_two_ways_raises_an_alarm(kind: str, left: str, right: str) -> None:
    assert names(left, right, kind) >= DEFAULT


@pytest.mark.parametrize(("kind", "left", "right"), OTHERS)
def test_two_names_raise_none(kind: str, left: str, right: str) -> None:
    assert names(left, right, kind) < DEFAULT


RANKED = [
    ("person", "Tavi Zuvelo", ["Tavi Zuvelo", "ZUVELO Tavi", "Tavi Zuvello", "Tavo Zuvello"]),
    ("person", "Tavi Zuvelo", ["Tavi Zuvelo", "Tavi Mako Zuvelo", "Tavi Mako Dane Zuvelo"]),
    ("person", "Tavi Zuvelo", ["Tavi Marekku Zuvelo", "Marekku Tavi Zuvelo"]),
    ("person", "Ted Zuvelo", ["Ted Zuvelo", "Theodore Zuvelo", "Marekku Zuvelo"]),
    ("firm", "Zuvelo Ltd", ["Zuvelo Ltd", "Zuvelo", "Zuvelo SA", "Zuvelo Timber SA"]),
    ("firm", "Zuvelo Ltd", ["Zuvelo Ltd", "Zuvelo Group Ltd", "Zuvelo Kenya Ltd", "Ololo Ltd"]),
]


@pytest.mark.parametrize(("kind", "name", "others"), RANKED)
def test_each_difference_lowers(kind: str, name: str, others: list[str]) -> None:
    found = [names(name, other, kind) for other in others]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_short_names_do_not_score_high() -> None:
    assert names("Bo", "BO", "person") < names("Zuvelo", "ZUVELO", "person")
    assert names("Bo Li", "Bo Li", "person") < names("Tavi Zuvelo", "Tavi Zuvelo", "person")


def test_common_names_with_a_word_more_score_less_than_rare_ones() -> None:
    common = names("Maria Garcia", "Maria Luisa Garcia", "person")
    assert common < names("Tavi Zuvelo", "Tavi Luisa Zuvelo", "person")


@pytest.mark.parametrize("text", ["", "😀" * 50, "a" * 10_000, "\u202e" * 300, "a b " * 3_000])
@pytest.mark.parametrize("kind", ["", "person", "firm", "vessel", "nonsense"])
def test_odd_texts_take_little_time(text: str, kind: str) -> None:
    assert own_time.seconds(lambda: names(text, text[::-1] + "x", kind)) < 1
    assert 0 <= names(text, text[::-1] + "x", kind) <= 1

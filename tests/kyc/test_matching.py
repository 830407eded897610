"""Two subjects compared: what raises, what lowers, and that the reasons say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyc.naming import matching
from kyc.naming.matching import Score, Subject, compare

TAVI = Subject("person", ("Tavi Zuvelo",))


def person(name: str = "Tavi Zuvelo", **facts: tuple[str, ...]) -> Subject:
    return Subject("person", (name,), **facts)  # type: ignore[arg-type]


def codes(score: Score) -> list[str]:
    return [reason.code for reason in score.reasons]


def test_equal_names_alone_raise_an_alarm_and_do_not_fill_the_score() -> None:
    score = compare(TAVI, TAVI)
    assert matching.ALARM < score.value <= matching.NAMES_ALONE
    assert score.reasons[0].words == "Both are named “Tavi Zuvelo”."


def test_everything_together_comes_close_to_the_top() -> None:
    both = Subject(
        "person",
        ("Tavi Zuvelo",),
        birth_dates=("1970-02-03",),
        countries=("KE",),
        identifiers=(("passport", "A 123456"), ("phone", "+254 700 000001")),
        addresses=("12 Ololo Road, Zuvel Town",),
    )
    assert 980 < compare(both, both).value <= matching.FULL


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        ("1970-02-03", "1970-02-03", "same_birth"),
        ("1970-02-03", "1970-02", "same_birth"),
        ("1970", "1970-02-03", "same_birth"),
        ("1970-02-03", "1970-03-02", "other_birth"),
        ("1970-02-03", "1971-02-03", "other_birth"),
        ("1970-02-03", "1985-02-03", "other_birth"),
    ],
)
def test_dates_of_birth(ours: str, theirs: str, code: str) -> None:
    score = compare(person(birth_dates=(ours,)), person(birth_dates=(theirs,)))
    assert codes(score)[1:] == [code]
    assert (score.value > compare(TAVI, TAVI).value) is (code == "same_birth")


@pytest.mark.parametrize("day", ["²²²²", "0000", "٣٣٣٣-01", "9999-99-99", "born?"])
def test_an_odd_date_of_birth_breaks_nothing(day: str) -> None:
    assert compare(person(birth_dates=(day,)), person(birth_dates=("1970-02-03",))).value >= 0


def test_a_fuller_date_raises_more_and_a_further_one_lowers_more() -> None:
    days = ("1970-02-03", "1970-02", "1970", "1970-03-02", "1971-02-03", "1980-02-03")
    ours = person(birth_dates=("1970-02-03",))
    values = [compare(ours, person(birth_dates=(day,))).value for day in days]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)


def test_another_date_of_birth_takes_the_alarm_away() -> None:
    score = compare(person(birth_dates=("1950",)), person(birth_dates=("1990-01-01",)))
    assert score.value < matching.ALARM


def test_countries() -> None:
    known = person(countries=("KE",))
    assert compare(known, person(countries=("ke", "TZ"))).value > compare(TAVI, TAVI).value
    assert compare(known, person(countries=("TZ",))).value < compare(TAVI, TAVI).value
    assert compare(known, TAVI).value == compare(TAVI, TAVI).value


def test_an_equal_number_finds_a_party_under_another_name() -> None:
    ours = Subject("firm", ("Zuvelo Ltd",), identifiers=(("tax_pin", "P051234567X", "KE"),))
    theirs = Subject("firm", ("Zuvela Traders",), identifiers=(("tax_pin", "p05 1234567x"),))
    score = compare(ours, theirs)
    assert score.value >= matching.ALARM
    assert "Both have the tax number P051234567X." in [reason.words for reason in score.reasons]


def test_a_different_number_lowers_only_within_one_register() -> None:
    def firm(*number: str) -> Subject:
        return Subject("firm", ("Zuvelo Ltd",), identifiers=(number,))

    ours = firm("registration", "C.1234/55", "KE")
    assert codes(compare(ours, firm("registration", "C.9999/55", "KE")))[-1] == "other_number"
    assert codes(compare(ours, firm("registration", "C.9999/55", "TZ"))) == ["names"]
    assert codes(compare(ours, firm("tax_pin", "P051234567X", "KE"))) == ["names"]
    assert codes(compare(firm("phone", "0700000001"), firm("phone", "0700000002"))) == ["names"]


def test_an_imo_number_is_read_with_and_without_its_letters() -> None:
    one = Subject("vessel", ("Zuvelo Star",), identifiers=(("imo", "IMO 9074729"),))
    other = Subject("vessel", ("Ololo Moon",), identifiers=(("imo", "9074729"),))
    assert compare(one, other).value >= matching.ALARM


def test_a_person_is_not_a_firm() -> None:
    firm = Subject("firm", ("Tavi Zuvelo",))
    assert compare(TAVI, firm).value < matching.ALARM
    assert compare(TAVI, Subject("", ("Tavi Zuvelo",))).value == compare(TAVI, TAVI).value


def test_the_best_pair_of_names_counts_and_a_weak_alias_less() -> None:
    many = Subject("person", ("Ololo Marekku", "Tavi Zuvelo"))
    weak = Subject("person", ("Ololo Marekku",), weak_names=("Tavi Zuvelo",))
    assert compare(TAVI, many).value == compare(TAVI, TAVI).value
    assert compare(TAVI, many).right_name == "Tavi Zuvelo"
    assert compare(TAVI, weak).value < compare(TAVI, many).value
    assert "weak_name" in codes(compare(TAVI, weak))


def test_an_address_in_common_raises_and_another_does_not_lower() -> None:
    ours = person(addresses=("12 Ololo Road, Zuvel Town",))
    same, other = (
        person(addresses=("Zuvel Town, Ololo Road 12",)),
        person(addresses=("Elsewhere 9 Street",)),
    )
    assert compare(ours, same).value > compare(TAVI, TAVI).value
    assert compare(ours, other).value == compare(TAVI, TAVI).value


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("T. Zuvelo", "Tavi Zuvelo", "“t” may stand for “tavi”."),
        ("Ted Zuvelo", "Theodore Zuvelo", "“ted” and “theodore” are forms of one name."),
        ("Tavi Zuvelo", "Tavi Zuvello", "“zuvelo” and “zuvello” are said alike."),
        ("Tavi Zuvelo", "Tavi Zuvemo", "“zuvelo” and “zuvemo” are spelt a little differently."),
        ("Tavi Zuvelo", "Tavi Mako Zuvelo", "Only one of the names has “mako”."),
        ("Tavi Zuvelo", "Mako Zuvelo", "“tavi” on one side, “mako” on the other."),
        ("Tavi Zuvelo", "Zuvelo Tavi", "The words stand in another order."),
        ("Tavi Zuvelo", "TaviZuvelo", "The same letters, with other spaces."),
    ],
)
def test_reasons_say_what_differs(left: str, right: str, said: str) -> None:
    assert said in [reason.words for reason in compare(person(left), person(right)).reasons]


DAYS = st.sampled_from(["1970", "1970-01", "1970-01-02", "1988-12-31", "", "x"])
SUBJECTS = st.builds(
    Subject,
    st.sampled_from(["person", "firm", "vessel", "unknown", ""]),
    st.lists(st.text(max_size=12), max_size=2).map(tuple),
    weak_names=st.lists(st.text(max_size=12), max_size=1).map(tuple),
    birth_dates=st.lists(DAYS, max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(["KE", "TZ"]), max_size=2).map(tuple),
    identifiers=st.lists(
        st.tuples(st.sampled_from(["imo", "phone", "other"]), st.text(max_size=6)), max_size=2
    ).map(tuple),
    addresses=st.lists(st.text(max_size=30), max_size=1).map(tuple),
)


@given(SUBJECTS, SUBJECTS)
def test_points_add_up_and_sides_may_be_changed(left: Subject, right: Subject) -> None:
    score = compare(left, right)
    assert 0 <= score.value <= matching.FULL
    assert sum(reason.points for reason in score.reasons) == score.value
    assert abs(compare(right, left).value - score.value) <= 1

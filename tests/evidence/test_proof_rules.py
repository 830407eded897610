"""The rules of the alarms, on readings made up at random: their order, and what they may say."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.proof import rules
from evidence.proof.rules import Charged, Facts, Found, Point, Relied, Thing

STATES = ("proved", "contested", "missing", "not_needed", "linked")
KINDS = ("exhibit", "statement", "certificate", "report", "fact", "admission", "attachment")
numbers = st.integers(1, 4)
pairs = st.sampled_from(
    [((1, 1),), ((1, 1), (1, 2)), ((2, 1),), ((2, 1), (2, 2), (3, 1)), ((3, 2),), ((1, 2), (4, 1))]
)
words = st.sampled_from("abcd")


@st.composite
def points(draw: st.DrawFn) -> Point:
    is_personal = draw(st.booleans())
    own = draw(pairs)
    state = draw(st.sampled_from(STATES))
    kinds = frozenset(draw(st.lists(st.sampled_from(KINDS), max_size=3)))
    return Point(
        draw(words), draw(words), is_personal, state, kinds,
        tuple(draw(st.lists(st.sampled_from(KINDS), max_size=3, unique=True))),
        own[:1] if is_personal else own,
    )  # fmt: skip


charged = st.builds(
    Charged, numbers, st.booleans(), st.booleans(), st.lists(words, max_size=2).map(tuple), pairs
)
relied = st.builds(Relied, words, st.booleans(), st.booleans(), st.booleans(), pairs)
OF_THINGS = ("contradicted", "no_certificate", "custody_gap", "no_witness", "no_translation",
             "foreign_evidence", "admission_withdrawn", "replaced")  # fmt: skip
things = st.builds(Thing, st.sampled_from(OF_THINGS), words, pairs)


def many(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=4).map(tuple)


readings = st.builds(
    Facts, many(charged), many(points()), many(relied), many(things), st.booleans()
)


@given(readings)
def test_alarms_come_in_the_order_of_what_lost_cases(facts: Facts) -> None:
    places = [rules.ORDER.index(one.code) for one in rules.find(facts)]
    assert places == sorted(places)


@given(readings)
def test_an_alarm_names_only_charges_of_the_reading(facts: Facts) -> None:
    known = {pair for rows in (facts.counts, facts.points, facts.witnesses, facts.things)
             for row in rows for pair in row.pairs}  # fmt: skip
    for one in rules.find(facts):
        assert one.pairs
        assert set(one.pairs) <= known


@given(readings)
def test_what_is_proved_or_not_needed_alarms_nobody(facts: Facts) -> None:
    settled = tuple(
        Point(p.element, p.label, p.is_personal, "proved", p.kinds, p.proven_by, p.pairs)
        for p in facts.points
    )
    codes = {one.code for one in rules.find(Facts(points=settled))}
    assert codes == set()


@given(readings, readings)
def test_what_is_kept_names_nothing_that_one_side_does_not_know(a: Facts, b: Facts) -> None:
    full, plain = rules.find(a), rules.find(b)
    for kept in rules.common(full, plain):
        for side in (full, plain):
            assert any(
                kept.code == one.code
                and set(kept.things) <= set(one.things)
                and set(kept.pairs) <= set(one.pairs)
                for one in side
            )


@given(readings)
def test_a_reading_has_itself_in_common(facts: Facts) -> None:
    found = rules.find(facts)
    assert set(rules.common(found, found)) >= set(found)


def point(state: str, *kinds: str, personal: bool = False, by: str = "report admission") -> Point:
    return Point("x", "x", personal, state, frozenset(kinds), tuple(by.split()), ((1, 1),))


def codes(*found: Point, **more: object) -> list[str]:
    facts = Facts(points=found, **more)  # type: ignore[arg-type]  # as a test reads best
    return [one.code for one in rules.find(facts)]


def test_a_species_without_a_report_is_said_once_and_first() -> None:
    count = Charged(1, True, False, ("E1",), ((1, 1),))
    assert codes(point("missing"), counts=(count,)) == ["no_report"]


def test_a_report_on_some_of_the_things_names_the_others() -> None:
    count = Charged(1, True, True, ("E2",), ((1, 1),))
    (alarm,) = rules.find(Facts(counts=(count,), points=(point("contested", "report"),)))[:1]
    assert (alarm.code, alarm.things) == ("no_report", ("E2",))


def test_a_report_on_record_that_is_not_linked_is_a_missing_point() -> None:
    count = Charged(1, True, True, (), ((1, 1),))
    assert codes(point("missing"), counts=(count,)) == ["missing"]


def test_nobody_is_to_be_summoned_before_a_day_is_listed() -> None:
    witness = Relied("W1", False, False, False, ((1, 1),))
    assert rules.find(Facts(witnesses=(witness,))) == []
    (alarm,) = rules.find(Facts(witnesses=(witness,), has_hearing=True))
    assert alarm.code == "not_summoned"


def test_the_order_keeps_the_seven_of_the_record() -> None:
    seven = ("no_report", "no_link", "no_certificate", "custody_gap", "not_summoned",
             "no_translation", "foreign_evidence")  # fmt: skip
    assert [code for code in rules.ORDER if code in seven] == list(seven)
    assert Found("no_report", (), ()).gravity == 0

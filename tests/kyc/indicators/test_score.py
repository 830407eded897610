"""How flags add up."""

from hypothesis import given
from hypothesis import strategies as st

from kyc.redflags.indicators import Point, Weighed, add_up, facts_alone

FACT = Point("fact", 1)


def flag(code: str, weight: int = 3, **fields: object) -> Weighed:
    return Weighed(code=code, label=f"Label of {code}", weight=weight, **fields)  # type: ignore[arg-type]


def test_weights_add_up_and_the_heaviest_come_first() -> None:
    score = add_up([flag("R5", 2), flag("C1", 5), flag("D1", 5)])
    assert (score.total, score.standing, score.strong) == (12, 3, 2)
    assert [line.code for line in score.heaviest()] == ["C1", "D1", "R5"]


def test_an_indicator_weighs_once_however_many_show_it() -> None:
    assert add_up([flag("P5", 2), flag("P5", 2)]).total == 2


def test_a_fact_weighs_once_under_the_heaviest() -> None:
    score = add_up([flag("S8", 1, facts=frozenset({FACT})), flag("P9", facts=frozenset({FACT}))])
    assert [(line.code, line.points, line.under) for line in score.lines] == [
        ("P9", 3, ""),
        ("S8", 0, "P9"),
    ]


def test_what_is_dismissed_counts_nothing_and_is_counted() -> None:
    score = add_up([flag("P5", is_dismissed=True), flag("C1", 5)])
    assert (score.total, score.dismissed) == (5, ("P5",))


def test_a_dismissed_flag_does_not_hide_the_same_one_elsewhere() -> None:
    score = add_up([flag("P5", is_dismissed=True), flag("P5")])
    assert (score.total, score.dismissed) == (3, ())


def test_a_dismissed_flag_lets_its_fact_weigh_under_another() -> None:
    gone = flag("P9", is_dismissed=True, facts=frozenset({FACT}))
    assert add_up([gone, flag("S8", 1, facts=frozenset({FACT}))]).total == 1


def test_evidence_beyond_facts_is_no_double_count() -> None:
    assert facts_alone([FACT, Point("party", 2)]) == {FACT}
    assert facts_alone([FACT, Point("bill", 2)]) == frozenset()


weighed = st.builds(
    Weighed,
    code=st.sampled_from(["P1", "P2", "C1", "D1", "S8"]),
    label=st.just("Label"),
    weight=st.integers(0, 5),
    is_dismissed=st.booleans(),
    facts=st.frozensets(st.builds(Point, st.just("fact"), st.integers(1, 3)), max_size=2),
)


@given(st.lists(weighed))
def test_the_order_does_not_matter_and_a_sum_has_no_gaps(flags: list[Weighed]) -> None:
    score = add_up(flags)
    assert score == add_up(list(reversed(flags)))
    assert score.total == sum(line.points for line in score.lines)
    assert score.total <= sum(one.weight for one in flags if not one.is_dismissed)
    assert {line.code for line in score.lines} == {f.code for f in flags if not f.is_dismissed}
    assert not set(score.dismissed) & {line.code for line in score.lines}

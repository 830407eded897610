"""Charts keep inside their drawing, lose no word, and draw a number as long as it is."""

from hypothesis import given
from hypothesis import strategies as st

from casework.charts import curve
from casework.charts.bars import MOST, Bar, Span, bars, spans
from casework.charts.drawing import WIDTH, Drawing, Text, broken, measure, steps

NAMES = st.text("abcdefghij ", min_size=1, max_size=60)
KINDS = st.sampled_from(["fill", "act", "court", "defence", "lost", "open"])
ROWS = st.lists(
    st.builds(
        Bar, NAMES, st.none() | st.integers(0, 10**6), st.just("12,345"), st.just("lost"), KINDS,
        st.integers(0, 10**6),
    ),
    max_size=12,
)  # fmt: skip
SHARES = st.floats(0, 1, allow_nan=False)


def is_inside(drawing: Drawing) -> bool:
    places = [(r.x, r.y) for r in drawing.rects]
    places += [(r.x + r.width, r.y + r.height) for r in drawing.rects]
    places += [point for stroke in drawing.strokes for point in stroke.points]
    places += [*drawing.spots, *((text.x, text.y) for text in drawing.texts)]
    return all(-1 <= x <= WIDTH + 1 and -1 <= y <= drawing.height + 1 for x, y in places)


@given(ROWS)
def test_bars_stay_inside_and_name_every_row(rows: list[Bar]) -> None:
    drawing = bars("Bars", "", rows)
    assert is_inside(drawing)
    said = " ".join(text.text for text in drawing.texts if text.kind == "e")
    assert said.split() == " ".join(row.name for row in rows[:MOST]).split()


def test_a_bar_is_as_long_as_its_number() -> None:
    drawing = bars("Bars", "", [Bar("All", 40), Bar("Half", 20), Bar("None", 0)])
    whole, half = drawing.rects
    assert abs(whole.width / half.width - 2) < 0.01


def test_what_was_lost_ends_where_the_step_before_did() -> None:
    drawing = bars("Funnel", "", [Bar("Seized", 64), Bar("Charged", 34, lost=30)])
    seized, charged, lost = drawing.rects
    assert lost.kind == "lost"
    assert abs(lost.x - (charged.x + charged.width)) < 0.2
    assert abs((lost.x + lost.width) - (seized.x + seized.width)) < 0.2


def test_a_chart_of_many_rows_says_that_the_table_has_more() -> None:
    rows = [Bar(f"Cause {number}", 5, "5") for number in range(60)]
    drawing = bars("Bars", "", rows, rest="More rows are in the table.")
    assert len(drawing.rects) == MOST
    assert drawing.texts[-1].text == "More rows are in the table."
    assert is_inside(drawing)


def test_a_row_that_is_not_told_has_no_bar() -> None:
    drawing = bars("Bars", "", [Bar("Seven", 7, "7"), Bar("Few", None, "too few to tell")])
    assert len(drawing.rects) == 1
    assert Text(drawing.texts[-1].x, drawing.texts[-1].y, "too few to tell", "2") in drawing.texts


@given(st.lists(st.tuples(NAMES, SHARES, SHARES, SHARES), max_size=8))
def test_ranges_stay_inside(rows: list[tuple[str, float, float, float]]) -> None:
    found = []
    for name, *shares in rows:
        low, middle, high = sorted(share * 100 for share in shares)
        found.append(Span(name, low, middle, high, "36 %, 10 of 29"))
    assert is_inside(spans("Rates", "", found, highest=100, unit=" %"))


@given(st.lists(st.tuples(st.floats(0.01, 30), SHARES), min_size=1, max_size=200))
def test_a_curve_stays_inside_and_has_no_more_corners_than_pixels(
    found: list[tuple[float, float]],
) -> None:
    times, shares = zip(*found, strict=True)
    made = [
        curve.Step(time, share, share * 0.8, min(1, share * 1.2))
        for time, share in zip(sorted(times), sorted(shares, reverse=True), strict=True)
    ]
    shape = curve.Curve(made, max(times), list(times), None, "", "years")
    drawing = curve.draw("Curve", "", shape)
    assert is_inside(drawing)
    line = next(stroke for stroke in drawing.strokes if stroke.kind == "curve")
    assert len(line.points) <= 4 * WIDTH


def test_the_curve_names_the_day_by_which_half_were_concluded() -> None:
    shape = curve.Curve([curve.Step(2, 0.5, 0.3, 0.7)], 4, [3], 2, "Half by day 730", "years")
    drawing = curve.draw("Curve", "", shape)
    middle = drawing.spots[0]
    assert any(text.text == "Half by day 730" for text in drawing.texts)
    assert abs(middle[0] - (52 + (WIDTH - 52 - 16) / 2)) < 1
    assert [stroke.kind for stroke in drawing.strokes].count("tick") == 1


@given(NAMES, st.integers(60, 200))
def test_a_label_is_broken_between_words_and_never_cut(name: str, most: int) -> None:
    lines = broken(name, most)
    assert " ".join(lines).split() == name.split()
    assert all(measure(line) <= most or " " not in line for line in lines)


@given(st.just(0.0) | st.floats(1, 10**7))
def test_an_axis_has_few_round_steps_up_to_the_highest(highest: float) -> None:
    found = steps(highest)
    assert found[0] == 0
    assert found[-1] >= highest or highest - found[-1] < 1e-6 * highest
    assert 2 <= len(found) <= 9

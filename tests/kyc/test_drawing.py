"""The picture of a network: nothing lies on anything else; the same network is drawn the same."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kyc.ties import drawing
from kyc.ties.drawing import Item, Line, Picture
from kyc.ties.graph import Node

NODES = [Node("party", str(n)) for n in range(7)] + [Node("phone", str(n)) for n in range(3)]
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60
)
shapes = st.sampled_from(["firm", "person", "case", "cargo", "thing"])
items = st.tuples(*(st.builds(Item, st.just(n), names, names, shapes) for n in NODES))
pairs = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda p: p[0] < p[1])
lines = st.dictionaries(pairs, st.tuples(names | st.just(""), st.booleans()), max_size=20).map(
    lambda found: [Line(a, b, word, firm) for (a, b), (word, firm) in found.items()]
)


def boxes(picture: Picture) -> list[tuple[int, int, int, int]]:
    """Every box and every word, as left, top, right, bottom."""
    found = [(s.x, s.y, s.x + s.width, s.y + s.height) for s in picture.shapes]
    for word in (word for stroke in picture.strokes for word in stroke.words):
        found.append((word.x - drawing._width(word.text), word.y - 12, word.x, word.y + 2))
    return found


@settings(max_examples=60, deadline=None)
@given(items, lines)
def test_no_box_and_no_word_lies_on_another(
    all_items: tuple[Item, ...], all_lines: list[Line]
) -> None:
    picture = drawing.draw(all_items, all_lines, NODES[0])
    for one, other in combinations(boxes(picture), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@settings(max_examples=60, deadline=None)
@given(items, lines)
def test_all_is_inside_and_every_line_is_drawn_once(
    all_items: tuple[Item, ...], all_lines: list[Line]
) -> None:
    picture = drawing.draw(all_items, all_lines, NODES[0])
    assert all(b[0] >= 0 and b[1] >= 0 for b in boxes(picture))
    assert all(b[2] <= picture.width and b[3] <= picture.height for b in boxes(picture))
    drawn = {shape.item.node for shape in picture.shapes}
    assert len(picture.strokes) == sum(line.left in drawn for line in all_lines)
    for shape in picture.shapes:
        told = "".join(word.text for word in shape.words)
        assert told.replace(" ", "") == (shape.item.name + shape.item.word).replace(" ", "")


@settings(max_examples=40, deadline=None)
@given(items, lines, st.randoms())
def test_the_order_that_rows_came_in_does_not_show(
    all_items: tuple[Item, ...], all_lines: list[Line], luck: object
) -> None:
    shuffled, mixed = list(all_items), list(all_lines)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    luck.shuffle(mixed)  # type: ignore[attr-defined]
    assert drawing.draw(shuffled, mixed, NODES[0]) == drawing.draw(all_items, all_lines, NODES[0])


def test_a_start_alone_is_a_picture_too() -> None:
    picture = drawing.draw([Item(NODES[0], "Tea Ltd", "Firm", "firm")], [], NODES[0])
    assert [shape.is_start for shape in picture.shapes] == [True]
    assert picture.strokes == []

"""The pure graph: what is near, the shortest way, who recurs together."""

from collections import deque
from collections.abc import Collection
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kyc.ties import graph
from kyc.ties.graph import Link, Node, Ring

PEOPLE = [Node("party", str(n)) for n in range(9)]
THINGS = [Node("phone", str(n)) for n in range(4)]
pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE + THINGS))
webs = st.lists(pairs.filter(lambda p: p[0] != p[1]), max_size=25).map(
    lambda found: [Link(a, b, "x") for a, b in dict.fromkeys(found)]
)


def reader(links: list[Link], crowd: int = 99) -> graph.Expand:
    """Reads a web as the database is read: the links of the nodes asked for."""
    beside = graph.neighbours(links)

    def expand(nodes: Collection[Node]) -> Ring:
        crowded = {n for n in nodes if not n.is_end and len(beside.get(n, ())) > crowd}
        wanted = set(nodes) - crowded
        found = [link for link in links if {link.left, link.right} & wanted]
        return Ring(found, frozenset(crowded))

    return expand


def far(links: list[Link], start: Node) -> dict[Node, int]:
    """Steps from the start to each end, counted in the simplest way there is."""
    beside = graph.neighbours(links)
    found, queue = {start: 0}, deque([start])
    while queue:
        node = queue.popleft()
        near = {o for o in beside.get(node, ()) if o.is_end}
        near |= {o for t in beside.get(node, ()) if not t.is_end for o in beside[t]}
        for other in sorted(near - found.keys()):
            found[other] = found[node] + 1
            queue.append(other)
    return found


def ask(links: list[Link], start: Node, goal: Node, ways: int = 5, crowd: int = 99) -> graph.Answer:
    return graph.connect(start, goal, reader(links, crowd), ways=ways, steps=12, most=1000)


@given(webs)
def test_the_way_found_is_the_shortest(links: list[Link]) -> None:
    truth = far(links, PEOPLE[0])
    for goal in PEOPLE[1:]:
        ways = ask(links, PEOPLE[0], goal).ways
        assert bool(ways) == (goal in truth)
        if ways:
            assert len(ways[0]) == truth[goal]
            assert [len(way) for way in ways] == sorted(len(way) for way in ways)


@given(webs)
def test_ways_are_made_of_links_there_are_and_have_no_circle(links: list[Link]) -> None:
    joined = {frozenset(link[:2]) for link in links}
    for way in ask(links, PEOPLE[0], PEOPLE[1]).ways:
        ends = [way[0][0].left, *(step[0].right for step in way)]
        assert (ends[0], ends[-1]) == (PEOPLE[0], PEOPLE[1])
        assert len(set(ends)) == len(ends)
        for hop in (hop for step in way for hop in step):
            told = [hop.left, hop.through, hop.right] if hop.through else [hop.left, hop.right]
            assert all(frozenset(two) in joined for two in pairwise(told))


@given(webs)
def test_the_way_back_is_as_long(links: list[Link]) -> None:
    there, back = ask(links, PEOPLE[0], PEOPLE[1]).ways, ask(links, PEOPLE[1], PEOPLE[0]).ways
    assert [len(way) for way in there][:1] == [len(way) for way in back][:1]


@given(webs)
def test_what_is_near_is_what_is_within_the_steps(links: list[Link]) -> None:
    truth = far(links, PEOPLE[0])
    for steps in (1, 2, 3):
        found = graph.explore(PEOPLE[0], reader(links), steps=steps, most=1000)
        assert {n: s for n, s in found.steps.items() if n.is_end} == {
            node: step for node, step in truth.items() if step <= steps
        }


@given(webs, st.integers(1, 6))
def test_what_is_drawn_hangs_together(links: list[Link], most: int) -> None:
    found = graph.explore(PEOPLE[0], reader(links), steps=3, most=1000)
    drawn, left_out = graph.nearest(found, most)
    ends = {node for node in drawn if node.is_end}
    assert len(ends) <= most
    assert left_out == sum(node.is_end for node in found.steps) - len(ends)
    beside = graph.neighbours(k for k in found.links if {k.left, k.right} <= drawn)
    assert all(len(beside[node]) > 1 for node in drawn if not node.is_end)


def test_what_a_crowd_shares_joins_nobody() -> None:
    links = [Link(person, THINGS[0], "phone") for person in PEOPLE[:5]]
    assert ask(links, PEOPLE[0], PEOPLE[1], crowd=5).ways
    assert not ask(links, PEOPLE[0], PEOPLE[1], crowd=4).ways


def test_a_search_gives_up_at_its_bound_and_says_so() -> None:
    links = [Link(a, b, "x") for a, b in pairwise(PEOPLE)]
    answer = graph.connect(PEOPLE[0], PEOPLE[8], reader(links), ways=1, steps=12, most=3)
    assert (answer.ways, answer.is_cut) == ([], True)


def test_two_that_come_together_twice_are_told_with_all_that_was_with_them() -> None:
    a, b, c, d = PEOPLE[:4]
    found = graph.recurring({1: [a, b, c], 2: [a, b, c], 3: [a, b], 4: [d]})
    assert [(c.members, c.places) for c in found] == [
        (frozenset({a, b}), (1, 2, 3)),
        (frozenset({a, b, c}), (1, 2)),
    ]


def test_a_partys_own_telephone_is_no_company() -> None:
    a, b, phone = PEOPLE[0], PEOPLE[1], THINGS[0]
    places = {1: [a, b, phone], 2: [a, phone], 3: [b, phone]}
    found = graph.recurring(places, given_by={phone: [a]})
    assert [(c.members, c.places) for c in found] == [(frozenset({b, phone}), (1, 3))]


groups = st.dictionaries(st.integers(0, 7), st.sets(st.sampled_from(PEOPLE)), max_size=8)


@given(groups)
def test_every_two_that_recur_are_in_a_combination(places: dict[int, set[Node]]) -> None:
    found = graph.recurring(places)
    for row in found:
        assert len(row.members) > 1
        assert [p for p in places if row.members <= places[p]] == list(row.places)
    for a in PEOPLE:
        for b in PEOPLE[: PEOPLE.index(a)]:
            where = [p for p in places if {a, b} <= places[p]]
            if len(where) > 1:
                assert any({a, b} <= row.members and list(row.places) == where for row in found)

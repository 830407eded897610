"""Parties and cases joined by what they share: what is near, the shortest ways between two, and
who recurs together. Pure: reading is a function that is handed in, two calls for each step.

A party and a case are ends. What joins ends (a telephone, a container, a name) is a thing: passing
through it is part of the same step, so that two firms with one telephone are one step apart.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, NamedTuple, TypeVar

ENDS = frozenset({"party", "case"})
EXTRA_STEPS = 1  # ways longer than the shortest by this much are told, too, where they were read
MOST_TRIED = 20_000  # hops looked at while ways are listed: a bound for dense networks

Place = TypeVar("Place", bound=Hashable)


class Node(NamedTuple):
    """A party, a case or a thing; `key` is its number, or what equal values have in common."""

    kind: str
    key: str

    @property
    def is_end(self) -> bool:
        return self.kind in ENDS


class Link(NamedTuple):
    """Two nodes, how they are joined, and what says so (never looked at here)."""

    left: Node
    right: Node
    how: str
    claim: Any = None


@dataclass(frozen=True)
class Ring:
    """The links of some nodes, and those things among them that too many share to mean much: their
    links are left out."""

    links: Collection[Link]
    crowded: frozenset[Node] = frozenset()


Expand = Callable[[Collection[Node]], Ring]


@dataclass
class Graph:
    """What was read around a start: steps to each node (things count as part of a step)."""

    steps: dict[Node, int]
    links: dict[Link, None] = field(default_factory=dict)  # as they were found, each once
    crowded: set[Node] = field(default_factory=set)
    is_cut: bool = False  # the bound came before the last step

    def advance(self, frontier: Collection[Node], expand: Expand, step: int) -> list[Node]:
        """Read what joins the frontier to others; the ends that are new."""
        near = expand(frontier)
        things = {n for n in _nodes(near.links) if not n.is_end and n not in self.steps}
        beyond = expand(sorted(things)) if things else Ring(())
        self.crowded |= beyond.crowded
        self.links.update(dict.fromkeys((*near.links, *beyond.links)))
        found = {n for n in (*_nodes(near.links), *_nodes(beyond.links)) if n not in self.steps}
        self.steps.update(dict.fromkeys(found, step))
        return sorted(node for node in found if node.is_end)


def _nodes(links: Iterable[Link]) -> Iterator[Node]:
    for link in links:
        yield link.left
        yield link.right


def neighbours(links: Iterable[Link]) -> dict[Node, set[Node]]:
    """Each node of some links, and those it is joined with."""
    found: dict[Node, set[Node]] = defaultdict(set)
    for link in links:
        found[link.left].add(link.right)
        found[link.right].add(link.left)
    return dict(found)


def explore(start: Node, expand: Expand, *, steps: int, most: int) -> Graph:
    """All within that many steps of the start; no step begins from more than `most` ends."""
    graph = Graph({start: 0})
    frontier = [start]
    for step in range(1, steps + 1):
        if len(frontier) > most:
            graph.is_cut = True
            break
        frontier = graph.advance(frontier, expand, step)
    return graph


def nearest(graph: Graph, most: int) -> tuple[set[Node], int]:
    """The nodes to draw: the ends nearest to the start, those with most links first, and the
    things that join two of them. Also how many ends are left out."""
    beside = neighbours(graph.links)
    ends = sorted(
        (node for node in graph.steps if node.is_end),
        key=lambda node: (graph.steps[node], -len(beside.get(node, ())), node),
    )
    kept = set(ends[:most])
    things = (node for node in graph.steps if not node.is_end)
    kept |= {
        thing
        for thing in things
        if len(beside[thing] & kept) > 1 or (thing in graph.crowded and beside[thing] & kept)
    }
    return _joined(kept, beside, ends[0]), len(ends) - len(ends[:most])


def _joined(kept: set[Node], beside: Mapping[Node, set[Node]], start: Node) -> set[Node]:
    """Those that a line leads to; nothing hangs in the air."""
    reached, frontier = {start}, [start]
    while frontier:
        found = {other for node in frontier for other in beside.get(node, ())} & kept - reached
        reached |= found
        frontier = list(found)
    return reached


class Hop(NamedTuple):
    """From one end to the next: straight (`through` is None) or through a thing they share."""

    left: Node
    through: Node | None
    right: Node


Way = tuple[tuple[Hop, ...], ...]  # for each step all hops that make it


@dataclass(frozen=True)
class Answer:
    """The ways between two ends, shortest first, and how many ends were looked at."""

    ways: list[Way]
    looked_at: int
    steps: int  # searched at most
    links: list[Link]
    is_cut: bool = False


def connect(start: Node, goal: Node, expand: Expand, *, ways: int, steps: int, most: int) -> Answer:
    """The shortest ways between two ends, searched from both, the narrower side first.

    Both sides are read ring by ring, so the first meeting is the shortest. What is crowded joins
    nobody. Gives up beyond `steps`, or once more than `most` ends were looked at.
    """
    sides = [Graph({start: 0}), Graph({goal: 0})]
    fronts: list[list[Node]] = [[start], [goal]]
    gone = [0, 0]
    is_cut = False
    while sum(gone) < steps and all(fronts) and not _meet(*sides):
        near = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        if len(sides[0].steps) + len(sides[1].steps) > most:
            is_cut = True
            break
        gone[near] += 1
        fronts[near] = sides[near].advance(fronts[near], expand, gone[near])
    crowded = sides[0].crowded | sides[1].crowded
    links = [*dict.fromkeys((*sides[0].links, *sides[1].links))]
    hops = _hops(link for link in links if not crowded & {link.left, link.right})
    seen = {node for side in sides for node in side.steps if node.is_end}
    found = list(_ways(start, goal, hops, ways))
    return Answer(found, len(seen), sum(gone), links, is_cut)


def _meet(one: Graph, other: Graph) -> bool:
    return any(node.is_end and node in other.steps for node in one.steps)


def _hops(links: Iterable[Link]) -> dict[Node, dict[Node, list[Hop]]]:
    """Each end, the ends one step from it, and the hops that lead there."""
    beside = neighbours(links)
    found: dict[Node, dict[Node, list[Hop]]] = defaultdict(lambda: defaultdict(list))
    for node, others in sorted(beside.items()):
        if node.is_end:
            for other in sorted(o for o in others if o.is_end):
                found[node][other].append(Hop(node, None, other))
            continue
        for left, right in combinations(sorted(others), 2):
            found[left][right].append(Hop(left, node, right))
            found[right][left].append(Hop(right, node, left))
    return found


def _ways(
    start: Node, goal: Node, hops: Mapping[Node, Mapping[Node, list[Hop]]], most: int
) -> Iterator[Way]:
    """Ways without a circle, the shortest first, in a fixed order, at most that many."""
    left = _distances(goal, hops)
    if start not in left:
        return
    told, budget = 0, [MOST_TRIED]
    for length in range(left[start], left[start] + EXTRA_STEPS + 1):
        for route in _routes([start], goal, hops, left, length, budget):
            yield tuple(tuple(hops[a][b]) for a, b in pairwise(route))
            told += 1
            if told == most:
                return


def _routes(
    route: list[Node],
    goal: Node,
    hops: Mapping[Node, Mapping[Node, list[Hop]]],
    left: Mapping[Node, int],
    length: int,
    budget: list[int],
) -> Iterator[list[Node]]:
    """Ways of exactly that many steps that end at the goal, from the last node of the route."""
    if route[-1] == goal:
        if length == 0:
            yield route
        return
    for node in sorted(hops.get(route[-1], ())):
        budget[0] -= 1
        if budget[0] < 0:
            return
        if node not in route and left.get(node, length) <= length - 1:
            yield from _routes([*route, node], goal, hops, left, length - 1, budget)


def _distances(goal: Node, hops: Mapping[Node, Mapping[Node, list[Hop]]]) -> dict[Node, int]:
    found, frontier, step = {goal: 0}, [goal], 0
    while frontier:
        step += 1
        frontier = sorted({n for f in frontier for n in hops.get(f, ()) if n not in found})
        found.update(dict.fromkeys(frontier, step))
    return found


@dataclass(frozen=True)
class Combination:
    """Who and what comes together, in which places."""

    members: frozenset[Node]
    places: tuple[Any, ...]


def recurring(
    places: Mapping[Place, Collection[Node]],
    *,
    given_by: Mapping[Node, Collection[Node]] | None = None,
    least: int = 2,
) -> list[Combination]:
    """Sets of two or more that come together in `least` places or more; those in most come first.

    For every two that recur together, all that is with them each time. A thing that comes with
    whoever gives it (`given_by`: a party's own telephone) says nothing and is left out there.
    """
    shared: dict[tuple[Node, Node], list[Place]] = defaultdict(list)
    kept = _in_several(places, least)
    for place, members in kept.items():
        for pair in combinations(sorted(members), 2):
            shared[pair].append(place)
    found: dict[frozenset[Node], tuple[Place, ...]] = {}
    for together in {tuple(where) for where in shared.values() if len(where) >= least}:
        members = frozenset.intersection(*(kept[place] for place in together))
        telling = _without_own(members, given_by or {})
        if len(telling) > 1:
            found[telling] = max(found.get(telling, ()), together, key=len)
    rows = [Combination(members, where) for members, where in found.items()]
    return sorted(rows, key=lambda c: (-len(c.places), -len(c.members), sorted(c.members)))


def _in_several(
    places: Mapping[Place, Collection[Node]], least: int
) -> dict[Place, frozenset[Node]]:
    times: dict[Node, int] = defaultdict(int)
    for members in places.values():
        for node in set(members):
            times[node] += 1
    return {
        place: frozenset(node for node in members if times[node] >= least)
        for place, members in places.items()
    }


def _without_own(
    members: frozenset[Node], given_by: Mapping[Node, Collection[Node]]
) -> frozenset[Node]:
    return frozenset(m for m in members if not members & set(given_by.get(m, ())))

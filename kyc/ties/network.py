"""The network around a party or a case, and the ways between two, as one reader may see them.

What the reader may not see is not read: it leaves no node, no number and no room in the picture.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casework import access
from casework.models import Case
from kyc.models import Party
from kyc.ties import drawing, graph, network_words
from kyc.ties.graph import Hop, Link, Node
from kyc.ties.network_links import Reader
from kyc.ties.network_words import Named, Namer

MOST_DRAWN = 30  # parties and cases in one picture
MOST_READ = 400  # parties and cases that a further step may begin from
MOST_STEPS = 3
WAYS = 5
MOST_SEARCHED = 6  # steps between two ends: further is no connexion that means anything
MOST_LOOKED_AT = 20_000


@dataclass(frozen=True)
class Row:
    """A link as the table has it: all that says so in one line."""

    left: Named
    how: str
    right: Named
    sources: list[str]
    since: date | None
    mark: str
    standing: str


@dataclass(frozen=True)
class Network:
    start: Named
    picture: drawing.Picture
    rows: list[Row]
    drawn: int  # parties and cases, without the start
    left_out: int  # further ones that were read
    is_cut: bool  # there are more that were not read
    crowded: list[Named]


def of_party(party: Party) -> Node:
    return Node("party", str(party.pk))


def of_case(case: Case) -> Node:
    return Node("case", str(case.pk))


def around(
    start: Node, user: access.Reader, *, steps: int, groups: Collection[str] = ()
) -> Network:
    """All that the reader may see within some steps of a party or case, the nearest drawn."""
    reader = Reader(user, ends=[start], groups=groups)
    [start] = reader.begin([start])
    found = graph.explore(start, reader.expand, steps=min(steps, MOST_STEPS), most=MOST_READ)
    drawn, left_out = graph.nearest(found, MOST_DRAWN + 1)
    links = [link for link in found.links if {link.left, link.right} <= drawn]
    name = Namer(reader, drawn, links, found.crowded)
    named = {node: name(node) for node in drawn}
    return Network(
        start=named[start],
        picture=_picture(named, links, start),
        rows=rows(links, named, reader, found.steps),
        drawn=sum(node.is_end for node in drawn) - 1,
        left_out=left_out,
        is_cut=found.is_cut,
        crowded=sorted((named[n] for n in drawn & found.crowded), key=lambda n: n.name),
    )


def _picture(named: dict[Node, Named], links: Iterable[Link], start: Node) -> drawing.Picture:
    between: dict[tuple[Node, Node], list[Link]] = defaultdict(list)
    for link in links:
        between[_pair(link)].append(link)
    lines = [
        drawing.Line(a, b, network_words.over_line(both), network_words.standing(both)[0] == "full")
        for (a, b), both in sorted(between.items())
    ]
    items = [
        drawing.Item(n.node, n.name, n.word, n.shape, n.network_url, n.is_mono)
        for n in named.values()
    ]
    return drawing.draw(items, lines, start)


def _pair(link: Link) -> tuple[Node, Node]:
    return (link.left, link.right) if link.left < link.right else (link.right, link.left)


def rows(
    links: Iterable[Link], named: dict[Node, Named], reader: Reader, steps: dict[Node, int]
) -> list[Row]:
    """One row for each kind of link between two nodes, the nearest first."""
    alike: dict[tuple[Node, Node, str], list[Link]] = defaultdict(list)
    for link in links:
        alike[link.left, link.right, network_words.how(link)].append(link)
    found = sorted(
        alike.items(),
        key=lambda item: (
            min(steps.get(item[0][0], 0), steps.get(item[0][1], 0)),
            named[item[0][0]].name, item[0][2], named[item[0][1]].name, item[0],
        ),
    )  # fmt: skip
    return [_row(same, named, reader) for _key, same in found]


def _row(links: Sequence[Link], named: dict[Node, Named], reader: Reader) -> Row:
    first = links[0]
    told = sorted({network_words.source(link.claim, reader.parties) for link in links})
    mark, word = network_words.standing(links)
    return Row(
        named[first.left],
        network_words.how(first),
        named[first.right],
        told,
        network_words.since(links),
        mark,
        word,
    )


@dataclass(frozen=True)
class Told:
    """One step of a way: the next end, and each way to reach it, in words with their sources."""

    left: Named
    right: Named
    through: list[tuple[str, list[Row]]]


@dataclass(frozen=True)
class Answer:
    start: Named
    goal: Named
    ways: list[list[Told]]
    looked_at: int
    steps: int
    is_cut: bool


def between(start: Node, goal: Node, user: access.Reader) -> Answer:
    """The shortest ways from one party or case to another, over all that the reader may see."""
    reader = Reader(user, ends=[start, goal], draws_line=False)
    start, goal = reader.begin([start, goal])
    found = graph.connect(
        start, goal, reader.expand, ways=WAYS, steps=MOST_SEARCHED, most=MOST_LOOKED_AT
    )
    hops = [hop for way in found.ways for step in way for hop in step]
    nodes = {n for hop in hops for n in (hop.left, hop.through, hop.right) if n} | {start, goal}
    links = [link for link in found.links if {link.left, link.right} <= nodes]
    name = Namer(reader, nodes, links, set())
    named = {node: name(node) for node in nodes}
    joined: dict[tuple[Node, Node], list[Link]] = defaultdict(list)
    for link in links:
        joined[_pair(link)].append(link)
    ways = [[_told(step, named, joined, reader) for step in way] for way in found.ways]
    return Answer(named[start], named[goal], ways, found.looked_at, MOST_SEARCHED, found.is_cut)


def _told(
    step: Sequence[Hop],
    named: dict[Node, Named],
    joined: dict[tuple[Node, Node], list[Link]],
    reader: Reader,
) -> Told:
    through = []
    for hop in step:
        parts = [hop.left, hop.through, hop.right] if hop.through else [hop.left, hop.right]
        pairs = [(min(a, b), max(a, b)) for a, b in pairwise(parts)]
        links = [link for pair in pairs for link in joined[pair]]
        words = _through(hop, links, named)
        through.append((words, rows(links, named, reader, {})))
    return Told(named[step[0].left], named[step[0].right], sorted(through, key=lambda t: t[0]))


def _through(hop: Hop, links: Sequence[Link], named: dict[Node, Named]) -> str:
    """`telephone +84 24 1234` or `shipper`: what stands between two ends in the sentence."""
    if hop.through is None:
        return network_words.over_line(links)
    thing = named[hop.through]
    word = str(network_words.THING_WORDS[hop.through.kind])
    return f"{word[:1].lower() + word[1:]} {thing.name}"

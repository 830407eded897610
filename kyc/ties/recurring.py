"""Who and what comes together in several cases that the reader may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count

from casework import access
from casework.models import Case
from kyc.ties import graph
from kyc.ties.graph import Combination, Link, Node
from kyc.ties.network_links import CROWD, Reader
from kyc.ties.network_rows import THINGS, thing
from kyc.ties.network_words import Named, Namer

Members = dict[Node, set[Node]]  # each case with who and what is in it


@dataclass(frozen=True)
class Row:
    """A combination as a table has it."""

    members: list[Named]
    cases: list[Named]


MOST_CASES = 5_000


def of_case(case: Case, user: access.Reader) -> list[Combination]:
    """Those of this case that came together in another one, too."""
    reader = Reader(user, draws_line=False)
    here = Node("case", str(case.pk))
    near = list(reader.expand([here]).links)
    members = _others(near, {here})
    links = near + list(reader.expand(sorted(members)).links)
    values = {n for n in _others(links, members) if not n.is_end}
    given = list(reader.expand(sorted(values)).links)
    givers = {n for n in _others(given, values) if n.kind == "party"} - members
    links += given + list(reader.expand(sorted(givers)).links)
    places, given_by = _places(links)
    mine = places.get(here, set())
    shared = {place: found & mine for place, found in places.items()}
    found = graph.recurring(shared, given_by=given_by)
    return [row for row in found if here in row.places]


def of_all(user: access.Reader) -> list[Combination]:
    """Every combination in the newest cases that the reader may see."""
    reader = Reader(user, draws_line=False)
    newest = Case.objects.visible_to(user).values_list("pk", flat=True)[:MOST_CASES]
    cases = [Node("case", str(pk)) for pk in newest]
    links = [*reader.expand(cases).links, *reader.expand(_shared(reader)).links]
    places, given_by = _places(links)
    return graph.recurring(places, given_by=given_by)


def _shared(reader: Reader) -> list[Node]:
    """What more than one party gives, and not a crowd."""
    said = reader.facts(THINGS.keys()).exclude(value_key="")
    rows = said.values_list("kind__code", "value_key").annotate(n=Count("party", distinct=True))
    few = rows.filter(n__gt=1, n__lte=CROWD)
    return sorted({thing(kind, key) for kind, key, _n in few})


def _others(links: Iterable[Link], nodes: Collection[Node]) -> set[Node]:
    return {node for link in links for node in link[:2]} - set(nodes)


def _places(links: Iterable[Link]) -> tuple[Members, dict[Node, set[Node]]]:
    """Each case with who and what is in it, what its parties give as well; and who gives what."""
    inside: Members = defaultdict(set)
    gives: dict[Node, set[Node]] = defaultdict(set)
    given_by: dict[Node, set[Node]] = defaultdict(set)
    for link in links:
        if link.right.kind == "case":
            inside[link.right].add(link.left)
        elif link.left.kind == "party" and not link.right.is_end:
            gives[link.left].add(link.right)
            given_by[link.right].add(link.left)
    for members in inside.values():
        members |= {value for member in list(members) for value in gives.get(member, ())}
    return inside, given_by


def told(found: Collection[Combination], user: access.Reader) -> list[Row]:
    """Combinations with the names of all in them, in two queries."""
    nodes = {node for row in found for node in (*row.members, *row.places)}
    reader = Reader(user, draws_line=False)
    reader.begin(nodes)
    name = Namer(reader, nodes, _spelt(reader, nodes), set())
    return [
        Row(
            sorted(
                (name(node) for node in row.members), key=lambda n: (n.node.kind != "party", n.name)
            ),
            sorted((name(node) for node in row.places), key=lambda n: n.name),
        )
        for row in found
    ]


def _spelt(reader: Reader, nodes: Iterable[Node]) -> Collection[Link]:
    """The links of the things, for how they are spelt."""
    return reader.expand(sorted(node for node in nodes if not node.is_end)).links

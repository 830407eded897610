"""The links of parties, cases and things, as one reader may see them.

Each reading costs a fixed number of queries, whatever the number of nodes. A row that the reader
may not see, or that leads to a party they may not see, is not read: nothing here knows of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet, Window
from django.db.models.functions import DenseRank

from casework import access
from kyc.models import Consignment, Container, Dealing, Fact, Involvement, Party, Seal
from kyc.ties import network_rows
from kyc.ties.graph import Link, Node, Ring
from kyc.ties.network_rows import (
    DEALING,
    FACT,
    GROUPS,
    OF_THE_LINE,
    PART,
    RELATIONS,
    THINGS,
    Claim,
    thing,
)

CROWD = 25  # a thing that more than so many share (a forwarder's post office box) joins nobody


class Reader:
    """Reads links for one person. `parties` holds the name, kind and country of all that were met.

    `ends` are the nodes asked about; `draws_line`: whether a case shows its carrier. What the
    person may see is worked out once for each table, and asked of the database with each query.
    """

    def __init__(
        self,
        user: access.Reader,
        *,
        ends: Collection[Node] = (),
        groups: Collection[str] = (),
        draws_line: bool = True,
    ) -> None:
        self.user = user
        self._tables: dict[type[Model], Any] = {}
        self.draws_line = draws_line
        self.kinds = frozenset().union(*(GROUPS[g] for g in (groups or GROUPS)))
        self.parties: dict[int, tuple[str, str, str]] = {}
        self._unseen: set[int] = set()
        self.kept: dict[int, int] = dict(self._merged())
        asked = (int(node.key) for node in ends if node.kind == "party")
        self.ends = self.group(self.kept.get(pk, pk) for pk in asked)

    def _merged(self) -> Iterable[tuple[int, int]]:
        """Merged parties and the one each is part of, where both may be seen."""
        seen = self._seen_rows(Party)
        rows = seen.filter(merged_into__isnull=False, merged_into__in=seen)
        for pk, kept in rows.values_list("pk", "merged_into"):
            if kept is not None:
                yield pk, kept

    def _seen_rows(self, model: type[Model]) -> Any:
        """The rows of a table that the person may see, in no order."""
        if model not in self._tables:
            manager: Any = model._default_manager
            self._tables[model] = manager.visible_to(self.user).order_by()
        return self._tables[model]

    def begin(self, nodes: Iterable[Node]) -> list[Node]:
        """The nodes asked about: a merged party is the one it was merged into."""
        found = [self.party(int(n.key)) if n.kind == "party" else n for n in nodes]
        self._meet({int(node.key) for node in found if node.kind == "party"})
        return found

    def group(self, parties: Iterable[int]) -> set[int]:
        """The parties with all that was merged into them."""
        wanted = set(parties)
        return wanted | {pk for pk, kept in self.kept.items() if kept in wanted}

    def party(self, pk: int) -> Node:
        """The node of a party, or of the one that it was merged into."""
        return Node("party", str(self.kept.get(pk, pk)))

    def expand(self, nodes: Collection[Node]) -> Ring:
        """All links of some nodes that the reader may see."""
        asked: dict[str, set[str]] = defaultdict(set)
        for node in nodes:
            asked[node.kind].add(node.key)
        parties = self.group(int(key) for key in asked.pop("party", ()))
        cases = {int(key) for key in asked.pop("case", ())}
        links = [*self._of_parties(parties), *self._of_cases(cases)]
        found, crowded = self._of_things(asked)
        return Ring(self._seen([*links, *found]), crowded)

    def _of_parties(self, parties: set[int]) -> Iterable[Link]:
        if not parties:
            return
        kinds = self.kinds & THINGS.keys()
        if kinds:
            facts = self.facts(kinds)
            yield from self._said(facts.filter(party__in=parties))
        if self.kinds & RELATIONS:
            yield from self._said(self.facts(RELATIONS).filter(related_party__in=parties))
        if "role" in self.kinds:
            parts = self._parts().filter(party__in=parties)
            yield from map(self._part, parts.filter(self._leads()).values_list(*PART))
        if "call" in self.kinds:
            dealt = self._seen_rows(Dealing)
            either = Q(giver__in=parties) | Q(receiver__in=parties)
            yield from map(self._dealing, dealt.filter(either).order_by().values_list(*DEALING))

    def _of_cases(self, cases: set[int]) -> Iterable[Link]:
        if not cases:
            return
        if "role" in self.kinds:
            parts = self._parts().filter(case__in=cases)
            told = parts if self.draws_line else parts.filter(self._leads())
            yield from map(self._part, told.values_list(*PART))
        loads = {"consignment__seizure__case__in": cases}
        if "container" in self.kinds:
            yield from network_rows.boxes(self._seen_rows(Container).filter(**loads))
            yield from network_rows.seals(self._seen_rows(Seal).filter(**loads))
        if "vessel" in self.kinds:
            rows = network_rows.with_ship(self._seen_rows(Consignment))
            yield from network_rows.ships(rows.filter(seizure__case__in=cases))

    def _of_things(self, asked: dict[str, set[str]]) -> tuple[list[Link], frozenset[Node]]:
        links: list[Link] = []
        if boxes := asked.pop("container", set()):
            rows = self._seen_rows(Container).filter(number__in=boxes)
            links += network_rows.boxes(_few(rows, "number", "consignment__seizure__case"))
        if seals := asked.pop("seal", set()):
            rows = self._seen_rows(Seal).filter(number_key__in=seals)
            links += network_rows.seals(_few(rows, "number_key", "consignment__seizure__case"))
        if ships := asked.pop("vessel", set()):
            loads = network_rows.with_ship(self._seen_rows(Consignment))
            links += network_rows.ships(_few(loads.filter(ship__in=ships), "ship", "seizure__case"))
        if asked:
            links += self._of_values(asked)
        return _without_crowds(links)

    def _of_values(self, asked: dict[str, set[str]]) -> Iterable[Link]:
        kinds = {kind for kind, made in THINGS.items() if (made or kind) in asked}
        keys = set().union(*asked.values())
        rows = self.facts(kinds & self.kinds).filter(value_key__in=keys)
        for link in self._said(_few(rows, "value_key", "party", "kind")):
            if link.right.key in asked.get(link.right.kind, ()):
                yield link

    def facts(self, kinds: Collection[str]) -> QuerySet[Fact]:
        rows: QuerySet[Fact] = self._seen_rows(Fact)
        return rows.filter(kind__code__in=kinds).order_by()

    def _parts(self) -> QuerySet[Involvement]:
        rows: QuerySet[Involvement] = self._seen_rows(Involvement)
        return rows.order_by()

    def _leads(self) -> Q:
        """Parts that lead from a party to its cases: those of the line do not."""
        return ~Q(role__code__in=OF_THE_LINE) | Q(party__in=self.ends)

    def _said(self, facts: QuerySet[Fact]) -> Iterable[Link]:
        """A relation joins two parties where the other is on the register, else a name."""
        rows = list(facts.values_list(*FACT))
        self._meet({pk for row in rows for pk in (row[1], row[5]) if pk is not None})
        for row in rows:
            pk, party, kind, value, key, related, who, source, day, until, standing, case = row
            claim = Claim(
                f"fact {pk}", value, who, source, day, standing, case or "", str(party), until
            )
            if kind in RELATIONS and related in self.parties:
                yield Link(self.party(related), self.party(party), kind, claim)
            elif key:
                yield Link(self.party(party), thing(kind, key), kind, claim)

    def _part(self, row: tuple[Any, ...]) -> Link:
        return network_rows.part(row, self.party)

    def _dealing(self, row: tuple[Any, ...]) -> Link:
        return network_rows.dealing(row, self.party)

    def _meet(self, parties: set[int]) -> None:
        """Learn the names of parties that were not met yet; those unseen stay unknown."""
        new = parties - self.parties.keys() - self._unseen
        if not new:
            return
        seen = self._seen_rows(Party).filter(pk__in=new).order_by()
        found = {pk: rest for pk, *rest in seen.values_list("pk", "name", "kind", "country")}
        self.parties |= {pk: (name, kind, country) for pk, (name, kind, country) in found.items()}
        self._unseen |= new - found.keys()

    def _seen(self, links: list[Link]) -> list[Link]:
        """Links between nodes that may be seen, each once; a party does not join itself."""
        self._meet({int(n.key) for link in links for n in link[:2] if n.kind == "party"})
        return [
            link
            for link in dict.fromkeys(links)
            if link.left != link.right
            and all(n.kind != "party" or int(n.key) in self.parties for n in link[:2])
        ]


def _few(rows: Any, value: str, end: str, *more: str) -> Any:
    """At most one end more than a crowd for each value, so that no number is read whole."""
    place = Window(
        DenseRank(), partition_by=[F(name) for name in (value, *more)], order_by=F(end).asc()
    )
    return rows.order_by().annotate(place=place).filter(place__lte=CROWD + 1)


def _without_crowds(links: list[Link]) -> tuple[list[Link], frozenset[Node]]:
    ends: dict[Node, set[Node]] = defaultdict(set)
    for link in links:
        one, other = link[:2] if link.right.is_end else (link.right, link.left)
        ends[one].add(other)
    crowded = frozenset(node for node, others in ends.items() if len(others) > CROWD)
    return [link for link in links if not crowded & set(link[:2])], crowded

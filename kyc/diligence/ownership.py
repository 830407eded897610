"""Who owns a firm, and who owns its owners, as far as a reader may see.

A chain is followed through the parties of the register for at most `DEEPEST` levels, and never
round in a circle. The share that somebody holds at the end is the product along each way, added
over the ways; where a way does not say its share, the sum is only "at least".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import QuerySet

from casework import access, clock
from kyc.diligence import fact_values, merging
from kyc.models import Fact, Party

DEEPEST = 10
MARKED = Decimal(25)  # percent; FATF's example of an ownership threshold
WHOLE = Decimal(100)
MOST_ROWS = 200  # of the table; crossed holdings multiply
KINDS = ("owner", "shareholder")
BEST_FIRST = {Fact.Standing.VERIFIED: 0, Fact.Standing.OWN_WORD: 1, Fact.Standing.UNKNOWN: 2}


@dataclass(frozen=True)
class Holding:
    """One owner of one party, by the fact that stands best."""

    fact: Fact
    name: str
    party: int | None  # the owner's key, where the register has it and the reader sees it
    share: Decimal | None

    @property
    def shown(self) -> str:
        return "" if self.share is None else fact_values.percent(self.share)

    @property
    def node(self) -> str:
        """Who it is: the party, or the name that nobody has entered as one."""
        return f"party:{self.party}" if self.party else f"name:{self.fact.value_key}"


@dataclass(frozen=True)
class Row:
    level: int
    holding: Holding
    held: Decimal | None  # of the firm at the top, along this way
    is_circle: bool  # it stands above in this way already

    @property
    def shown(self) -> str:
        return "" if self.held is None else fact_values.percent(self.held)

    @property
    def is_marked(self) -> bool:
        return self.held is not None and self.held >= MARKED


@dataclass(frozen=True)
class Total:
    """What one owner holds over all ways; `is_least` where a way does not say its share."""

    holding: Holding
    held: Decimal
    is_least: bool

    @property
    def shown(self) -> str:
        return fact_values.percent(self.held)

    @property
    def is_marked(self) -> bool:
        return self.held >= MARKED


@dataclass(frozen=True)
class Chain:
    rows: tuple[Row, ...] = ()
    totals: tuple[Total, ...] = ()
    is_cut: bool = False


def chain(user: access.Reader, party: Party) -> Chain:
    """The owners of a party, level by level: a few queries for each level."""
    owners = _owners(user, party)
    ways = _walk(owners, party.pk, WHOLE, (f"party:{party.pk}",))
    rows = list(islice(ways, MOST_ROWS + 1))
    cut = len(rows) > MOST_ROWS
    return Chain(tuple(rows[:MOST_ROWS]), () if cut else tuple(_totals(rows)), cut)


def _owners(user: access.Reader, party: Party) -> dict[int, list[Holding]]:
    """The holdings in each party that the chain reaches."""
    found: dict[int, list[Holding]] = {}
    frontier = {party.pk: party}
    for _level in range(DEEPEST):
        facts = _facts(user, frontier.values())
        named = {f.related_party_id for rows in facts.values() for f in rows if f.related_party_id}
        known = _seen(user, named)
        for pk, rows in facts.items():
            found[pk] = _holdings(rows, known)
        reached = {h.party for rows in facts for h in found[rows]} - {None, *found}
        frontier = {pk: owner for owner in known.values() if (pk := owner.pk) in reached}
        if not frontier:
            break
    return found


def _facts(user: access.Reader, parties: Iterable[Party]) -> dict[int, list[Fact]]:
    """What is said today of who owns these parties, without what was found to be false."""
    groups = merging.groups(parties)
    members = {member: root for root, group in groups.items() for member in group}
    rows: QuerySet[Fact] = Fact.objects.visible_to(user).filter(
        party__in=members, kind__code__in=KINDS
    )
    found: dict[int, list[Fact]] = {root: [] for root in groups}
    for fact in rows.exclude(standing=Fact.Standing.CONTRADICTED).select_related(
        "kind", "interest", "unknown_reason", "case"
    ):
        if _holds(fact, clock.today()):
            found[members[fact.party_id]].append(fact)
    return found


def _holds(fact: Fact, day: date) -> bool:
    return not any(end is not None and end < day for end in (fact.until, fact.expires_on))


def _seen(user: access.Reader, keys: set[int]) -> dict[int, Party]:
    """The party that stands for each of these, where the reader sees it."""
    visible = Party.objects.visible_to(user)
    found = {party.pk: party for party in visible.filter(pk__in=keys)}
    kept = {party.merged_into_id for party in found.values() if party.merged_into_id}
    roots = {party.pk: party for party in visible.filter(pk__in=kept)} if kept else {}
    return {pk: roots.get(party.merged_into_id or 0, party) for pk, party in found.items()}


def _holdings(facts: Iterable[Fact], known: dict[int, Party]) -> list[Holding]:
    """One for each owner. What is said to be held through others is not counted beside the way
    through them; a reason why nobody knows shows only where nobody is named."""
    best: dict[str, Holding] = {}
    for fact in sorted(facts, key=_rank):
        owner = known.get(fact.related_party_id or 0)
        name = owner.name if owner else fact.value
        share = None if fact.directness == Fact.Directness.INDIRECT else fact.share_percent
        holding = Holding(fact, name, owner.pk if owner else None, share)
        standing = best.setdefault(holding.node, holding)
        if standing.share is None and share is not None:
            best[holding.node] = holding
    named = [holding for holding in best.values() if not holding.fact.unknown_reason_id]
    return named or list(best.values())


def _rank(fact: Fact) -> tuple[int, int, int]:
    return BEST_FIRST[Fact.Standing(fact.standing)], -fact.as_of.toordinal(), fact.pk


def _walk(
    owners: dict[int, list[Holding]], pk: int, held: Decimal | None, way: tuple[str, ...]
) -> Iterator[Row]:
    """Depth first, as the indented table shows it; it stops where the table would be too long."""
    for holding in owners.get(pk, []):
        share = None if held is None or holding.share is None else held * holding.share / WHOLE
        circle = holding.node in way
        yield Row(len(way), holding, share, circle)
        if not circle and holding.party and len(way) < DEEPEST:
            yield from _walk(owners, holding.party, share, (*way, holding.node))


def _totals(rows: list[Row]) -> Iterator[Total]:
    """Over the ways of those who are reached more than once, or at the end of one."""
    ways: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_circle and not row.holding.fact.unknown_reason_id:
            ways.setdefault(row.holding.node, []).append(row)
    for found in ways.values():
        known = [row.held for row in found if row.held is not None]
        if known and (len(found) > 1 or found[0].level > 1):
            yield Total(found[0].holding, sum(known, Decimal(0)), len(known) < len(found))

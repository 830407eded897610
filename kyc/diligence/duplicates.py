"""Suggestions: which records may be of one party, and why, from what the reader may see.

A number that many give (an agent's telephone, a tower's address) suggests nothing: it is a matter
for the network; so is a pair against which more speaks than for it. A pair that somebody told apart
is not suggested again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Q

from casework import access
from kyc.diligence import likeness
from kyc.diligence.likeness import OWN_NUMBERS, SHARED_NUMBERS, Likeness
from kyc.models import Distinction, Fact, Party
from kyc.naming import names

MANY = 6  # parties that give one number
NAMES_COMPARED = 5_000  # parties of a register up to which all names are compared with each other
BLOCK = 12  # parties with a word of the name in common, beyond which the word says nothing
SHOWN = 8  # suggestions beside one party


@dataclass(frozen=True)
class Pair:
    left: Party
    right: Party
    likeness: Likeness


def pairs(user: access.Reader) -> list[Pair]:
    """Every pair that something suggests to this reader, the likeliest first."""
    keys = {*_by_number(user), *_by_name(user)}
    return _weigh(user, keys)


def beside(user: access.Reader, party: Party) -> list[Pair]:
    """What may be the same as one party, the party always on the left."""
    keys = {tuple(sorted((party.pk, other))) for other in _like(user, party)}
    found = _weigh(user, {(a, b) for a, b in keys})[:SHOWN]
    return [p if p.left == party else Pair(p.right, p.left, p.likeness) for p in found]


def between(user: access.Reader, left: Party, right: Party) -> Likeness:
    """What this reader knows for and against their being one."""
    found = likeness.profiles([left, right], Fact.objects.visible_to(user))
    return likeness.of(found[left.pk], found[right.pk])


def _weigh(user: access.Reader, keys: set[tuple[int, int]]) -> list[Pair]:
    keys -= _told_apart(user)
    members = {pk for pair in keys for pk in pair}
    standing = Party.objects.standing_for(user).filter(pk__in=members).select_related("own_case")
    found = likeness.profiles(standing, Fact.objects.visible_to(user))
    made = (_pair(found, *pair) for pair in keys if {*pair} <= found.keys())
    kept = [pair for pair in made if pair is not None]
    return sorted(kept, key=lambda p: (-p.likeness.weight, p.left.name, p.left.pk, p.right.pk))


def _pair(found: dict[int, likeness.Profile], left: int, right: int) -> Pair | None:
    one, other = found[left].party, found[right].party
    kinds = {one.kind, other.kind}
    if one.own_case_id != other.own_case_id or kinds == {Party.Kind.FIRM, Party.Kind.PERSON}:
        return None
    alike = likeness.of(found[left], found[right])
    return Pair(one, other, alike) if alike.reasons and alike.weight > 0 else None


def _told_apart(user: access.Reader) -> set[tuple[int, int]]:
    return set(Distinction.objects.visible_to(user).values_list("first", "second"))


def _numbers(user: access.Reader) -> "Iterable[tuple[str, str, int, int | None]]":
    facts = Fact.objects.visible_to(user).exclude(value_key="")
    facts = facts.filter(kind__code__in=(*OWN_NUMBERS, *SHARED_NUMBERS))
    shared = (
        facts.order_by()
        .values("kind", "value_key")
        .annotate(parties=Count("party", distinct=True))
        .filter(parties__gt=1)
        .values("value_key")
    )
    rows: Iterable[tuple[str, str, int, int | None]] = facts.filter(
        value_key__in=shared
    ).values_list("kind__code", "value_key", "party", "party__merged_into")
    return rows


def _by_number(user: access.Reader) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, key, party, kept in _numbers(user):
        holders[kind, key].add(kept or party)
    for together in holders.values():
        if len(together) <= MANY:
            yield from combinations(sorted(together), 2)


def _by_name(user: access.Reader) -> Iterator[tuple[int, int]]:
    """Pairs whose names share their rarest words; the matcher decides afterwards."""
    rows = list(
        Party.objects.standing_for(user)
        .order_by("pk")
        .values_list("pk", "name")[: NAMES_COMPARED + 1]
    )
    if len(rows) > NAMES_COMPARED:
        return
    words = {pk: frozenset(names.read(name).words) for pk, name in rows}
    often = Counter(word for found in words.values() for word in found)
    blocks: dict[str, list[int]] = defaultdict(list)
    for pk, found in words.items():
        for word in sorted(found, key=lambda w: (often[w], w))[:2]:
            blocks[word].append(pk)
    for together in blocks.values():
        if len(together) <= BLOCK:
            both = combinations(sorted(together), 2)
            yield from (pair for pair in both if _share(words[pair[0]], words[pair[1]]))


def _share(left: frozenset[str], right: frozenset[str]) -> bool:
    """Half of the words of the shorter name: what the matcher is asked about costs more."""
    return 2 * len(left & right) >= min(len(left), len(right))


def _like(user: access.Reader, party: Party) -> set[int]:
    """Parties with a number or a rarer word of the name in common with one."""
    profile = likeness.profiles([party], Fact.objects.visible_to(user))[party.pk]
    same = Q(pk__in=[])
    for kind in (*OWN_NUMBERS, *SHARED_NUMBERS):
        if profile.said.get(kind):
            same |= Q(kind__code=kind, value_key__in=list(profile.said[kind]))
    facts = Fact.objects.visible_to(user).filter(same)
    found = {kept or pk for pk, kept in facts.values_list("party", "party__merged_into")}
    longest = sorted(names.read(party.name).words, key=lambda w: (-len(w), w))[:2]
    for word in longest:
        named = Party.objects.standing_for(user).filter(name__icontains=word)
        found |= set(named.values_list("pk", flat=True)[: BLOCK * SHOWN])
    return found - {party.pk}

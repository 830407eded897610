"""Two parties that a person says are one. Nothing moves: the absorbed one points at the kept one.

The merges that stand (`Merge`, not undone) are the truth; `Party.merged_into` always names the end
of their line, so that a read needs one step however often parties were merged.
"""

from collections.abc import Iterable

from kyc.models import Merge, Party


def group(party: Party) -> list[int]:
    """The keys of a party and of all that it absorbed, itself first."""
    return groups([party])[party.pk]


def groups(parties: Iterable[Party]) -> dict[int, list[int]]:
    """`group` of many, in one query: the key of each party to those of its group."""
    found = {party.pk: [party.pk] for party in parties}
    absorbed = Party.objects.filter(merged_into__in=list(found)).order_by("pk")
    for pk, kept in absorbed.values_list("pk", "merged_into"):
        found[kept or 0].append(pk)
    return found


def below(party: Party) -> list[int]:
    """The keys of a party and of all that standing merges brought to it, over any number of them:
    what leaves with it when its own merge is undone."""
    found = frontier = [party.pk]
    while frontier:
        standing = Merge.objects.filter(kept__in=frontier, undone_at__isnull=True)
        frontier = list(standing.order_by("pk").values_list("absorbed", flat=True))
        found = found + frontier
    return found

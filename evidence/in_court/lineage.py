"""What an exhibit came out of: parents of parts and samples, and what was combined into it."""

from collections.abc import Iterable, Mapping

from evidence.models import CustodyEvent, Exhibit


def above(exhibits: Iterable[int]) -> dict[int, set[int]]:
    """What each exhibit came out of, and what that came out of, however far back.

    Two queries for each step back.
    """
    known: dict[int, set[int]] = {}
    new = set(exhibits)
    while new:
        found = _above(new)
        known |= found
        new = {key for keys in found.values() for key in keys} - set(known)
    return known


def sources(known: Mapping[int, set[int]], exhibit: int) -> list[set[int]]:
    """The ways back from an exhibit: one for each thing that was combined into it, else one.

    An order about one of them says nothing of the others.
    """
    if not known.get(exhibit):
        return [{exhibit}]
    back = (way for key in sorted(known[exhibit]) for way in sources(known, key))
    return [{exhibit} | way for way in back]


def origins(
    exhibits: Iterable[int], known: Mapping[int, set[int]] | None = None
) -> dict[int, set[int]]:
    """For each exhibit its own key and those of all it came out of: what binds the whole binds
    its parts."""
    found = {key: {key} for key in exhibits}
    known = above(found) if known is None else known
    for own in found.values():
        waiting = list(own)
        while waiting:
            fresh = known.get(waiting.pop(), set()) - own
            own |= fresh
            waiting += fresh
    return found


def _above(keys: set[int]) -> dict[int, set[int]]:
    """The parent of each, and what it was combined from."""
    found: dict[int, set[int]] = {key: set() for key in keys}
    rows = Exhibit.objects.filter(pk__in=keys, parent__isnull=False).order_by()
    for key, parent in rows.values_list("pk", "parent"):
        found[key].update([parent] if parent else [])
    made = CustodyEvent.objects.filter(
        exhibit__in=keys, kind=CustodyEvent.Kind.COMBINED, sequence=1
    ).order_by()
    named = dict(made.values_list("exhibit", "related"))
    if named:
        wanted = {text for texts in named.values() for text in texts}
        pks = dict(Exhibit.objects.filter(identifier__in=wanted).values_list("identifier", "pk"))
        by_text = {str(identifier): pk for identifier, pk in pks.items()}
        for key, texts in named.items():
            found[key] |= {by_text[text] for text in texts if text in by_text}
    return found

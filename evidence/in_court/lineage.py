"""What an exhibit came out of: parents of parts and samples, and what was combined into it."""

from collections.abc import Iterable

from evidence.models import CustodyEvent, Exhibit


def origins(exhibits: Iterable[int]) -> dict[int, set[int]]:
    """For each exhibit its own key and those of all it came out of, however far back.

    Two queries for each step back: what binds the whole binds its parts.
    """
    found = {key: {key} for key in exhibits}
    above = _above(set(found))
    known, new = dict(above), {key for keys in above.values() for key in keys} - set(found)
    while new:
        above = _above(new)
        known |= above
        new = {key for keys in above.values() for key in keys} - set(known) - set(found)
    for own in found.values():
        waiting = list(own)
        while waiting:
            fresh = known.get(waiting.pop(), set()) - own
            own |= fresh
            waiting += fresh
    return found


def _above(keys: set[int]) -> dict[int, set[int]]:
    """The parent of each, and what it was combined from."""
    above: dict[int, set[int]] = {key: set() for key in keys}
    rows = Exhibit.objects.filter(pk__in=keys, parent__isnull=False).order_by()
    for key, parent in rows.values_list("pk", "parent"):
        above[key].update([parent] if parent else [])
    made = CustodyEvent.objects.filter(
        exhibit__in=keys, kind=CustodyEvent.Kind.COMBINED, sequence=1
    ).order_by()
    named = dict(made.values_list("exhibit", "related"))
    if named:
        wanted = {text for texts in named.values() for text in texts}
        pks = dict(Exhibit.objects.filter(identifier__in=wanted).values_list("identifier", "pk"))
        by_text = {str(identifier): pk for identifier, pk in pks.items()}
        for key, texts in named.items():
            above[key] |= {by_text[text] for text in texts if text in by_text}
    return above

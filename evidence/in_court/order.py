"""In which order a court deals with an exhibit: marked, produced, ruled on, given back. Pure."""

from collections.abc import Sequence

MARKED, PRODUCED, ADMITTED, REFUSED, RELEASED = (
    "marked", "produced", "admitted", "refused", "released",
)  # fmt: skip
# What may follow the last act; nothing yet is the empty text.
FOLLOWS: dict[str, frozenset[str]] = {
    "": frozenset({MARKED, PRODUCED}),
    MARKED: frozenset({PRODUCED, RELEASED}),
    PRODUCED: frozenset({PRODUCED, ADMITTED, REFUSED, RELEASED}),
    ADMITTED: frozenset({PRODUCED, RELEASED}),  # shown to a later witness
    REFUSED: frozenset({PRODUCED, RELEASED}),  # laid a foundation for, and offered again
    RELEASED: frozenset({MARKED, PRODUCED}),
}


def may_follow(acts: Sequence[str]) -> frozenset[str]:
    """What a court may do next with an exhibit of which it did these acts, in their order.

    What was taken in evidence stays so when it is shown again: it is not ruled on twice.
    """
    following = FOLLOWS[acts[-1] if acts else ""]
    return following - {ADMITTED, REFUSED} if _is_taken(acts) else following


def _is_taken(acts: Sequence[str]) -> bool:
    since = len(acts) - acts[::-1].index(RELEASED) if RELEASED in acts else 0
    return ADMITTED in acts[since:]


def first_fault(acts: Sequence[str]) -> int | None:
    """The place of the first act that could not follow those before it."""
    for place, act in enumerate(acts):
        if act not in may_follow(acts[:place]):
            return place
    return None

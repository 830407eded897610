"""Puts rows into the order that people typed: a place beside each row, no script needed. Pure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")


def arranged(shown: Sequence[K], places: Mapping[K, int]) -> list[K]:
    """`shown` in the new order; a row without a place follows behind those that have one.

    A row that was given the place of another takes it: moved up it goes before, moved down behind.
    """

    def order(at: int) -> tuple[int, int, int, int]:
        was, wanted = at + 1, places.get(shown[at])
        if wanted is None:
            return 1, 0, 0, was
        return 0, wanted, (wanted > was) - (wanted < was), was

    return [shown[at] for at in sorted(range(len(shown)), key=order)]

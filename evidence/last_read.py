"""Seal, count and weight of an exhibit as its chain of custody has them last. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

REFUSED = "refused"


@dataclass(frozen=True)
class Standing:
    """Seal, count and weight as the chain has them last."""

    seal_number: str = ""
    count: int | None = None
    weight_mg: int | None = None


class Reading(Protocol):
    """What one event says of seal, count and weight."""

    @property
    def kind(self) -> str: ...
    @property
    def new_seal_number(self) -> str: ...
    @property
    def seal_number(self) -> str: ...
    @property
    def count(self) -> int | None: ...
    @property
    def weight_mg(self) -> int | None: ...


def standing(events: Iterable[Reading]) -> Standing:
    seal, count, weight = "", None, None
    for event in events:
        if event.kind == REFUSED:
            continue  # what a refuser read is one side's word; the giver holds it as it was
        seal = event.new_seal_number or event.seal_number or seal
        count = event.count if event.count is not None else count
        weight = event.weight_mg if event.weight_mg is not None else weight
    return Standing(seal, count, weight)

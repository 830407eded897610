"""What changed from one version of a paper to the next: of a bill of lading, of a customs entry.

Pure. A change in capitals, spaces or stops alone is spelling, and never a switch.
"""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["same", "spelling", "added", "removed", "changed"]

# Who may take the goods, who is told, and where they go: what is switched to lose a consignment.
BILL_SWITCHES = frozenset({
    "consignee", "is_to_order", "endorsee", "notify_party",
    "port_of_loading", "port_of_discharge", "place_of_delivery",
})  # fmt: skip
ENTRY_SWITCHES = frozenset({"exporter", "consignee", "country_of_destination"})
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Version:
    """A paper as it read at one time: its fields as people read them, and who made it so."""

    number: int
    fields: tuple[tuple[str, str], ...]  # name and text; a field that says nothing is ""
    at: datetime | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """One field of two versions."""

    field: str
    old: str
    new: str
    kind: Kind
    is_switch: bool = False

    @property
    def is_changed(self) -> bool:
        return self.kind != "same"


@dataclass(frozen=True)
class Change:
    """One field that a version changed, with who changed it and when, where that is known."""

    line: Line
    version: int
    at: datetime | None
    by: str
    reason: str


@dataclass(frozen=True)
class Timing:
    """Days from loading to the change, and from the change to arrival; below zero: the other way
    round. None where a day is not known."""

    after_loading: int | None
    before_arrival: int | None


def differences(
    old: Version, new: Version, switches: frozenset[str] = BILL_SWITCHES
) -> tuple[Line, ...]:
    """A line for each field of either version, in their order; equal ones too."""
    before, after = dict(old.fields), dict(new.fields)
    names = dict.fromkeys([*before, *after])
    return tuple(_line(name, before.get(name, ""), after.get(name, ""), switches) for name in names)


def changes(
    versions: Sequence[Version], switches: frozenset[str] = BILL_SWITCHES
) -> tuple[Change, ...]:
    """All that each version changed of the one before it, oldest first."""
    pairs = itertools.pairwise(versions)
    return tuple(
        Change(line, new.number, new.at, new.by, new.reason)
        for old, new in pairs
        for line in differences(old, new, switches)
        if line.is_changed
    )


def timing(changed_on: date | None, loaded_on: date | None, arrived_on: date | None) -> Timing:
    if changed_on is None:
        return Timing(None, None)
    return Timing(
        (changed_on - loaded_on).days if loaded_on else None,
        (arrived_on - changed_on).days if arrived_on else None,
    )


def folded(text: str) -> str:
    """What two spellings of one text have in common."""
    return NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _line(name: str, old: str, new: str, switches: frozenset[str]) -> Line:
    kind = _kind(old, new)
    # What was not stated before and is now is no switch: papers are filled in step by step.
    return Line(name, old, new, kind, name in switches and kind in ("changed", "removed"))


def _kind(old: str, new: str) -> Kind:
    if old == new:
        return "same"
    if folded(old) == folded(new) and folded(old):
        return "spelling"
    if not old or not new:
        return "removed" if old else "added"
    return "changed"

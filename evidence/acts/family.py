"""The exhibits that came out of one another: samples, parts, and what was combined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.models import User
from evidence.chain import Chain
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind


@dataclass(frozen=True)
class Branch:
    """One exhibit of the tree, how deep it stands, and whether it is the one that is open."""

    exhibit: Exhibit
    depth: int
    is_here: bool


@dataclass(frozen=True)
class Family:
    tree: Sequence[Branch]  # empty where the exhibit stands alone
    made_from: Sequence[Exhibit]  # what was combined into it
    became: Exhibit | None  # what it was combined into


def of(exhibit: Exhibit, chain: Chain, user: User) -> Family:
    """Only what this reader may see, in two queries."""
    visible = Exhibit.objects.visible_to(user).filter(case=exhibit.case_id)
    rows = list(visible.exclude(parent=None, parts=None).distinct().order_by("pk"))
    into = [e for e in chain.events if e.kind == Kind.COMBINED]
    sources = {uuid for e in into if e.sequence == 1 for uuid in e.plain.related}
    wholes = {uuid for e in into if e.sequence > 1 for uuid in e.plain.related}
    named = _named(visible, sources | wholes)
    return Family(
        tree=_tree(rows, exhibit),
        made_from=[row for row in named if row.identifier in sources],
        became=next((row for row in named if row.identifier in wholes), None),
    )


def _named(visible: Any, identifiers: set[UUID]) -> list[Exhibit]:
    if not identifiers:
        return []
    rows: list[Exhibit] = list(visible.filter(identifier__in=identifiers))
    return rows


def _tree(rows: Sequence[Exhibit], exhibit: Exhibit) -> list[Branch]:
    """From the highest ancestor that the reader may see, depth first."""
    by_pk = {row.pk: row for row in rows}
    if exhibit.pk not in by_pk:
        return []
    root = by_pk[exhibit.pk]
    while root.parent_id in by_pk:
        root = by_pk[root.parent_id]
    children: dict[int, list[Exhibit]] = {}
    for row in rows:
        if row.parent_id is not None:
            children.setdefault(row.parent_id, []).append(row)
    found: list[Branch] = []
    waiting = [(root, 0)]
    while waiting:
        row, depth = waiting.pop()
        found.append(Branch(row, depth, row.pk == exhibit.pk))
        waiting += [(child, depth + 1) for child in reversed(children.get(row.pk, []))]
    return found if len(found) > 1 else []

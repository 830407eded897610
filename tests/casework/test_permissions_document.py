"""docs/permissions.md prints the tables that the code decides by."""

import re
from pathlib import Path

from casework import roles

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def table(first: str) -> dict[str, frozenset[str]]:
    """A table of the document as row name -> the column names marked yes."""
    lines = DOCUMENT.read_text().split(f"| {first} |")[1].splitlines()
    names = re.findall(r"`([^`]+)`", lines[0])
    found = {}
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        marked = (column for column, cell in zip(names, cells, strict=True) if cell == "yes")
        found[name.strip("`")] = frozenset(marked)
    return found


def test_roles_on_a_case_are_as_printed() -> None:
    assert table("role") == roles.ROLES


def test_positions_are_as_printed() -> None:
    assert table("position") == roles.POSITIONS


def test_every_action_and_permission_is_explained() -> None:
    text = DOCUMENT.read_text()
    wide = frozenset().union(*roles.POSITIONS.values())
    assert [name for name in (*roles.ACTIONS, *wide) if f"| `{name}` | " not in text] == []

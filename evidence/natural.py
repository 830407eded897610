"""The order that people expect: E2 before E10, room 9 before room 12."""

import re

Key = list[tuple[int, str]]


def natural(text: str) -> Key:
    """A key to sort by: digits count as numbers."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]

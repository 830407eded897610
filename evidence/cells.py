"""Cells of an exported table: what a person typed never becomes a formula."""

from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(row: Iterable[object]) -> list[object]:
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
            for cell in row]  # fmt: skip

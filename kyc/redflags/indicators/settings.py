"""The numbers and lists of a rule, as somebody typed them into the reference tables.

A setting of the wrong shape is as good as none: a page must not break over a typing error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Settings:
    values: Mapping[str, Any] = field(default_factory=dict)

    def whole(self, name: str, default: int) -> int:
        value = self.values.get(name)
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6
        return value if fits and isinstance(value, int) else default

    def number(self, name: str, default: float) -> float:
        value = self.values.get(name)
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if fits and isinstance(value, int | float) else default

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else default

    def texts(self, name: str) -> tuple[str, ...]:
        return _texts(self.values.get(name))

    def table(self, name: str) -> dict[str, tuple[str, ...]]:
        """Texts by key, e.g. the countries that produce what an HS heading names."""
        value = self.values.get(name)
        rows = value.items() if isinstance(value, dict) else ()
        return {key: texts for key, row in rows if (texts := _texts(row))}

    def ranges(self, name: str) -> dict[str, tuple[float, float]]:
        """Least and greatest number by key."""
        value = self.values.get(name)
        rows = value.items() if isinstance(value, dict) else ()
        return {key: (float(row[0]), float(row[1])) for key, row in rows if _is_range(row)}


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _is_range(row: Any) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 2
        and all(isinstance(one, int | float) and not isinstance(one, bool) for one in row)
    )

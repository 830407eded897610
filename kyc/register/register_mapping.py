"""The mapping of a register: which column is what, which words mean which code, which rows count.

A mapping is a TOML file that people write; what is wrong with it is said before a row is read.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from casework.errors import DomainError

SECTIONS: dict[str, frozenset[str]] = {
    "case": frozenset({"group_by", "tier", "title", "summary", "occurrence_book"}),
    "seizure": frozenset(
        {
            "seized_at", "place", "direction", "transport_mode", "detection_method", "concealment",
            "declared_goods", "goods", "latitude", "longitude", "people_present", "narrative",
        }
    ),
    "route": frozenset({"origin", "export", "transit", "destination"}),
    "item": frozenset(
        {"taxon", "specimen", "description", "quantity", "unit", "scale", "value", "currency"}
    ),
}  # fmt: skip
TOP = frozenset({"name", "encoding", "delimiter", "missing", "time_zone", "select", "keep"})
CELL = frozenset(
    {"column", "columns", "join", "drop", "values", "constant", "format", "default", "formats",
     "has_time"}
)  # fmt: skip
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class MappingError(DomainError):
    """The mapping cannot be used; the message says which line of it to change."""

    code = "mapping"
    status = 422


class CellError(ValueError):
    """A cell that cannot be understood; its text is the reason that people read."""


@dataclass(frozen=True)
class Cell:
    """Where one value comes from: a column, several joined, or a constant; then its translation."""

    name: str
    columns: tuple[str, ...] = ()
    join: str = " "
    drop: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    constant: str = ""
    format: str = "{value}"
    default: str | None = None
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    has_time: bool = True

    def read(self, row: Mapping[str, str], missing: frozenset[str]) -> str:
        """The value of a row; empty where the register says nothing. Raises CellError."""
        if not self.columns:
            return self.constant
        found = (row[name].strip() for name in self.columns)
        text = self.join.join(part for part in found if part not in missing | self.drop)
        if not text:
            return self.default or ""
        if self.values and text not in self.values:
            if self.default is not None:
                return self.default
            raise CellError(
                _("{name}: “{text}” is not translated; add it to the mapping").format(
                    name=self.name, text=text
                )
            )
        return self.format.replace("{value}", self.values.get(text, text))

    def moment(self, text: str, zone: tzinfo) -> tuple[datetime, bool]:
        """The aware moment of a text, and whether its time of day is known."""
        for shape in self.formats:
            try:
                found = datetime.strptime(text, shape)  # noqa: DTZ007  # its zone comes next
            except ValueError:
                continue
            if self.has_time and "%H" in shape:
                return found.replace(tzinfo=found.tzinfo or zone), True
            return datetime(found.year, found.month, found.day, tzinfo=zone), False
        raise CellError(
            _("{name}: “{text}” is not a date as {formats}").format(
                name=self.name, text=text, formats=", ".join(self.formats)
            )
        )


@dataclass(frozen=True)
class RegisterMapping:
    """A whole mapping: cells by (section, name), the selection, the columns kept as text."""

    cells: Mapping[tuple[str, str], Cell]
    select: Mapping[str, frozenset[str]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset({""})
    keep: tuple[str, ...] = ()
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    zone: tzinfo | None = None

    def columns(self) -> set[str]:
        """Every column that the file must have."""
        used = {name for cell in self.cells.values() for name in cell.columns}
        named = {
            name
            for cell in self.cells.values()
            if not cell.columns
            for name in PLACEHOLDER.findall(cell.constant)
        }
        return used | named | set(self.select) | set(self.keep)

    def selects(self, row: Mapping[str, str]) -> bool:
        """Whether a row of the register is a seizure."""
        return all(row[name].strip() in wanted for name, wanted in self.select.items())

    def read(self, section: str, name: str, row: Mapping[str, str]) -> str:
        """A value; empty where the mapping or the row says nothing. Raises CellError."""
        cell = self.cells.get((section, name))
        if cell is None:
            return ""
        text = cell.read(row, self.missing)
        if cell.columns:
            return text
        return PLACEHOLDER.sub(lambda found: row.get(found[1], "").strip(), text)


def load(path: Path) -> RegisterMapping:
    """A mapping from its TOML file. Raises MappingError."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as broken:
        raise MappingError(f"{path.name}: {broken.strerror}") from broken
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise MappingError(f"{path.name}: {broken}") from broken
    _refuse_unknown(said, TOP | set(SECTIONS), path.name)
    cells = {
        (section, name): _cell(f"{section}.{name}", spec)
        for section, names in SECTIONS.items()
        for name, spec in _section(said, section, names).items()
    }
    if ("seizure", "seized_at") not in cells:
        raise MappingError(_("[seizure] seized_at is missing: say which column is the date."))
    return RegisterMapping(
        cells=cells,
        select={name: frozenset(_texts(v)) for name, v in said.get("select", {}).items()},
        missing=frozenset({"", *_texts(said.get("missing", []))}),
        keep=tuple(_texts(said.get("keep", []))),
        encoding=str(said.get("encoding", "utf-8-sig")),
        delimiter=_delimiter(said),
        zone=_zone(said),
    )


def _section(said: Mapping[str, Any], section: str, names: frozenset[str]) -> Mapping[str, Any]:
    found = said.get(section, {})
    if not isinstance(found, dict):
        raise MappingError(_("[{name}] should be a table.").format(name=section))
    _refuse_unknown(found, names, f"[{section}]")
    return found


def _cell(name: str, spec: Any) -> Cell:
    if isinstance(spec, str):
        return Cell(name, columns=(spec,))
    if not isinstance(spec, dict):
        raise MappingError(_("{name} should be a column or a table.").format(name=name))
    _refuse_unknown(spec, CELL, name)
    single = [spec["column"]] if "column" in spec else []
    if not (single or spec.get("columns") or "constant" in spec):
        raise MappingError(_("{name} needs a column, columns or a constant.").format(name=name))
    return Cell(
        name,
        columns=tuple(_texts(spec.get("columns", single))),
        join=str(spec.get("join", " ")),
        drop=frozenset(_texts(spec.get("drop", []))),
        values={str(k): str(v) for k, v in dict(spec.get("values", {})).items()},
        constant=str(spec.get("constant", "")),
        format=str(spec.get("format", "{value}")),
        default=str(spec["default"]) if "default" in spec else None,
        formats=tuple(_texts(spec.get("formats", ["%Y-%m-%d"]))),
        has_time=bool(spec.get("has_time", True)),
    )


def _texts(value: Any) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _delimiter(said: Mapping[str, Any]) -> str:
    delimiter = str(said.get("delimiter", ","))
    if len(delimiter) != 1:
        raise MappingError(_("The delimiter is one character, such as , or ;"))
    return delimiter


def _zone(said: Mapping[str, Any]) -> tzinfo | None:
    if "time_zone" not in said:
        return None
    try:
        return ZoneInfo(str(said["time_zone"]))
    except (ZoneInfoNotFoundError, ValueError) as broken:
        name = said["time_zone"]
        raise MappingError(_("“{name}” is not a time zone.").format(name=name)) from broken


def _refuse_unknown(said: Iterable[str], known: Iterable[str], where: str) -> None:
    strange = sorted(set(said) - set(known))
    if strange:
        raise MappingError(
            _("{where}: not known here: {names}. Known are: {known}.").format(
                where=where, names=", ".join(strange), known=", ".join(sorted(known))
            )
        )

"""Read the files of reference tables, in our own shape and in the shapes of public lists.

Reads only. A file with one broken row is refused whole: `ReferenceFileError` names every such line.
"""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from casework.errors import DomainError
from casework.models import (
    Code,
    Court,
    Element,
    Goods,
    Indicator,
    Listing,
    Port,
    Provision,
    Requirement,
    Taxon,
    TimeLimit,
)

Row = dict[str, Any]
Line = tuple[int, Row]
SHOWN = 20
CITES = "CITES"


class ReferenceFileError(DomainError):
    """The file cannot be used as it is; nothing of it was loaded."""

    code = "reference-file"
    status = 422


class Problems:
    """What is wrong, by line; `refuse` raises it all at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[str] = []

    def add(self, line: int, reason: str) -> None:
        self.found.append(_("line {line}: {reason}").format(line=line, reason=reason))

    def refuse(self) -> None:
        if self.found:
            more = len(self.found) - SHOWN
            rest = [_("and {number} more").format(number=more)] if more > 0 else []
            head = _("{name} was not loaded.").format(name=self.path.name)
            raise ReferenceFileError("\n".join([head, *self.found[:SHOWN], *rest]))


def _yes(text: str) -> bool:
    if text not in ("yes", "no", ""):
        raise ValueError(_("“{text}” should be yes or no").format(text=text))
    return text == "yes"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _real(text: str) -> float | None:
    return float(text) if text else None


SOURCED: dict[str, Callable[[str], Any]] = {"source": str, "is_verified": _yes}
DATED = {"valid_from": _day, "valid_to": _day}
COLUMNS: dict[str, dict[str, Callable[[str], Any]]] = {
    "ports": {
        "locode": str, "name": str, "country": str, "kind": str, "latitude": _real,
        "longitude": _real, **SOURCED,
    },
    "taxa": {
        "scientific_name": str, "common_name": str, "other_names": str, "rank": str, "order": str,
        "family": str, "cites_appendix": str, "listed_on": _day, "annotation": str, **SOURCED,
    },
    "codes": {
        "kind": str, "code": str, "label": str, "side": str, "note": str,
        "position": lambda text: int(text or 0), **SOURCED, **DATED,
    },
    "goods": {"hs_code": str, "label": str, **SOURCED},
    "provisions": {
        "country": str, "statute": str, "section": str, "title": str, "offence": str,
        "penalty": str, "min_fine": _whole, "max_fine": _whole, "currency": str,
        "min_term_months": _whole, "max_term_months": _whole, "has_life_term": _yes,
        "penalty_join": str, "is_offence": _yes, "proof_template": str, "listing_scheme": str,
        "listing_grades": str, "note": str, **DATED, **SOURCED,
    },
    "listings": {
        "taxon": str, "scheme": str, "appendix": str, "annotation": str, **DATED, **SOURCED,
    },
    "elements": {
        "template": str, "code": str, "label": str, "explanation": str, "proven_by": str,
        "is_personal": _yes, "position": lambda text: int(text or 0), **DATED, **SOURCED,
    },
    "time_limits": {
        "country": str, "code": str, "label": str, "starts": str, "amount": _whole, "unit": str,
        "warn_days": lambda text: int(text or 0), "position": lambda text: int(text or 0),
        **DATED, **SOURCED,
    },
    "courts": {"name": str, "level": str, "place": str, "country": str, **SOURCED},
    "indicators": {
        "code": str, "group": str, "label": str, "explanation": str,
        "weight": lambda text: int(text or 1), "rule": str,
        "settings": lambda text: json.loads(text or "{}"),
        "position": lambda text: int(text or 0), **DATED, **SOURCED,
    },
    "requirements": {
        "regime": str, "code": str, "group": str, "label": str, "party_kind": str,
        "fact_kinds": str, "must_be_verified": _yes, "good_for_days": _whole,
        "position": lambda text: int(text or 0), **DATED, **SOURCED,
    },
}  # fmt: skip
# Columns of a later version: a file without them is as good as before, and says nothing of them.
LATER = {
    "provisions": {
        "penalty_join", "is_offence", "proof_template", "listing_scheme", "listing_grades", "note",
    },
}  # fmt: skip
MODELS: dict[str, type[models.Model]] = {
    "ports": Port, "taxa": Taxon, "codes": Code, "goods": Goods, "provisions": Provision,
    "courts": Court, "indicators": Indicator, "requirements": Requirement, "listings": Listing,
    "elements": Element, "time_limits": TimeLimit,
}  # fmt: skip
KEYS: dict[type[models.Model], tuple[str, ...]] = {
    Port: ("locode",),
    Taxon: ("scientific_name",),
    Code: ("kind", "code"),
    Goods: ("hs_code",),
    Provision: ("country", "statute", "section", "valid_from"),
    Court: ("name",),
    Indicator: ("code",),
    Requirement: ("regime", "code"),
    Listing: ("taxon", "scheme", "appendix", "valid_from"),
    Element: ("template", "code", "valid_from"),
    TimeLimit: ("country", "code", "valid_from"),
}


def read(kind: str, path: Path) -> list[Line]:
    """The rows of a file with their lines, typed, in the columns of our own shape."""
    if kind not in COLUMNS:
        known = ", ".join(COLUMNS)
        raise ReferenceFileError(_("There is no table “{kind}”. There are: {known}.").format(
            kind=kind, known=known
        ))  # fmt: skip
    problems = Problems(path)
    lines = list(_lines(kind, path, _text(path), problems))
    _check(kind, lines, problems)
    problems.refuse()
    return lines


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except (OSError, EOFError) as broken:
        raise ReferenceFileError(f"{path.name}: {broken}") from broken
    except UnicodeDecodeError as broken:
        raise ReferenceFileError(_("{name} is not in UTF-8.").format(name=path.name)) from broken


def _lines(kind: str, path: Path, text: str, problems: Problems) -> Iterator[Line]:
    if kind == "ports" and text.lstrip().startswith("{"):
        yield from _ports_from_json(path, text)
        return
    rows = csv.DictReader(io.StringIO(text, newline=""))
    head = tuple(rows.fieldnames or ())
    if "FullName" in head and kind == "taxa":
        yield from _taxa_from_index(path, rows)
    elif "hscode" in head and kind == "goods":
        yield from _goods_from_list(path, rows)
    else:
        later = LATER.get(kind, set())
        columns = {k: v for k, v in COLUMNS[kind].items() if k in head or k not in later}
        yield from _own(columns, head, rows, problems)


def _own(
    columns: dict[str, Callable[[str], Any]],
    head: tuple[str, ...],
    rows: "csv.DictReader[str]",
    problems: Problems,
) -> Iterator[Line]:
    missing = [name for name in columns if name not in head]
    if missing:
        problems.add(1, _("columns missing: {names}").format(names=", ".join(missing)))
        return
    for row in rows:
        typed = _typed(columns, row, rows.line_num, problems)
        if typed is not None:
            yield rows.line_num, typed


def _typed(
    columns: dict[str, Callable[[str], Any]],
    row: dict[str, Any],
    line: int,
    problems: Problems,
) -> Row | None:
    if None in row or None in row.values():
        problems.add(line, _("the number of cells differs from the head"))
        return None
    typed: Row = {}
    for name, convert in columns.items():
        try:
            typed[name] = convert(row[name].strip())
        except ValueError as broken:
            problems.add(line, f"{name}: {broken}")
            return None
    return typed


def _check(kind: str, lines: list[Line], problems: Problems) -> None:
    """Each row as its model would have it, and no key twice."""
    model = MODELS[kind]
    seen: dict[tuple[Any, ...], int] = {}
    for line, row in lines:
        key = tuple(row[name] for name in KEYS[model])
        if key in seen:
            again = _("the same as line {line}").format(line=seen[key])
            problems.add(line, again)
        seen[key] = line
        try:
            model(**own_fields(row)).clean_fields(exclude={"taxon"})  # a name until it is loaded
        except ValidationError as broken:
            problems.add(line, "; ".join(f"{k}: {' '.join(v)}" for k, v in _messages(broken)))


def _messages(broken: ValidationError) -> list[tuple[str, list[str]]]:
    return list(broken.message_dict.items())


def own_fields(row: Row) -> Row:
    """The cells that belong to the row itself; a taxon's listing is a row of its own."""
    if "scientific_name" in row:
        return {name: value for name, value in row.items() if name not in LISTING_CELLS}
    return {name: value for name, value in row.items() if name != "taxon"}


LISTING_CELLS = {"cites_appendix", "listed_on", "annotation"}


def listing(row: Row) -> Row | None:
    """The CITES listing that a row of the taxa table states, without its taxon."""
    if not row.get("cites_appendix"):
        return None
    return {
        "scheme": CITES,
        "appendix": row["cites_appendix"],
        "annotation": row["annotation"][: Listing._meta.get_field("annotation").max_length],
        "valid_from": row["listed_on"],
        "source": row["source"],
        "is_verified": row["is_verified"],
    }


def _ports_from_json(path: Path, text: str) -> Iterator[Line]:
    """The public list of sea ports by UN/LOCODE: an object per port, longitude first."""
    try:
        ports = json.loads(text)
    except json.JSONDecodeError as broken:
        raise ReferenceFileError(f"{path.name}: {broken}") from broken
    for line, (locode, port) in enumerate(ports.items(), start=1):
        longitude, latitude = port.get("coordinates") or (None, None)
        yield line, {
            "locode": locode, "name": port["name"], "country": locode[:2], "kind": "sea",
            "latitude": latitude, "longitude": longitude, "source": path.name,
            "is_verified": False,
        }  # fmt: skip


def _taxa_from_index(path: Path, rows: "csv.DictReader[str]") -> Iterator[Line]:
    """The species index of the CITES checklist, from family to subspecies."""
    for row in rows:
        common, __, others = row["EnglishNames"].partition(",")
        yield rows.line_num, {
            "scientific_name": row["FullName"], "common_name": common.strip()[:200],
            "other_names": "; ".join(filter(None, (others.strip(), row["FrenchNames"]))),
            "rank": row["RankName"].lower(), "order": row["Order"], "family": row["Family"],
            "cites_appendix": "" if row["CurrentListing"] == "NC" else row["CurrentListing"],
            "listed_on": None, "annotation": row["AnnotationEnglish"], "source": path.name,
            "is_verified": False,
        }  # fmt: skip


def _goods_from_list(path: Path, rows: "csv.DictReader[str]") -> Iterator[Line]:
    """A public list of the Harmonized System: headings of four digits and more."""
    for row in rows:
        if row["hscode"].isdigit() and len(row["hscode"]) >= 4:
            yield rows.line_num, {
                "hs_code": row["hscode"], "label": row["description"][:300],
                "source": path.name, "is_verified": False,
            }  # fmt: skip

"""How the fields of a row of the law read on a page, and how its versions differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import display
from casework.legal.kinds import SOURCED, Kind
from casework.models import Code, Element

MONEY = ("min_fine", "max_fine")
PROOF_KINDS = (
    "exhibit", "statement", "certificate", "report", "fact", "admission", "file",
)  # fmt: skip


def proof_kind(code: str) -> str:
    """A kind of evidence by its word."""
    words = {
        "exhibit": _("Exhibit"), "statement": _("Statement of a witness"),
        "certificate": _("Certificate"), "report": _("Expert's report"),
        "fact": _("Fact about a party"), "admission": _("Admission"), "file": _("Document"),
    }  # fmt: skip
    return words.get(code, code)


def templates() -> dict[str, str]:
    """The templates of points to prove with their words, those without a word as they are."""
    used = dict.fromkeys(Element.objects.order_by().values_list("template", flat=True).distinct())
    named = dict(Code.objects.kind("proof_template").values_list("code", "label"))
    return {**named, **{code: code.replace("_", " ") for code in used if code not in named}}


def label(kind: Kind, name: str) -> str:
    """What a field is called."""
    field: Any = kind.model._meta.get_field(name)
    text = str(field.verbose_name)
    return text[:1].upper() + text[1:]


def value(row: Any, name: str) -> str:
    """What a field of a row, or of a row of its history, holds."""
    held = getattr(row, name)
    if held is None or held == "":
        return display.NOTHING
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    if isinstance(held, date):
        return display.day(held)
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    if name == "proven_by":
        return ", ".join(proof_kind(code) for code in str(held).split())
    if name == "proof_template":
        return str(held).replace("_", " ").capitalize()
    return f"{held:,}" if name in MONEY else str(held)


@dataclass(frozen=True)
class Cell:
    text: str
    is_changed: bool  # against the version before it


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Cell, ...]


def side_by_side(kind: Kind, versions: Iterable[Any]) -> list[Line]:
    """A line per field with a cell per version; fields that no version fills are left out."""
    rows = list(versions)
    lines = []
    for name in (*kind.fields, *SOURCED):
        texts = [value(row, name) for row in rows]
        if any(text != display.NOTHING for text in texts):
            before = [texts[0], *texts]
            cells = tuple(Cell(text, text != before[at]) for at, text in enumerate(texts))
            lines.append(Line(label(kind, name), cells))
    return lines

"""Small reading of text that every list needs: cleaning, splitting, cells that are formulas."""

import re
import unicodedata

# Invisible characters that change how a name reads but not what it is: direction marks, joiners.
UNSEEN = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
# A cell that a spreadsheet would compute: `=` before anything; `@`, `+` and `-` before a function,
# a sum or a call of another program. Telephones and minus signs before numbers are not.
FORMULA = re.compile(r"\s*(?:=|@.*[A-Za-z]\(|[+-].*(?:[A-Za-z]\(|\d[+*^]|[|!=]))")


def clean(text: str) -> str:
    """One line without control and direction characters, in one Unicode form."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text.translate(UNSEEN))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def several(text: str, separator: str = ";") -> list[str]:
    """The cleaned parts of a cell that holds more than one value."""
    return [part for part in map(clean, text.split(separator)) if part]


def is_formula(cell: str) -> bool:
    head = cell.lstrip()[:1]
    return head != "" and head in "=+-@" and FORMULA.match(cell) is not None

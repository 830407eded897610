"""Days as lists write them, read to YYYY, YYYY-MM or YYYY-MM-DD. What is ambiguous is not read."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"),
            ("may",), ("jun", "june"), ("jul", "july"), ("aug", "august"),
            ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
LONGEST_SPAN = 15  # a day of birth "between" years further apart says too little to compare
ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")
IN_WORDS = re.compile(r"(?:(\d{1,2})\.? +)?([A-Za-z]+)\.?,? +(\d{4})")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
CIRCA = re.compile(r"(?:circa|approximately|approx\.?|about|c\.|ca\.)\s*", re.I)
SPAN = re.compile(r"(.+?)\s*(?:\bto\b|-)\s*(.+)")


def read(text: str) -> str:
    """One day, month or year; "" where it cannot be told."""
    text = CIRCA.sub("", text.strip())
    if found := ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := IN_WORDS.fullmatch(text):
        month = MONTHS.get(found[2].lower())
        return _day(found[3], str(month), found[1]) if month else ""
    if found := SLASHED.fullmatch(text):
        return _slashed(int(found[1]), int(found[2]), found[3])
    return ""


def read_span(text: str) -> list[str]:
    """One day, or each year of a span such as "1958 to 1963"; [] where it cannot be told."""
    if day := read(text):
        return [day]
    found = SPAN.fullmatch(CIRCA.sub("", text.strip()))
    first, last = (read(found[1]), read(found[2])) if found else ("", "")
    return years(int(first[:4]), int(last[:4])) if first and last else []


def years(first: int, last: int) -> list[str]:
    """Each year from the first to the last; [] where they lie too far apart."""
    return [f"{y:04}" for y in range(first, last + 1)] if last - first <= LONGEST_SPAN else []


def american(text: str) -> str:
    """MM/DD/YYYY, as the agencies of the United States write a day; "" for anything else."""
    found = SLASHED.fullmatch(text.strip())
    return _day(found[3], found[1], found[2]) if found else ""


def as_date(text: str) -> date | None:
    """A whole day as a date."""
    return date.fromisoformat(text) if len(text) == 10 else None


def _slashed(first: int, second: int, year: str) -> str:
    """Day and month only where one of them cannot be a month, or both are the same."""
    if second > 12 or first == second:
        return _day(year, str(first), str(second))
    return _day(year, str(second), str(first)) if first > 12 else ""


def _day(year: str, month: str | None, day: str | None) -> str:
    try:
        checked = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return checked.isoformat()[: 10 if day else 7 if month else 4]

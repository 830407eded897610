"""The denied persons list of the United States: one order a line, tab separated, in quotes."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from kyc.watch.list_formats import days
from kyc.watch.list_formats.entry import UNKNOWN, Entry, ListError, Reading
from kyc.watch.list_formats.rows import rows
from kyc.watch.list_formats.source import Lines
from kyc.watch.list_formats.tables import headed
from kyc.watch.list_formats.words import clean

COLUMNS = (
    "name", "street_address", "city", "state", "country", "postal_code", "effective_date",
    "expiration_date", "standard_order", "last_update", "action", "fr_citation",
)  # fmt: skip
IDENTITY = ("name", "street_address", "city", "effective_date")
ALSO = re.compile(r"\s*[,;(]?\s*\b(?:A/K/A|D/B/A|F/K/A)\b[ :]*", re.I)
REMARKS = (
    ("In force from", "effective_date"),
    ("In force until", "expiration_date"),
    ("Standard order", "standard_order"),
    ("Last updated", "last_update"),
    ("Action", "action"),
    ("Notice", "fr_citation"),
)


def entries(lines: Lines, reading: Reading) -> Iterator[Entry]:
    """The list has no numbers: an order is known by its name, address and day."""
    seen: Counter[str] = Counter()
    for line, cells in headed(rows(lines, "\t"), COLUMNS):
        said = {name: clean(cell) for name, cell in cells.items()}
        _check_days(line, said)
        text = "\t".join(said[name].casefold() for name in IDENTITY)
        uid = hashlib.sha256(text.encode()).hexdigest()[:20]
        seen[uid] += 1
        yield _entry(line, uid if seen[uid] == 1 else f"{uid}-{seen[uid]}", said, reading)


def _check_days(line: int, said: dict[str, str]) -> None:
    for name in ("effective_date", "expiration_date"):
        if said[name] and not days.american(said[name]):
            raise ListError("day", line, column=name, found=said[name][:40])


def _entry(line: int, uid: str, said: dict[str, str], reading: Reading) -> Entry:
    name, *others = [part.strip(" ()") for part in ALSO.split(said["name"])]
    entry = Entry(uid, UNKNOWN, name, line, aliases=others)
    parts = (said[part] for part in ("street_address", "city", "state", "postal_code", "country"))
    entry.addresses.append(", ".join(part for part in parts if part))
    reading.place(entry, said["country"], "Country")
    for label, column in REMARKS:
        value = said[column]
        entry.remark(label, days.american(value) or value)
    return entry

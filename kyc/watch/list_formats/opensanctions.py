"""The simplified table that OpenSanctions publishes of each of its collections."""

import re
from collections.abc import Iterator

from stdnum import lei

from kyc.watch.list_formats import days
from kyc.watch.list_formats.entry import FIRM, PERSON, UNKNOWN, VESSEL, Entry, ListError, Reading
from kyc.watch.list_formats.rows import rows
from kyc.watch.list_formats.source import Lines
from kyc.watch.list_formats.tables import headed
from kyc.watch.list_formats.words import clean, several

COLUMNS = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers",
    "sanctions", "phones", "emails", "dataset", "first_seen", "last_seen", "last_change",
)  # fmt: skip
KINDS = {
    "Person": PERSON,
    "Company": FIRM,
    "Organization": FIRM,
    "PublicBody": FIRM,
    "Vessel": VESSEL,
}
# The day of the export moves with every export and says nothing of the entry.
MOMENTS = ("first_seen", "last_seen", "last_change")
MOMENT = re.compile(r"|\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
IMO = re.compile(r"(?:IMO)[ :]?(\d{7})", re.I)


def entries(lines: Lines, reading: Reading) -> Iterator[Entry]:
    for line, cells in headed(rows(lines), COLUMNS):
        for name in MOMENTS:
            if not MOMENT.fullmatch(cells[name].strip()):
                raise ListError("day", line, column=name, found=cells[name][:40])
        yield _entry(line, cells, reading)


def _entry(line: int, cells: dict[str, str], reading: Reading) -> Entry:
    schema = clean(cells["schema"])
    entry = Entry(clean(cells["id"]), KINDS.get(schema, UNKNOWN), clean(cells["name"]), line)
    entry.aliases = several(cells["aliases"])
    entry.addresses = several(cells["addresses"])
    entry.topics = several(cells["sanctions"])
    for born in several(cells["birth_date"]):
        found = days.read_span(born)
        entry.birth_dates += found
        entry.remark("Born", "" if found else born)
    for country in several(cells["countries"]):
        reading.place(entry, country, "Country")
    for number in several(cells["identifiers"]):
        entry.number(*_numbered(number))
    for kind, column in (("phone", "phones"), ("email", "emails")):
        for value in several(cells[column]):
            entry.number(kind, value)
    _remarks(entry, schema, cells)
    return entry


def _numbered(number: str) -> tuple[str, str]:
    """The list does not say what kind of number each is; two kinds are told by their check."""
    if found := IMO.fullmatch(number):
        return "imo", found[1]
    if LEI.fullmatch(number) and lei.is_valid(number):
        return "lei", number
    return "other", number


def _remarks(entry: Entry, schema: str, cells: dict[str, str]) -> None:
    entry.remark("Kind on the list", schema)
    entry.remark("Collection", clean(cells["dataset"]))
    entry.remark("On its source since", cells["first_seen"][:10])
    entry.remark("Last changed", cells["last_change"][:10])
    for name, value in cells.items():
        if name not in COLUMNS:
            entry.remark(name, clean(value))

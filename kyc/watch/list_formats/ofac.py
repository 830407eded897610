"""The SDN list of the United States Treasury: a main table without a head, and beside it tables of
other names, addresses and long remarks, joined by the entry's number."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kyc.watch.list_formats import ofac_remarks
from kyc.watch.list_formats.entry import FIRM, PERSON, UNKNOWN, VESSEL, Entry, ListError, Reading
from kyc.watch.list_formats.rows import Row, rows
from kyc.watch.list_formats.source import Lines
from kyc.watch.list_formats.words import clean

NOTHING = "-0-"
CUT = ("-", "-0")  # what a cut leaves of it
KINDS = {"individual": PERSON, "vessel": VESSEL, "aircraft": UNKNOWN, "": FIRM}
WIDTH, ALIAS_WIDTH, ADDRESS_WIDTH, COMMENT_WIDTH = 12, 5, 6, 2


@dataclass
class Beside:
    """What the tables beside the main one say, by the entry's number."""

    aliases: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    comments: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    def left(self) -> dict[str, int]:
        """How many lines belong to no entry of the main table; entries take theirs out."""
        told = {"aliases": self.aliases, "addresses": self.addresses, "comments": self.comments}
        return {name: sum(map(len, rows.values())) for name, rows in told.items()}


def beside(
    aliases: Lines | None = None, addresses: Lines | None = None, comments: Lines | None = None
) -> Beside:
    """The tables beside the main one. Raises ListError, which says in which of them."""
    read = Beside()
    for part, lines, width, into in (
        ("aliases", aliases, ALIAS_WIDTH, read.aliases),
        ("addresses", addresses, ADDRESS_WIDTH, read.addresses),
        ("comments", comments, COMMENT_WIDTH, read.comments),
    ):
        try:
            for row in _rows(lines, width) if lines is not None else ():
                into[row.cells[0]].append(row.cells[1:])
        except ListError as broken:
            broken.found["part"] = part
            raise
    return read


def entries(lines: Lines, reading: Reading, others: Beside) -> Iterator[Entry]:
    for row in _rows(lines, WIDTH):
        yield _entry(row, reading, others)
    if not lines.has_end_mark:
        reading.note("no-end-mark")
    for part, count in others.left().items():
        if count:
            reading.note("orphans", part=part, count=count)


def _rows(lines: Lines, width: int) -> Iterator[Row]:
    for row in rows(lines):
        cells = [clean(cell) for cell in row.cells]
        if len(cells) != width:
            raise ListError("cells", row.line, wanted=width, found=len(cells))
        if not cells[0].isdecimal():
            raise ListError("no-number", row.line, found=cells[0][:40])
        if any(cell in CUT for cell in cells):
            raise ListError("cut", row.line)
        yield Row(row.line, ["" if cell == NOTHING else cell for cell in cells])


def _entry(row: Row, reading: Reading, others: Beside) -> Entry:
    number, name, kind, programmes, title, call_sign, *vessel, remarks = row.cells
    if kind not in KINDS:
        raise ListError("unknown-kind", row.line, found=kind[:40])
    entry = Entry(number, KINDS[kind], name, row.line)
    entry.topics = [part.strip(" []") for part in programmes.split("] [")]
    entry.remark("Kind on the list", kind if kind == "aircraft" else "")
    entry.remark("Title", title)
    entry.number("call_sign", call_sign)
    _vessel(entry, reading, vessel)
    # A long remark goes on in the comments where the main table had to stop, within a word.
    remarks += "".join(rest[0] for rest in others.comments.pop(number, []))
    entry.remark("", remarks)
    ofac_remarks.read(remarks, entry, reading)
    for told in others.aliases.pop(number, []):
        _alias(entry, told)
    for told in others.addresses.pop(number, []):
        _address(entry, reading, told)
    return entry


def _vessel(entry: Entry, reading: Reading, cells: list[str]) -> None:
    kind, tonnage, gross, flag, owner = cells
    reading.place(entry, flag, "Flag")
    for label, value in (
        ("Vessel type", kind), ("Tonnage", tonnage), ("Gross tonnage", gross), ("Owner", owner)
    ):  # fmt: skip
        entry.remark(label, value)


def _alias(entry: Entry, told: list[str]) -> None:
    _number, kind, name, remarks = told
    entry.aliases.append(name)
    if kind != "aka":
        entry.remark({"fka": "Formerly", "nka": "Now"}.get(kind, kind), name)
    entry.remark(name, remarks)


def _address(entry: Entry, reading: Reading, told: list[str]) -> None:
    _number, street, city, country, remarks = told
    if where := ", ".join(part for part in (street, city, country) if part):
        entry.addresses.append(where)
    if code := reading.countries.find(country):
        entry.countries.append(code)
    entry.remark("Address", remarks)

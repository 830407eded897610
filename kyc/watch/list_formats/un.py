"""The consolidated list of the United Nations Security Council, as XML."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from kyc.watch.list_formats import days
from kyc.watch.list_formats.entry import FIRM, PERSON, Entry, ListError, Reading
from kyc.watch.list_formats.source import Lines
from kyc.watch.list_formats.words import clean
from kyc.watch.list_formats.xml import Record, records

ROOT = "CONSOLIDATED_LIST"
KINDS = {"INDIVIDUAL": PERSON, "ENTITY": FIRM}
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
WEAK = {"low"}
FORMER = {"f.k.a.": "Formerly"}
# What the reader of each element uses; every other element goes into the remarks by its name.
READ = {
    *NAME_PARTS, "DATAID", "VERSIONNUM", "REFERENCE_NUMBER", "UN_LIST_TYPE", "NAME_ORIGINAL_SCRIPT",
    "NATIONALITY", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE",
}  # fmt: skip
PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
LABELS = {
    "COMMENTS1": "Comments", "LISTED_ON": "Listed on", "LAST_DAY_UPDATED": "Updated on",
    "DESIGNATION": "Designation", "TITLE": "Title", "GENDER": "Gender",
}  # fmt: skip
YEAR = re.compile(r"\d{4}")


def entries(lines: Lines, reading: Reading) -> Iterator[Entry]:
    for record in records(lines, ROOT, frozenset(KINDS)):
        if record.root_attributes:
            dated = days.read(record.root_attributes.get("dateGenerated", ""))
            reading.dated = days.as_date(dated)
        yield _entry(record, reading)


def _entry(record: Record, reading: Reading) -> Entry:
    told = record.element
    name = " ".join(part for part in (_text(told, part) for part in NAME_PARTS) if part)
    names = [part.strip() for part in name.split(" ; ")]
    uid = _text(told, "REFERENCE_NUMBER") or _text(told, "DATAID")
    if not name or not uid:
        raise ListError("no-name" if not name else "no-uid", record.line)
    entry = Entry(uid, KINDS[told.tag], names[0], record.line, aliases=names[1:])
    entry.aliases += _texts(told, "NAME_ORIGINAL_SCRIPT")
    entry.topics = _texts(told, "UN_LIST_TYPE")
    for country in _texts(told, "NATIONALITY/VALUE"):
        reading.place(entry, country, "Nationality")
    for child in told:
        _child(child, entry, reading)
    return entry


def _child(child: Element, entry: Entry, reading: Reading) -> None:
    what = child.tag.partition("_")[2] if child.tag.startswith(tuple(KINDS)) else ""
    if what in READERS:
        READERS[what](child, entry, reading)
    elif child.tag not in READ:
        said = "; ".join(filter(None, (clean(text) for text in child.itertext())))
        entry.remark(LABELS.get(child.tag, child.tag.capitalize()), said)


def _alias(told: Element, entry: Entry, reading: Reading) -> None:
    name, quality = _text(told, "ALIAS_NAME"), _text(told, "QUALITY")
    if not name:
        return
    (entry.weak_aliases if quality.lower() in WEAK else entry.aliases).append(name)
    entry.remark(FORMER.get(quality, ""), name if quality in FORMER else "")
    entry.remark(name, _but(told, "ALIAS_NAME", "QUALITY"))
    if born := days.read(_text(told, "DATE_OF_BIRTH")):
        entry.birth_dates.append(born)


def _address(told: Element, entry: Entry, reading: Reading) -> None:
    if where := _where(told):
        entry.addresses.append(where)
    if code := reading.countries.find(_text(told, "COUNTRY")):
        entry.countries.append(code)
    entry.remark(f"Address {where}".strip(), _but(told, *PLACE))


def _born(told: Element, entry: Entry, reading: Reading) -> None:
    day = _text(told, "DATE") or _text(told, "YEAR")
    first, last = _text(told, "FROM_YEAR"), _text(told, "TO_YEAR")
    if found := days.read(day):
        entry.birth_dates.append(found)
    elif YEAR.fullmatch(first) and YEAR.fullmatch(last):
        entry.birth_dates += days.years(int(first), int(last))
    kind = _text(told, "TYPE_OF_DATE").lower()
    if day or first or _text(told, "NOTE"):
        exactly = "" if kind == "exact" else f"{kind} "
        span = f"{first} and {last}" if first else ""
        entry.remark("Born", clean(f"{exactly}{day or span} {_text(told, 'NOTE')}"))


def _birth_place(told: Element, entry: Entry, reading: Reading) -> None:
    entry.remark("Born in", ", ".join(filter(None, (_where(told), _text(told, "NOTE")))))


def _document(told: Element, entry: Entry, reading: Reading) -> None:
    kind = f"{_text(told, 'TYPE_OF_DOCUMENT')} {_text(told, 'TYPE_OF_DOCUMENT2')}".strip()
    number = _text(told, "NUMBER")
    of = _text(told, "ISSUING_COUNTRY") or _text(told, "COUNTRY_OF_ISSUE")
    lowered = kind.lower()
    is_passport = "passe" in lowered or "passp" in lowered or "pasap" in lowered
    entry.number("passport" if is_passport else "id_number", number, reading.countries.find(of))
    rest = _but(told, "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER")
    entry.remark(clean(f"{kind or 'Document'} {number}"), rest)
    if kind and not number and not rest:
        entry.remark("Document", kind)


READERS = {
    "ALIAS": _alias,
    "ADDRESS": _address,
    "DATE_OF_BIRTH": _born,
    "PLACE_OF_BIRTH": _birth_place,
    "DOCUMENT": _document,
}


def _text(told: Element, tag: str) -> str:
    return clean(told.findtext(tag) or "")


def _texts(told: Element, path: str) -> list[str]:
    return [text for text in (clean(found.text or "") for found in told.iterfind(path)) if text]


def _where(told: Element) -> str:
    return ", ".join(filter(None, (_text(told, part) for part in PLACE)))


def _but(told: Element, *read: str) -> str:
    """What else an element says, for the remarks."""
    rest: Iterable[Element] = (child for child in told if child.tag not in read)
    return "; ".join(filter(None, (clean(child.text or "") for child in rest)))

"""What every reader gives: entries of one shape, or the line where a list is broken and why."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kyc.watch.list_formats.countries import Countries

PERSON, FIRM, VESSEL, UNKNOWN = "person", "firm", "vessel", "unknown"
LONGEST_UID, LONGEST_NAME = 200, 500

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class ListError(Exception):
    """The list cannot be read: a code for the reason, the line it stands in, what was found.

    The words for each code are in `kyc.watch.list_words`.
    """

    def __init__(self, code: str, line: int | None = None, **found: object) -> None:
        self.code, self.line, self.found = code, line, found
        super().__init__(code, line, found)


@dataclass
class Entry:
    """A person, firm or vessel as a list describes it.

    Days are YYYY, YYYY-MM or YYYY-MM-DD, countries ISO alpha-2, numbers (kind, value, country).
    What no field takes is in the remarks: nothing that a list says is lost.
    """

    uid: str
    kind: str
    name: str
    line: int
    aliases: list[str] = field(default_factory=list)
    weak_aliases: list[str] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[dict[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def number(self, kind: str, value: str, country: str = "") -> None:
        if value:
            self.identifiers.append({"kind": kind, "value": value, "country": country})

    def remark(self, label: str, value: str) -> None:
        if value:
            self.remarks.append(f"{label}: {value}" if label else value)

    def kept(self) -> dict[str, Any]:
        """As it is stored: each thing once, in order. Raises ListError without a name."""
        if not self.name:
            raise ListError("no-name", self.line)
        if not self.uid or len(self.uid) > LONGEST_UID:
            raise ListError("no-uid", self.line)
        said = dict(vars(self))
        del said["line"]
        for name in ("aliases", "weak_aliases", "birth_dates", "countries", "addresses", "topics"):
            said[name] = once(said[name])
        said["aliases"] = [a for a in said["aliases"] if a != self.name]
        said["weak_aliases"] = [a for a in said["weak_aliases"] if a not in said["aliases"]]
        said["identifiers"] = list({tuple(i.values()): i for i in said["identifiers"]}.values())
        remarks = self.remarks
        if len(self.name) > LONGEST_NAME:
            remarks, said["name"] = [self.name, *remarks], self.name[:LONGEST_NAME]
        said["remarks"] = "\n".join(once(remarks))
        return said


def once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def canonical(said: dict[str, Any]) -> tuple[str, str]:
    """An entry as one line of JSON, and the SHA-256 of that: whether it changed."""
    text = encode(said)
    return text, hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Reading:
    """What a reader needs, and what it learns besides the entries."""

    countries: Countries
    dated: date | None = None
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def note(self, code: str, **found: object) -> None:
        self.notes.append((code, found))

    def place(self, entry: Entry, text: str, label: str = "") -> str:
        """The country's letters, added to the entry; what is not understood goes to its remarks."""
        code = self.countries.find(text)
        if code:
            entry.countries.append(code)
        elif text:
            entry.remark(label, text)
        return code

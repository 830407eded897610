"""How single values of the database are hashed, and what most rows have in common, worked out once.

A value that is not plainly in order raises one of DOUBTS: the slow way decides. Imports no Django.
"""

import json
import re
from datetime import date, datetime
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

# Columns that say the same in many rows come as one JSON list of each of these.
PEOPLE: Final = (
    *("from_user_id", "to_user_id", "recorder_id"),  # not hashed
    *("from_name", "from_number", "from_agency", "to_name", "to_number", "to_agency"),
    *("recorder_name", "recorder_number", "recorder_agency"),
)
SELDOM: Final = (
    *("format_version", "purpose", "authority", "discrepancy", "seal_intact", "new_seal_number"),
    *("tolerance_mg", "scale", "scale_calibrated_on", "file_digests", "related"),
)
MOST_KEPT: Final = 20_000
FALSE, TRUE = (0, "0", "false"), (1, "1", "true")  # as drivers and databases write them
TRUTH = {None: "null"} | dict.fromkeys(FALSE, "false") | dict.fromkeys(TRUE, "true")
STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])"
    r"(?:\.([0-9]{1,6}))?"
).fullmatch
moment = datetime.fromisoformat
PLAIN_LIMIT = 2**53  # from here on JSON readers disagree


class Unsure(Exception):
    """The row holds something out of the ordinary; what it hashes to is for the slow way to say."""


# What a slow look would make of such values is not guessed at.
DOUBTS = (Unsure, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


class Days(dict[str, str]):
    """Calendar days as they stand in the database; there are few, so each is checked once."""

    def __missing__(self, text: str) -> str:
        if date.fromisoformat(text).isoformat() != text:
            raise Unsure
        self[text] = text
        return text


DAYS = Days()


def stamp(text: str) -> str:
    """A time as it is hashed, from how the database writes it in UTC."""
    if text[-3:] == "+00":
        text = text[:-3]
    if len(text) == 26 and text[4:20:3] == "-- ::." and moment(text).tzinfo is None:
        return f"{text[:10]}T{text[11:]}Z"
    if (found := STAMP(text)) is None:
        raise Unsure
    day, time, rest = found.groups("")
    return f"{DAYS[day]}T{time}.{rest:0<6}Z"


def number(value: object) -> str:
    if value is None:
        return "null"
    if type(value) is not int or not -PLAIN_LIMIT < value < PLAIN_LIMIT:
        raise Unsure
    return str(value)


def strings(text: str) -> str:
    """A sorted list of texts."""
    return "[" + ",".join(map(quoted, sorted(_list(text)))) + "]"


def identifiers(text: str) -> str:
    return "[" + ",".join(f'"{one}"' for one in sorted(str(UUID(one)) for one in _list(text))) + "]"


def _list(text: str) -> list[Any]:
    found = json.loads(text)
    if type(found) is not list:
        raise Unsure
    return found


def scale(name: str, calibrated_on: str | None) -> str:
    day = "null" if calibrated_on is None else f'"{DAYS[calibrated_on]}"'
    return f'{{"calibrated_on":{day},"id":{quoted(name)}}}'


Parts = tuple[Any, ...]


class _Known(dict[str, Parts]):
    """What was made of a text; the same text never means anything else."""

    def keep(self, text: str, parts: Parts) -> Parts:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[text] = parts
        return parts


class People(_Known):
    """Who gave, received and recorded, by the list of PEOPLE; the same few act again and again.

    The receiver's account; then for each what is committed to, and the text around that.
    """

    def __missing__(self, text: str) -> Parts:
        _from, receiver, _by, *said = json.loads(text)
        nobody = (b"", "null", "")  # only the recorder is somebody without a name, too
        giver = _person(*said[:3]) if said[0] else nobody
        taker = _person(*said[3:6]) if said[3] else nobody
        return self.keep(text, (receiver, *giver, *taker, *_person(*said[6:])))


def _person(name: str, service_number: str, agency: str) -> tuple[bytes, str, str]:
    before = f'{{"agency":{quoted(agency)},"name":{"" if name else "null"}'
    return name.encode(), before, f',"service_number":{quoted(service_number)}}}'


class Seldom(_Known):
    """The columns of SELDOM: version, purpose, authority and explanation; the others as hashed."""

    def __missing__(self, text: str) -> Parts:
        version, *texts, intact, new_seal, tolerance, name, day, files, related = json.loads(text)
        measured = scale(name, day) if name else "null"
        return self.keep(
            text,
            (
                *(version, *(text.encode() for text in texts)),
                strings(files),
                quoted(new_seal),
                f'"related":{identifiers(related)},"scale":{measured},"seal_intact":{TRUTH[intact]}',
                number(tolerance),
            ),
        )

"""What a broken list is told to the person who imports it: the line, the reason, what to do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import display
from kyc.watch.list_formats.entry import ListError

REASONS: dict[str, StrOrPromise] = {
    "empty": _("The file holds no entry."),
    "no-list": _(
        "This is no table and no XML (%(found)s). Save the list as CSV or as an Excel workbook "
        "(.xlsx) without a password."
    ),
    "gzip-cut": _("The compressed file ends too early. Fetch it again."),
    "gzip-broken": _("The compressed file is damaged (%(why)s). Fetch it again."),
    "too-large": _("Unpacked, the file is larger than any list: more than %(limit)s."),
    "long-line": _("This line is longer than %(limit)s. It is not a line of a list."),
    "long-cell": _("One cell is longer than any entry of a list. A closing quote may be missing."),
    "control": _("Byte %(found)s is a control character. The file is damaged or not text."),
    "utf-16": _("The file is in UTF-16. Save it as UTF-8."),
    "encoding": _("Byte %(found)s at place %(at)s is not UTF-8. Save the list as UTF-8."),
    "cut": _("The list ends in the middle of an entry. Fetch it again."),
    "quotes": _("The quotes of this line do not fit together."),
    "cells": _("Cells in this line: %(found)s. Wanted: %(wanted)s."),
    "columns": _("These columns are missing: %(missing)s. The list has: %(found)s."),
    "columns-twice": _("Two columns mean the same: %(found)s. Leave one of them."),
    "no-name-column": _(
        "No column is called “name”. The first line has: %(found)s. Name the column of names "
        "“name”; others may be called alias, country, registration, PIN, address, phone, email, "
        "date of birth."
    ),
    "no-name": _("The entry has no name."),
    "no-uid": _("The entry has no number of its own, or one that is too long."),
    "no-number": _("The line begins with “%(found)s”. A line of this list begins with a number."),
    "unknown-kind": _("“%(found)s” is no kind of this list: individual, vessel or aircraft."),
    "twice": _("Number %(uid)s stands twice on the list, first in line %(first)s."),
    "day": _("“%(found)s” in column %(column)s is no day. The line may have been cut."),
    "formula": _("Cell %(cell)s is a formula: %(found)s. Copy the cells as values and save again."),
    "error-cell": _("Cell %(cell)s holds the error %(found)s. Correct it and save again."),
    "xml": _("The XML is not well formed: %(why)s."),
    "xml-root": _("The file begins with <%(found)s>. The list of the UN begins with <%(wanted)s>."),
    "xml-deep": _("The XML is nested deeper than any list."),
    "xml-entities": _(
        "The file defines XML entities or a document type. Lists do not, and such files are used "
        "for attacks."
    ),
    "workbook": _("The workbook cannot be read (%(why)s). Save it again as .xlsx."),
    "sheets": _(
        "Several sheets of the workbook hold data: %(found)s. Keep the one that is the list."
    ),
    "no-sheet": _("The workbook has no sheet %(wanted)s. It has: %(found)s."),
    "beside": _("Further files (%(found)s) belong to the OFAC list only."),
}
NOTES: dict[str, StrOrPromise] = {
    "no-end-mark": _(
        "The file does not end with the mark that closes OFAC's lists. It may have been cut "
        "between two lines: compare the count."
    ),
    "orphans": _(
        "%(count)s lines of the file of %(part)s belong to numbers that the main file does not "
        "have. They were left out."
    ),
}
PARTS: dict[str, StrOrPromise] = {
    "aliases": _("other names"),
    "addresses": _("addresses"),
    "comments": _("comments"),
}


def refusal(error: ListError) -> str:
    """The reason with the line it stands in, and the file where there are several."""
    reason = str(REASONS[error.code]) % _shown(error.found)
    if error.line is not None:
        reason = gettext("Line %(line)s: %(why)s") % {"line": f"{error.line:,}", "why": reason}
    if part := error.found.get("part"):
        return gettext("File of %(part)s: %(why)s") % {"part": _part(part), "why": reason}
    return reason


def note(code: str, found: dict[str, object]) -> str:
    return str(NOTES[code]) % _shown(found)


def _shown(found: dict[str, object]) -> dict[str, object]:
    shown = dict(found)
    if isinstance(limit := found.get("limit"), int):
        shown["limit"] = display.size(limit)
    if isinstance(count := found.get("count"), int):
        shown["count"] = f"{count:,}"
    if "part" in found:
        shown["part"] = _part(found["part"])
    return shown


def _part(name: object) -> str:
    return str(PARTS.get(str(name), name))

"""Why the words of a file were not read, or not all of them, in words for people."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from search.models import FileText

# What another time may mend: a busy machine, a disk that was away, a process that was killed.
PASSING: Final = frozenset({"time", "crash", "memory", "busy", "missing", "altered"})
NO_OCR: Final = "no_ocr"
WORDLESS: Final = frozenset({"no_reader", "picture"})
WORDS: Final[Mapping[str, StrOrPromise]] = {
    "no_reader": _("There is no text to be read in a file of this type."),
    "picture": _("There is no text to be read in a picture of this type."),
    NO_OCR: _(
        "It is or holds a picture of text, and the program that reads those (Tesseract) is not "
        "installed here. Once it is, the file is read."
    ),
    "password": _("It, or a file in it, asks for a password."),
    "unreadable": _("It is damaged, or not what it says it is."),
    "bomb": _("It would unpack to more than is read here."),
    "memory": _("It needs more memory than one file may take."),
    "time": _("It takes longer than one file may take."),
    "limit": _("It holds more text than is kept of one file."),
    "pages": _("It has more scanned pages than are read of one file."),
    "page": _("A page of it is damaged."),
    "no page": _("It has no page."),
    "scan": _("A scanned page or picture in it could not be read."),
    "depth": _("It holds files within files, deeper than is read here."),
    "inside": _("A file in it could not be read."),
    "crash": _("The program that reads files failed on this one."),
    "busy": _("Too many files were being read."),
    "missing": _("Its bytes are missing from the store. Tell your administrator."),
    "altered": _(
        "The bytes in the store are not the ones that were taken in. Tell your administrator."
    ),
}


def has_no_words(words: FileText) -> bool:
    """A photograph, a film, a blank page: nothing was missed."""
    is_blank = words.state == FileText.State.READ and not words.characters
    return is_blank or words.reason in WORDLESS


def words(reason: str) -> StrOrPromise:
    return WORDS.get(reason, "")

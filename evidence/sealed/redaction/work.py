"""The two jobs: find words before anything is done, and make the copy. Pure.

What is asked comes with the file, not with the name of the process: words stay between the two.
"""

import codecs
import importlib
from pathlib import Path
from typing import IO, Final

from evidence.sealed import pictures
from evidence.sealed.redaction import blackening, order, paper, picture
from evidence.sealed.redaction.order import answer

PAPER: Final = "PDF"
SECONDS: Final = 300  # of the processor, for a copy
FINDING_SECONDS: Final = 40
MEMORY: Final = 3 << 29
OUTPUT: Final = 1 << 29
_LATE: Final = (
    "copy", "stringprep", "encodings.idna", "unicodedata", "pikepdf._methods", "pikepdf.models",
    "pikepdf.models.image", "pikepdf.models.metadata", "decimal", "PIL.PdfImagePlugin",
)  # fmt: skip
_FACE: Final = "NotoSans[wdth,wght].ttf"


def prepare(form: str) -> None:
    """Import everything while files can still be opened."""
    for name in _LATE:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    for coding in ("latin-1", "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        codecs.lookup(coding)
        "".encode(coding)
    "".encode("pdfdoc")
    for one in {"JPEG", "PNG", form} - {PAPER}:
        pictures.prepare(one)
    blackening.keep_font(_letters())


def _letters() -> bytes:
    try:
        package = importlib.import_module("fontpkg_noto_sans")
    except ImportError:
        return b""
    return (Path(str(package.__file__)).parent / "files" / _FACE).read_bytes()


def find(source: IO[bytes]) -> bytes:
    asked, content = order.taken(source)
    return answer(paper.find(content, asked))


def redact(source: IO[bytes]) -> bytes:
    asked, content = order.taken(source)
    make = paper.redacted if asked.form == PAPER else picture.redacted
    return answer(*make(content, asked))

"""A name as the matcher reads it: folded to plain letters and cut into tokens.

Pure: no Django, no disk at call time. `read` never raises and is bounded in time by `LONGEST`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

LONGEST = 300  # characters read of a name; what follows is no name
WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Name:
    """`words` are the folded words in their order; `text` is what was given."""

    text: str
    kind: str
    words: tuple[str, ...]


@lru_cache(maxsize=65_536)
def read(text: str, kind: str = "") -> Name:
    """`kind` is person, firm, vessel, or empty where it is not known."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    folded = anyascii(plain).lower().replace("'", "")
    return Name(text, kind, tuple(WORDS.findall(folded)))

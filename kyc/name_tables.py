"""What is known of words in names: spellings of one given name, titles, particles, legal forms.

Read once at import from `name_data/`, one row a line; `#` opens a comment.
"""

from collections.abc import Iterator
from importlib import resources

Classes = dict[str, frozenset[int]]


def _rows(file: str) -> Iterator[str]:
    text = resources.files("kyc").joinpath("name_data", file).read_text(encoding="utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))


def _classes(file: str) -> Classes:
    """The rows that a word stands in; two words are variants where they share a row."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(_rows(file)):
        for word in row.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(rows) for word, rows in found.items()}


def _legal_forms() -> dict[str, str]:
    """Class by the form written without spaces."""
    found = {}
    for row in _rows("legal_forms.txt"):
        name, _, forms = row.partition(":")
        for form in forms.split(","):
            found["".join(form.split())] = name
    return found


def _business_words() -> dict[str, tuple[float, int]]:
    """Weight and row of a word that firms of one trade share."""
    found: dict[str, tuple[float, int]] = {}
    for number, row in enumerate(_rows("business_words.txt")):
        weight, *words = row.split()
        for word in words:
            found.setdefault(word, (int(weight) / 100, number))
    return found


def _numbers() -> dict[str, int]:
    rows = [row.split() for row in _rows("numbers.txt")]
    return {word: int(number) for number, *words in rows for word in words}


def _words(file: str) -> frozenset[str]:
    return frozenset(word for row in _rows(file) for word in row.split())


VARIANTS = _classes("given_names.txt")
PARTICLES = _classes("particles.txt")
PLACES = _classes("places.txt")
LEGAL_FORMS = _legal_forms()
LONGEST_FORM = max(map(len, LEGAL_FORMS))
BUSINESS_WORDS = _business_words()
NUMBERS = _numbers()
TITLES = _words("titles.txt")
VESSEL_PREFIXES = _words("vessel_prefixes.txt")
PATRONYMIC_ENDINGS = tuple(_words("endings.txt"))
COMMON = _words("common_names.txt")
KNOWN = frozenset(VARIANTS) | COMMON

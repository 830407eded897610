"""What is known of words in names: spellings of one given name, titles, particles, legal forms.

Read once at import from `name_data/`, one row a line; `#` opens a comment.
"""

from collections.abc import Iterable, Iterator
from importlib import resources

Classes = dict[str, frozenset[int]]


def _rows(file: str) -> Iterator[str]:
    text = resources.files("kyc.naming").joinpath("name_data", file).read_text(encoding="utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))


def _classes(file: str) -> Classes:
    """The rows that a word stands in; two words are variants where they share a row."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(_rows(file)):
        for word in row.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(rows) for word, rows in found.items()}


def _letters() -> dict[str, str]:
    parts = [part for row in _rows("letters.txt") for part in row.split()]
    return {a: b.strip("_") for a, b in zip(parts[::2], parts[1::2], strict=True)}


def _legal_forms() -> dict[str, str]:
    """Class by the form."""
    found: dict[str, str] = {}
    for row in _rows("legal_forms.txt"):
        name, _, forms = row.partition(":")
        found |= {form.strip(): name for form in forms.split(",")}
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


def _slips(forms: Iterable[str]) -> dict[str, str]:
    """A long word of a legal form by what is left of it when any letter but the first is lost."""
    words_ = {word for form in forms for word in form.split() if len(word) > 5 or word == "joint"}
    return {word[:i] + word[i + 1 :]: word for word in words_ for i in range(1, len(word))}


LETTERS = _letters()
VARIANTS = _classes("given_names.txt")
PARTICLES = _classes("particles.txt")
PLACES = _classes("places.txt")
_SPACED = _legal_forms()
LEGAL_FORMS = {form.replace(" ", ""): name for form, name in _SPACED.items()}
FORM_WORDS = frozenset(word for form in _SPACED for word in form.split() if len(word) > 4)
FORM_STARTS = frozenset(form.split()[0] for form in _SPACED) | {form[0] for form in _SPACED}
FORM_ENDS = frozenset(form.split()[-1] for form in _SPACED) | {form[-1] for form in _SPACED}
FORM_STARTS, FORM_ENDS = FORM_STARTS | frozenset(LEGAL_FORMS), FORM_ENDS | frozenset(LEGAL_FORMS)
FORM_SLIPS = _slips(_SPACED)
LONGEST_FORM = max(map(len, LEGAL_FORMS))
BUSINESS_WORDS = _business_words()
NUMBERS = _numbers()
TITLES = _words("titles.txt")
VESSEL_PREFIXES = _words("vessel_prefixes.txt")
PATRONYMIC_ENDINGS = tuple(_words("endings.txt"))
COMMON = _words("common_names.txt")
LIGHT = VARIANTS["abdul"]  # servant of: seldom a name alone
KNOWN = frozenset(VARIANTS) | COMMON

"""Words that must not be read: found however they are written, and put out of every text. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from evidence.sealed.redaction.letters import PLAIN

T = TypeVar("T")
WITHHELD, IN_A_PATH = "[withheld]", "withheld"
PATH = "bundle_path"  # a field that must stay a path
SHORTEST = 2  # letters: one letter alone would blacken every text


@dataclass(frozen=True)
class Hidden:
    """Words to be withheld. Case, accents, and the space between words do not matter."""

    words: frozenset[str]
    found: re.Pattern[str] | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        patterns = sorted({_pattern(word) for word in self.words if _is_word(word)}, key=len)
        joined = "|".join(reversed(patterns))  # the longest first, so that no rest of it stays
        made = re.compile(joined) if joined else None
        object.__setattr__(self, "found", made)

    def is_in(self, text: str) -> bool:
        return self.found is not None and self.found.search(_folded(text)[0]) is not None

    def out_of(self, text: str, put: str = WITHHELD) -> str:
        """The text with each of the words replaced."""
        if self.found is None:
            return text
        folded, places = _folded(text)
        made, end = [], 0
        for match in self.found.finditer(folded):
            start, stop = places[match.start()], places[match.end() - 1] + 1
            made += [text[end:start], put]
            end = stop
        return "".join([*made, text[end:]]) if made else text

    def out_of_all(self, value: T) -> T:
        """The same of every text in frozen dataclasses and tuples, however deep."""
        if self.found is None:
            return value
        made: Any = self._cleaned(value)
        return made  # type: ignore[no-any-return]

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.out_of(value)
        if isinstance(value, tuple):
            return tuple(self._cleaned(each) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._rebuilt(value)
        return value

    def _rebuilt(self, value: Any) -> Any:
        changed: dict[str, Any] = {}
        for each in fields(value):
            old = getattr(value, each.name)
            is_path = each.name == PATH and isinstance(old, str)
            new = self.out_of(old, IN_A_PATH) if is_path else self._cleaned(old)
            if new is not old:
                changed[each.name] = new
        return replace(value, **changed) if changed else value


def hidden(words: Iterable[str]) -> Hidden:
    return Hidden(frozenset(words))


def _is_word(text: str) -> bool:
    return sum(1 for letter in _folded(text)[0] if letter.isalnum()) >= SHORTEST


def _pattern(word: str) -> str:
    """As a word of its own, but in scripts that put nothing between words, or join small ones."""
    folded = _folded(word)[0]
    parts = [one for part in re.findall(r"[^\W_]+", folded) for one in _spread(part)]
    before = "" if _is_joined(parts[0][0]) else r"(?<![^\W_])"
    after = "" if _is_joined(parts[-1][-1]) else r"(?![^\W_])"
    return before + r"[\W_]*".join(re.escape(part) for part in parts) + after


def _spread(part: str) -> Sequence[str]:
    return list(part) if any(map(_is_joined, part)) else [part]


def _is_joined(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo"


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Letters without case and accents, and for each the place in the text that it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for one in unicodedata.normalize("NFKD", letter).casefold().translate(PLAIN):
            if not unicodedata.combining(one) and unicodedata.category(one) != "Cf":
                letters.append(one)
                places.append(at)
    return "".join(letters), places

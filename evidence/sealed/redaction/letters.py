"""Words as they are looked for: without case, accents, ligatures, and all that is no letter. Pure.

What stands between letters is left out on both sides, so that hyphens, ends of lines and spaces
that a layout put in or lost hide nothing.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

ANYWHERE: Final = 4  # so many letters are looked for inside longer words too
PLAIN: Final = str.maketrans(
    {
        "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u0127": "h", "\u0131": "i",
        "\u00e6": "ae", "\u0153": "oe", "\u00fe": "th", "\u00f0": "d", "\u0640": "",
    }
)  # fmt: skip


@cache
def _fold(character: str) -> str:
    spread = unicodedata.normalize("NFKD", character.casefold()).casefold().translate(PLAIN)
    return "".join(one for one in spread if unicodedata.category(one)[0] in "LN")


def folded(text: str) -> str:
    return "".join(map(_fold, text))


def _with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text, and which character each of its letters comes from."""
    letters, origin = [], []
    for index, character in enumerate(text):
        fold = _fold(character)
        letters.append(fold)
        origin += [index] * len(fold)
    return "".join(letters), origin


class Needle:
    """One word or several, to be found in texts."""

    def __init__(self, text: str) -> None:
        self.letters = folded(text)
        # A short word is looked for by itself, but in scripts that put nothing between words.
        self.stands_alone = len(self.letters) < ANYWHERE and not any(
            unicodedata.category(one) == "Lo" for one in self.letters
        )
        self.ways = [self.letters]
        if any(unicodedata.bidirectional(one) in ("R", "AL") for one in self.letters):
            self.ways.append(self.letters[::-1])  # as some programs store what is read leftwards

    def places(self, text: "Text") -> Iterator[tuple[int, int]]:
        """First and last character of each place."""
        for letters in self.ways if self.letters else ():
            at = text.letters.find(letters)
            while at != -1:
                first, last = text.origin[at], text.origin[at + len(letters) - 1]
                if not self.stands_alone or text.is_alone(first, last):
                    yield first, last
                at = text.letters.find(letters, at + 1)

    def is_in(self, text: str) -> bool:
        return any(True for _place in self.places(Text(text)))


class Text:
    """A text made ready for being searched several times."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters, self.origin = _with_origin(text)

    def is_alone(self, first: int, last: int) -> bool:
        before, after = self.text[first - 1 : first], self.text[last + 1 : last + 2]
        return not (_fold(before) if before else "") and not (_fold(after) if after else "")

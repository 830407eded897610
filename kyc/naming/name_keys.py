"""Keys under which words that may be spellings of each other meet.

Pure. Two words share a key when both, with up to `edits` letters of their beginning left out, read
the same (the symmetric deletion of SymSpell), or when their consonants sound alike.
"""

from collections.abc import Iterator
from itertools import combinations

from kyc.naming.names import Token

BEGINNING = 8  # letters of a word whose deletions are keys: enough, for what follows is compared
LONG = 5  # letters from which on a word may have two faults
TELLING = 2  # consonants from which on a sound is looked for


def edits(word: str) -> int:
    """How many faults a word of this length is forgiven."""
    return 2 if len(word) >= LONG else 1


def deletions(word: str) -> Iterator[str]:
    """The word's beginning, and what is left of it without one letter, or two of a long one."""
    start = word[:BEGINNING]
    made = {start}
    for n in range(1, min(edits(word), len(start) - 1) + 1):
        made.update(map("".join, combinations(start, len(start) - n)))
    yield from made


def heard(token: Token) -> Iterator[str]:
    """Its consonants, unless they are too few, and the rows of the tables of names that it stands
    in, as Bill and William do; with marks, so that no deletion equals them."""
    if len(token.bones) >= TELLING:
        yield f"~{token.bones}"
    for row in token.classes:
        yield f"#{row}"

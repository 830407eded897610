"""Keys that spellings of one name share, in any script, and that little else shares.

Pure. A key opens with a sign that says what it is: `=` how a word is said, `#` a row of the table
of given names (Yusuf, Joseph), `~` consonants with whether a vowel opens them, which is all that
Arabic and Hebrew write, `%` one syllable of a name in signs, `&` a whole name run together.
"""

from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

from kyc.naming import names
from kyc.naming.name_folding import Script
from kyc.naming.name_sounds import sound
from kyc.naming.names import SIGNS, Part, Token
from search import text
from search.function_words import ALL as FUNCTION_WORDS
from search.plain_words import STEMS as PLAIN
from search.stemming import stem

SHORTEST_SOUND = 3  # letters; what is shorter is said like too many words
FEWEST_BONES = 2
LONGEST_SYLLABLE = 6
LONGEST_IN_SIGNS = 5  # signs that are one person's name
NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)
def of_name(name: str) -> frozenset[str]:
    """What is indexed of a name: the keys of its words, titles and words of trade left out."""
    told = [token for token in names.read(name).tokens if token.part is Part.NAME]
    keys = {key for token in told for key in _indexed(token)}
    if len(told) > 1 and all(len(token.text) <= LONGEST_SYLLABLE for token in told):
        keys.update(_run_together("".join(token.text for token in told)))
    return frozenset(keys)


@lru_cache(maxsize=1 << 14)
def of_word(word: str) -> frozenset[str]:
    """What is asked for one folded word; nothing for a plain one, a number or an initial."""
    if not may_be_name(word):
        return NONE
    told = [token for token in names.read(word, "person").tokens if token.part is Part.NAME]
    return frozenset(key for token in told for key in _asked(token))


def is_of_whole(key: str) -> bool:
    """Whether it is of a whole name rather than of one word."""
    return key.startswith("&")


def may_be_name(word: str) -> bool:
    is_plain = word in FUNCTION_WORDS or stem(word) in PLAIN
    return len(word) > 1 and not text.has_digit(word) and not is_plain


def _indexed(token: Token) -> Iterator[str]:
    yield from _said(token)
    yield from _consonants(token)
    if token.script in SIGNS:
        yield from (f"%{said}" for sign in token.raw if (said := sound(anyascii(sign).lower())))
        yield from _run_together(token.text)
    elif token.script is Script.ABJAD:
        yield from (f"^{key}" for key in _consonants(token))


def _asked(token: Token) -> Iterator[str]:
    if token.script in SIGNS:
        yield from _run_together(token.text)
        return
    yield from _said(token)
    if token.script is Script.ABJAD:
        yield from _consonants(token)
        return
    yield from (f"^{key}" for key in _consonants(token))
    if len(token.text) <= LONGEST_SYLLABLE:
        yield f"%{token.sound}"


def _said(token: Token) -> Iterator[str]:
    if len(token.sound) >= SHORTEST_SOUND and token.script is not Script.ABJAD:
        yield f"={token.sound}"
    yield from (f"#{row}" for row in token.classes)


def _consonants(token: Token) -> Iterator[str]:
    if len(token.bones) >= FEWEST_BONES and token.script not in SIGNS:
        yield f"~{'a' if token.text[0] in 'aeiou' else ''}{token.bones}"


def _run_together(written: str) -> Iterator[str]:
    said = sound(written)
    if len(said) > SHORTEST_SOUND:
        yield f"&{said}"

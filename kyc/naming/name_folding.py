"""Any script to plain small Latin letters: what two spellings of one name have in common.

Arabic and Hebrew write few vowels and anyascii drops more; those two get tables of their own.
"""

import re
import unicodedata
from enum import StrEnum

from anyascii import anyascii

from kyc.naming.name_tables import LETTERS


class Script(StrEnum):
    LATIN = "latin"
    ABJAD = "abjad"  # Arabic and Hebrew: consonants, and vowels only now and then
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"
    OTHER = "other"  # Cyrillic, Greek, Indian scripts: letters that anyascii reads well


RANGES = (
    (0x0590, 0x05FF, Script.ABJAD),
    (0x0600, 0x08FF, Script.ABJAD),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x3040, 0x30FF, Script.KANA),
    (0x3130, 0x318F, Script.HANGUL),
    (0x3400, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7AF, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0x20000, 0x3FFFF, Script.HAN),
)
OWN = str.maketrans({letter: sound for letter, sound in LETTERS.items() if len(letter) == 1})
PAIRS = [(letters, sound) for letters, sound in LETTERS.items() if len(letters) == 2]
# Within a word, not between two: quotes, primes, half rings, Hebrew strokes, the Arabic stretch.
MARKS = "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bf\u02be\u05f3\u05f4\u0640"
WITHIN = re.compile(f"[{MARKS}]")
BREAK = re.compile(r"[^a-z0-9]+")


def script_of(word: str) -> Script:
    """By its first letter that is not Latin."""
    if word.isascii():
        return Script.LATIN
    for letter in word:
        code = ord(letter)
        if code < 0x370 or 0x1E00 <= code < 0x1F00:
            continue
        for first, last, script in RANGES:
            if first <= code <= last:
                return script
        if letter.isalpha():
            return Script.OTHER
    return Script.LATIN


def clean(text: str) -> str:
    """Compatible forms made one, marks of direction and pictures gone, one space between words."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = unicodedata.normalize("NFKC", text)
    return " ".join("".join(_shown(letter) for letter in shown).split())


def _shown(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isprintable() else " "
    category = unicodedata.category(letter)
    return "" if category == "Cf" else " " if category in ("So", "Cc", "Co", "Cn", "Cs") else letter


def fold(word: str) -> str:
    """A word of any script in small Latin letters and digits; may hold spaces where it broke."""
    if word.isascii():
        return BREAK.sub(" ", WITHIN.sub("", word.lower())).strip()
    for letters, sound in PAIRS:
        word = word.replace(letters, sound)
    return BREAK.sub(" ", WITHIN.sub("", anyascii(word.translate(OWN)).lower())).strip()

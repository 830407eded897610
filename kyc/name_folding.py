"""Any script to plain small Latin letters: what two spellings of one name have in common.

Arabic and Hebrew write few vowels and anyascii drops more; those two get tables of their own.
"""

import re
import unicodedata
from enum import StrEnum

from anyascii import anyascii


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
# A letter, then its sound; _ is silent.
ARABIC = (
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh "
    "ف f ق q ك k ل l م m ن n ه h و w ي y ة a ى a آ a أ a إ i ؤ w ئ y ء _ پ p چ ch ژ zh "
    "گ g ک k ی y ہ h ے e ں n ھ h ۀ a ۃ a "
)
HEBREW = (
    "א a ב b ג g ד d ה h ו o ז z ח kh ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p "
    "ף f צ ts ץ ts ק k ר r ש sh ת t "
)


def _sounds(table: str) -> dict[str, str]:
    parts = table.split()
    return dict(zip(parts[::2], (sound.strip("_") for sound in parts[1::2]), strict=True))


OWN = str.maketrans(
    _sounds(ARABIC + HEBREW)
    | {"Ґ": "G", "ґ": "g", "ё": "yo", "Ё": "Yo", "ä": "a", "ü": "u", "ö": "o"}
)
# Two letters that are one sound: Greek, and Hebrew with a doubled vav or a stroke behind.
PAIRS = (
    ("ου", "ou"), ("Ου", "Ou"), ("μπ", "b"), ("Μπ", "B"), ("ντ", "nt"), ("γκ", "g"),
    ("וו", "v"), ("ג'", "j"), ("צ'", "ch"), ("ץ'", "ch"), ("ז'", "zh"), ("تش", "ch"),
)  # fmt: skip
# Within a word, not between two: quotes, primes, half rings, and the Arabic stretching mark.
WITHIN = re.compile("['’‘ʼʻ`´ʹʿʾ״׳ـ]")
BREAK = re.compile(r"[^a-z0-9]+")
PLAIN = re.compile(r"[a-z0-9 ]*")


def script_of(word: str) -> Script:
    """By its first letter that is not Latin."""
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

"""Keys under which spellings of one sound agree: `sound` with vowels, `bones` without.

Usama and Osama share a sound; Riederer and 里德雷爾 only their bones.
"""

import re

from kyc.naming.name_folding import Script

DIGRAPHS = (
    ("shch", "S"), ("sch", "S"), ("tsch", "C"), ("tch", "C"), ("dzh", "J"), ("dsh", "J"),
    ("sh", "S"), ("ch", "C"), ("cz", "C"), ("zh", "J"), ("dj", "J"), ("dz", "z"), ("ts", "z"),
    ("tz", "z"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"),
    ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ow", "u"), ("au", "aw"), ("ee", "i"), ("ie", "i"),
    ("ia", "ya"), ("io", "yo"), ("iu", "yu"), ("yo", "o"), ("yu", "u"),
    ("x", "ks"), ("ce", "se"), ("ci", "si"), ("cy", "si"),
)  # fmt: skip
LETTERS = str.maketrans(
    {"c": "k", "q": "k", "g": "k", "w": "v", "z": "s", "j": "y", "y": "i", "e": "a", "o": "u",
     "J": "j", "S": "s", "C": "c"}
)  # fmt: skip
TWICE = re.compile(r"(.)\1+")
# What stays of a word in another script; every reader drops vowels and breathings differently.
BONES = str.maketrans(
    {"c": "k", "q": "k", "g": "k", "p": "b", "f": "b", "v": "b", "d": "t", "z": "s", "j": "s",
     "r": "l", "S": "s", "C": "s", "J": "s", "Z": "s"}
    | dict.fromkeys("aeiouyw")
)  # fmt: skip
PINYIN = str.maketrans({"q": "s", "x": "s", "c": "s", "j": "s"})
CLUSTERS = (
    ("shch", "S"), ("sch", "S"), ("tsch", "C"), ("tch", "C"), ("dzh", "J"), ("sh", "S"),
    ("ch", "C"), ("cz", "C"), ("tz", "Z"), ("ts", "Z"), ("zh", "J"), ("dz", "Z"), ("kh", "k"),
    ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("x", "ks"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("ng", "n"),
)  # fmt: skip


def _single(word: str) -> str:
    return TWICE.sub(r"\1", word) if TWICE.search(word) else word


def sound(word: str) -> str:
    """Vowels in two groups and consonants by how they are said: osama, usama -> usama."""
    for letters, one in DIGRAPHS:
        if letters in word:
            word = word.replace(letters, one)
    key = _single(word.translate(LETTERS))
    return key[0] + key[1:].replace("h", "") if key else ""


def bones(word: str, script: Script = Script.LATIN) -> str:
    """Consonants alone, in groups that scripts confuse: l and r, b and p and f, k and g."""
    for letters, one in CLUSTERS:
        if letters in word:
            word = word.replace(letters, one)
    if script is Script.HAN:
        word = word.translate(PINYIN)
    first = "h" if word[:1] == "h" else ""
    return first + _single(word).translate(BONES).replace("h", "")

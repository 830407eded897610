"""How alike two words of names are: 0..1, where 0 stands for "not the same word".

Edits cost by the length of the word: less where the sound is kept, more between two known names.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

from kyc.naming.name_folding import Script
from kyc.naming.names import Part, Token

SAME_SOUND = 0.95
SPELLING = 0.93  # Sergej and Sergey, Mohamed and Muhammad
VARIANT = 0.82  # Ted and Theodore, John and Juan
SYNONYM = 0.97  # words of trade: trading and comercial
OTHER_ENDING = 0.85  # Lavrov and Lavrova: one family, two people
INITIAL = 0.8
HOMOPHONE = 0.8  # two Chinese characters of one sound, or a character before and after the reform
LEAST = 0.6  # below it two words are not the same
EDIT = 1.25  # cost of one edit in a word, in its letters
MOST_EDITS = 4
VOWELS = frozenset("aeiou")
OTHER_START = 0.5  # edits that a different first letter costs beside its own
SAME_BONES = 0.75  # only vowels differ
BOTH_KNOWN = 1.7  # Maria and Marta are two names rather than one with a slip
# From the sum of both likenesses of keys to that of a word spelt in another script.
BONES_BASE, BONES_SLOPE, BONES_FEW = 0.52, 0.5, 0.3
ALIKE, ALIKE_SYLLABLES = 0.58, 0.8  # both likenesses of keys, on average, at the least
ENDINGS = (("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("aya", "y"), ("skaya", "ski"),
           ("skaia", "skii"), ("ska", "ski"), ("kova", "k"), ("ovova", "ov"))  # fmt: skip


@lru_cache(maxsize=262_144)
def likeness(left: Token, right: Token) -> float:
    """Symmetric. Tokens are kept once each, so the cache knows them by identity."""
    if left.text == right.text:
        return _same_text(left, right)
    if left.part is Part.NUMBER or right.part is Part.NUMBER:
        return 0.0
    if left.part is Part.INITIAL or right.part is Part.INITIAL:
        return _initial(left, right)
    if left.classes & right.classes:
        return _variant(left.text, right.text) if left.part is Part.NAME else SYNONYM
    if left.script is not right.script:
        return across(left, right)
    if left.script is Script.HAN:
        return _han(left.raw, right.raw)
    return _spelling(left, right)


def _variant(one: str, other: str) -> float:
    """Sergej and Sergey are spellings of one name, Ted and Theodore are names for one man."""
    longest = max(len(one), len(other))
    is_spelling = one[0] == other[0] and OSA.distance(one, other) <= longest / 2
    return SPELLING if is_spelling and longest > 3 else VARIANT


def _same_text(left: Token, right: Token) -> float:
    is_han = left.script is right.script is Script.HAN
    return HOMOPHONE if is_han and left.raw != right.raw else 1.0


def _initial(left: Token, right: Token) -> float:
    if left.part is right.part or left.text[0] != right.text[0]:
        return 0.0
    return INITIAL


def _han(left: str, right: str) -> float:
    """Characters: one of four or more may differ; fewer make another name."""
    longest = max(len(left), len(right))
    if longest < 4:
        return 0.0
    found = 1 - OSA.distance(left, right) / longest
    return found if found >= LEAST else 0.0


def _is_one_sound(left: Token, right: Token) -> bool:
    is_known = left.is_known and right.is_known
    return left.sound == right.sound and len(left.sound) > 2 and not is_known


def _is_code(word: str) -> bool:
    """Letters and digits mixed: another digit is another thing."""
    return not word.isalpha()


def allowed(length: int) -> int:
    """Edits within which two words of that length may be one."""
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 9 else 3


def _spelling(left: Token, right: Token) -> float:
    one, other = left.text, right.text
    longest = max(len(one), len(other))
    if left.part >= Part.PLACE and right.part >= Part.PLACE:
        return 0.0  # two words of the tables, in different rows
    edits: float = OSA.distance(one, other, score_cutoff=MOST_EDITS)
    if edits > MOST_EDITS:
        return _other_ending(one, other)
    if _is_code(one) or _is_code(other):
        return 0.0
    is_short = longest < 4 and left.kind != "person"
    if _is_one_sound(left, right) and not is_short:
        return SAME_SOUND - 0.01 * edits
    if edits > allowed(longest):
        return _other_ending(one, other)
    edits = min(edits, (edits + OSA.distance(left.sound, right.sound)) / 2)
    if left.bones == right.bones and len(left.bones) > 1:
        edits *= SAME_BONES
    elif left.sound[0] != right.sound[0] and not {one[0], other[0]} <= VOWELS:
        edits += OTHER_START
    if left.is_known and right.is_known:
        edits *= BOTH_KNOWN
    found = max(1 - EDIT * edits / longest, _other_ending(one, other))
    return found if found >= LEAST else 0.0


def _other_ending(one: str, other: str) -> float:
    """The family name of a woman beside that of a man."""
    if "a" not in (one[-1], other[-1]) or one[0] != other[0]:
        return 0.0
    short, long = sorted((one, other), key=len)
    for hers, his in ENDINGS:
        if long.endswith(hers) and len(long) > 5:
            stem = long[: -len(hers)] + his
            if stem == short or (his == "y" and stem[:-1] == short.rstrip("yi")):
                return OTHER_ENDING
    return 0.0


def across(left: Token, right: Token) -> float:
    """Two scripts: half by the bones, half by the sound; few bones prove little."""
    syllables = min(_syllables(left), _syllables(right))
    if syllables == 1:
        return 0.0
    if left.sound == right.sound:
        return SAME_SOUND
    bones = max(len(left.bones), len(right.bones))
    if not bones:
        return 0.0
    of_bones = 1 - OSA.distance(left.bones, right.bones) / bones
    if of_bones < 0.5:
        return 0.0
    both = (of_bones + Indel.normalized_similarity(left.sound, right.sound)) / 2
    if both < (ALIKE_SYLLABLES if syllables == 2 else ALIKE):
        return 0.0
    return min(SAME_SOUND, BONES_BASE + both * BONES_SLOPE - BONES_FEW / (bones + 1))


def _syllables(token: Token) -> int:
    """Signs of Han or Hangul: where one or two are a name of its own, every sound counts."""
    return len(token.raw) if token.script in (Script.HAN, Script.HANGUL) else 9

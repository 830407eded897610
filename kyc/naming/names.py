"""A name as the matcher reads it: folded to plain letters, cut into tokens that know their part.

Pure: no Django, no disk at call time. `read` never raises and is bounded in time by `LONGEST`.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from kyc.naming import name_tables as tables
from kyc.naming.name_folding import WITHIN, Script, clean, fold, script_of
from kyc.naming.name_sounds import bones, sound

LONGEST = 300  # characters read of a name; what follows is no name
MOST_TOKENS = 24
KINDS = frozenset({"person", "firm", "vessel"})
DOTTED = re.compile(r"(?<!\w)\w(?:[./]\w)+(?!\w)\.?")  # L.X.C., M/V
ROMAN = re.compile(r"(?:x{0,3}|l(?=..)x{0,3}|xl)(?:ix|iv|v?i{0,3})")
IN_BRACKETS = re.compile(r"\((\w{2,8})\)")
JOINED = re.compile(r"[^\W_]+")
SIGNS = (Script.HAN, Script.KANA, Script.HANGUL)  # one sign may be a whole name
LIGHT_WEIGHT = 0.4
LONGEST_KEY = 40
CACHED = 65_536


Piece = tuple[str, Script, str]  # folded word, its script, how it was written


class Part(IntEnum):
    """What a token is in its name."""

    NAME = 0
    INITIAL = 1
    NUMBER = 2
    PLACE = 3
    BUSINESS = 4
    PARTICLE = 5
    TITLE = 6
    FORM = 7


WEIGHTS = {
    Part.NAME: 1.0,
    Part.INITIAL: 0.5,
    Part.NUMBER: 0.8,
    Part.PLACE: 0.8,
    Part.BUSINESS: 0.4,
    Part.PARTICLE: 0.12,
    Part.TITLE: 0.0,
    Part.FORM: 0.0,
}
COMMON_WEIGHT = 0.8  # of a name that very many people bear
PATRONYMIC_WEIGHT = 0.5
SHORT_WEIGHT = 0.75  # of a name of one or two letters


class Token:
    """One word: folded text, part, weight, script, how it was written, and the rows of the tables
    it stands in. Its keys of sound are made when they are first asked for."""

    __slots__ = (
        *("text", "script", "raw", "part", "kind", "weight", "classes", "is_known"),
        *("_sound", "_bones"),
    )

    def __init__(self, piece: "Piece", part: Part, kind: str) -> None:
        self.text, self.script, self.raw = piece
        self.part = part
        self.kind = kind
        self.weight = _weight(self.text, part, kind)
        self.classes = _classes(self.text, part, kind)
        self.is_known = self.text in tables.KNOWN or part in (Part.BUSINESS, Part.PLACE)
        self._sound = self._bones = ""

    @property
    def sound(self) -> str:
        if not self._sound:
            self._sound = sound(self.text[:LONGEST_KEY])
        return self._sound

    @property
    def bones(self) -> str:
        if not self._bones:
            self._bones = bones(self.text[:LONGEST_KEY], self.script)
        return self._bones


@dataclass(frozen=True, slots=True)
class Name:
    """`words` are the folded words that carry the name, in their order, for an index; `tokens` are
    all of them; `squashed` is everything run together, with and without legal forms;
    `forms` are classes of these."""

    text: str
    kind: str
    words: tuple[str, ...]
    tokens: tuple[Token, ...]
    core: tuple[Token, ...]
    forms: frozenset[str]
    squashed: frozenset[str]
    plain: str


@lru_cache(maxsize=CACHED)
def read(text: str, kind: str = "") -> Name:
    """`kind` is person, firm, vessel, or empty where it is not known: then it is guessed from
    legal forms and words of trade."""
    shown = clean(text[:LONGEST])
    if kind != "person" and "(" in shown:
        shown = _without_own_acronym(shown)
    pieces = _pieces(shown, kind)
    if kind not in KINDS:
        kind = _guess(pieces)
    whole = "".join(piece[0] for piece in pieces)
    forms, pieces = _take_forms(pieces, kind)
    squashed = frozenset({whole, "".join(piece[0] for piece in pieces)} - {""})
    tokens = _parts(pieces, kind)[:MOST_TOKENS]
    if kind == "person" and "," not in shown:
        tokens = _last_named(tokens)
    core = tuple(token for token in tokens if token.part < Part.PARTICLE)
    if not core:  # a name of particles or titles alone: they are its name
        core = tokens = tuple(_token((t.text, t.script, t.raw), Part.NAME, "") for t in tokens)
    words = tuple(token.text for token in core)
    return Name(text, kind, words, tokens, core, forms, squashed, shown.casefold())


def _without_own_acronym(shown: str) -> str:
    """A name that says its own acronym: Rising Star Movement (RSM)."""
    found = IN_BRACKETS.search(shown)
    if not found:
        return shown
    words = JOINED.findall(IN_BRACKETS.sub(" ", shown).casefold())
    initials = "".join(word[0] for word in words)
    return IN_BRACKETS.sub(" ", shown) if found[1].casefold() in initials else shown


def _pieces(shown: str, kind: str) -> list[Piece]:
    """Folded words with their script and how they were written."""
    if kind != "person" and ("." in shown or "/" in shown):
        shown = DOTTED.sub(lambda found: found[0].replace(".", "").replace("/", "") + " ", shown)
    found = []
    if not shown.replace(" ", "").isalnum():
        shown = " ".join(JOINED.findall(WITHIN.sub("", shown)))
    for raw in shown.split():
        if raw.isascii():
            found.append((raw.lower(), Script.LATIN, raw.lower()))
            continue
        script = script_of(raw)
        found += [(word, script, raw.casefold()) for word in fold(raw).split()]
    return found


def _guess(pieces: list[Piece]) -> str:
    """A firm where its last or first words are a legal form, or a word is one of trade."""
    words = [piece[0] for piece in pieces]
    if len(words) > 1 and (_form(words, len(words), True) or _form(words, 0, False)):
        return "firm"
    if any(form in piece[2] for piece in pieces if piece[1] in SIGNS for form, _ in HAN_FORMS):
        return "firm"
    return "firm" if any(_is_of_trade(word) for word in words) else "person"


def _is_of_trade(word: str) -> bool:
    return len(word) > 3 and word in tables.BUSINESS_WORDS and word not in tables.KNOWN


def _form(words: list[str], at: int, is_end: bool) -> int:
    """How many words of a legal form stand at the end (or the beginning) of some words."""
    longest = 0
    if not words:
        return 0
    if words[at - 1 if is_end else at] not in (tables.FORM_ENDS if is_end else tables.FORM_STARTS):
        return 0
    for count in range(1, min(8, len(words)) + 1):
        part = words[at - count : at] if is_end else words[at : at + count]
        key = "".join(part)
        if len(key) > tables.LONGEST_FORM:
            break
        if len(part) == count and key in tables.LEGAL_FORMS:
            longest = count
    return longest


def _take_forms(pieces: list[Piece], kind: str) -> tuple[frozenset[str], list[Piece]]:
    """Legal forms of a firm's name, as classes: short ones at its ends, long ones anywhere. What
    is left is never empty."""
    if kind != "firm":
        return frozenset(), pieces
    found: set[str] = set()
    pieces = _cut_han_forms(pieces, found)
    words = [_without_slip(piece[0]) for piece in pieces]
    for is_end in (True, False):
        while count := _form(words, len(words) if is_end else 0, is_end):
            if count == len(words):
                break
            taken = slice(len(words) - count, None) if is_end else slice(0, count)
            found.add(tables.LEGAL_FORMS["".join(words[taken])])
            del words[taken], pieces[taken]
    _cut_inner_forms(words, pieces, found)
    return frozenset(found), pieces


@lru_cache(maxsize=CACHED)
def _without_slip(word: str) -> str:
    """A word of a legal form with one letter wrong, lost, added or moved, as it should be."""
    if len(word) < 5 or word in tables.FORM_WORDS or word in tables.BUSINESS_WORDS:
        return word
    if word in tables.FORM_SLIPS:
        return tables.FORM_SLIPS[word]
    for i in range(1, len(word)):
        left = word[:i] + word[i + 1 :]
        if left in tables.FORM_WORDS:
            return left
        if left in tables.FORM_SLIPS:
            return tables.FORM_SLIPS[left]
    return word


def _cut_inner_forms(words: list[str], pieces: list[Piece], found: set[str]) -> None:
    at = 1
    while at < len(words) - 1:
        count = _form(words, at, False)
        if count and (count > 1 or len(words[at]) > 2):
            found.add(tables.LEGAL_FORMS["".join(words[at : at + count])])
            del words[at : at + count], pieces[at : at + count]
        else:
            at += 1


HAN_FORMS = (
    ("股份有限公司", "stock"), ("股份有限公司", "stock"), ("有限责任公司", "limited"),
    ("有限責任公司", "limited"), ("有限公司", "limited"), ("株式会社", "stock"),
    ("合同会社", "limited"), ("公司", "limited"), ("주식회사", "stock"), ("유한회사", "limited"),
)  # fmt: skip


def _cut_han_forms(pieces: list[Piece], found: set[str]) -> list[Piece]:
    cut = []
    for word, script, raw in pieces:
        if script in (Script.HAN, Script.HANGUL):
            for form, name in HAN_FORMS:
                if form in raw:
                    found.add(name)
                    raw = raw.replace(form, "", 1)
                    word = fold(raw).replace(" ", "")
                    break
        if word:
            cut.append((word, script, raw))
    return cut or pieces


def _parts(pieces: list[Piece], kind: str) -> tuple[Token, ...]:
    if kind in ("firm", "vessel"):
        pieces = _numbers_read(pieces)
    return tuple(
        _token(piece, _part(piece[0], piece[1], kind, place), kind)
        for place, piece in enumerate(pieces)
    )


def _last_named(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A name does not end with a particle: Chun Il, unless its parts are turned: Zuvel, Jan van."""
    if len(tokens) > 1 and tokens[-1].part is Part.PARTICLE:
        last = tokens[-1]
        return *tokens[:-1], _token((last.text, last.script, last.raw), Part.NAME, "person")
    return tokens


def _part(word: str, script: Script, kind: str, place: int) -> Part:
    if word.isdigit():
        return Part.NUMBER
    if kind == "person":
        return _part_of_person(word, script)
    if kind == "vessel":
        return Part.TITLE if place == 0 and word in tables.VESSEL_PREFIXES else Part.NAME
    if word in tables.BUSINESS_WORDS:
        return Part.BUSINESS
    if word in tables.PLACES:
        return Part.PLACE
    return Part.PARTICLE if word in tables.PARTICLES and 1 < len(word) < 4 else Part.NAME


def _part_of_person(word: str, script: Script) -> Part:
    if script in SIGNS:
        return Part.NAME
    if len(word) == 1:
        return Part.INITIAL
    if word in tables.TITLES:
        return Part.TITLE
    if word in tables.PARTICLES:
        return Part.PARTICLE
    return Part.NAME


def _numbers_read(pieces: list[Piece]) -> list[Piece]:
    """Number words as digits, tens and units added: forty four -> 44. Single letters only last."""
    read_: list[Piece] = []
    tens = 0
    for place, (word, script, raw) in enumerate(pieces):
        number = tables.NUMBERS.get(word, -1)
        if number < 0 and ROMAN.fullmatch(word):
            number = _roman(word)
        if place == 0 or (len(word) == 1 and place < len(pieces) - 1):
            number = -1
        if tens and 0 < number < 10:
            read_[-1] = (str(tens + number), script, raw)
            tens = 0
            continue
        tens = number if 20 <= number < 100 else 0
        text = str(number) if number >= 0 else word.lstrip("0") or word if word.isdigit() else word
        read_.append((text, script, raw))
    return read_


def _roman(word: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in word]
    follow = [*values[1:], 0]
    return sum(-one if one < then else one for one, then in zip(values, follow, strict=True))


@lru_cache(maxsize=CACHED)
def _token(piece: Piece, part: Part, kind: str) -> Token:
    return Token(piece, part, kind)


def _weight(word: str, part: Part, kind: str) -> float:
    if part is Part.BUSINESS:
        return tables.BUSINESS_WORDS[word][0]
    if part is not Part.NAME:
        return WEIGHTS[part]
    if kind == "person":
        if word.endswith(tables.PATRONYMIC_ENDINGS):
            return PATRONYMIC_WEIGHT
        if tables.LIGHT & tables.VARIANTS.get(word, frozenset()):
            return LIGHT_WEIGHT
    if len(word) <= 2:
        return SHORT_WEIGHT
    return COMMON_WEIGHT if word in tables.KNOWN else WEIGHTS[part]


def _classes(word: str, part: Part, kind: str) -> frozenset[int]:
    """Rows of the tables. Given names vary for people alone: firm John is not firm Juan."""
    if part is Part.BUSINESS:
        return frozenset({-1 - tables.BUSINESS_WORDS[word][1]})
    if part is Part.PLACE:
        return tables.PLACES[word]
    return tables.VARIANTS.get(word, frozenset()) if kind == "person" else frozenset()


@lru_cache(maxsize=CACHED)
def joined(run: tuple[Token, ...]) -> Token:
    """Neighbours as one word."""
    text, raw = "".join(t.text for t in run), "".join(t.raw for t in run)
    return _token((text, run[0].script, raw), Part.NAME, run[0].kind)

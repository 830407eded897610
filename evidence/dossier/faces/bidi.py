"""The order in which letters of both directions stand on a line: the Unicode algorithm, UAX #9.

Pure. The explicit marks of direction are no part of it: on paper they are named, not obeyed. Rule
numbers in brackets are those of the annex.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

LETTERS = {"L", "R", "AL"}
NEUTRALS = {"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"}
IGNORED = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"}  # [X9]
RIGHT_TO_LEFT = {"R", "AL"}
PAIRS = {"(": ")", "[": "]", "{": "}", "\u2045": "\u2046", "\u3008": "\u3009", "\u27e8": "\u27e9"}
CLOSING = {closing: opening for opening, closing in PAIRS.items()}


@dataclass(frozen=True)
class Stretch:
    """Letters of one direction, in the order in which they are read."""

    text: str
    is_leftward: bool


def is_leftward(text: str) -> bool:
    """Whether the first letter is one that is written from right to left [P2, P3]."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind in RIGHT_TO_LEFT for kind in kinds if kind in LETTERS), False)


def has_leftward(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text)


def to_last_letter(text: str) -> int:
    """How far the last letter reaches that is written from right to left, with its marks."""
    end = 0
    for at, char in enumerate(text, 1):
        kind = unicodedata.bidirectional(char)
        if kind in RIGHT_TO_LEFT or (kind == "NSM" and end == at - 1):
            end = at
    return end


def levels(text: str, base: int) -> list[int]:
    """The level of each character in a paragraph of a direction: 0 rightward, 1 leftward."""
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    counted = [at for at, kind in enumerate(kinds) if kind not in IGNORED]
    resolved = _weak([kinds[at] for at in counted], base)
    _brackets([text[at] for at in counted], resolved, base)
    _neutral(resolved, base)
    found: list[int] = []
    inner = iter(resolved)
    for kind in kinds:
        if kind in IGNORED:
            found.append(found[-1] if found else base)
        else:
            found.append(_level(next(inner), base))
    return _ends(kinds, found, base)


def stretches(text: str, base: int) -> list[Stretch]:
    """A line in the order of the page, from the left [L2]."""
    levelled = list(zip(levels(text, base), text, strict=True))
    parts = [
        (level, "".join(char for _, char in run))
        for level, run in groupby(levelled, key=lambda pair: pair[0])
    ]
    for height in range(max((level for level, _ in parts), default=0), 0, -1):
        parts = list(_turned(parts, height))
    return [Stretch(said, bool(level % 2)) for level, said in parts]


def _turned(parts: list[tuple[int, str]], height: int) -> Iterator[tuple[int, str]]:
    for is_high, run in groupby(parts, key=lambda part: part[0] >= height):
        kept = list(run)
        yield from reversed(kept) if is_high else kept


def _level(kind: str, base: int) -> int:
    """[I1, I2]"""
    if base % 2:
        return base if kind == "R" else base + 1
    return base + {"L": 0, "R": 1}.get(kind, 2)


def _ends(kinds: Sequence[str], found: list[int], base: int) -> list[int]:
    """Space at the end of the line, and what separates, has the paragraph's direction [L1]."""
    is_end = True
    for at in range(len(kinds) - 1, -1, -1):
        if kinds[at] in ("B", "S"):
            found[at], is_end = base, True
        elif is_end and (kinds[at] == "WS" or kinds[at] in IGNORED):
            found[at] = base
        else:
            is_end = False
    return found


def _strong(base: int) -> str:
    return "R" if base % 2 else "L"


def _weak(kinds: list[str], base: int) -> list[str]:
    """[W1 to W7]"""
    made = _carried(kinds, base)
    made = ["R" if kind == "AL" else kind for kind in _eastern(made)]
    for at in range(1, len(made) - 1):
        before, kind, after = made[at - 1 : at + 2]
        is_joint = (kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))
        if is_joint and before == after:
            made[at] = before
    made = _signs(made)
    strong = _strong(base)
    for at, kind in enumerate(made):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            made[at] = "L"
        elif kind in ("ES", "ET", "CS"):
            made[at] = "ON"
    return made


def _carried(kinds: list[str], base: int) -> list[str]:
    """A mark is of the kind of what it stands on [W1]."""
    made: list[str] = []
    for kind in kinds:
        before = made[-1] if made else _strong(base)
        made.append(before if kind == "NSM" else kind)
    return made


def _eastern(kinds: list[str]) -> list[str]:
    """Digits after Arabic letters [W2]."""
    strong, made = "", []
    for kind in kinds:
        strong = kind if kind in LETTERS else strong
        made.append("AN" if kind == "EN" and strong == "AL" else kind)
    return made


def _signs(kinds: list[str]) -> list[str]:
    """Signs of currency and the like beside digits belong to them [W5]."""
    made: list[str] = []
    runs = [(kind, list(run)) for kind, run in groupby(kinds)]
    for at, (kind, run) in enumerate(runs):
        beside = {runs[n][0] for n in (at - 1, at + 1) if 0 <= n < len(runs)}
        made += ["EN"] * len(run) if kind == "ET" and "EN" in beside else run
    return made


def _brackets(chars: list[str], kinds: list[str], base: int) -> None:
    """Both brackets of a pair take one direction [N0]."""
    for opening, closing in sorted(_pairs(chars, kinds)):
        inside = {_side(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if _strong(base) in inside:
            kinds[opening] = kinds[closing] = _strong(base)
        elif inside:
            before = [side for kind in kinds[:opening] if (side := _side(kind))]
            context = before[-1] if before else _strong(base)
            other = "L" if base % 2 else "R"
            kinds[opening] = kinds[closing] = other if context == other else _strong(base)


def _pairs(chars: list[str], kinds: list[str]) -> Iterator[tuple[int, int]]:
    open_ones: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        if kinds[at] != "ON":
            continue
        if char in PAIRS:
            open_ones.append((char, at))
        elif char in CLOSING:
            depths = [n for n, (one, _) in enumerate(open_ones) if one == CLOSING[char]]
            if depths:
                yield open_ones[depths[-1]][1], at
                del open_ones[depths[-1] :]


def _side(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _neutral(kinds: list[str], base: int) -> None:
    """What has no direction takes that of both its sides, or that of the paragraph [N1, N2]."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in NEUTRALS:
            end += 1
        if end > at:
            before = _side(kinds[at - 1]) if at else _strong(base)
            after = _side(kinds[end]) if end < len(kinds) else _strong(base)
            kinds[at:end] = [before if before == after else _strong(base)] * (end - at)
        at = end + 1

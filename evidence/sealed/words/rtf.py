"""The text of RTF: words and signs, without fonts, styles and pictures. Pure."""

import re
import struct
from typing import Final

from evidence.sealed.words.said import Lines, Said, numbered

_TOKEN: Final = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
SILENT: Final = frozenset(
    {
        "bkmkend", "bkmkstart", "colorschememapping", "colortbl", "datastore", "filetbl",
        "fldinst", "fonttbl", "generator", "info", "latentstyles", "listoverridetable",
        "listtable", "mmathpr", "nonshppict", "objdata", "operator", "pgptbl", "pict", "revtbl",
        "rsidtbl", "stylesheet", "themedata", "wgrffmtfilter", "xmlnstbl",
    }
)  # fmt: skip
BREAKS: Final = frozenset({"par", "line", "row", "sect", "page", "softpage", "column"})
SIGNS: Final = {
    "tab": " ", "cell": " | ", "nestcell": " | ", "emdash": "\u2014", "endash": "\u2013",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
    "bullet": "\u2022", "emspace": " ", "enspace": " ", "~": " ", "_": "-", "-": "",
    "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n",
}  # fmt: skip
DEEPEST: Final = 10_000
_LARGEST: Final = 20 << 20
_DICTIONARY: Final = (  # what both sides begin with, by the standard
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def say(text: str, said: Said, *, first: str = "text:") -> None:
    lines = Lines(said, numbered("line", first))
    state = _State()
    for n, match in enumerate(_TOKEN.finditer(text)):
        if n % 10_000 == 0:
            said.look_at_the_clock()
        if state.take(match):
            lines.add(state.line())
    lines.add(state.line())
    lines.flush()


def unpacked(data: bytes) -> bytes:
    """RTF as messages of Outlook pack it ([MS-OXRTFCP], 3.1.3.2). Raises Refused or IndexError."""
    size, kind = struct.unpack_from("<4xI4s", data)
    if kind != b"LZFu":
        return data[16:]
    held, out, at = bytearray(_DICTIONARY.ljust(4096, b"\x00")), bytearray(), 16
    end = len(_DICTIONARY)
    while at < len(data) and len(out) < min(size, _LARGEST):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if flags >> bit & 1:
                both = data[at] << 8 | data[at + 1]
                at += 2
                begin, length = both >> 4, (both & 0xF) + 2
                if begin == end:
                    return bytes(out)
                piece = range(begin, begin + length)
            else:
                held[end] = data[at]
                piece, at = range(end, end + 1), at + 1
            for place in piece:
                byte = held[place % 4096]
                out.append(byte)
                held[end] = byte
                end = (end + 1) % 4096
    return bytes(out)


class _State:
    """Groups that are open, each with whether it is silent and how many characters `u` skips."""

    def __init__(self) -> None:
        self.open: list[tuple[bool, int]] = []
        self.is_silent, self.skip = False, 1
        self.encoding = "cp1252"
        self.left_to_skip = 0
        self._bytes = bytearray()
        self._line: list[str] = []

    def take(self, match: re.Match[str]) -> bool:
        """Whether a line ended."""
        word, number, byte, sign, brace, plain = match.groups()
        if byte is not None:
            self._byte(int(byte, 16))
        elif brace:
            self._group(brace)
        elif plain is not None:
            self._put(plain[self._skipped(len(plain)) :])
        elif sign is not None:
            self._sign(sign)
        elif word is not None:
            return self._word(word.lower(), int(number) if number else None)
        return False

    def line(self) -> str:
        self._flush()
        text, self._line = "".join(self._line), []
        return text

    def _word(self, word: str, number: int | None) -> bool:
        if word in SILENT:
            self.is_silent = True
        elif word in BREAKS:
            return not self.is_silent
        elif word in SIGNS:
            self._put(SIGNS[word])
        elif word == "u" and number is not None:
            self._put(chr(number % 65536))
            self.left_to_skip = self.skip
        elif word == "uc" and number is not None:
            self.skip = max(0, min(number, 10))
        elif word == "ansicpg" and number is not None:
            self.encoding = f"cp{number}"
        return False

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.is_silent = True
        elif sign in SIGNS:
            self._put(SIGNS[sign])

    def _byte(self, value: int) -> None:
        if not self._skipped(1) and not self.is_silent:
            self._bytes.append(value)

    def _group(self, brace: str) -> None:
        self._flush()
        if brace == "{" and len(self.open) < DEEPEST:
            self.open.append((self.is_silent, self.skip))
        elif brace == "}" and self.open:
            self.is_silent, self.skip = self.open.pop()

    def _put(self, text: str) -> None:
        self._flush()
        if not self.is_silent:
            self._line.append(text)

    def _skipped(self, length: int) -> int:
        """How many characters stand in for a sign that was said already."""
        count = min(self.left_to_skip, length)
        self.left_to_skip -= count
        return count

    def _flush(self) -> None:
        if self._bytes:
            try:
                text = self._bytes.decode(self.encoding, "replace")
            except LookupError:
                text = self._bytes.decode("cp1252", "replace")
            self._bytes.clear()
            self._line.append(text)

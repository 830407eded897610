"""The text of HTML and plain XML, without scripts and styles. Nothing it names is fetched. Pure."""

from html.parser import HTMLParser
from typing import Final

from evidence.sealed.words.said import Lines, Said, numbered

SILENT: Final = frozenset({"script", "style", "template", "svg", "math"})
WITHIN_LINES: Final = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small", "span", "strong", "sub",
        "sup", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
NAMED: Final = frozenset({"alt", "title"})  # attributes that are read out


def say(text: str, said: Said, *, first: str = "text:") -> None:
    lines = Lines(said, numbered("line", first))
    reader = _Reader(said, lines)
    for start in range(0, len(text), 1 << 16):
        said.look_at_the_clock()
        reader.feed(text[start : start + (1 << 16)])
    reader.close()
    reader.end_line()
    lines.flush()


class _Reader(HTMLParser):
    def __init__(self, said: Said, lines: Lines) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = lines
        self._line: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag not in WITHIN_LINES:
            self.end_line()
        if not self._silent:
            self._line += [f" {value} " for name, value in attrs if name in NAMED and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag not in WITHIN_LINES:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line.append(data)

    def end_line(self) -> None:
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            self.lines.add(text)

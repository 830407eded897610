"""The sheet: A4, black; its styles, and headings that enter the bookmarks.

Pure. Numbers of pages are kept places, filled when the pieces are put together: nothing is laid out
twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from evidence.dossier import fonts
from evidence.dossier.fragments import paragraph
from evidence.dossier.text import markup, plain

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 70, 48, 70, 58  # the left side leaves room for a file's holes
BODY = WIDTH - LEFT - RIGHT
INK, SECOND, HAIR = black, Color(0.26, 0.32, 0.31), Color(0.72, 0.75, 0.75)
BOLD = "-Bold"
Told = Callable[[int, int], None]  # how much is done, of how much
UNBROKEN = 16  # characters of a mark that stay on one line
ON_LINE = 3.4  # of a number above the foot of its line: as words of the same size stand
TOTAL = "total"  # the key of the number of pages itself


def _style(name: str, face: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=leading, **more)


STYLES = {
    style.name: style
    for style in [
        _style("record", fonts.SERIF, 10, 14.5, spaceAfter=5),
        _style("quote", fonts.SERIF, 10, 14.5, spaceAfter=5, leftIndent=12),
        _style("entry", fonts.SANS, 8.6, 11.8, leftIndent=14),
        _style("lede", fonts.SANS, 9, 12.5, textColor=SECOND, spaceAfter=7),
        _style("text", fonts.SANS, 8.6, 11.8),
        _style("number", fonts.SANS, 8.6, 11.8, alignment=TA_RIGHT),
        _style("head", fonts.SANS + BOLD, 7.8, 10.4, textColor=SECOND),
        _style("headnumber", fonts.SANS + BOLD, 7.8, 10.4, textColor=SECOND, alignment=TA_RIGHT),
        _style("by", fonts.SANS, 7.6, 10.4, textColor=SECOND),
        _style("byright", fonts.SANS, 7.6, 10.4, textColor=SECOND, alignment=TA_RIGHT),
        _style("mark", fonts.MONO, 8, 11.8),
        _style("digest", fonts.MONO, 6.7, 9.4, textColor=SECOND),
        _style("part", fonts.SERIF + BOLD, 19, 23, spaceAfter=6),
        _style("chapter", fonts.SERIF + BOLD, 14.5, 18, spaceAfter=5),
        _style("section", fonts.SANS + BOLD, 10.4, 13.5, spaceBefore=2, spaceAfter=5),
        _style("title", fonts.SERIF + BOLD, 23, 28, spaceAfter=4),
        _style("court", fonts.SERIF, 12.5, 17),
    ]
}


def para(text: object, style: str = "text") -> Paragraph:
    """A paragraph of typed text."""
    face = STYLES[style].fontName
    return paragraph(markup(text, face), STYLES[style])


def marked(ready: str, style: str = "text") -> Paragraph:
    """A paragraph of markup that the caller has made safe."""
    return paragraph(ready, STYLES[style])


def bold(text: object, face: str = fonts.SANS) -> str:
    return f"<b>{markup(text, f'{face}{BOLD}')}</b>"


def italic(text: object, face: str = fonts.SANS) -> str:
    return f"<i>{markup(text, f'{face}-Italic')}</i>"


def mono(text: object) -> str:
    """A mark that two people compare: monospaced, and a short one never on two lines."""
    said = str(text)
    if len(said) <= UNBROKEN:
        said = said.replace(" ", "\N{NO-BREAK SPACE}")
    return f'<font name="{fonts.MONO}">{markup(said, fonts.MONO)}</font>'


def link(key: str, ready: str) -> str:
    return f'<a href="#{key}">{ready}</a>'


class Anchor(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A place that the index, the bookmarks and cross-references point at."""

    def __init__(self, key: str, title: str, level: int | None = None) -> None:
        super().__init__()
        self.key, self.title, self.level = key, plain(title), level
        self.width = self.height = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.key, 0, 16)
        if self.level is not None:
            self.canv.addOutlineEntry(self.title, self.key, self.level)


class PageOf(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """The number of the page on which an anchor stands, right-aligned, known at the end only."""

    def __init__(self, key: str, *, is_bold: bool = False) -> None:
        super().__init__()
        self.key, self.is_bold = key, is_bold
        self.width, self.height = 24.0, 11.8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        face = fonts.SANS + (BOLD if self.is_bold else "")
        if self.key != TOTAL:
            self.canv.linkRect("", self.key, (0, 0, self.width, self.height), relative=1)
        self.canv.await_number(self.key, face, 8.6, self.width, ON_LINE)


class Rule(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """The ruled line on top of a section."""

    def __init__(self, thickness: float = 1.5, after: float = 5, before: float = 9) -> None:
        super().__init__()
        self.thickness, self.after, self.before = thickness, after, before

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.before + self.after
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(self.thickness)
        self.canv.setStrokeColor(INK)
        self.canv.line(0, self.after, self.width, self.after)


def heading(
    title: str, style: str, key: str, level: int | None = None, room: float = 110
) -> list[Flowable]:
    """A heading that is never alone at the foot of a page: `room` is what must follow it there."""
    return [CondPageBreak(room + 30), Anchor(key, title, level), para(title, style)]


def section(title: str, room: float = 90, by: str = "") -> list[Flowable]:
    """A ruled section inside a chapter; it stands in no index."""
    made = [CondPageBreak(room + 40), Rule(), para(title, "section")]
    return [*made, para(by, "lede")] if by else made


def prose(pieces: Sequence[str], style: str = "record") -> list[Flowable]:
    return [paragraph(piece, STYLES[style]) for piece in pieces]


def gap(height: float = 8) -> Spacer:
    return Spacer(0, height)


@dataclass(frozen=True)
class Running:
    """What stands on every page, typed texts as they are, and in the file's own description."""

    left: str
    right: str
    foot: str
    title: str
    author: str
    language: str = "en"
    made_at: datetime | None = None  # None: the file does not say when

"""Word, PowerPoint and OpenDocument: paragraphs, slides, notes and comments. Pure."""

import posixpath
import re
import zipfile
from collections.abc import Iterable
from typing import Final

from evidence.sealed.refusal import Refused
from evidence.sealed.words import xml
from evidence.sealed.words.said import LONGEST, Lines, Said, numbered

MAIN: Final = {"word/document.xml": "text:", "content.xml": "text:"}
_BESIDE: Final = (  # parts of a Word document, with the place they are named by
    (re.compile(r"word/(header|footer)\d*\.xml"), "margins:"),
    (re.compile(r"word/(footnotes|endnotes)\.xml"), "notes:"),
    (re.compile(r"word/comments\.xml"), "comments:"),
)
_ABOUT: Final = ("docProps/core.xml", "meta.xml")
_ABOUT_NAMES: Final = frozenset({"title", "subject", "creator", "keywords", "description"})
_SLIDE: Final = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide|comments/comment)(\d+)\.xml")
_EMBEDDED: Final = re.compile(r"(word|xl|ppt)/embeddings/[^/]+\.(docx|xlsx|pptx|pdf|bin|doc|xls)")
LARGEST: Final = 50 << 20


def read(packed: zipfile.ZipFile, said: Said) -> None:
    about(packed, said)
    names = packed.namelist()
    for name, place in MAIN.items():
        if name in names:
            _refuse_encrypted(packed, names)
            paragraphs(packed, name, said, numbered("paragraph", place))
    for pattern, place in _BESIDE:
        for name in filter(pattern.fullmatch, names):
            paragraphs(packed, name, said, lambda number, place=place: place)
    embedded(packed, said)


def slides(packed: zipfile.ZipFile, said: Said) -> None:
    about(packed, said)
    found = [match for match in map(_SLIDE.fullmatch, packed.namelist()) if match]
    for match in sorted(found, key=lambda m: (int(m[2]), m[1] != "slides/slide")):
        place = f"slide:{int(match[2])}"
        paragraphs(packed, match[0], said, lambda number, place=place: place)
    embedded(packed, said)


def about(packed: zipfile.ZipFile, said: Said) -> None:
    """Title, author and the like, as the document states them."""
    for name in set(_ABOUT) & set(packed.namelist()):
        reader = _About()
        with packed.open(name) as file:
            xml.parse(said.unpacked(file), reader)
        said.say("about:", "\n".join(reader.said))


def embedded(packed: zipfile.ZipFile, said: Said) -> None:
    for name in filter(_EMBEDDED.fullmatch, packed.namelist()):
        with packed.open(name) as file:
            content = said.unpacked(file).read(LARGEST)
        said.enclosed(posixpath.basename(name), content)


def paragraphs(packed: zipfile.ZipFile, name: str, said: Said, place: object) -> None:
    lines = Lines(said, place)  # type: ignore[arg-type]
    with packed.open(name) as file:
        xml.parse(said.unpacked(file), _Paragraphs(lines, is_open_document=name == "content.xml"))
    lines.flush()


def _refuse_encrypted(packed: zipfile.ZipFile, names: Iterable[str]) -> None:
    """OpenDocument with a password names its algorithm in the manifest."""
    if "META-INF/manifest.xml" in names:
        with packed.open("META-INF/manifest.xml") as file:
            if b"encryption-data" in file.read(1 << 20):
                raise Refused("password")


class _About(xml.Handler):
    def __init__(self) -> None:
        self.said: list[str] = []
        self._is_said = False

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        self._is_said = name in _ABOUT_NAMES

    def text(self, data: str) -> None:
        if self._is_said:
            self.said.append(data)

    def end(self, name: str) -> None:
        self._is_said = False


class _Paragraphs(xml.Handler):
    """Word and PowerPoint say text in `t`, OpenDocument in the paragraph itself.

    What was struck out under tracking (`delText`, `deletion`) is not what the document says.
    """

    def __init__(self, lines: Lines, *, is_open_document: bool) -> None:
        self.lines = lines
        self.is_open_document = is_open_document
        self._line: list[str] = []
        self._saying = self._struck = self._size = 0

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        if name in ("deletion", "tracked-changes"):
            self._struck += 1
        elif name == "t" or (self.is_open_document and name in ("p", "h")):
            self._saying += 1
        elif name in ("tab", "s"):
            self._line.append(" ")
        elif name in ("br", "cr", "line-break"):
            self._line.append("\n")

    def text(self, data: str) -> None:
        if self._saying and not self._struck:
            self._line.append(data)
            self._size += len(data)
            if self._size > LONGEST:  # a paragraph without an end
                self._end_line()

    def end(self, name: str) -> None:
        if name in ("deletion", "tracked-changes"):
            self._struck = max(0, self._struck - 1)
        elif name == "t" or (self.is_open_document and name in ("p", "h")):
            self._saying = max(0, self._saying - 1)
        if name in ("p", "h"):
            self._end_line()

    def _end_line(self) -> None:
        if text := "".join(self._line).strip():
            self.lines.add(text)
        self._line, self._size = [], 0

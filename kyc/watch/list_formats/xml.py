"""Records of an XML list one by one, with their lines; entities and document types are refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kyc.watch.list_formats.entry import ListError
from kyc.watch.list_formats.source import Lines

DEEPEST = 12
LARGEST_RECORD = 4 << 20  # characters of one entry


@dataclass
class Record:
    line: int
    element: Element
    root_attributes: dict[str, str] = field(default_factory=dict)  # with the first record only


class _Collector:
    """Target of the parser: builds each record and forgets what lies around them."""

    def __init__(self, root: str, tags: frozenset[str], lines: Lines) -> None:
        self.root, self.tags, self.lines = root, tags, lines
        self.attributes: dict[str, str] = {}
        self.open: list[Element] = []  # the record being built and what is open within it
        self.done: list[Record] = []
        self.depth, self.begins, self.size = 0, 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            if tag != self.root:
                raise ListError("xml-root", self.lines.number, found=tag[:60], wanted=self.root)
            self.attributes = attributes
        if self.depth > DEEPEST:
            raise ListError("xml-deep", self.lines.number)
        if self.open:
            child = Element(tag, attributes)
            self.open[-1].append(child)
            self.open.append(child)
        elif tag in self.tags:
            self.open, self.begins, self.size = [Element(tag, attributes)], self.lines.number, 0

    def data(self, text: str) -> None:
        if not self.open:
            return
        self.size += len(text)
        if self.size > LARGEST_RECORD:
            raise ListError("long-cell", self.begins)
        last = self.open[-1]
        last.text = (last.text or "") + text  # text after a child belongs to nothing here

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.open:
            ended = self.open.pop()
            if not self.open:
                self.done.append(Record(self.begins, ended, self.attributes))
                self.attributes = {}

    def close(self) -> None:
        """Nothing is returned: the records were handed out on the way."""


def records(lines: Lines, root: str, tags: frozenset[str]) -> Iterator[Record]:
    """Each element of one of the tags below the root. Raises ListError with the line."""
    collector = _Collector(root, tags, lines)
    parser = DefusedXMLParser(target=collector, forbid_dtd=True, encoding="utf-8")
    for line in lines:
        _step(lines, parser.feed, line.encode())
        yield from collector.done
        collector.done.clear()
    _step(lines, parser.close)


def _step(lines: Lines, call, *data: bytes) -> None:  # type: ignore[no-untyped-def]  # of a parser
    try:
        call(*data)
    except DefusedXmlException as bomb:
        raise ListError("xml-entities", lines.number) from bomb
    except ParseError as broken:
        is_cut = str(broken).startswith(("no element found", "unclosed token"))
        raise ListError("cut" if is_cut else "xml", lines.number, why=str(broken)) from broken

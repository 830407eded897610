"""XML read as a stream: what begins, what is said, what ends. A document that defines entities is
refused, so nothing can grow in it, and nothing it names is opened. Pure."""

from collections.abc import Mapping
from typing import Any, Final, Protocol
from xml.parsers import expat

from evidence.sealed.refusal import Refused

PIECE: Final = 1 << 16
Attributes = Mapping[str, str]


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Handler:
    """Names come without their namespace."""

    def begin(self, name: str, attributes: Attributes) -> None: ...

    def text(self, data: str) -> None: ...

    def end(self, name: str) -> None: ...


def parse(source: Source, handler: Handler) -> None:
    """Raises Refused for entities, ExpatError for what is no XML; what came before was handled."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda name, said: handler.begin(
        _bare(name), {_bare(key): value for key, value in said.items()}
    )
    parser.EndElementHandler = lambda name: handler.end(_bare(name))
    parser.CharacterDataHandler = handler.text
    while piece := source.read(PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_: Any) -> None:
    raise Refused("bomb")

"""Reads a finished copy again and names the pages on which a word can still be found. Pure.

Strings in every coding, streams unpacked, the map from glyphs to letters, and the text that a
reader gets: a word in one of them is a word too much.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream, String

from evidence.sealed.redaction.finding import Sheet
from evidence.sealed.redaction.letters import Needle

SURE: Final = 6  # so many bytes do not stand in pixels by chance
_HEXADECIMAL: Final = re.compile(rb"<([0-9A-Fa-f\s]+)>")
_NAME: Final = re.compile(rb"/[^\0\t\n\f\r /<>\[\](){}%]+")
# Names of the format with as many letters as a word that is looked for in bytes.
_OWN: Final = frozenset(
    b"""
    Ascent AvgWidth BaseEncoding BaseFont BitsPerComponent BitsPerCoordinate BitsPerFlag
    BitsPerSample BlackIs1 BlackPoint Bounds CapHeight Catalog CharProcs CharSet CIDFont
    CIDFontType0 CIDFontType2 CIDSystemInfo CIDToGIDMap Colors ColorSpace ColorTransform Colorants
    Columns Contents Coords CropBox Decode DecodeParms DeviceCMYK DeviceGray DeviceN DeviceRGB
    Differences Domain Encode Encoding EndOfLine Extend ExtGState Filter FirstChar Flags FontBBox
    FontDescriptor FontFile FontFile2 FontFile3 FontFamily FontMatrix FontName FontStretch FontType
    FontWeight Function Functions FunctionType GrayMap Height ICCBased Identity Indexed Intent
    Interpolate Isolated ItalicAngle Knockout LastChar Leading Length Length1 Length2 Length3
    MacExpertEncoding MacRomanEncoding Matrix MaxWidth MediaBox MissingWidth Multiply Normal
    ObjStm Ordering Outlines PaintType Parent Pattern PatternType Predictor ProcSet Properties
    Registry RenderingIntent Resources Rotate Shading ShadingType SMaskInData StandardEncoding
    StemH StemV Stream Subtype Supplement TilingType ToUnicode Transparency TrueType Type0 Type1C
    Type3 UserUnit VerticesPerRow WhitePoint Widths WinAnsiEncoding XHeight XObject
    """.split()
)
_CODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
_PACKED: Final = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")
ANYWHERE: Final = 0  # no page: it lies beside them


def told(copy: bytes, needles: Sequence[Needle]) -> set[int]:
    """Pages of which a reader of the copy would be told a word."""
    found: set[int] = set()
    with pypdfium2.PdfDocument(io.BytesIO(copy)) as paper:
        for number in range(1, len(paper) + 1):
            sheet = Sheet(paper, number)
            if any(sheet.hits(needles)):
                found.add(number)
            sheet.close()
    return found


def kept(copy: bytes, words: Sequence[str]) -> set[int]:
    """Pages on which a word lies in an object; ANYWHERE for what no page reaches."""
    search = _Search(words)
    found: set[int] = set()
    reached: set[tuple[int, int]] = set()
    holders: dict[tuple[int, int], bool] = {}
    with pikepdf.open(io.BytesIO(copy)) as paper:
        for number, page in enumerate(paper.pages, 1):
            objects = list(_reachable(page.obj))
            reached |= {one.objgen for one in objects if one.is_indirect}
            if any(_holds(one, search, holders) for one in objects):
                found.add(number)
        rest = [one for one in paper.objects if one.objgen not in reached]
        if any(_holds(one, search, holders) for one in rest) or search.in_values(paper.trailer):
            found.add(ANYWHERE)
    return found


def _holds(one: Any, search: "_Search", known: dict[tuple[int, int], bool]) -> bool:
    if not one.is_indirect:
        return search.in_values(one)
    if one.objgen not in known:
        known[one.objgen] = search.in_values(one) or (
            isinstance(one, Stream) and search.in_stream(one)
        )
    return known[one.objgen]


def _reachable(page: Any) -> Iterator[Any]:
    """All objects that a page hangs on, but no other page."""
    waiting, seen = [page], set()
    while waiting:
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        yield one
        waiting += [value for value in _values(one) if isinstance(value, _COMPOUND)]


_COMPOUND: Final = (Array, Dictionary, Stream)


def _values(one: Any) -> list[Any]:
    if isinstance(one, Dictionary | Stream):
        return [value for name, value in one.items() if name != "/Parent"]
    return list(one) if isinstance(one, Array) else []


class _Search:
    def __init__(self, words: Sequence[str]) -> None:
        self.needles = [Needle(word) for word in words]
        self.bytes = [
            spelled
            for word in words
            for way in {word, word.upper(), word.lower(), word.title()}
            for coding in _CODINGS
            if len(spelled := way.encode(coding, "ignore")) >= SURE and len(way) >= SURE
        ]

    def in_values(self, one: Any) -> bool:
        """In the strings of an object itself; what it refers to is asked by itself."""
        if isinstance(one, String):
            return self.in_text(_texts(bytes(one)))
        return any(
            self.in_text(_texts(bytes(value)))
            if isinstance(value, String)
            else isinstance(value, _COMPOUND) and not value.is_indirect and self.in_values(value)
            for value in _values(one)
        )

    def in_text(self, texts: Iterable[str]) -> bool:
        return any(needle.is_in(text) for text in texts for needle in self.needles)

    def in_stream(self, stream: Stream) -> bool:
        filters = stream.get("/Filter")
        chain = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
        content = stream.read_raw_bytes() if chain[-1] in _PACKED else stream.read_bytes()
        if stream.get("/Type") == Name.ObjStm:
            content = _NAME.sub(_unless_own, content)
        if any(spelled in content for spelled in self.bytes):
            return True
        if _is_map(content):
            maps = (bytes.fromhex(one.decode()) for one in _even(content))
            return self.in_text(one.decode("utf-16-be", "ignore") for one in maps)
        try:
            return _is_content(stream) and self._in_drawing(stream)
        except (pikepdf.PdfError, TypeError, ValueError):
            return False  # it draws nothing

    def _in_drawing(self, stream: Stream) -> bool:
        """In the strings that a content stream draws, each alone and all in a row."""
        said: list[bytes] = []
        names: list[str] = []
        for step in pikepdf.parse_content_stream(stream):
            for operand in step.operands:
                if isinstance(operand, String):
                    said.append(bytes(operand))
                elif isinstance(operand, Array):
                    said += [bytes(one) for one in operand if isinstance(one, String)]
                elif isinstance(operand, Name):
                    names.append(str(operand)[1:])
        return self.in_text(_texts(b"".join(said))) or self.in_text([" ".join(names)])


def _unless_own(name: re.Match[bytes]) -> bytes:
    """Objects lie packed with the names of the format, which nobody wrote into the paper."""
    return b"/" if name[0][1:] in _OWN else name[0]


def _even(content: bytes) -> Iterator[bytes]:
    for found in _HEXADECIMAL.findall(content):
        digits = b"".join(found.split())
        if len(digits) % 2 == 0:
            yield digits


def _is_map(content: bytes) -> bool:
    return b"begincmap" in content or b"beginbfchar" in content or b"beginbfrange" in content


def _is_content(stream: Stream) -> bool:
    if stream.get("/Subtype") == Name.Form or stream.get("/PatternType") == 1:
        return True
    return not (
        {"/Subtype", "/Length1", "/FunctionType", "/ShadingType", "/N", "/Type"}
        & set(stream.keys())
    )


def _texts(said: bytes) -> list[str]:
    """The bytes in each way that a reader may take them."""
    if said.startswith(b"\xfe\xff"):
        return [said.decode("utf-16", "ignore")]
    texts = [said.decode("latin-1"), said.decode("utf-8", "ignore")]
    if b"\x00" in said:
        texts += [said.decode("utf-16-be", "ignore"), said.decode("utf-16-le", "ignore")]
    return texts

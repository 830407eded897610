"""Pages of a PDF that are kept: what draws them, and nothing else that hangs on them. Pure.

Raises NotClean for a page that cannot be made sure of; it becomes a picture then.
"""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from evidence.sealed.redaction import bare_pictures

_KNOWN: Final = (
    "b B b* B* BX c cm CS cs d d0 d1 Do ET EX f F f* G g gs h i j J K k l m M n q Q re RG rg BT",
    "ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"",
)
# Marks of content are not among them, nor what nobody knows.
OPERATORS: Final = frozenset(" ".join(_KNOWN).split())
_MARKS: Final = {"BMC", "BDC", "EMC"}
_BOXES: Final = ("/MediaBox", "/CropBox")
_RESOURCES: Final = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
_FORM: Final = {
    "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/Length",
    "/Filter", "/DecodeParms",
}  # fmt: skip
_IMAGE: Final = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent",
    "/ImageMask", "/Mask", "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte",
    "/Length", "/Filter", "/DecodeParms",
}  # fmt: skip
_NEVER: Final = {
    "/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/StructTreeRoot",
    "/LastModified", "/OC", "/OPI", "/Thumb", "/Annots", "/Annot", "/AA", "/A", "/Alt",
    "/ActualText", "/Title", "/Parent", "/P", "/Dest", "/Properties", "/AF", "/Ref", "/Measure",
    "/PtData", "/Alternates", "/URL", "/Desc", "/VP", "/B", "/Names", "/JS",
}  # fmt: skip
_STRANGE: Final = {"/Page", "/Pages", "/Catalog", "/Annot", "/StructElem", "/Outlines", "/Filespec"}
_DEEPEST: Final = 60


class NotClean(Exception):
    """Something of the page cannot be told apart from what must go."""


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    """Whatever is wrong with a page means the same."""
    try:
        yield
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RuntimeError,
    ) as error:
        raise NotClean(str(error)) from error


class Cleaner:
    """Cleans in place; what several pages share is cleaned once."""

    def __init__(self, paper: pikepdf.Pdf) -> None:
        self.paper = paper
        self._done: set[tuple[int, int]] = set()
        self._names: dict[tuple[int, int], set[str]] = {}

    def page(self, page: pikepdf.Page) -> pikepdf.Page:
        """A new page that draws the same. Raises NotClean."""
        with _telling():
            return self._page(page)

    def layers(self, page: pikepdf.Page) -> None:
        """Leave only what layers need of what a page says about its letters. Raises NotClean."""
        with _telling():
            content, _used = _content(page.obj, keeps_layers=True)
            page.obj["/Contents"] = self.paper.make_stream(content)
            self._layers_below(inherited(page.obj, "/Resources"), 0)

    def _layers_below(self, resources: Any, deep: int) -> None:
        if not isinstance(resources, Dictionary) or deep > _DEEPEST:
            return
        for one in resources.get("/XObject", Dictionary()).values():
            if isinstance(one, Stream) and _draws(one) and one.objgen not in self._names:
                content, self._names[one.objgen] = _content(one, keeps_layers=True)
                one.write(content)
                self._layers_below(one.get("/Resources"), deep + 1)

    def _page(self, page: pikepdf.Page) -> pikepdf.Page:
        content, used = _content(page.obj if "/Contents" in page.obj else None)
        kept = Dictionary(Type=Name.Page, Contents=self.paper.make_stream(content))
        for name in _BOXES:
            value = inherited(page.obj, name)
            if isinstance(value, Array) and len(value) == 4:
                kept[name] = Array([float(part) for part in value])
        rotation = inherited(page.obj, "/Rotate")
        if rotation:
            kept["/Rotate"] = int(rotation)
        if "/UserUnit" in page.obj:
            kept["/UserUnit"] = float(page.obj["/UserUnit"])
        if isinstance(page.obj.get("/Group"), Dictionary):
            kept["/Group"] = self._walked(page.obj["/Group"], 0)
        resources = inherited(page.obj, "/Resources")
        if isinstance(resources, Dictionary):
            kept["/Resources"] = self._resources(resources, used, 0)
        else:
            kept["/Resources"] = Dictionary()
        return pikepdf.Page(self.paper.make_indirect(kept))

    def _resources(self, resources: Dictionary, used: set[str], deep: int) -> Dictionary:
        """What is named by what is drawn; a form without resources of its own names for it too."""
        if deep > _DEEPEST:
            raise NotClean("deep")
        used = self._all_used(resources, used)
        kept = Dictionary()
        for kind in _RESOURCES:
            group = resources.get(kind)
            if not isinstance(group, Dictionary):
                continue
            wanted = Dictionary()
            for name in sorted(used & set(group.keys())):
                wanted[name] = self._walked(group[name], deep + 1)
            if len(wanted):
                kept[kind] = wanted
        return kept

    def _all_used(self, resources: Dictionary, used: set[str]) -> set[str]:
        known: set[str] = set()
        used = set(used)
        while new := used - known:
            known |= new
            for inner in self._borrowers(resources, new):
                used |= self._named(inner)
        return used

    def _borrowers(self, resources: Dictionary, names: set[str]) -> Iterable[Stream]:
        """Streams that draw with the resources of whoever draws them."""
        for kind in ("/XObject", "/Pattern", "/Font"):
            group = resources.get(kind)
            if not isinstance(group, Dictionary):
                continue
            named: list[Any] = [group.get(name) for name in names]
            for one in named:
                if isinstance(one, Stream) and _draws(one) and "/Resources" not in one:
                    yield one
                elif _borrows_letters(one):
                    yield from (s for s in one["/CharProcs"].values() if isinstance(s, Stream))

    def _named(self, stream: Stream) -> set[str]:
        self._stream_content(stream)
        return self._names[stream.objgen]

    def _stream_content(self, stream: Stream) -> None:
        if stream.objgen in self._names:
            return
        content, used = _content(stream)
        self._names[stream.objgen] = used
        stream.write(content)

    def _walked(self, value: Any, deep: int) -> Any:
        """The same value, cleaned with all that hangs on it."""
        if deep > _DEEPEST:
            raise NotClean("deep")
        if isinstance(value, Array):
            for one in list(value):
                self._walked(one, deep + 1)
        elif isinstance(value, Stream | Dictionary):
            if value.is_indirect:
                if value.objgen in self._done:
                    return value
                self._done.add(value.objgen)
            self._clean(value, deep)
        return value

    def _clean(self, value: Any, deep: int) -> None:
        kind = str(value.get("/Type", ""))
        if kind in _STRANGE:
            raise NotClean(kind)
        if isinstance(value, Stream) and _draws(value):
            self._drawing(value, deep)
            return
        if isinstance(value, Stream) and value.get("/Subtype") == Name.Image:
            _bare(value)
            _only(value, _IMAGE)
        if "/CharProcs" in value:
            self._letters_drawn(value, deep)
        for name in list(value.keys()):
            if name in _NEVER:
                del value[name]
            else:
                self._walked(value[name], deep + 1)

    def _drawing(self, stream: Stream, deep: int) -> None:
        """A form or a pattern: content with resources of its own."""
        self._stream_content(stream)
        if stream.get("/Subtype") == Name.Form:
            _only(stream, _FORM)
        resources = stream.get("/Resources")
        if isinstance(resources, Dictionary):
            used = self._names[stream.objgen]
            stream["/Resources"] = self._resources(resources, used, deep + 1)
        for name in list(stream.keys()):
            if name in _NEVER:
                del stream[name]
            elif name != "/Resources":
                self._walked(stream[name], deep + 1)

    def _letters_drawn(self, font: Any, deep: int) -> None:
        """A font whose letters are drawings."""
        used: set[str] = set()
        for stream in font["/CharProcs"].values():
            if isinstance(stream, Stream):
                used |= self._named(stream)
                self._done.add(stream.objgen)
        if isinstance(font.get("/Resources"), Dictionary):
            font["/Resources"] = self._resources(font["/Resources"], used, deep + 1)


def inherited(page: Any, name: str) -> Any:
    """A value of the page, or of the nodes above it."""
    for _step in range(_DEEPEST):
        if name in page:
            return page[name]
        if not isinstance(page.get("/Parent"), Dictionary):
            return None
        page = page["/Parent"]
    return None


def has_layers(page: pikepdf.Page) -> bool:
    """Whether parts of it are shown or not as a reader chooses."""
    seen: set[tuple[int, int]] = set()

    def looks(resources: Any, deep: int) -> bool:
        if not isinstance(resources, Dictionary) or deep > 8:
            return False
        if len(resources.get("/Properties", Dictionary())) and any(
            isinstance(one, Dictionary) and str(one.get("/Type", "")) in ("/OCG", "/OCMD")
            for one in resources["/Properties"].values()
        ):
            return True
        for one in resources.get("/XObject", Dictionary()).values():
            if not isinstance(one, Stream) or one.objgen in seen:
                continue
            seen.add(one.objgen)
            if "/OC" in one or looks(one.get("/Resources"), deep + 1):
                return True
        return False

    try:
        return looks(inherited(page.obj, "/Resources"), 0)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return True


def _content(source: Any, *, keeps_layers: bool = False) -> tuple[bytes, set[str]]:
    """The drawing operators alone, and the names that they use."""
    if source is None:
        return b"", set()
    kept, used = [], set()
    for step in pikepdf.parse_content_stream(source):
        if isinstance(step, pikepdf.ContentStreamInlineImage):
            used |= {str(value) for value in step.iimage.obj.values() if isinstance(value, Name)}
        elif str(step.operator) not in OPERATORS:
            if keeps_layers and str(step.operator) in _MARKS:
                kept.append(_layer(step))
            continue
        else:
            used |= {str(value) for value in step.operands if isinstance(value, Name)}
        kept.append(step)
    return pikepdf.unparse_content_stream(kept), used


def _layer(step: Any) -> Any:
    """The beginning of a layer as it is; another mark without what it says."""
    is_layer = len(step.operands) == 2 and step.operands[0] == Name.OC
    if str(step.operator) == "EMC" or (is_layer and isinstance(step.operands[1], Name)):
        return step
    return pikepdf.ContentStreamInstruction([Name.P], pikepdf.Operator("BMC"))


def _borrows_letters(font: Any) -> bool:
    return isinstance(font, Dictionary) and "/CharProcs" in font and "/Resources" not in font


def _draws(stream: Stream) -> bool:
    return stream.get("/Subtype") == Name.Form or stream.get("/PatternType") == 1


def _only(value: Stream, names: set[str]) -> None:
    for name in list(value.keys()):
        if name not in names:
            del value[name]


def _bare(image: Stream) -> None:
    """A compressed photograph without its camera's notes; NotClean where it is not read."""
    filters, parameters = image.get("/Filter"), image.get("/DecodeParms")
    chain = list(filters) if isinstance(filters, Array) else [filters]
    last = str(chain[-1])
    if last not in ("/DCTDecode", "/JPXDecode"):
        return
    if isinstance(parameters, Array):
        own = parameters[-1] if len(parameters) == len(chain) else None
    else:
        own = parameters if len(chain) == 1 else None
    bare = bare_pictures.bare_jpeg2000 if last == "/JPXDecode" else bare_pictures.bare_jpeg
    image.write(
        bare(_unwrapped(image, chain, parameters)), filter=Name(last),
        decode_parms=own if isinstance(own, Dictionary) else None,
    )  # fmt: skip


def _unwrapped(image: Stream, chain: list[Any], parameters: Any) -> bytes:
    """The photograph's own bytes, out of what it is packed in."""
    if len(chain) == 1:
        return image.read_raw_bytes()
    packed = image.read_raw_bytes()
    outer = parameters[: len(chain) - 1] if isinstance(parameters, Array) else None
    with pikepdf.Pdf.new() as paper:
        stream = Stream(paper, packed, Filter=Array([Name(str(one)) for one in chain[:-1]]))
        if outer is not None and any(isinstance(one, Dictionary) for one in outer):
            raise NotClean("a chain of filters")
        return stream.read_bytes()

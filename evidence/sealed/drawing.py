"""What a form draws with, kept by name: every key that is not known to draw something is removed.

Works with a list of its own instead of calling itself, so that no nesting exhausts it. Pure.
"""

from collections.abc import Iterator
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Stream

# Kinds of objects, their keys, and the kind of each value: "" for plain data, "*x" for a dictionary
# of names (or an array) whose values are of the kind x, "!" for names that stay without a meaning.
_STREAM: Final = dict.fromkeys(("Length", "Filter", "DecodeParms"), "")
KINDS: Final[dict[str, dict[str, str]]] = {
    "form": _STREAM | {
        "Type": "", "Subtype": "", "FormType": "", "BBox": "", "Matrix": "", "Group": "group",
        "Resources": "resources",
    },
    "group": {"Type": "", "S": "", "CS": "", "I": "", "K": ""},
    "resources": {
        "Font": "*font", "XObject": "*object", "ExtGState": "*state", "ColorSpace": "*",
        "Pattern": "*pattern", "Shading": "*", "Properties": "!", "ProcSet": "",
    },
    "image": _STREAM | dict.fromkeys(
        ("Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent",
         "ImageMask", "Decode", "Interpolate", "SMaskInData", "Matte"), "",
    ) | {"Mask": "image", "SMask": "image"},
    "font": dict.fromkeys(
        ("Type", "Subtype", "Name", "BaseFont", "FirstChar", "LastChar", "Widths", "Encoding",
         "ToUnicode", "CIDSystemInfo", "DW", "W", "DW2", "W2", "CIDToGIDMap", "FontBBox",
         "FontMatrix", "FontDescriptor"), "",
    ) | {"DescendantFonts": "*font", "CharProcs": "*glyph", "Resources": "resources"},
    "glyph": _STREAM | {"Resources": "resources"},
    "state": dict.fromkeys(
        ("Type", "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "BG", "BG2", "UCR", "UCR2",
         "TR", "TR2", "HT", "FL", "SM", "SA", "BM", "CA", "ca", "AIS", "TK"), "",
    ) | {"Font": "*font", "SMask": "mask"},
    "mask": {"Type": "", "S": "", "G": "form", "BC": "", "TR": ""},
    "pattern": _STREAM | dict.fromkeys(
        ("Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix",
         "Shading"), "",
    ) | {"Resources": "resources", "ExtGState": "state"},
}  # fmt: skip
# In plain data (colours, functions, encodings, font programs) these have no part in the drawing.
ACTING: Final = frozenset(
    {"/A", "/AA", "/AF", "/Annots", "/Dest", "/EF", "/JS", "/Metadata", "/OC", "/OPI",
     "/OpenAction", "/Parent", "/PieceInfo", "/Ref", "/StructParent", "/StructParents", "/URI"}
)  # fmt: skip
EXTERNAL: Final = ("/F", "/FFilter", "/FDecodeParms", "/DL")  # a stream that lies in another file
Found = tuple[Any, str]
Seen = set[tuple[tuple[int, int], str]]


def prune(form: Stream, seen: Seen) -> None:
    """Leave in a form, and in all it uses, only what draws; `seen` was looked at before."""
    waiting: list[Found] = [(form, "form")]
    while waiting:
        value, kind = waiting.pop()
        if not isinstance(value, Array | Dictionary | Stream):
            continue
        if value.is_indirect:
            if (value.objgen, kind) in seen:
                continue
            seen.add((value.objgen, kind))
        waiting += _plain(value) if kind == "" else _named(value, kind)


def _plain(value: Any) -> Iterator[Found]:
    if isinstance(value, Array):
        yield from ((each, "") for each in value)
        return
    if isinstance(value, Stream):
        _drop(value, EXTERNAL)
    for key in [*value.keys()]:
        held = value.get(key)
        if key in ACTING and isinstance(held, Dictionary | Stream):
            del value[key]
        else:
            yield held, ""


def _named(value: Any, kind: str) -> Iterator[Found]:
    if kind[0] == "*":
        yield from _many(value, kind[1:])
        return
    if kind == "!":
        _without_meaning(value)
        return
    if kind == "image" and isinstance(value, Array):  # a mask by colour
        return
    if kind == "mask" and not isinstance(value, Dictionary):
        return
    if not isinstance(value, Dictionary | Stream):
        yield value, ""
        return
    known = KINDS[kind]
    for key in [*value.keys()]:
        if key[1:] in known:
            yield value.get(key), known[key[1:]]
        else:
            del value[key]


def _many(value: Any, kind: str) -> Iterator[Found]:
    if isinstance(value, Array):
        yield from ((each, kind) for each in value)
    elif kind == "object":
        for key in [*value.keys()]:
            found = _object(value[key])
            if found:
                yield value[key], found
            else:
                del value[key]
    else:
        yield from ((value[key], kind) for key in value.keys())  # noqa: SIM118 - no mapping


def _object(held: Any) -> str:
    kinds = {"/Form": "form", "/Image": "image"}  # and PostScript, which nothing draws
    return kinds.get(str(held.get(Name.Subtype)), "") if isinstance(held, Stream) else ""


def _without_meaning(value: Any) -> None:
    if isinstance(value, Dictionary):
        for key in [*value.keys()]:
            value[key] = Dictionary()


def _drop(value: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in value:
            del value[key]

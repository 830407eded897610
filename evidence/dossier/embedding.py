"""A face in a volume: the glyphs that were drawn, and the text they stand for. Pure."""

from evidence.dossier import fonts, pdffile
from evidence.dossier.faces.program import Program, runs
from evidence.dossier.pdffile import PdfFile, dictionary, reference

IDENTITY = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


def embed(file: PdfFile, face: str, used: set[int]) -> int:
    """The number of the font's object."""
    program = fonts.program(face, used)
    name = pdffile.name(program.name)
    size = {"Length1": b"%d" % len(program.truetype)}
    descriptor = file.put(_descriptor(program, name, file.flate(program.truetype, size)))
    descendant = {
        "Type": b"/Font",
        "Subtype": b"/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": IDENTITY,
        "FontDescriptor": reference(descriptor),
        "DW": b"%d" % program.widths[0][1],
        "W": _widths(program),
        "CIDToGIDMap": reference(file.flate(program.glyph_of)),
    }
    font = {
        "Type": b"/Font",
        "Subtype": b"/Type0",
        "BaseFont": name,
        "Encoding": b"/Identity-H",
        "DescendantFonts": pdffile.references([file.put(dictionary(descendant))]),
        "ToUnicode": reference(file.flate(program.to_unicode)),
    }
    return file.put(dictionary(font))


def _descriptor(program: Program, name: bytes, data: int) -> bytes:
    return dictionary(
        {
            "Type": b"/FontDescriptor",
            "FontName": name,
            "Flags": b"%d" % program.flags,
            "FontBBox": pdffile.numbers(program.box),
            "ItalicAngle": pdffile.number(program.italic),
            "Ascent": b"%d" % program.ascent,
            "Descent": b"%d" % program.descent,
            "CapHeight": b"%d" % program.capital,
            "StemV": b"%d" % program.stem,
            "FontFile2": reference(data),
        }
    )


def _widths(program: Program) -> bytes:
    said = [b"%d %b" % (first, pdffile.numbers(found)) for first, found in runs(program.widths)]
    return pdffile.array_of(said)

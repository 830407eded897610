"""A face's program as objects of reportlab's own document. Pure."""

from typing import Any

from reportlab.pdfbase import pdfdoc

from evidence.dossier.faces.program import Program, runs


def add(doc: Any, name: str, made: Program) -> None:
    """Write the font under the name that the pages use for it."""
    font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(made.name),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(_letters(doc, made))]),
            "ToUnicode": _stream(doc, made.to_unicode),
        }
    )
    doc.idToObject["BasicFonts"].dict[name] = doc.Reference(font, name)


def _letters(doc: Any, made: Program) -> pdfdoc.PDFDictionary:
    widths = [
        part for first, found in runs(made.widths) for part in (first, pdfdoc.PDFArray(found))
    ]
    order = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity")}
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(made.name),
            "CIDSystemInfo": pdfdoc.PDFDictionary({**order, "Supplement": 0}),
            "CIDToGIDMap": _stream(doc, made.glyph_of),
            "DW": made.widths[0][1],
            "W": pdfdoc.PDFArray(widths),
            "FontDescriptor": doc.Reference(_described(doc, made)),
        }
    )


def _described(doc: Any, made: Program) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(made.name),
            "Flags": made.flags,
            "FontBBox": pdfdoc.PDFArray(list(made.box)),
            "ItalicAngle": made.italic,
            "Ascent": made.ascent,
            "Descent": made.descent,
            "CapHeight": made.capital,
            "StemV": made.stem,
            "FontFile2": _stream(doc, made.truetype, Length1=len(made.truetype)),
        }
    )


def _stream(doc: Any, data: bytes, **more: int) -> Any:
    stream = pdfdoc.PDFStream(content=data)
    for key, value in more.items():
        stream.dictionary[key] = value
    if doc.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return doc.Reference(stream)

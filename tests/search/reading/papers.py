"""Documents for tests, made here: small, hostile or broken; nothing in them is real."""

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BILLION = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{BILLION}]>'


def packed(members: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def document(*paragraphs: str, head: str = "") -> bytes:
    """A Word document of these paragraphs, which may hold markup of runs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    text = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": text})


def workbook(rows: str, shared: str = "", styles: str = "", name: str = "Manifest") -> bytes:
    """A workbook of one sheet, from the XML of its rows."""
    sheets = f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{LINKS}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData>'
            "</worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{shared}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
        }
    )


def pdf(*pages: str, extra: str = "", claimed: int | None = None) -> bytes:
    """A PDF of one line a page, without a table of its objects: readers mend that."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"1 0 obj <</Type/Catalog/Pages 2 0 R {extra}>> endobj",
        f"2 0 obj <</Type/Pages/Count {claimed or len(pages)}/Kids[{kids}]>> endobj",
        "3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj",
    ]
    for n, text in enumerate(pages):
        stream = f"BT /F 12 Tf 20 100 Td ({text}) Tj ET"
        objects += [
            f"{10 + 2 * n} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {11 + 2 * n} 0 R>> endobj",
            f"{11 + 2 * n} 0 obj <</Length {len(stream)}>> stream\n{stream}\nendstream endobj",
        ]
    return ("%PDF-1.4\n" + "\n".join(objects) + "\ntrailer <</Root 1 0 R>>\n%%EOF\n").encode()


def message(
    body: str = "See the manifest.", *, attached: Mapping[str, bytes] | None = None
) -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"] = "Tamarind Reef <office@tamarind.invalid>", "clerk@harbour.invalid"
    mail["Subject"] = "Bill of lading für Hải Phòng"
    mail.set_content(body)
    for name, content in (attached or {}).items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def nested(content: bytes, deep: int, name: str = "a.zip") -> bytes:
    for _ in range(deep):
        content = packed({name: content})
    return content

"""Papers of other hands for the tests: turned, cropped, scaled, locked, and with much in them."""

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from evidence.dossier import annex
from evidence.dossier.annex import Prepared
from evidence.dossier.paper import Running
from evidence.dossier.plan import Document, Replacement

RUNNING = Running(
    left="KE-MSA-2026-0042 \N{MIDDLE DOT} Court file E012/2026",
    right="Dossier 1",
    foot="KE-MSA-2026-0042-D1",
    title="KE-MSA-2026-0042-D1: Tusks in tea",
    author="Wildlife Service",
)
PAPER = "application/pdf"


def simple(pages: int = 1, word: str = "Page", size: tuple[int, int] = (595, 842)) -> Pdf:
    """A word in the upper half of each page, and a number."""
    made = Pdf.new()
    font = made.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for number in range(1, pages + 1):
        text = f"BT /F0 20 Tf {size[0] // 10} {size[1] // 2} Td ({word} {number}) Tj ET"
        made.add_blank_page(page_size=size)
        page = made.pages[-1]
        page.Resources = Dictionary(Font=Dictionary(F0=font))
        page.Contents = made.make_stream(text.encode())
    return made


def arrow(turn: int, crop: Sequence[float] = (), unit: float = 1, *, full: bool = False) -> Pdf:
    """A page that looks different from every side, and perhaps is drawn on to its edges."""
    made = simple()
    page = made.pages[0]
    drawn = b"0.5 g 0 0 595 842 re f 1 g 70 70 455 702 re f " * full
    drawn += b"1 0 0 rg 80 80 80 200 re f 0 0 1 rg 400 700 100 60 re f 0 g "
    page.Contents = made.make_stream(drawn + page.Contents.read_bytes())
    page.Rotate = turn
    if crop:
        page.CropBox = Array([*crop])
    if unit != 1:
        page.UserUnit = unit
    return made


def hostile() -> Pdf:
    """Everything that a reader might act on, reach out for, or hide."""
    made = simple(word="Shown")
    page, root = made.pages[0], made.Root
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    root.OpenAction, root.AA = script, Dictionary(WC=script)
    page.AA = Dictionary(O=script)
    made.attachments["payload.exe"] = _attached(made)
    root.Names.JavaScript = Dictionary(Names=Array([String("start"), script]))
    link = Dictionary(S=Name.URI, URI=String("https://attacker.example/"))
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    page.Annots = Array([_note(made, action) for action in (script, link, launch)])
    page.PieceInfo = Dictionary(Any=Dictionary(Private=String("private note")))
    page.Metadata = made.make_stream(b"<private/>")
    inner = made.make_stream(b"0 0 1 rg 0 0 9 9 re f")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    inner.OPI, inner.AA = Dictionary(F=String("elsewhere.tif")), Dictionary(O=script)
    inner.Ref = Dictionary(F=String("elsewhere.pdf"), Page=0)
    page.Resources.XObject = Dictionary(A=made.make_indirect(inner))
    page.Contents = made.make_stream(page.Contents.read_bytes() + b" /A Do")
    return made


def layered() -> Pdf:
    """A shown layer and one that is off when the paper is opened."""
    made = simple()
    page = made.pages[0]
    groups = [
        made.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("On", "Off")
    ]
    made.Root.OCProperties = Dictionary(
        OCGs=Array(groups), D=Dictionary(OFF=Array(groups[1:]), Order=Array(groups))
    )
    page.Resources.Properties = Dictionary(Yes=groups[0], No=groups[1])
    text = b"/OC /%s BDC BT /F0 20 Tf 60 %d Td (%s) Tj ET 60 %d 90 30 re f EMC "
    page.Contents = made.make_stream(
        text % (b"Yes", 700, b"Visible", 600) + text % (b"No", 500, b"Concealed", 400)
    )
    return made


def filled_in() -> Pdf:
    """A form with a value that only its field's own drawing shows, and a hidden one."""
    made = simple()
    page = made.pages[0]
    fields = [_field(made, page, "Received", 0), _field(made, page, "Unseen", 2)]
    page.Annots = Array(fields)
    made.Root.AcroForm = Dictionary(Fields=Array(fields))
    return made


def without_pages_of_its_own(kind: str) -> Pdf:
    """A portfolio of files, or a form that only the program that made it can draw."""
    made = simple()
    if kind == "portfolio":
        made.Root.Collection = Dictionary(View=Name.D)
    else:
        made.Root.AcroForm = Dictionary(XFA=String("<xdp/>"), Fields=Array([]))
        made.Root.NeedsRendering = True
    return made


def _attached(made: Pdf) -> Any:
    day = "D:20260101000000Z"
    return pikepdf.AttachedFileSpec(
        made, b"MZ payload", description="", filename="payload.exe", mime_type="text/plain",
        creation_date=day, mod_date=day,
    )  # fmt: skip


def _note(made: Pdf, action: Any) -> Any:
    box = Array([100, 100, 200, 120])
    return made.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action, F=4)
    )


def _field(made: Pdf, page: Any, value: str, flags: int) -> Any:
    drawn = made.make_stream(f"BT /F0 12 Tf 2 4 Td ({value}) Tj ET".encode())
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
    drawn.Resources = Dictionary(Font=page.Resources.Font)
    return made.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(value), V=String(value),
            Rect=Array([100, 300, 300, 320]), AP=Dictionary(N=made.make_indirect(drawn)),
            F=flags, P=page.obj,
        )
    )  # fmt: skip


def data(paper: Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out, **how)
    return out.getvalue()


class Desk:
    """A folder with files by their digest, and the plan's documents for them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.documents = folder, list[Document]()

    def put(self, content: bytes, media_type: str = PAPER, **values: Any) -> Document:
        digest = hashlib.sha256(content).hexdigest()
        (self.folder / digest).write_bytes(content)
        name = values.pop("name", "letter.pdf")
        made = Document(
            **{
                "key": f"document.{len(self.documents) + 1}", "title": "A letter", "name": name,
                "media_type": media_type, "size": len(content), "digest": digest,
                "bundle_path": f"documents/{digest[:8]}-letter.pdf",
            } | values,
        )  # fmt: skip
        self.documents.append(made)
        return made

    def path_of(self, digest: str) -> Path:
        return self.folder / digest

    def prepared(self, replacements: Sequence[Replacement] = ()) -> Prepared:
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        return annex.prepare(self.documents, self.path_of, work, replacements=replacements)

    def merged(self, prepared: Prepared | None = None) -> Path:
        """The first volume of the annex, from page 413."""
        prepared = prepared or self.prepared()
        return annex.write(prepared, 413, RUNNING, self.folder)[0].path

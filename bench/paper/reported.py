"""The same story by reportlab alone: its canvas, its own pictures, its table of contents.

What the kept places of numbers ask of a canvas is left out; so it draws a little less than we do.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate
from reportlab.platypus.tableofcontents import TableOfContents

from evidence.dossier import fonts, pages_front, parts
from evidence.dossier.paper import BODY, BOTTOM, HEIGHT, LEFT, STYLES, TOP, Anchor
from evidence.dossier.part import Load, Making
from evidence.dossier.piece import Bitmap
from evidence.dossier.snapshot import Snapshot


class Drawing(Canvas):  # type: ignore[misc]  # reportlab is untyped
    def place_bitmap(self, bitmap: Bitmap) -> None:
        self.drawImage(ImageReader(BytesIO(bitmap.data)), 0, 0, 1, 1)

    def await_number(self, key: str, face: str, size: float, x: float, y: float) -> None:
        """The table of contents has the numbers."""


class Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab is untyped
    def __init__(self, path: Path) -> None:
        super().__init__(str(path), pagesize=A4, invariant=1, initialFontName=fonts.SANS)
        frame = Frame(LEFT, BOTTOM, BODY, HEIGHT - TOP - BOTTOM)
        self.addPageTemplates([PageTemplate(name, [frame]) for name in ("cover", "page")])

    def afterFlowable(self, flowable: Flowable) -> None:  # reportlab's name
        if isinstance(flowable, Anchor) and flowable.level is not None:
            entry = (flowable.level, flowable.title, self.page, flowable.key)
            self.notify("TOCEntry", entry)


def build(taken: Snapshot, load: Load, path: Path) -> int:
    making = Making(taken, load)
    found = [make(making) for make in parts.makers(making)]
    contents = TableOfContents(levelStyles=[STYLES["text"], STYLES["entry"]])
    story = [*pages_front.cover(making, found), PageBreak(), contents]
    story += pages_front.open_points(making)
    for part in found:
        story += part.story
        for leaf in part.leaves:
            story += [PageBreak(), *leaf.story(load)]
    document = Document(path)
    document.multiBuild(story, canvasmaker=Drawing)
    count: Any = document.page
    return int(count)

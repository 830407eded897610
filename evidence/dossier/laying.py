"""A story laid out on pages: frames, templates, and what stands around the body. Pure.

The body of a piece knows no number. Head, foot and number are drawn when it is put into a volume.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from evidence.dossier import fonts
from evidence.dossier.paper import (
    BODY,
    BOLD,
    BOTTOM,
    HAIR,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Running,
    para,
)
from evidence.dossier.piece import Awaited, Piece
from evidence.dossier.recording import Recorder
from evidence.dossier.volume import Margin

COVER, PAGE = "cover", "page"
FOOT = 33
NUMBER = Awaited("", f"{fonts.SANS}{BOLD}", 9.5, WIDTH - RIGHT, FOOT)
PageDone = Callable[[float], None]  # how much of the story is on pages, from 0 to 1


def _silent(share: float) -> None:
    return


class Layout(BaseDocTemplate):  # type: ignore[misc]  # reportlab is untyped
    """One pass over a story."""

    def __init__(self, first: str) -> None:
        super().__init__(None, pagesize=A4, initialFontName=fonts.SANS)
        size = (LEFT, BOTTOM, BODY, HEIGHT - TOP - BOTTOM)
        edges = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        for name in dict.fromkeys([first, COVER, PAGE]):
            template = PageTemplate(name, [Frame(*size, **edges)], onPage=_noted(name))
            self.addPageTemplates([template])

    def lay_out(self, story: list[Flowable], tell: PageDone) -> Piece:
        self._story, self._whole, self._tell = story, max(len(story), 1), tell
        self.build(story, canvasmaker=Recorder)
        piece: Piece = self.canv.piece()
        return piece

    def afterPage(self) -> None:  # reportlab's name
        self._tell(1 - len(self._story) / self._whole)


def _noted(name: str) -> Callable[[Any, Any], None]:
    def note(canvas: Recorder, _: Any) -> None:
        canvas.template = name

    return note


def lay_out(story: list[Flowable], first: str = PAGE, tell: PageDone = _silent) -> Piece:
    """The pages of a story; it begins on a new page anyhow. The faces must be registered."""
    begin = next((at for at, item in enumerate(story) if not isinstance(item, PageBreak)), 0)
    return Layout(first).lay_out(_with_room(story[begin:]), tell)


def _with_room(story: list[Flowable]) -> list[Flowable]:
    """A template that nothing follows would make an empty page."""
    while story and isinstance(story[-1], (NextPageTemplate, PageBreak)):
        story.pop()
    return story


def margins(running: Running) -> dict[str, Margin]:
    """What stands around the pages of each template."""
    return {
        COVER: Margin(_drawn(running, _ring, _foot), NUMBER),
        PAGE: Margin(_drawn(running, _head, _foot), NUMBER),
    }


def _drawn(running: Running, *draw: Callable[[Recorder, Running], None]) -> Piece:
    canvas = Recorder(pagesize=A4, initialFontName=fonts.SANS)
    for one in draw:
        canvas.saveState()
        one(canvas, running)
        canvas.restoreState()
    canvas.showPage()
    piece = canvas.piece()
    return replace(piece, places=(), bookmarks=())


def _ring(canvas: Recorder, _: Running) -> None:
    """The ring and the line that starts from it: somebody answers for the thing from here."""
    canvas.setLineWidth(1.6)
    canvas.circle(LEFT - 22, HEIGHT - TOP - 8, 4.4)
    canvas.line(LEFT - 22, HEIGHT - TOP - 12.4, LEFT - 22, 0)


def _head(canvas: Recorder, running: Running) -> None:
    left, right = para(running.left, "by"), para(running.right, "byright")
    for text in (left, right):
        _, height = text.wrapOn(canvas, BODY * (0.7 if text is left else 1), 30)
        text.drawOn(canvas, LEFT, HEIGHT - 46 + 10.4 - height if text is right else HEIGHT - 46)
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, HEIGHT - 54, WIDTH - RIGHT, HEIGHT - 54)


def _foot(canvas: Recorder, running: Running) -> None:
    foot = para(running.foot, "digest")
    foot.wrapOn(canvas, BODY - 40, 20)
    foot.drawOn(canvas, LEFT, FOOT)

"""The life of one exhibit as a drawing: holder, seal, count and weight over its events.

Pure. A handover that was answered is one column. The chain below the drawing is its whole text, so
names and numbers may be shortened here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.platypus import Flowable, Paragraph

from evidence.dossier import fonts, marks, words
from evidence.dossier.chronology import mark_of
from evidence.dossier.paper import BODY, HAIR, INK, STYLES
from evidence.dossier.snapshot import Event, Person, Remark
from evidence.dossier.text import markup

FEWEST, MOST = 2, 11  # columns; more would not be read, and the chain tells all
LABELS, HEAD, LANE = 52, 26, 34
LANES: tuple[tuple[str, Callable[[Event], bool]], ...] = (
    ("Holder", lambda event: True),
    ("Seal", lambda event: bool(event.seal_number or event.new_seal_number)),
    ("Count", lambda event: event.count is not None),
    ("Weight", lambda event: event.weight_mg is not None),
)
LONGEST = 22
SHORT = {"acknowledged": "Received", "reweighed": "Weighed", "produced": "Court"}
SMALL = STYLES["by"].clone(
    "lane", fontName=fonts.SANS, fontSize=6.6, leading=7.8, alignment=TA_CENTER, textColor=INK
)
STRONG = SMALL.clone("strong", fontName=f"{fonts.SANS}-Bold")
CODE = SMALL.clone("code", fontName=fonts.MONO)


@dataclass(frozen=True)
class Column:
    event: Event
    day: str
    mark: str
    is_counted_wrong: bool  # a remark says that this reading contradicts the one before


def columns(
    events: tuple[Event, ...], found: list[Remark], day: Callable[[Event], str]
) -> list[Column]:
    """One for each event, but an offer and its answer are one."""
    answered = {event.answers for event in events if event.answers}
    crossed = {one.after for one in found if one.mark == "cross"}
    return [
        Column(event, day(event), mark_of(event), event.sequence in crossed)
        for event in events
        if event.sequence not in answered
    ]


def _short(who: Person | None) -> str:
    """The last of the names: the chain below has them all."""
    names = who.name.split() if who else []
    return names[-1] if names else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


class Lifeline(Flowable):  # type: ignore[misc]  # reportlab is untyped
    def __init__(self, found: list[Column]) -> None:
        super().__init__()
        self.columns = found
        self.lanes = [lane for lane, has in LANES if any(has(column.event) for column in found)]
        self.width = float(BODY)
        self.height = float(HEAD + LANE * len(self.lanes))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    @property
    def step(self) -> float:
        return float(BODY - LABELS - 42) / max(len(self.columns) - 1, 1)

    def x(self, at: int) -> float:
        return LABELS + 18 + at * self.step

    def y(self, lane: str) -> float:
        """The line of a lane."""
        return self.height - HEAD - LANE * self.lanes.index(lane) - LANE * 0.66

    def draw(self) -> None:
        self.canv.saveState()
        self._grid()
        drawn = {"Seal": self._seal, "Count": self._count, "Weight": self._weight}
        self._holder()
        for lane in self.lanes[1:]:
            drawn[lane]()
        self.canv.restoreState()

    def _say(self, text: str, x: float, y: float, width: float, style: Any = SMALL) -> None:
        """Typed text, centred on x with its foot on y."""
        said = Paragraph(markup(_cut(text), style.fontName), style)
        _, height = said.wrap(width, LANE)
        wide = min(max(said.getActualLineWidths0(), default=0), width)
        self.canv.setFillColorRGB(1, 1, 1)  # so that no line of the grid runs through the text
        self.canv.rect(x - wide / 2 - 1, y, wide + 2, height, stroke=0, fill=1)
        said.drawOn(self.canv, x - width / 2, y)

    def _grid(self) -> None:
        self.canv.setStrokeColor(HAIR)
        self.canv.setLineWidth(0.5)
        for at, column in enumerate(self.columns):
            x = self.x(at)
            self.canv.line(x, 0, x, self.height - HEAD + 2)
            event = column.event
            title = f"{event.sequence} {SHORT.get(event.kind, event.title)}"
            self._say(title, x, self.height - 8, self.step + 6, STRONG)
            self._say(column.day, x, self.height - 17, self.step + 6)
        self.canv.setFillColor(INK)
        self.canv.setFont(f"{fonts.SANS}-Bold", 7.4)
        for lane in self.lanes:
            self.canv.drawString(0, self.y(lane) - 2.5, lane)

    def _line(self, one: int, other: int, y: float, how: str = "solid") -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1.4)
        self.canv.setDash(marks.DASHES[how])
        self.canv.line(self.x(one), y, self.x(other), y)
        self.canv.setDash([])

    def _holder(self) -> None:
        y, holder = self.y("Holder"), ""
        for at, column in enumerate(self.columns):
            event = column.event
            if event.kind in ("acknowledged", "seized", "received") or at == 0:
                holder = _short(event.receiver or event.recorder)
            if at + 1 < len(self.columns):
                self._line(at, at + 1, y, "dashed" if event.kind == "offered" else "solid")
                self._say(holder, self.x(at) + self.step / 2, y + 4, self.step - 8)
            marks.draw(self.canv, column.mark, self.x(at), y)

    def _seal(self) -> None:
        y, known = self.y("Seal"), ""
        for at, column in enumerate(self.columns):
            event = column.event
            seal = event.new_seal_number or event.seal_number
            if seal and seal != known:
                self._say(seal, self.x(at), y + 5, max(self.step, 40), CODE)
                known = seal
            if known and at + 1 < len(self.columns):
                self._line(at, at + 1, y)
            if event.seal_number or event.new_seal_number:
                kind = "cross" if event.seal_intact is False else "full"
                marks.draw(self.canv, kind, self.x(at), y)

    def _count(self) -> None:
        for at, column in enumerate(self.columns):
            if column.event.count is not None:
                self._say(
                    f"{column.event.count:,}", self.x(at), self.y("Count") - 3, self.step, CODE
                )

    def _weight(self) -> None:
        known = [
            (at, mass)
            for at, column in enumerate(self.columns)
            if (mass := column.event.weight_mg) is not None
        ]
        heaviest = max(mass for _, mass in known)
        range_ = max(heaviest - min(mass for _, mass in known), heaviest // 20, 1)
        spots = [(at, self.y("Weight") + 4 - 14 * (heaviest - mass) / range_) for at, mass in known]
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1.2)
        for (one, top), (other, below) in pairwise(spots):
            self.canv.line(self.x(one), top, self.x(other), below)
        for (at, mass), (_, y) in zip(known, spots, strict=True):
            wrong = self.columns[at].is_counted_wrong
            marks.draw(self.canv, "cross" if wrong else "full", self.x(at), y)
            self._say(words.weight(mass), self.x(at), y + 5, max(self.step, 44), CODE)

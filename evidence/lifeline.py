"""The lifeline of an exhibit as geometry: events in columns; holder, seal, count, weight as lanes.

Pure: no row is read, nothing is drawn; the template writes the SVG. Long lives go on in a further
band, so that nothing shrinks on paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework import display
from evidence.chain import ChainEvent, leaves, takes_hold

COLUMNS = 9
LEFT, RIGHT, WIDTH, HEIGHT = 128, 1010, 1076, 232
HOLDER_Y, SEAL_Y, COUNT_Y = 62, 108, 152
WEIGHT_TOP, WEIGHT_BOTTOM = 176, 206
WIDEST_STEP = 160
LONGEST_NAME = 20
HOLDER, SEAL = "holder", "seal"

SHORT_WORDS = {
    "produced": _("In court"),
    "withdrawn": _("Withdrawn"),
    "disposed": _("Disposed"),
    "reweighed": _("Weighed"),
    "moved": _("Moved"),
    "declared": _("Tolerance"),
    "handed_out": _("Handed out"),
    "lost": _("Missing"),
    "found": _("Found"),
    "damaged": _("Damaged"),
    "proposed": _("Proposed"),
    "enclosed": _("Papers"),
}
MARKS = {
    "offered": "half",
    "refused": "cross",
    "withdrawn": "later",
    "corrected": "half",
    "proposed": "half",
    "lost": "cross",
    "damaged": "cross",
}


@dataclass(frozen=True)
class Column:
    x: int
    number: int
    word: str
    when: str
    mark: str
    count: str


@dataclass(frozen=True)
class Segment:
    """A piece of the holder's or the seal's line, between two columns."""

    x1: int
    x2: int
    text: str
    kind: str  # "ln", or "ln-dash" where one side says so

    @property
    def middle(self) -> int:
        return (self.x1 + self.x2) // 2


@dataclass(frozen=True)
class Stretch:
    """A time for which a lane has no answer: from an event to another, or until now."""

    lane: str  # HOLDER or SEAL
    first: int
    last: int | None
    text: str

    def holds(self, number: int) -> bool:
        return self.first <= number and (self.last is None or number < self.last)


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Lifeline:
    columns: tuple[Column, ...]
    holders: tuple[Segment, ...]
    seals: tuple[Segment, ...]
    cuts: tuple[int, ...]  # x where one seal was replaced by another
    sealed_at: tuple[int, ...]  # x where somebody read or put a seal
    weights: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT
    holder_y: int = HOLDER_Y
    seal_y: int = SEAL_Y
    count_y: int = COUNT_Y
    label_x: int = LEFT - 44
    weight_y: int = (WEIGHT_TOP + WEIGHT_BOTTOM) // 2

    @property
    def weight_path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.weights)


@dataclass(frozen=True)
class Step:
    """What holds from one event to the next."""

    event: ChainEvent
    holder: str
    seal: str
    weight_mg: int | None
    mark: str


def lifelines(
    events: Sequence[ChainEvent],
    marks: Mapping[int, str] | None = None,
    stretches: Sequence[Stretch] = (),
) -> list[Lifeline]:
    """Bands of at most COLUMNS events; each begins with the last event of the band before.

    `marks` and `stretches` are those of what continuity finds.
    """
    steps = _steps(events, marks or {})
    bands = [steps[:COLUMNS]] if steps else []
    at = COLUMNS
    while at < len(steps):
        bands.append(steps[at - 1 : at - 1 + COLUMNS])
        at += COLUMNS - 1
    weights = [step.weight_mg for step in steps if step.event.plain.weight_mg is not None]
    heaviest = max((mg for mg in weights if mg is not None), default=0)
    lightest = min((mg for mg in weights if mg is not None), default=0)
    return [_band(band, lightest, heaviest, stretches) for band in bands]


def _steps(events: Sequence[ChainEvent], marks: Mapping[int, str]) -> list[Step]:
    holder, seal, steps = "", "", []
    for event in events:
        plain = event.plain
        if takes_hold(plain.kind, plain.sequence):
            holder = plain.receiver.name if plain.receiver else ""
        elif leaves(plain.kind, plain.sequence):
            holder = ""
        if plain.kind != "refused":  # one side's word: see last_read.standing
            seal = plain.new_seal_number or plain.seal_number or seal
        found = marks.get(plain.sequence) or mark(event)
        steps.append(Step(event, holder, seal, plain.weight_mg, found))
    return steps


def _band(
    steps: Sequence[Step], lightest: int, heaviest: int, stretches: Sequence[Stretch]
) -> Lifeline:
    gap = min(WIDEST_STEP, (RIGHT - LEFT) // max(len(steps) - 1, 1))
    places = [LEFT + gap * position for position in range(len(steps))]
    pairs = list(zip(places, places[1:], steps, steps[1:], strict=False))
    return Lifeline(
        columns=tuple(_column(x, step) for x, step in zip(places, steps, strict=True)),
        holders=tuple(_merged([_open(HOLDER, stretches, pair) or _held(*pair) for pair in pairs])),
        seals=tuple(_merged([_open(SEAL, stretches, pair) or _sealed(*pair) for pair in pairs])),
        cuts=tuple(x2 for _x1, x2, step, after in pairs if step.seal and after.seal != step.seal),
        sealed_at=tuple(
            x
            for x, step in zip(places, steps, strict=True)
            if step.event.plain.seal_number or step.event.plain.new_seal_number
        ),
        weights=tuple(
            Point(x, _height(step.weight_mg, lightest, heaviest), display.weight(step.weight_mg))
            for x, step in zip(places, steps, strict=True)
            if step.weight_mg is not None
        ),
    )


def _column(x: int, step: Step) -> Column:
    plain = step.event.plain
    return Column(
        x=x,
        number=plain.sequence,
        word=str(SHORT_WORDS.get(plain.kind, step.event.kind_label)),
        when=display.day(plain.happened_at),
        mark=step.mark,
        count="" if plain.count is None else f"{plain.count:,}",
    )


def mark(event: ChainEvent) -> str:
    """One side's word until the other answers: an offer, or a difference that was explained."""
    if event.kind in ("offered", "proposed") and event.answered_by is not None:
        return "full"
    if event.plain.seal_intact is False:
        return "cross"
    return MARKS.get(event.kind, "half" if event.plain.explanation else "full")


def _open(
    lane: str, stretches: Sequence[Stretch], pair: tuple[int, int, Step, Step]
) -> Segment | None:
    """Dotted, with its length in words, where nobody accounts for it."""
    x1, x2, step, _after = pair
    number = step.event.plain.sequence
    fitting = (one for one in stretches if one.lane == lane and one.holds(number))
    found = next(fitting, None)
    return Segment(x1, x2, found.text, "ln-dot wax") if found else None


def _held(x1: int, x2: int, step: Step, after: Step) -> Segment | None:
    if not step.holder:
        return None
    is_offer = step.event.is_open_offer or after.event.is_open_offer
    return Segment(x1, x2, _short(step.holder), "ln-dash" if is_offer else "ln")


def _sealed(x1: int, x2: int, step: Step, after: Step) -> Segment | None:
    return Segment(x1, x2, step.seal, "ln") if step.seal else None


def _merged(segments: Sequence[Segment | None]) -> list[Segment]:
    """One piece, and one text, where neighbours say the same."""
    merged: list[Segment] = []
    for segment in segments:
        if segment is None:
            continue
        last = merged[-1] if merged else None
        same = last and (last.x2, last.text, last.kind) == (segment.x1, segment.text, segment.kind)
        if last and same:
            merged[-1] = Segment(last.x1, segment.x2, last.text, last.kind)
        else:
            merged.append(segment)
    return merged


def _height(weight_mg: int | None, lightest: int, heaviest: int) -> int:
    if weight_mg is None or heaviest == lightest:
        return WEIGHT_TOP
    share = (heaviest - weight_mg) / (heaviest - lightest)
    return round(WEIGHT_TOP + share * (WEIGHT_BOTTOM - WEIGHT_TOP))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"

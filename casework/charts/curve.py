"""A share that falls with time: steps with their band, a tick where one was still open. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from casework.charts.drawing import WIDTH, Area, Drawing, Point, Stroke, Text, measure, steps

HIGH, LEFT, TOP, FOOT, RIGHT = 210, 52, 12, 44, 16
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
At: TypeAlias = Callable[[float, float], Point]  # where a time and a share lie


class Step(NamedTuple):
    """From this time on the share is `share`, with the limits of its band."""

    time: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    steps: Sequence[Step]  # in order of time
    end: float  # until when anybody was watched
    open_at: Sequence[float] = ()  # when an unfinished one was last seen
    half: float | None = None  # when half were finished
    half_word: str = ""
    axis_word: str = ""


def draw(title: str, desc: str, curve: Curve) -> Drawing:
    axis = steps(max(curve.end, 1), 7)
    room = WIDTH - LEFT - RIGHT
    last = max(curve.end, 1)

    def at(time: float, share: float) -> Point:
        return round(LEFT + time / last * room, 1), round(TOP + (1 - share) * HIGH, 1)

    whole = [Step(0, 1, 1, 1), *curve.steps]
    strokes = [Stroke((at(0, share), at(last, share)), "guide") for share in QUARTERS]
    strokes += [Stroke(_stairs(whole, 1, curve.end, at), "curve"), *_ticks(whole, curve, at)]
    texts = [Text(LEFT - 8, at(0, share)[1] + 4.5, f"{share:.0%}".replace("%", " %"), "2e")
             for share in QUARTERS]  # fmt: skip
    years = [year for year in axis if year <= last]
    texts += [Text(at(year, 0)[0], TOP + HIGH + 17, f"{year:g}", "2c") for year in years]
    texts.append(Text(WIDTH - RIGHT, TOP + HIGH + 36, curve.axis_word, "2e"))
    spots: list[Point] = []
    if curve.half is not None:
        spot = at(curve.half, 0.5)
        spots.append(spot)
        strokes.append(Stroke((at(0, 0.5), spot, at(curve.half, 0)), "ln-dot"))
        texts.append(_half_word(curve.half_word, spot))
    upper, lower = _stairs(whole, 3, curve.end, at), _stairs(whole, 2, curve.end, at)
    return Drawing(
        title, desc, WIDTH, TOP + HIGH + FOOT,
        areas=(Area((*upper, *reversed(lower))),), strokes=tuple(strokes),
        spots=tuple(spots), texts=tuple(texts),
    )  # fmt: skip


def _stairs(whole: Sequence[Step], place: int, end: float, at: At) -> tuple[Point, ...]:
    """The corners of a stair, at most one step for each pixel."""
    found: list[Point] = []
    for step in whole:
        point = at(step.time, step[place])
        if found and point[0] - found[-1][0] < 0.5:
            found[-1] = (found[-1][0], point[1])
            continue
        if found:
            found.append((point[0], found[-1][1]))
        found.append(point)
    finish = at(end, 0)[0]
    return (*found, (finish, found[-1][1]))


def _ticks(whole: Sequence[Step], curve: Curve, at: At) -> list[Stroke]:
    """One tick for each pixel at which somebody was last seen unfinished."""
    found: dict[int, Stroke] = {}
    standing, place = whole[0].share, 0
    for time in sorted(curve.open_at):
        while place + 1 < len(whole) and whole[place + 1].time <= time:
            place += 1
            standing = whole[place].share
        x, y = at(time, standing)
        found.setdefault(round(x / 3), Stroke(((x, y - 5), (x, y + 5)), "tick"))
    return list(found.values())


def _half_word(word: str, spot: Point) -> Text:
    x, y = spot
    if x + 12 + measure(word, is_bold=True) < WIDTH:
        return Text(x + 12, y - 8, word, "b")
    return Text(x - 12, y + 20, word, "be")

"""Draws the table of the state machine for the documentation: an SVG, and a list in Markdown.

Pure. Every row of the table stands in the picture: a step that several states share is drawn once,
and names them all in the title of its line. `python -m casework.procedure.drawing` writes it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from casework.procedure.machine import TABLE
from casework.procedure.states import OPEN, OTHER_ENDS, State, Step

S = State
WIDTH, HEIGHT, BOX, TALL = 1180, 790, 150, 34
# Where each state stands: the middle of its box.
PLACES = {
    S.DRAFTED: (95, 80), S.FILED: (95, 200), S.PLEADED_GUILTY: (95, 640),
    S.PLEADED: (345, 200), S.ON_TRIAL: (345, 330), S.PROSECUTION_CLOSED: (345, 450),
    S.CASE_TO_ANSWER: (345, 560), S.RETRIAL_ORDERED: (345, 80),
    S.CONVICTED: (660, 640), S.SENTENCED: (660, 740), S.SUBSTITUTED: (660, 80),
    S.WITHDRAWN: (660, 150), S.WITHDRAWN_BARRED: (660, 240), S.DISMISSED: (660, 310),
    S.NO_FINDING: (660, 380), S.NO_CASE: (660, 450), S.ACQUITTED: (660, 540),
    S.ABATED: (960, 80), S.ACQUITTAL_APPEALED: (960, 380), S.CONVICTION_APPEALED: (960, 740),
    S.FINAL: (1095, 560),
}  # fmt: skip
FRAMES = {
    "a court has still to decide": (OPEN, (10, 40, 480, 650)),
    "ended without a conviction": (OTHER_ENDS, (565, 205, 190, 375)),
}
# Of several states with the same step, the one that its line is drawn from.
FROM = {Step.PLEAD_NOT_GUILTY: S.FILED, Step.PLEAD_GUILTY: S.FILED, Step.SEVER: S.ON_TRIAL}
SHARED = 4  # a step of so many states in a frame is drawn from the frame
LINE = "#33312c"
QUIET = "#7a756d"


def name(value: State | Step) -> str:
    return value.value.replace("_", " ")


@dataclass(frozen=True)
class Arrow:
    """One line of the picture: a step, where it leads, and all states that it leads from."""

    step: Step
    target: State
    sources: tuple[State, ...]

    @property
    def frame(self) -> tuple[int, int, int, int] | None:
        for group, place in FRAMES.values():
            shared = [one for one in self.sources if one in group]
            if len(shared) >= SHARED and self.target not in group:
                return place
        return None

    @property
    def drawn_from(self) -> State:
        """The nearest of its states."""
        if FROM.get(self.step) in self.sources:
            return FROM[self.step]
        x, y = PLACES[self.target]
        return min(
            self.sources, key=lambda one: (PLACES[one][0] - x) ** 2 + (PLACES[one][1] - y) ** 2
        )

    @property
    def title(self) -> str:
        """`filed, pleaded: substitute`: each row of the table that the line stands for."""
        return f"{', '.join(name(one) for one in self.sources)}: {name(self.step)}"


def arrows() -> list[Arrow]:
    """The lines, one for each step and where it usually leads; an end by the highest court too."""
    found: dict[tuple[Step, State], list[State]] = defaultdict(list)
    for (source, step), targets in TABLE.items():
        drawn = {targets[0], *([S.FINAL] if S.FINAL in targets and step != Step.SENTENCE else [])}
        for target in drawn:
            found[step, target].append(source)
    order = {state: n for n, state in enumerate(State)}
    return [
        Arrow(step, target, tuple(sorted(sources, key=order.__getitem__)))
        for (step, target), sources in sorted(found.items())
        if tuple(sources) != (target,)
    ]


def stays() -> dict[State, list[Step]]:
    """The steps that a state takes and keeps."""
    found: dict[State, list[Step]] = defaultdict(list)
    for (source, step), targets in TABLE.items():
        if targets[0] == source:
            found[source].append(step)
    return dict(found)


def svg() -> str:
    """The picture, the same bytes for the same table."""
    lines: dict[tuple[object, State], list[Arrow]] = defaultdict(list)
    for arrow in arrows():
        lines[arrow.frame or arrow.drawn_from, arrow.target].append(arrow)
    taken = {(str(source), target) for source, target in lines}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="11" role="img" '
        'aria-label="The states of one charge and the steps between them">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *(part for words, (_group, place) in FRAMES.items() for part in _frame(words, place)),
    ]
    for (source, target), group in lines.items():
        if isinstance(source, State):
            both = (str(target), source) in taken
            parts += _edge(source, target, group, shift=9 if both else 0)
        else:
            parts += _framed(group)
    parts += [part for state in State for part in _box(state)]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _frame(words: str, place: tuple[int, int, int, int]) -> Iterator[str]:
    x, y, wide, tall = place
    yield (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" fill="none" stroke="{QUIET}" '
        'stroke-dasharray="5 4"/>'
    )
    yield _text(x + 8, y + tall - 7, words, QUIET, "start")


def _framed(group: list[Arrow]) -> Iterator[str]:
    """A line from the side of a frame, with the states in it that the step is closed to."""
    arrow = group[0]
    x, _y, wide, _tall = arrow.frame or (0, 0, 0, 0)
    tx, ty = PLACES[arrow.target]
    words = ", ".join(name(one.step) for one in group)
    if arrow.step == Step.ABATE:
        yield _path(f"M{x + wide} 48 H{tx} V{ty - TALL // 2}", group)
        yield _text(tx - 8, 44, "abate; also when convicted, and on appeal", LINE, "end")
        return
    left = tx - BOX // 2
    yield _path(f"M{x + wide} {ty} H{left}", group)
    yield _text((x + wide + left) // 2, ty - 5, words, LINE, "middle")
    but = [one for one in OPEN if one not in arrow.sources]
    if but and arrow.target not in OTHER_ENDS and arrow.target != S.ACQUITTAL_APPEALED:
        closed = "not when " + ", ".join(name(one) for one in but)
        yield _text(left, ty + TALL // 2 + 12, closed, QUIET, "start")


def _edge(source: State, target: State, group: list[Arrow], *, shift: int) -> Iterator[str]:
    (x1, y1), (x2, y2) = PLACES[source], PLACES[target]
    more = max(len(arrow.sources) for arrow in group) - 1
    words = ", ".join(name(arrow.step) for arrow in group) + (f" (+{more})" if more else "")
    start, end = _rim(x1, y1, x2, y2), _rim(x2, y2, x1, y1)
    shift = shift if (x1, y1) < (x2, y2) else -shift
    dx, dy = (0, shift) if abs(x2 - x1) > abs(y2 - y1) else (shift, 0)
    yield _path(f"M{start[0] + dx} {start[1] + dy} L{end[0] + dx} {end[1] + dy}", group)
    mx, my = (start[0] + end[0]) // 2 + dx, (start[1] + end[1]) // 2 + dy
    if dx:
        yield _text(mx + (6 if dx > 0 else -6), my, words, LINE, "start" if dx > 0 else "end")
    elif x1 == x2:
        yield _text(mx + 6, my, words, LINE, "start")
    else:
        yield _text(mx, my + (14 if dy > 0 else -5), words, LINE, "middle")


def _rim(x1: int, y1: int, x2: int, y2: int) -> tuple[int, int]:
    """Where the line from the first middle to the second leaves the first box."""
    dx, dy = x2 - x1, y2 - y1
    wide, tall = BOX / 2, TALL / 2
    share = min(wide / abs(dx) if dx else 9e9, tall / abs(dy) if dy else 9e9)
    return round(x1 + dx * share), round(y1 + dy * share)


def _box(state: State) -> Iterator[str]:
    x, y = PLACES[state]
    yield (
        f'<rect x="{x - BOX // 2}" y="{y - TALL // 2}" width="{BOX}" height="{TALL}" rx="3" '
        f'fill="#faf8f2" stroke="{LINE}"/>'
    )
    yield _text(x, y + 4, name(state), LINE, "middle", bold=True)
    kept = stays().get(state, [])
    if kept:
        words = "keeps: " + ", ".join(name(step) for step in kept)
        yield _text(x - BOX // 2, y + TALL // 2 + 12, words, QUIET, "start")


def _path(line: str, group: list[Arrow]) -> str:
    titles = escape("; ".join(arrow.title for arrow in group))
    return (
        f'<path d="{line}" fill="none" stroke="{LINE}" marker-end="url(#tip)">'
        f"<title>{titles}</title></path>"
    )


def _text(x: int, y: int, words: str, fill: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" fill="{fill}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def table() -> str:
    """The same as a table in Markdown: for each state its steps, and where each leads."""
    rows = ["| state | step -> state |", "|---|---|"]
    for state in State:
        steps = [
            f"{name(step)} -> {' or '.join(name(one) for one in TABLE[state, step])}"
            for step in Step
            if (state, step) in TABLE
        ]
        rows.append(f"| **{name(state)}** | {'; '.join(steps) or 'nothing follows'} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(table() if "--table" in sys.argv else svg())

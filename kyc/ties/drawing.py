"""A network as a picture: columns by distance from the start, boxes that hold their whole name,
a port for each line so that no word lies on another. Pure; the same input gives the same picture.

All lengths are in pixels of the drawing. Letters are taken for wider than most fonts draw them.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kyc.ties.graph import Node

LINE = 17  # from one line of text to the next
TEXT = 150  # the width that a label is broken at
IDENTIFIER = 330  # a reference or number is compared letter by letter: it stays in one piece
PAD = 9
SHAPE = 24  # the room of a circle or diamond beside its words
PORT = 21  # a line with one line of words over it
GAP = 14  # between two boxes of a column
FAN = 54  # where lines spread out, before the words over them
LANE = 5  # between two lines that go around within one column
EDGE = 4  # so that the outermost stroke is not cut
NARROW, WIDE = "fijlrt.,:;'|!()[] ", "mwMW@%"
BESIDE = frozenset({"person", "thing"})  # shapes drawn beside their words, not around them


@dataclass(frozen=True)
class Item:
    """A node to draw: its name, the small word under it, and its shape."""

    node: Node
    name: str
    word: str
    shape: str  # firm, person, case, cargo, thing
    url: str = ""
    is_mono: bool = False


@dataclass(frozen=True)
class Line:
    """A line to draw, whatever the number of links it stands for."""

    left: Node
    right: Node
    word: str
    is_firm: bool  # more than one side's word: drawn solid


@dataclass
class Port:
    """Where a line arrives at a box, and the words over it there."""

    line: Line
    words: list[str]
    y: int = 0

    @property
    def height(self) -> int:
        return PORT + LINE * max(0, len(self.words) - 1)


@dataclass
class Box:
    item: Item
    column: int
    names: list[str]
    words: list[str]
    ports: list[Port] = field(default_factory=list)
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True)
class Words:
    x: int
    y: int
    text: str
    is_name: bool = False


@dataclass(frozen=True)
class Shape:
    """A box as the template draws it."""

    item: Item
    x: int
    y: int
    width: int
    height: int
    words: tuple[Words, ...]
    is_start: bool

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def bar(self) -> int:
        """Where the second bar of cargo stands."""
        return self.x + self.width - 4

    @property
    def diamond(self) -> str:
        x, y = self.x + 10, self.middle
        return f"M{x} {y - 9}l9 9l-9 9l-9 -9z"


@dataclass(frozen=True)
class Stroke:
    path: str
    words: tuple[Words, ...]
    is_firm: bool


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    shapes: list[Shape]
    strokes: list[Stroke]


def draw(items: Collection[Item], lines: Sequence[Line], start: Node) -> Picture:
    """The picture of a connected network. Nodes without a line to the start are not drawn."""
    columns = _columns(lines, start)
    known = {item.node for item in items}
    boxes = {
        item.node: Box(
            item,
            columns[item.node],
            _broken(item.name, True, IDENTIFIER if item.is_mono else TEXT),
            _broken(item.word),
        )
        for item in items
        if item.node in columns
    }
    drawn = sorted(
        (line for line in lines if line.left in known and line.right in known),
        key=lambda line: (line.left, line.right),
    )
    for line in drawn:
        _port(boxes, line)
    stacks = _stacks(list(boxes.values()), _beside(drawn))
    _size(boxes.values())
    width = _across(stacks)
    height = _down(stacks, _beside(drawn), boxes)
    strokes = [stroke for stack in stacks for stroke in _strokes(stack, boxes)]
    shapes = [_shape(box, start) for stack in stacks for box in stack]
    return Picture(width, height, shapes, strokes)


def _beside(lines: Sequence[Line]) -> dict[Node, list[Node]]:
    found: dict[Node, list[Node]] = {}
    for line in lines:
        found.setdefault(line.left, []).append(line.right)
        found.setdefault(line.right, []).append(line.left)
    return found


def _columns(lines: Sequence[Line], start: Node) -> dict[Node, int]:
    """How many lines away from the start each node is: lines join the same or the next column."""
    beside = _beside(lines)
    found, frontier = {start: 0}, [start]
    while frontier:
        node = frontier.pop(0)
        for other in beside.get(node, ()):
            if other not in found:
                found[other] = found[node] + 1
                frontier.append(other)
    return found


def _port(boxes: Mapping[Node, Box], line: Line) -> None:
    """A line arrives at the box that is further from the start; within a column, at both."""
    left, right = boxes.get(line.left), boxes.get(line.right)
    if left is None or right is None:
        return
    far = left if left.column > right.column else right
    if left.column == right.column:
        left.ports.append(Port(line, []))
    far.ports.append(Port(line, _broken(line.word)))


def _stacks(boxes: Sequence[Box], beside: Mapping[Node, list[Node]]) -> list[list[Box]]:
    """The boxes of each column, each near to those it is joined with in the column before."""
    stacks: list[list[Box]] = []
    place: dict[Node, float] = {}
    for column in range(1 + max((box.column for box in boxes), default=0)):
        stack = [box for box in boxes if box.column == column]
        wanted = {
            box.item.node: _mean([place[o] for o in beside.get(box.item.node, ()) if o in place])
            for box in stack
        }
        stack.sort(key=lambda b: (wanted[b.item.node], b.item.shape, b.item.name, b.item.node))
        place |= {box.item.node: index / len(stack) for index, box in enumerate(stack)}
        stacks.append(stack)
    return stacks


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _size(boxes: Collection[Box]) -> None:
    for box in boxes:
        words = [_width(text, True) for text in box.names] + [_width(text) for text in box.words]
        box.width = max(words) + (SHAPE if box.item.shape in BESIDE else 2 * PAD)
        written = LINE * (len(box.names) + len(box.words)) + PAD
        box.height = max(written, sum(port.height for port in box.ports) + PAD)


def _across(stacks: Sequence[Sequence[Box]]) -> int:
    """Give every column its place from left to right; the width of the picture."""
    x = EDGE
    for number, stack in enumerate(stacks):
        x += (FAN + _gutter(stack)) if number else 0
        for box in stack:
            box.x = x
        x += max(box.width for box in stack)
    return x + EDGE


def _gutter(stack: Sequence[Box]) -> int:
    """The room of the words over the lines that arrive at a column."""
    return (
        max((_width(w) for box in stack for port in box.ports for w in port.words), default=0) + 10
    )


def _down(
    stacks: Sequence[Sequence[Box]], beside: Mapping[Node, list[Node]], boxes: Mapping[Node, Box]
) -> int:
    """Give every box its height in its column, as level as can be with those before it."""
    for number, stack in enumerate(stacks):
        wanted = [
            int(_mean([boxes[o].middle for o in beside.get(box.item.node, ())
                       if o in boxes and boxes[o].column == number - 1]))
            for box in stack
        ]  # fmt: skip
        _settle(stack, wanted)
    top = min(box.y for box in boxes.values())
    for box in boxes.values():
        box.y += EDGE - top
    return max(box.y + box.height for box in boxes.values()) + EDGE


def _settle(stack: Sequence[Box], wanted: Sequence[int]) -> None:
    """One below the other, then all moved so that they lie around where they would like to."""
    y = 0
    for box, middle in zip(stack, wanted, strict=True):
        box.y = max(y, middle - box.height // 2)
        y = box.y + box.height + GAP
    off = int(_mean([box.middle - middle for box, middle in zip(stack, wanted, strict=True)]))
    for box in stack:
        box.y -= off


def _strokes(stack: Sequence[Box], boxes: Mapping[Node, Box]) -> Iterator[Stroke]:
    """The lines that arrive at a column: level over the words, so that none crosses a word; one
    within the column goes around by a lane left of them."""
    for box in stack:
        y = box.y + (box.height - sum(port.height for port in box.ports)) // 2
        for port in box.ports:
            y += port.height
            port.y = y - 4
    bend = stack[0].x - _gutter(stack)
    before = bend - FAN  # the right edge of the column before
    lane = bend - LANE
    for box in stack:
        for port in box.ports:
            other = boxes[port.line.left if port.line.right == box.item.node else port.line.right]
            if other.column != box.column:
                path = f"M{other.x + other.width} {other.middle}H{before}L{bend} {port.y}H{box.x}"
                yield Stroke(path, _over(box, port), port.line.is_firm)
            elif port.line.right == box.item.node:
                end = next(p.y for p in other.ports if p.line == port.line)
                path = f"M{box.x} {port.y}H{lane}V{end}H{other.x}"
                yield Stroke(path, _over(box, port), port.line.is_firm)
                lane -= LANE


def _over(box: Box, port: Port) -> tuple[Words, ...]:
    lines = len(port.words)
    return tuple(
        Words(box.x - 5, port.y - 5 - LINE * (lines - 1 - number), text)
        for number, text in enumerate(port.words)
    )


def _shape(box: Box, start: Node) -> Shape:
    left = box.x + (SHAPE if box.item.shape in BESIDE else PAD)
    texts = [(text, True) for text in box.names] + [(text, False) for text in box.words]
    top = box.middle - LINE * len(texts) // 2 + 13
    words = tuple(
        Words(left, top + LINE * number, text, is_name)
        for number, (text, is_name) in enumerate(texts)
    )
    return Shape(box.item, box.x, box.y, box.width, box.height, words, box.item.node == start)


def _width(text: str, is_bold: bool = False) -> int:
    return int(sum(_letter(letter) for letter in text) * (1.0 if is_bold else 0.93)) + 1


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if letter in NARROW:
        return 5.6
    if letter in WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 13.6
    return 10.4 if letter.isupper() else 9.1


def _broken(text: str, is_bold: bool = False, most: int = TEXT) -> list[str]:
    """The text in lines that fit, broken between words where that can be; nothing is cut off."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, is_bold, most):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and _width(longer, is_bold) <= most:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, is_bold: bool, most: int) -> list[str]:
    found = [""]
    for letter in word:
        if found[-1] and _width(found[-1] + letter, is_bold) > most:
            found.append("")
        found[-1] += letter
    return found

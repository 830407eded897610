"""The points to prove: each element against each accused, and the page of what proves it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reportlab.platypus import Flowable

from evidence.dossier import words
from evidence.dossier.cited import cited
from evidence.dossier.marks import state
from evidence.dossier.paper import (
    BODY,
    HAIR,
    SECOND,
    Anchor,
    bold,
    gap,
    heading,
    marked,
    mono,
    para,
    prose,
    section,
)
from evidence.dossier.part import Chapter, Making, Part
from evidence.dossier.snapshot_proof import Cell, CountProof, Piece, Point, TrialProof
from evidence.dossier.tables import OWN_FACE, Ruled, table
from evidence.dossier.text import markup, paragraphs

SIDE_BY_SIDE = 5  # accused in one table
ELEMENT = 0.22  # share of the first column
SHORT = 40  # characters of what an exhibit is; its chapter has the whole
LEGEND = (
    "Filled disc: proved. Half disc: contested, or not judged yet. Ring: missing. Tick: need not "
    "be proved. Each piece of evidence stands with the witness who brings it in and its page here."
)
COUNTED = (("proved", "proved"), ("contested", "contested"), ("linked", "not judged"),
           ("missing", "missing"))  # fmt: skip
FAULTS = {"replaced": "Replaced since by a later one.", "withdrawn": "Taken back since."}
Row = list[Any]


def proof(making: Making) -> Part:
    found, admitted = making.snapshot.proof, making.snapshot.admissions
    cells = [cell for trial in found for cell in trial.cells]
    what = _numbers(cells) if cells else "no points"
    lack = "No charge is on the record of which the points to prove could be told."
    part = making.part("proof", "Points to prove, with the evidence", what, lack)
    if not found and not admitted:
        return part
    part.open(LEGEND)
    for at, trial in enumerate(found):
        title = f"{trial.court}, {trial.number}"
        part.chapters.append(Chapter(f"proof.{at}", title))
        part.story += heading(title, "chapter", f"proof.{at}", 1)
        part.story.append(para(_numbers(trial.cells), "lede"))
        part.story += _trial(making, trial)
    part.story += _admissions(making)
    return part


def _numbers(cells: Sequence[Cell]) -> str:
    found = Counter(cell.state for cell in cells)
    said = [f"{found[key]} {word}" for key, word in COUNTED if found[key]]
    return f"{words.plural(len(cells), 'point')}: {', '.join(said) or 'none to be proved'}"


def _trial(making: Making, trial: TrialProof) -> Iterator[Flowable]:
    for count in trial.counts:
        yield from section(f"Count {count.number}. {count.offence}", 150, count.provision)
        if not count.points:
            yield state("open", "No points are set down for this provision.")
        for at in range(0, len(count.accused) if count.points else 0, SIDE_BY_SIDE):
            yield _matrix(making, count, count.accused[at : at + SIDE_BY_SIDE])
            yield gap(10)


def _matrix(making: Making, count: CountProof, accused: tuple[int, ...]) -> Flowable:
    names = {one.number: one.name for one in making.snapshot.accused}
    head = [para("Element", "head")]
    head += [para(f"A{number} {_short(names.get(number, ''))}", "head") for number in accused]
    rows, spans = [head], []
    for at, point in enumerate(count.points, 1):
        rows.append(_row(making, point, accused))
        if point.is_shared and len(accused) > 1:
            spans.append(("SPAN", (1, at), (-1, at)))
    rows.append(_foot(count, accused))
    width = (1 - ELEMENT) / len(accused)
    return Ruled(
        rows,
        colWidths=[BODY * ELEMENT, *[BODY * width] * len(accused)],
        style=[*STYLE, *spans],
        repeatRows=1,
        hAlign="LEFT",
    )


STYLE = [
    OWN_FACE,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("LEFTPADDING", (1, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 3.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ("LINEBELOW", (0, 0), (-1, 0), 0.9, SECOND),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIR),
    ("LINEBEFORE", (1, 0), (-1, -1), 0.4, HAIR),
    ("LINEABOVE", (0, -1), (-1, -1), 0.9, SECOND),
]


def _short(name: str) -> str:
    """The last of the names: the charges have them all."""
    return name.split()[-1][:24] if name.split() else ""


def _row(making: Making, point: Point, accused: tuple[int, ...]) -> Row:
    row: Row = [[marked(bold(point.label))]]
    if point.is_shared:
        cell = point.cells[0]
        wide: list[Flowable] = _cell(making, cell)
        if len(accused) > 1:
            wide.insert(1, para("The same for all of them.", "by"))
        return [*row, wide, *[""] * (len(accused) - 1)]
    by_accused = {number: cell for cell in point.cells for number in cell.accused}
    for number in accused:
        found = by_accused.get(number)
        row.append(_cell(making, found) if found else para(words.NOTHING))
    return row


def _cell(making: Making, cell: Cell) -> list[Flowable]:
    made: list[Flowable] = [state(cell.mark, cell.word)]
    for piece in cell.pieces:
        made += piece_lines(making, piece)
    if not cell.pieces and cell.state not in ("missing", "not_needed"):
        made.append(para("No evidence is named for it.", "by"))
    return made


def piece_lines(making: Making, piece: Piece) -> list[Flowable]:
    """The evidence with its page, who brings it in, and what happened to it since."""
    key = place(making, piece)
    made: list[Flowable] = [cited(making.link(key, _words(making, piece)), key)]
    if piece.witness:
        by = making.link(witness_key(making, piece.witness), mono(piece.witness))
        made.append(marked(f"by {by}", "by"))
    elif piece.is_orphan:
        made.append(para("No witness brings it in.", "by"))
    made += [para(piece.note, "by")] if piece.note else []
    made += [para(FAULTS.get(piece.fault, piece.fault), "by")] if piece.fault else []
    return made


def _words(making: Making, piece: Piece) -> str:
    """An exhibit by its label and what it is, everything else as the record calls it."""
    if not piece.exhibit or piece.digest:
        return markup(piece.words)
    found = (one.description for one in making.snapshot.exhibits if one.label == piece.exhibit)
    described = next(found, "")
    cut = "\N{HORIZONTAL ELLIPSIS}" if len(described) > SHORT else ""
    return f"{mono(piece.exhibit)} {markup(described[:SHORT] + cut)}"


def place(making: Making, piece: Piece) -> str:
    """The anchor of the paper itself where it is merged, or else of where it is told of."""
    names = [one.name for one in making.snapshot.parties]
    party = f"party.{names.index(piece.party)}" if piece.party in names else ""
    tried = (
        making.document(piece.digest),
        making.key_of(piece.exhibit) if piece.exhibit else "",
        f"statement.{piece.statement}" if piece.statement else "",
        f"laboratory.{piece.request}" if piece.request else "",
        party,
        piece.part,
    )
    return next((key for key in tried if making.has(key)), "")


def witness_key(making: Making, label: str) -> str:
    labels = [one.label for one in making.snapshot.witnesses]
    return f"witness.{labels.index(label)}" if label in labels else ""


def _foot(count: CountProof, accused: Iterable[int]) -> Row:
    row: Row = [para("Proved, contested, missing", "head")]
    cells = [cell for point in count.points for cell in point.cells]
    for number in accused:
        found = Counter(cell.state for cell in cells if number in cell.accused)
        contested = found["contested"] + found["linked"]
        row.append(marked(bold(f"{found['proved']} \N{MIDDLE DOT} {contested} \N{MIDDLE DOT} "
                               f"{found['missing']}")))  # fmt: skip
    return row


def _admissions(making: Making) -> list[Flowable]:
    found = making.snapshot.admissions
    anchor = Anchor("proof.admissions", "Admitted facts")
    if not found:
        return [anchor]
    rows: list[Row] = [
        [
            f"A{one.accused}",
            making.day(one.made_on),
            one.kind,
            prose(paragraphs(one.what)) or words.NOTHING,
        ]
        for one in found
    ]
    head = ["", "Made", "How", "What is admitted"]
    made = section("Admitted facts", by="What an accused admits need not be proved against them.")
    return [gap(6), anchor, *made, table(head, rows, [0.06, 0.16, 0.2, 0.58]), gap()]

"""What a snapshot says of the points to prove: against whom, by which evidence. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Evidence for a point. One of the last five says where it stands in the dossier."""

    kind: str  # the word of the law for it: Exhibit, Statement, Certificate, ...
    words: str
    note: str = ""
    witness: str = ""  # W3: who brings it in
    is_orphan: bool = False  # somebody must bring it in, and nobody does
    fault: str = ""  # replaced or withdrawn since it was named here
    exhibit: str = ""  # label
    statement: int = 0  # number in this dossier
    request: int = 0  # number of the laboratory's request
    party: str = ""  # name
    part: str = ""  # a part of the dossier, or an anchor in it
    digest: str = ""  # of the paper itself: it may be merged


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How a point stands against some of the accused."""

    accused: tuple[int, ...]
    state: str  # proved, contested, missing, not_needed or linked (not judged)
    mark: str
    word: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Point:
    label: str
    is_shared: bool  # the same for all who are charged with the count
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class CountProof:
    number: int
    offence: str
    provision: str
    accused: tuple[int, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrialProof:
    court: str
    number: str
    counts: tuple[CountProof, ...] = ()

    @property
    def cells(self) -> list[Cell]:
        return [cell for one in self.counts for point in one.points for cell in point.cells]


@dataclass(frozen=True, kw_only=True)
class Admission:
    accused: int
    made_on: date
    kind: str
    what: str

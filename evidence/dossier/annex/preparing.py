"""The documents of a plan as clean leaves, counted before anything is numbered. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.dossier.annex import leaves
from evidence.dossier.plan import Document, Replacement

Told = Callable[[int, int], None]
PathOf = Callable[[str], Path]


@dataclass(frozen=True)
class Leaves:
    """A document as it will be merged; with a fault, a slip of one page stands for it."""

    document: Document
    pages: int
    path: Path
    fault: str = ""
    replaces: int = 0  # the page in whose place it stands
    used: int = 0  # letters of that page that an earlier supplement took

    @property
    def is_picture(self) -> bool:
        return leaves.FORMS.get(self.document.media_type) != leaves.PAPER

    @property
    def name(self) -> str:
        """Document 4, E7."""
        number = self.document.key.rpartition(".")[2]
        said = f"in place of page {self.replaces}" if self.replaces else f"Document {number}"
        return f"{said}, {self.document.exhibit}" if self.document.exhibit else said


@dataclass(frozen=True)
class Prepared:
    documents: tuple[Leaves, ...] = ()
    replacements: tuple[Leaves, ...] = ()

    @property
    def pages(self) -> int:
        """Of the documents that run on in the numbering; replacements take no number of it."""
        return sum(each.pages for each in self.documents)


def _silent(done: int, of: int) -> None:
    return


def prepare(
    documents: Sequence[Document],
    path_of: PathOf,
    work: Path,
    *,
    replacements: Sequence[Replacement] = (),
    tell: Told = _silent,
) -> Prepared:
    """Make leaves of every document in a folder for work. OSError where a file is not there."""
    wanted = [(each, 0, 0) for each in documents]
    wanted += [(each.document, each.page, each.used) for each in replacements]
    made: list[Leaves] = []
    for at, (document, page, used) in enumerate(wanted):
        tell(at, len(wanted))
        found = _leaves(document, path_of(document.digest), work / f"leaves-{at}.pdf")
        made.append(replace(found, replaces=page, used=used))
    return Prepared(tuple(made[: len(documents)]), tuple(made[len(documents) :]))


def _leaves(document: Document, source: Path, target: Path) -> Leaves:
    found = leaves.make(source, document.media_type, target)
    pages = 1 if found.fault else found.pages
    return Leaves(document, pages, target, found.fault)

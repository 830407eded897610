"""The pieces of a dossier in their order: the front, then each part with its chapters.

Pure but for the shelf. One piece is in memory at a time; the index is laid out when all the others
are, for its entries say what they hold.
"""

from collections.abc import Callable
from dataclasses import dataclass

from evidence.dossier import laying, pages_end, pages_front, parts, recipe
from evidence.dossier.binding import Laid
from evidence.dossier.part import Leaf, Load, Making, Part
from evidence.dossier.piece import Piece
from evidence.dossier.shelf import Kept, Shelf

Share = Callable[[float], None]  # how much is laid out, from 0 to 1


@dataclass
class Progress:
    """Each part and each chapter is one step of the whole."""

    tell: Share
    whole: int
    done: int = 0
    told: float = 0

    def within(self, share: float) -> None:
        """A flowable that is split makes a story longer: what was told is not taken back."""
        self.told = max(self.told, min((self.done + share) / self.whole, 1))
        self.tell(self.told)

    def step(self) -> None:
        self.done += 1
        self.within(0)


@dataclass
class Loading:
    """Notes whether every picture could be read: a page that lacks one is for this build only."""

    load: Load
    is_whole: bool = True

    def __call__(self, digest: str) -> bytes | None:
        found = self.load(digest)
        self.is_whole = self.is_whole and bool(found)
        return found


def compose(making: Making, shelf: Shelf, tell: Share) -> list[Laid]:
    makers = parts.makers(making)
    progress = Progress(tell, len(makers) + len(making.snapshot.exhibits) + 1)
    laid: list[Laid] = []
    found: list[Part] = []
    for make in makers:
        part = make(making)
        laid += _part(part, making, shelf, progress)
        found.append(part)
    front = _front(making, found, progress)
    progress.step()
    return [_laid(shelf.keep(front), front), *laid]


def _front(making: Making, found: list[Part], progress: Progress) -> Piece:
    story = [*pages_front.cover(making, found), *pages_front.index(found)]
    story += [*pages_end.unlisted(making), *pages_front.open_points(making)]
    return laying.lay_out(story, laying.COVER, progress.within)


def _part(part: Part, making: Making, shelf: Shelf, progress: Progress) -> list[Laid]:
    made: list[Laid] = []
    if part.story:
        piece = laying.lay_out(part.story, tell=progress.within)
        made.append(_laid(shelf.keep(piece), piece))
    progress.step()
    for leaf in part.leaves:
        made.append(_leaf(leaf, making.load, shelf))
        progress.step()
    del part.story[1:], part.leaves[:]  # what is laid out is not kept in memory
    return made


def _leaf(leaf: Leaf, load: Load, shelf: Shelf) -> Laid:
    key = recipe.key(leaf.made_of)

    def make() -> Piece:
        return laying.lay_out(leaf.story(load))

    if found := shelf.find(key, make):
        return _laid(*found)
    loading = Loading(load)
    piece = laying.lay_out(leaf.story(loading))
    return _laid(shelf.keep(piece, key if loading.is_whole else "", make), piece)


def _laid(kept: Kept, piece: Piece) -> Laid:
    return Laid(kept, len(piece.pages), piece.places)

"""Pieces bound into volumes: which pages go where, under which number, and the writing of them.

Pure but for the files it writes. Numbers run through all volumes, the annex behind them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from evidence.dossier import numbering
from evidence.dossier.paper import TOTAL
from evidence.dossier.piece import Place
from evidence.dossier.shelf import Kept, Shelf
from evidence.dossier.volume import About, Extras, Margin, Volume, Whereabouts

Written = Callable[[int], None]  # how many pages are in the files so far


@dataclass(frozen=True)
class Laid:
    """A piece that is on the shelf: what is needed to number it."""

    kept: Kept
    pages: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Annexed:
    """A document of the annex: its anchor, its pages, and where the first of them will stand."""

    key: str
    pages: int
    volume: int  # of the annex, from 0
    page: int  # of that volume, from 0
    label: str = ""  # of pages that stand for others, such as 57A: they are not counted


@dataclass(frozen=True)
class Run:
    """Pages of a piece that stand in one volume: the first, and the one after the last."""

    laid: Laid
    first: int
    last: int


@dataclass(frozen=True)
class Spot:
    volume: int
    page: int  # of that volume, from 0
    label: str


@dataclass(frozen=True)
class Binding:
    volumes: tuple[tuple[Run, ...], ...]
    first_page: int
    annexed: tuple[Annexed, ...] = ()

    @cached_property
    def sizes(self) -> list[int]:
        return [sum(run.last - run.first for run in volume) for volume in self.volumes]

    @property
    def last_own(self) -> int:
        """The last page of the generated volumes."""
        return self.first_page + sum(self.sizes) - 1

    @property
    def last_page(self) -> int:
        return self.last_own + sum(one.pages for one in self.annexed if not one.label)

    def labels(self, volume: int) -> list[str]:
        return numbering.labels(self.first_page + sum(self.sizes[:volume]), self.sizes[volume])

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Where each anchor stands."""
        found: dict[str, Spot] = {}
        for number in range(len(self.volumes)):
            for key, spot in self._spots_of(number):
                found.setdefault(key, spot)
        return found | self._annex

    def _spots_of(self, number: int) -> Iterator[tuple[str, Spot]]:
        labels, begin = self.labels(number), 0
        for run in self.volumes[number]:
            for place in run.laid.places:
                if run.first <= place.page < run.last:
                    page = begin + place.page - run.first
                    yield place.key, Spot(number, page, labels[page])
            begin += run.last - run.first

    @property
    def _annex(self) -> dict[str, Spot]:
        found, after = {}, self.last_own + 1
        for one in self.annexed:
            spot = Spot(len(self.volumes) + one.volume, one.page, one.label or str(after))
            found[one.key] = spot
            after += 0 if one.label else one.pages
        return found

    def whereabouts(self, volume: int, names: Callable[[int], str]) -> Whereabouts:
        """As a volume sees the anchors; `names` tells what a volume's file is called."""
        spots = self.spots
        labels = {key: spot.label for key, spot in spots.items()}
        away = {key: spot for key, spot in spots.items() if spot.volume != volume}
        return Whereabouts(
            labels | {TOTAL: str(self.last_page)},
            {key: names(spot.volume) for key, spot in away.items()},
            {key: spot.page for key, spot in away.items()},
        )


def bind(laid: Sequence[Laid], first_page: int, annexed: Sequence[Annexed] = ()) -> Binding:
    most = numbering.MOST_PAGES
    made: list[tuple[Run, ...]] = []
    for begin, end in numbering.cut([one.pages for one in laid], most):
        runs = tuple(Run(one, 0, one.pages) for one in laid[begin:end])
        made += list(_broken(runs[0], most)) if runs[0].last > most else [runs]
    return Binding(tuple(made), first_page, tuple(annexed))


def _broken(run: Run, most: int) -> Iterator[tuple[Run, ...]]:
    """A piece that fills more than a volume goes on in the next one."""
    for at in range(0, run.last, most):
        yield (Run(run.laid, at, min(at + most, run.last)),)


@dataclass(frozen=True)
class Writing:
    """How volumes are written: what each says of itself, its margins, and where it goes."""

    about: About
    margins: Mapping[str, Margin]
    path: Callable[[int], Path]
    name: Callable[[int], str]  # of the file, for people
    extras: Extras


def write(binding: Binding, shelf: Shelf, how: Writing, tell: Written) -> None:
    done = 0
    for number, runs in enumerate(binding.volumes):
        about = replace(how.about, title=_title(how.about.title, number, len(binding.volumes)))
        known = binding.whereabouts(number, how.name)
        with how.path(number).open("wb") as out:
            made = Volume(out, about, binding.labels(number), known, how.margins, how.extras)
            for run in runs:
                made.add(shelf.take(run.laid.kept), run.first, run.last)
                done += run.last - run.first
                tell(done)
            made.close()


def _title(title: str, number: int, count: int) -> str:
    return f"{title}, volume {number + 1}" if count > 1 else title

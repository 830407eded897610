"""Snapshot in, PDF out: the same snapshot and pictures give the same bytes.

Pure: no database, no clock, no network; files come through the `load` that is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.dossier import archival, bundle, composing, laying, single
from evidence.dossier import snapshot as frozen
from evidence.dossier.binding import Annexed, Binding, Writing, bind, write
from evidence.dossier.paper import Running, Told
from evidence.dossier.part import Load, Making
from evidence.dossier.shelf import Shelf
from evidence.dossier.snapshot import Snapshot
from evidence.dossier.words import groups

GENERATED, ANNEX = "generated", "annex"
LAYING, WHOLE = 800, 1000  # what is told: laying out takes most of the time


@dataclass(frozen=True)
class Volume:
    path: Path
    kind: str  # generated or annex
    pages: int
    first_label: str
    last_label: str
    claims_archival: bool


@dataclass(frozen=True)
class Built:
    volumes: tuple[Volume, ...]
    last_page: int
    page_of: dict[str, int]  # the page on which each anchor stands
    lettered: Mapping[str, int] = field(default_factory=dict)  # pages of each replacement, by key

    @property
    def pages(self) -> int:
        return sum(volume.pages for volume in self.volumes)


def _silent(done: int, of: int) -> None:
    return


def build(
    snapshot: Snapshot,
    load: Load,
    folder: Path,
    tell: Told = _silent,
    *,
    cache: Path | None = None,
    annexed: Sequence[Annexed] = (),
) -> Built:
    """Write the volumes into a folder. The faces must have been registered (fonts.register).

    `cache` is a folder for pieces that later builds may take again; `annexed` are the documents
    whose volumes follow, in their order.
    """
    making = Making(snapshot, load)
    with TemporaryDirectory(dir=folder, prefix=".pieces-") as scratch:
        shelf = Shelf(Path(scratch), cache)
        laid = composing.compose(making, shelf, lambda share: tell(round(LAYING * share), WHOLE))
        binding = bind(laid, snapshot.plan.first_page, annexed)
        pages = sum(binding.sizes)
        write(binding, shelf, _writing(snapshot, folder),
              lambda done: tell(LAYING + (WHOLE - LAYING) * done // pages, WHOLE))  # fmt: skip
        shelf.tidy()
    return Built(
        tuple(_volume(binding, number, folder) for number in range(len(binding.volumes))),
        binding.last_own,
        {key: int(spot.label) for key, spot in binding.spots.items() if spot.label.isdecimal()},
    )


def volume_name(dossier: str, number: int) -> str:
    """What a volume is called where people have it; volumes name each other so."""
    return f"{bundle.safe_segment(dossier)}-dossier-{number}.pdf"


def _path(folder: Path, number: int) -> Path:
    return folder / f"volume-{number + 1}.pdf"


def _volume(binding: Binding, number: int, folder: Path) -> Volume:
    labels = binding.labels(number)
    path = _path(folder, number)
    return Volume(path, GENERATED, len(labels), labels[0], labels[-1], claims_archival=True)


def _writing(snapshot: Snapshot, folder: Path) -> Writing:
    shown = running(snapshot)
    return Writing(
        about=single.about(shown),
        margins=laying.margins(shown),
        path=lambda number: _path(folder, number),
        name=lambda number: volume_name(snapshot.name, number + 1),
        extras=archival.entries,
    )


def running(snapshot: Snapshot) -> Running:
    court = f" \N{MIDDLE DOT} Court file {snapshot.court_file}" if snapshot.court_file else ""
    digest = groups(frozen.digest(snapshot)[:16])
    return Running(
        left=f"{snapshot.reference}{court}",
        right=snapshot.called,
        foot=f"{snapshot.name} \N{MIDDLE DOT} record {digest}",
        title=f"{snapshot.name}: {snapshot.title}",
        author=snapshot.agency,
        language=snapshot.plan.language,
        made_at=snapshot.issued_at,
    )

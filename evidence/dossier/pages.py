"""Snapshot in, PDF out: the same snapshot and pictures give the same bytes.

Pure: no database, no clock, no network; files come through the `load` that is handed in.
"""

from dataclasses import dataclass
from pathlib import Path

from evidence.dossier import pages_front
from evidence.dossier import parts as making_parts
from evidence.dossier import snapshot as frozen
from evidence.dossier.paper import Paper, Running, Told
from evidence.dossier.part import Load, Making
from evidence.dossier.snapshot import Snapshot
from evidence.dossier.words import groups

GENERATED, ANNEX = "generated", "annex"


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

    @property
    def pages(self) -> int:
        return sum(volume.pages for volume in self.volumes)


def _silent(done: int, of: int) -> None:
    return


def build(snapshot: Snapshot, load: Load, folder: Path, tell: Told = _silent) -> Built:
    """Write the volumes into a folder. The faces must have been registered (fonts.register)."""
    making = Making(snapshot, load)
    parts = making_parts.made(making)
    story = [*pages_front.cover(making, parts), *pages_front.index(parts)]
    story += pages_front.open_points(making)
    for part in parts:
        story += part.story
    path = folder / "volume-1.pdf"
    with path.open("wb") as out:
        paper = Paper(out, _running(snapshot))
        paper.lay_out(story, tell)
    first = snapshot.plan.first_page
    last = first + paper.pages - 1
    volume = Volume(path, GENERATED, paper.pages, str(first), str(last), claims_archival=False)
    return Built((volume,), last, dict(paper.page_of))


def _running(snapshot: Snapshot) -> Running:
    court = f" \N{MIDDLE DOT} Court file {snapshot.court_file}" if snapshot.court_file else ""
    digest = groups(frozen.digest(snapshot)[:16])
    return Running(
        left=f"{snapshot.reference}{court}",
        right=f"Dossier {snapshot.number}",
        foot=f"{snapshot.name} \N{MIDDLE DOT} record {digest}",
        title=f"{snapshot.name}: {snapshot.title}",
        author=snapshot.agency,
    )

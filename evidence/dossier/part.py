"""A part of the dossier: what the index says of it, and the story that is laid out. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable, PageBreak

from evidence.dossier import words
from evidence.dossier.paper import heading, para
from evidence.dossier.snapshot import Snapshot

Load = Callable[[str], bytes | None]  # the bytes of a file by its digest; None where they are lost


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    label: str = ""  # set in the monospaced face before the title


@dataclass
class Part:
    """`story` begins on a new page with the part's heading; chapters are listed in the index."""

    key: str
    title: str
    what: str  # what is in it, in few words
    story: list[Flowable] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)

    def open(self, lede: str = "") -> None:
        self.story += [PageBreak(), *heading(self.title, "part", self.key, 0)]
        if lede:
            self.story.append(para(lede, "lede"))


@dataclass(frozen=True)
class Making:
    """What every part needs: the snapshot, its zone, and the bytes of pictures."""

    snapshot: Snapshot
    load: Load

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.snapshot.zone)

    def day(self, value: date | datetime | None) -> str:
        return words.day(value, self.zone)

    def when(self, value: datetime | None) -> str:
        return words.when(value, self.zone)

    def key_of(self, label: str) -> str:
        """The anchor of an exhibit, by its label; empty where the dossier does not hold it."""
        found = (at for at, one in enumerate(self.snapshot.exhibits) if one.label == label)
        at = next(found, None)
        return "" if at is None else f"exhibit.{at}"

"""A part of the dossier: what the index says of it, and the story that is laid out. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable, PageBreak

from evidence.dossier import words
from evidence.dossier.paper import heading, link, para
from evidence.dossier.snapshot import Snapshot

Load = Callable[[str], bytes | None]  # the bytes of a file by its digest; None where they are lost
ALWAYS = ("cover", "index", "certificate")
OWNERS = {  # the part in which anchors stand whose name is not that of a part
    "exhibit": "custody", "accused": "charges", "proceeding": "charges", "seizure": "summary",
    "consignment": "consignments", "party": "parties", "witness": "witnesses",
    "statement": "statements",
}  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    label: str = ""  # set in the monospaced face before the title


@dataclass
class Part:
    """`story` begins on a new page with the part's heading; chapters are listed in the index.

    A part without a story has no page: the index says what it lacks.
    """

    key: str
    title: str
    what: str  # what is in it, in few words
    lack: str = ""  # a sentence where nothing is on the record
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

    def part(self, key: str, house: str, what: str, lack: str = "") -> Part:
        """A part under the title that the template gives it."""
        return Part(key, self.snapshot.plan.title_of(key, house), what, lack)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(wish.key for wish in self.snapshot.plan.parts) | {*ALWAYS}

    @cached_property
    def _documents(self) -> dict[str, str]:
        """The anchor of each merged document, by the digest of its file."""
        return {one.digest: one.key for one in self.snapshot.plan.documents}

    def has(self, key: str) -> bool:
        """Whether this dossier holds the part in which an anchor stands."""
        name = key.partition(".")[0]
        if name == "document":
            return key in self._documents.values()
        return bool(key) and OWNERS.get(name, name) in self._wanted

    def link(self, key: str, ready: str) -> str:
        """A cross-reference, or the words alone where what they lead to is not in this dossier."""
        return link(key, ready) if self.has(key) else ready

    def document(self, digest: str) -> str:
        """The anchor of a file that is merged into the annex; empty where it is not."""
        return self._documents.get(digest, "") if digest else ""

    def key_of(self, label: str) -> str:
        """The anchor of an exhibit, by its label; empty where the dossier does not hold it."""
        found = (at for at, one in enumerate(self.snapshot.exhibits) if one.label == label)
        at = next(found, None)
        return "" if at is None else f"exhibit.{at}"

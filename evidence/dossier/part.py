"""A part of the dossier: what the index says of it, and the story that is laid out. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
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


@dataclass(frozen=True)
class Leaf:
    """A chapter that begins on a new page and is laid out by itself, behind the part's story.

    `made_of` is all that it draws but for the bytes of pictures, which their digests stand for.
    """

    made_of: object
    story: Callable[[Load], list[Flowable]]


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
    leaves: list[Leaf] = field(default_factory=list)

    def open(self, lede: str = "") -> None:
        self.story += [PageBreak(), *heading(self.title, "part", self.key, 0)]
        if lede:
            self.story.append(para(lede, "lede"))


@dataclass(frozen=True)
class Telling:
    """What a chapter may draw besides its own record: with it the same, its pages are the same."""

    load: Load
    zone_name: str
    wanted: frozenset[str]  # parts
    documents: Mapping[str, str]  # the anchor of each merged document, by the digest of its file
    keys: Mapping[str, str]  # the anchor of each exhibit, by its label

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    def day(self, value: date | datetime | None) -> str:
        return words.day(value, self.zone)

    def when(self, value: datetime | None) -> str:
        return words.when(value, self.zone)

    def has(self, key: str) -> bool:
        """Whether this dossier holds the part in which an anchor stands."""
        name = key.partition(".")[0]
        if name == "document":
            return key in self.documents.values()
        return bool(key) and OWNERS.get(name, name) in self.wanted

    def link(self, key: str, ready: str) -> str:
        """A cross-reference, or the words alone where what they lead to is not in this dossier."""
        return link(key, ready) if self.has(key) else ready

    def document(self, digest: str) -> str:
        """The anchor of a file that is merged into the annex; empty where it is not."""
        return self.documents.get(digest, "") if digest else ""

    def key_of(self, label: str) -> str:
        """The anchor of an exhibit, by its label; empty where the dossier does not hold it."""
        return self.keys.get(label, "")


class Making(Telling):
    """What every part needs: the snapshot, its zone, and the bytes of pictures."""

    def __init__(self, snapshot: Snapshot, load: Load) -> None:
        plan, exhibits = snapshot.plan, snapshot.exhibits
        super().__init__(
            load,
            snapshot.zone,
            frozenset(wish.key for wish in plan.parts) | {*ALWAYS},
            {one.digest: one.key for one in plan.documents},
            {one.label: f"exhibit.{at}" for at, one in reversed(list(enumerate(exhibits)))},
        )
        self.__dict__["snapshot"] = snapshot

    snapshot: Snapshot

    def part(self, key: str, house: str, what: str, lack: str = "") -> Part:
        """A part under the title that the template gives it."""
        return Part(key, self.snapshot.plan.title_of(key, house), what, lack)

    def leaf(
        self,
        about: Any,
        labels: Collection[str],
        files: Collection[str],
        story: Callable[[Telling], list[Flowable]],
    ) -> Leaf:
        """A chapter of its own: from `about` and from what it refers to, and from nothing else."""
        known = Telling(
            self.load,
            self.zone_name,
            self.wanted,
            {digest: self.documents[digest] for digest in files if digest in self.documents},
            {label: self.keys[label] for label in labels if label in self.keys},
        )
        return Leaf((about, known), lambda load: story(replace(known, load=load)))

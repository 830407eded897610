"""What a dossier was asked to be: its parts, its wording, where its numbering begins. Pure.

It is part of the snapshot, so the same snapshot still gives the same bytes.
"""

from dataclasses import dataclass

# Every part there is, in the order of the house. Cover, index and the certificate are always in.
PARTS = (
    "charges", "summary", "chronology", "proof", "exhibits", "custody", "laboratory",
    "certificates", "electronic", "parties", "consignments", "witnesses", "statements",
    "hearings", "files",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PartWish:
    key: str
    title: str = ""  # as the court's template words it; empty: the title of the house


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that is merged into the annex volumes, page by page."""

    key: str  # document.1, the anchor of its first page
    title: str
    name: str  # of the file, as it was sent
    media_type: str
    size: int
    digest: str
    bundle_path: str  # where the file itself stands in the bundle
    exhibit: str = ""  # label
    is_sensitive: bool = False


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """Pages that stand for one that was issued: 57A, 57B in the place of 57."""

    page: int
    reason: str
    document: Document
    used: int = 0  # letters of that page that are taken already


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A line of the schedule of a disclosure: what is not served, or not whole, and the ground."""

    title: str
    ground: str
    treatment: str  # withheld or redacted


@dataclass(frozen=True, kw_only=True)
class Plan:
    parts: tuple[PartWish, ...] = tuple(PartWish(key=key) for key in PARTS)
    language: str = "en"
    template: str = ""  # its name and version, as the certificate page tells
    cover_heading: str = ""
    cover_text: str = ""
    closing_text: str = ""
    first_page: int = 1
    supplement: int = 0  # 1 for the first supplement of a numbering
    continues: str = ""  # name of the dossier whose numbering goes on, such as KE-MSA-2026-0042-D1
    documents: tuple[Document, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    is_disclosure: bool = False
    withheld: tuple[Withheld, ...] = ()
    signers: tuple[tuple[str, str], ...] = ()  # name and capacity, in turn

    def title_of(self, key: str, house: str) -> str:
        found = next((wish.title for wish in self.parts if wish.key == key), "")
        return found or house


HOUSE = Plan()  # the whole record in the order of the house

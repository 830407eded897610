"""A hit as a person reads it: what it is, where it leads, and why it matched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise

from search import highlights, labels, links, reading, spelling
from search.documents import Record
from search.engines import Key, Part
from search.highlights import Snippet
from search.query import Tree, leaves

NAMED = ("party", "involvement", "fact", "accused")  # kinds whose title is a name
NOT_A_BEGINNING = ("reference",)  # it stands below every result already
Pages = Mapping[int, Sequence[Part]]  # by stored file: what it says where it may match


@dataclass(frozen=True)
class Result:
    """`place` is where in a file it matched, in words; `is_otherwise` where no word of it is
    spelt as it was typed."""

    key: Key
    kind: StrOrPromise
    url: str
    title: Snippet
    snippet: Snippet | None
    matched: tuple[StrOrPromise, ...]
    reference: str  # of the case; empty for the shared register
    date: datetime
    place: str = ""
    place_url: str = ""
    is_otherwise: bool = False

    def as_data(self) -> dict[str, Any]:
        """For scripts: plain values only."""
        return {
            "key": str(self.key),
            "kind": self.key.kind,
            "title": self.title.plain,
            "case": self.reference,
            "snippet": " ".join(self.snippet.plain.split()) if self.snippet else "",
            "matched": [str(label) for label in self.matched],
            "place": self.place,
            "date": self.date.isoformat(),
            "url": self.url,
        }


def read_all(records: Iterable[Record], tree: Tree) -> tuple[Result, ...]:
    """In their order; what their files say is read together."""
    records = list(records)
    pages = _pages({r.row.file_id for r in records if r.key.kind == "file"}, tree)
    return tuple(_read(record, tree, pages) for record in records)


def _read(record: Record, tree: Tree, pages: Pages) -> Result:
    """Highlights are cut from the rows just read, never from the index."""
    content = record.content
    title = highlights.whole(content.title, tree)
    cuts = [(part.label, highlights.cut(part.text, tree)) for part in content.parts]
    hit = [(label, snippet) for label, snippet in cuts if snippet.has_match]
    best = max((snippet for _, snippet in hit), key=lambda s: s.matches, default=None)
    place = ""
    if record.key.kind == "file" and (
        inside := highlights.best(pages.get(record.row.file_id, ()), tree)
    ):
        part, best = inside
        place = part.place
        hit.append((part.label, best))
    beginning = next((snippet for label, snippet in cuts if label not in NOT_A_BEGINNING), None)
    heading = "name" if record.key.kind in NAMED else "title"
    names = ([heading] if title.has_match else []) + [label for label, _ in hit]
    return Result(
        key=record.key,
        kind=labels.KINDS[record.key.kind],
        url=links.of(record),
        title=title,
        snippet=_unless_said(best or beginning, title),
        matched=tuple(labels.PARTS[name] for name in dict.fromkeys(names)),
        reference=links.reference(record),
        date=content.date,
        place=labels.place(place) if place else "",
        place_url=links.of(record) + links.page_of_file(place),
        is_otherwise=spelling.is_otherwise([title, *(snippet for _, snippet in hit)], tree),
    )


def _pages(files: set[int], tree: Tree) -> Pages:
    """One query, and a second where what was typed is spelt otherwise in the files."""
    if not files or not any(leaves(tree)):
        return {}
    stems = spelling.beginnings(tree)
    found = reading.pages_of(files, stems=stems) if stems else {}
    if rest := files - found.keys():
        found |= reading.pages_of(rest)
    return {
        file: [Part("words", page.text, page.place) for page in pages]
        for file, pages in found.items()
    }


def _unless_said(snippet: Snippet | None, title: Snippet) -> Snippet | None:
    """A short note is its own title; it is not shown twice."""
    return None if snippet is None or snippet.plain == title.plain else snippet

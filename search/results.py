"""A hit as a person reads it: what it is, where it leads, and why it matched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise

from search import highlights, labels, links
from search.documents import Record
from search.engines import Key
from search.highlights import Snippet
from search.query import Tree

NAMED = ("party", "involvement", "fact", "accused")  # kinds whose title is a name
NOT_A_BEGINNING = ("reference",)  # it stands below every result already


@dataclass(frozen=True)
class Result:
    key: Key
    kind: StrOrPromise
    url: str
    title: Snippet
    snippet: Snippet | None
    matched: tuple[StrOrPromise, ...]
    reference: str  # of the case; empty for the shared register
    date: datetime

    def as_data(self) -> dict[str, Any]:
        """For scripts: plain values only."""
        return {
            "key": str(self.key),
            "kind": self.key.kind,
            "title": self.title.plain,
            "case": self.reference,
            "snippet": " ".join(self.snippet.plain.split()) if self.snippet else "",
            "matched": [str(label) for label in self.matched],
            "date": self.date.isoformat(),
            "url": self.url,
        }


def read(record: Record, tree: Tree) -> Result:
    """Highlights are cut from the row just read, never from the index."""
    content = record.content
    title = highlights.whole(content.title, tree)
    cuts = [(part.label, highlights.cut(part.text, tree)) for part in content.parts]
    hit = [(label, snippet) for label, snippet in cuts if snippet.has_match]
    best = max((snippet for _, snippet in hit), key=lambda s: s.matches, default=None)
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
    )


def _unless_said(snippet: Snippet | None, title: Snippet) -> Snippet | None:
    """A short note is its own title; it is not shown twice."""
    return None if snippet is None or snippet.plain == title.plain else snippet

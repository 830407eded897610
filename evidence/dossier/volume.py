"""Pieces put together into one PDF: numbers, running heads, links, bookmarks, faces, pictures.

Pure but for the stream it writes to. Each piece is forgotten once its pages are written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO
from zlib import decompress

from evidence.dossier import outline, pdffile
from evidence.dossier.embedding import embed
from evidence.dossier.faces.face import Drawn
from evidence.dossier.numbering import ranges
from evidence.dossier.pdffile import PdfFile, dictionary, reference, references
from evidence.dossier.piece import Awaited, Bitmap, Bookmark, Link, Page, Piece, Place
from evidence.dossier.recording import picture_name
from evidence.dossier.writing import number_at

Entries = dict[str, bytes]
AWAITED = re.compile(rb"^%(\d+)$", re.MULTILINE)  # text is in hexadecimal: nobody can type it
PRINTED = b"4"  # the flag of an annotation that belongs to the paper


@dataclass(frozen=True)
class About:
    """What the file says of itself, typed texts as they are."""

    title: str
    author: str
    subject: str
    language: str = "en"
    made_at: datetime | None = None
    creator: str = "Casework"
    has_outline: bool = True


@dataclass(frozen=True)
class Whereabouts:
    """What is known of all anchors: the label of its page, and the file where it is another one."""

    labels: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # by key, only those in other volumes
    pages: Mapping[str, int] = field(default_factory=dict)  # of those, the page in that file


@dataclass(frozen=True)
class Margin:
    """What is drawn around the pages of one template: the same for all but for the number."""

    drawn: Piece
    number: Awaited | None = None


Extras = Callable[[PdfFile, About], Entries]  # more entries of the catalogue, such as metadata


def nothing(file: PdfFile, about: About) -> Entries:
    return {}


class Volume:
    """Call `add` for each piece in order, then `close`."""

    def __init__(
        self,
        out: BinaryIO,
        about: About,
        labels: Sequence[str],
        known: Whereabouts,
        margins: Mapping[str, Margin],
        extras: Extras = nothing,
    ) -> None:
        self.file, self.about, self.labels, self.known = PdfFile(out), about, labels, known
        self._extras, self._margins = extras, margins
        self._tree, self._fonts = self.file.reserve(), self.file.reserve()
        self._first = self.file.reserve(len(labels))
        self._done = 0
        self._glyphs: Drawn = {}
        self._pictures: dict[str, int] = {}
        self._places: dict[str, bytes] = {}
        self._bookmarks: list[Bookmark] = []
        self._drawn = {name: self._margin(one) for name, one in margins.items()}

    def add(self, piece: Piece, first: int = 0, last: int | None = None) -> None:
        """Pages of a piece, all or those from `first` to before `last`."""
        last = len(piece.pages) if last is None else last
        self._note(piece)
        begin = self._done
        for page in piece.pages[first:last]:
            self._page(page, piece)
        here = {one.key for one in piece.places if first <= one.page < last}
        for place in piece.places:
            if place.key in here:
                self._places[place.key] = self._target(place, begin - first)
        self._bookmarks += [one for one in piece.bookmarks if one.key in here]

    def close(self) -> None:
        file = self.file
        kids = references(range(self._first, self._first + self._done))
        count = b"%d" % self._done
        file.put(dictionary({"Type": b"/Pages", "Kids": kids, "Count": count}), self._tree)
        fonts = {face: reference(embed(file, face, used))
                 for face, used in sorted(self._glyphs.items())}  # fmt: skip
        file.put(dictionary(fonts), self._fonts)
        file.close(file.put(dictionary(self._catalogue())), file.put(dictionary(self._info())))

    def _note(self, piece: Piece) -> None:
        for face, found in piece.glyphs.items():
            self._glyphs.setdefault(face, set()).update(found)

    def _margin(self, margin: Margin) -> int:
        self._note(margin.drawn)
        return self._content(margin.drawn.pages[0])

    def _content(self, page: Page) -> int:
        if page.awaited:
            return self.file.flate(
                AWAITED.sub(partial(self._number, page), decompress(page.content))
            )
        return self.file.stream(page.content, {"Filter": b"/FlateDecode"})

    def _number(self, page: Page, found: re.Match[bytes]) -> bytes:
        """The number of another page, where the words that it belongs to stand."""
        awaited = page.awaited[int(found[1])]
        label = self.known.labels.get(awaited.key)
        return number_at(awaited, label, self._glyphs) if label else b""

    def _page(self, page: Page, piece: Piece) -> None:
        label, number = self.labels[self._done], self._first + self._done
        margin = self._margins.get(page.template)
        contents = [self._drawn[page.template]] if margin else []
        contents.append(self._content(page))
        if margin and margin.number:
            contents.append(self.file.flate(number_at(margin.number, label, self._glyphs)))
        links = [made for link in page.links if (made := self._link(link))]
        entries = {
            "Type": b"/Page",
            "Parent": reference(self._tree),
            "MediaBox": pdffile.numbers([0, 0, page.width, page.height]),
            "Resources": self._resources(page, piece),
            "Contents": references(contents),
        }
        if links:
            entries["Annots"] = references(links)
        self.file.put(dictionary(entries), number)
        self._done += 1

    def _resources(self, page: Page, piece: Piece) -> bytes:
        entries = {"Font": reference(self._fonts)}
        if page.pictures:
            entries["XObject"] = dictionary(
                {picture_name(name): reference(self._picture(name, piece.bitmaps[name]))
                 for name in page.pictures}
            )  # fmt: skip
        return dictionary(entries)

    def _picture(self, name: str, bitmap: Bitmap) -> int:
        """Each picture is in the file once."""
        if name not in self._pictures:
            entries = {
                "Type": b"/XObject",
                "Subtype": b"/Image",
                "Width": b"%d" % bitmap.width,
                "Height": b"%d" % bitmap.height,
                "ColorSpace": pdffile.name(bitmap.space),
                "BitsPerComponent": b"8",
                "Filter": pdffile.name(bitmap.filter),
            }
            self._pictures[name] = self.file.stream(bitmap.data, entries)
        return self._pictures[name]

    def _link(self, link: Link) -> int:
        """Within the volume, or to a page of another one; 0 where the anchor is nowhere."""
        if link.key not in self.known.labels:
            return 0
        entries = {
            "Type": b"/Annot",
            "Subtype": b"/Link",
            "Rect": pdffile.numbers(link.rect),
            "Border": b"[0 0 0]",
            "F": PRINTED,
            "A": self._leads_to(link.key),
        }
        return self.file.put(dictionary(entries))

    def _leads_to(self, key: str) -> bytes:
        other = self.known.files.get(key)
        if other is None:
            return dictionary({"S": b"/GoTo", "D": pdffile.text(key)})
        there = b"[%d /Fit]" % self.known.pages[key]
        spec = dictionary(
            {"Type": b"/Filespec", "F": pdffile.text(other), "UF": pdffile.text(other)}
        )
        return dictionary({"S": b"/GoToR", "F": spec, "D": there})

    def _target(self, place: Place, shift: int) -> bytes:
        page = reference(self._first + place.page + shift)
        left, top = pdffile.number(place.left), pdffile.number(place.top)
        return b"[%b /XYZ %b %b null]" % (page, left, top)

    def _catalogue(self) -> Entries:
        about, file = self.about, self.file
        entries = {
            "Type": b"/Catalog",
            "Pages": reference(self._tree),
            "Lang": pdffile.text(about.language),
            "PageLabels": dictionary({"Nums": _labelled(self.labels)}),
            "ViewerPreferences": b"<< /DisplayDocTitle true >>",
        }
        if self._places:
            entries["Names"] = dictionary({"Dests": reference(self._named())})
        if self._bookmarks and about.has_outline:
            entries["Outlines"] = reference(outline.write(file, self._bookmarks))
            entries["PageMode"] = b"/UseOutlines"
        return entries | self._extras(file, about)

    def _named(self) -> int:
        """The tree of names: one leaf, for a volume has few enough."""
        found = sorted((key.encode(), key) for key in self._places)
        names = [part for _, key in found for part in (pdffile.text(key), self._places[key])]
        return self.file.put(dictionary({"Names": pdffile.array_of(names)}))

    def _info(self) -> Entries:
        about = self.about
        entries = {
            "Title": pdffile.text(about.title),
            "Author": pdffile.text(about.author),
            "Subject": pdffile.text(about.subject),
            "Creator": pdffile.text(about.creator),
            "Producer": pdffile.text(about.creator),
        }
        if about.made_at:
            at = about.made_at.astimezone(UTC)
            made = pdffile.text(f"D:{at:%Y%m%d%H%M%S}+00'00'")
            entries |= {"CreationDate": made, "ModDate": made}
        return entries


def _labelled(labels: Sequence[str]) -> bytes:
    """Runs of numbers by their first; a label such as 57A by itself."""
    said = []
    for at, prefix, start in ranges(labels):
        style = {"S": b"/D", "St": b"%d" % start} if start else {}
        said += [b"%d" % at, dictionary(style or {"P": pdffile.text(prefix)})]
    return pdffile.array_of(said)

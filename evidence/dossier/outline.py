"""The bookmarks of a PDF as the chain of objects that a viewer wants. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.dossier import pdffile
from evidence.dossier.pdffile import PdfFile, dictionary, reference
from evidence.dossier.piece import Bookmark


@dataclass
class Node:
    bookmark: Bookmark | None
    number: int
    below: list["Node"] = field(default_factory=list)


def write(file: PdfFile, bookmarks: Sequence[Bookmark]) -> int:
    """The number of the root. The first level is open, those below are closed."""
    root = _tree(file, bookmarks)
    first, last = root.below[0].number, root.below[-1].number
    entries = {"Type": b"/Outlines", "First": reference(first), "Last": reference(last)}
    file.put(dictionary({**entries, "Count": b"%d" % len(root.below)}), root.number)
    _write_below(file, root)
    return root.number


def _tree(file: PdfFile, bookmarks: Sequence[Bookmark]) -> Node:
    root = Node(None, file.reserve())
    path = [root]
    for one in bookmarks:
        del path[min(one.level, len(path) - 1) + 1 :]  # a level that was left out is no fault
        node = Node(one, file.reserve())
        path[-1].below.append(node)
        path.append(node)
    return root


def _write_below(file: PdfFile, parent: Node) -> None:
    for at, node in enumerate(parent.below):
        assert node.bookmark  # noqa: S101  # only the root has none
        entries = {
            "Title": pdffile.text(node.bookmark.title),
            "Parent": reference(parent.number),
            "Dest": pdffile.text(node.bookmark.key),
        }
        if at:
            entries["Prev"] = reference(parent.below[at - 1].number)
        if at + 1 < len(parent.below):
            entries["Next"] = reference(parent.below[at + 1].number)
        if node.below:
            entries["First"] = reference(node.below[0].number)
            entries["Last"] = reference(node.below[-1].number)
            entries["Count"] = b"-%d" % len(node.below)
        file.put(dictionary(entries), node.number)
        _write_below(file, node)

"""Annex volumes: leaves and their words joined, labelled, bookmarked. Pure.

The same leaves and numbers give the same bytes. Pages are copied from file to file.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from evidence.dossier.annex import laying, sheets, words
from evidence.dossier.annex import leaves as clean
from evidence.dossier.annex.laying import Piece
from evidence.dossier.annex.preparing import Leaves, Prepared, Told, _silent
from evidence.dossier.annex.sheets import Leaf, Sheet
from evidence.dossier.pages import ANNEX, Volume
from evidence.dossier.paper import Running
from evidence.dossier.text import plain

EMPTY: Final = "/CaseworkEmpty"  # as evidence/sealed/leaves.py writes it
DIGITS: Final = 4


def write(
    prepared: Prepared,
    first_page: int,
    running: Running,
    folder: Path,
    tell: Told = _silent,
) -> tuple[Volume, ...]:
    """Write the volumes into a folder. The faces must have been registered (fonts.register)."""
    of = prepared.pages + sum(each.pages for each in prepared.replacements)
    made, done = [], 0
    for number, run in enumerate(laying.runs(prepared, first_page), 1):
        path = folder / f"annex-{number}.pdf"
        count = _volume(run, path, running, lambda at, done=done: tell(done + at, of))
        done += count
        labels = run[0].labels[0], run[-1].labels[-1]
        made.append(Volume(path, ANNEX, count, *labels, claims_archival=False))
    return tuple(made)


def _volume(run: list[Piece], path: Path, running: Running, tell: Any) -> int:
    said = path.with_suffix(".words")
    with ExitStack() as stack, Pdf.new() as made:
        sources = _opened(run, stack)
        written = [*_words(run, sources, running)]
        words.write(written, said)
        over = stack.enter_context(clean.opened(said))
        for at, each in enumerate(written):
            page = _page(made, each, sources, over.pages[at])
            made.pages.append(page)
            tell(at + 1)
        _describe(made, run, running)
        made.save(
            path, deterministic_id=True, compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )  # fmt: skip
    said.unlink()
    return len(written)


def _opened(run: list[Piece], stack: ExitStack) -> dict[Path, Pdf]:
    paths = [piece.leaves.path for piece in run if not piece.leaves.fault]
    return {path: stack.enter_context(clean.opened(path)) for path in paths}


def _words(run: list[Piece], sources: dict[Path, Pdf], running: Running) -> Iterator[words.Words]:
    for piece in run:
        for at, label in enumerate(piece.labels, piece.begin):
            sheet = _sheet(piece.leaves, sources, at)
            yield words.Words(sheet, label, running.left, piece.leaves, at + 1)


def _sheet(leaves: Leaves, sources: dict[Path, Pdf], at: int) -> Sheet:
    if leaves.fault:
        return sheets.blank()
    page = sources[leaves.path].pages[at].obj
    x, y, right, top = (float(each) for each in page.MediaBox)
    leaf = Leaf(
        (x, y, right, top),
        int(page.get(Name.Rotate, 0)),
        float(page.get(Name.UserUnit, 1)),
        float(page.get(EMPTY, 0)),
    )
    return sheets.pictured(leaf) if leaves.is_picture else sheets.grown(leaf)


def _page(
    made: Pdf, said: words.Words, sources: dict[Path, Pdf], over: pikepdf.Page
) -> pikepdf.Page:
    sheet = said.sheet
    drawn = {"/Words": made.copy_foreign(over.as_form_xobject())}
    steps = f"q {_numbers(sheet.words)} cm /Words Do Q"
    if not said.leaves.fault:
        leaf = sources[said.leaves.path].pages[said.at - 1].obj
        drawn["/Page"] = made.copy_foreign(leaf.Resources.XObject.Page)
        steps = f"q {_numbers(sheet.page)} cm /Page Do Q {steps}"
    page = Dictionary(
        Type=Name.Page, MediaBox=_array(sheet.box), TrimBox=_array(sheet.trim),
        Rotate=sheet.turn, Resources=Dictionary(XObject=Dictionary(drawn)),
        Contents=made.make_stream(steps.encode()),
    )  # fmt: skip
    if sheet.unit != 1:
        page.UserUnit = round(sheet.unit, DIGITS)
    return pikepdf.Page(made.make_indirect(page))


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)


def _array(box: Sequence[float]) -> Array:
    return Array([pikepdf.Object.parse(f"{value:.{DIGITS}f}".encode()) for value in box])


def _describe(made: Pdf, run: list[Piece], running: Running) -> None:
    """Bookmarks, places that can be linked to, labels of pages, title and language."""
    root, at, labels, places = made.Root, 0, [], []
    with made.open_outline() as outline:
        for piece in run:
            document = piece.leaves.document
            title = f"{piece.leaves.name}: {document.title}{', continued' * bool(piece.begin)}"
            title = plain(title[:1].upper() + title[1:])
            outline.root.append(OutlineItem(title, at, "Fit"))
            if not piece.begin:
                places.append((document.key, made.pages[at].obj))
            labels += [*_labels(piece, at)]
            at += len(piece.labels)
    root.PageLabels = Dictionary(Nums=Array(labels))
    names = [each for key, page in sorted(places, key=lambda place: place[0].encode())
             for each in (String(key), Array([page, Name.Fit]))]  # fmt: skip
    root.Names = Dictionary(Dests=made.make_indirect(Dictionary(Names=Array(names))))
    root.Lang, root.PageMode = String(running.language), Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    first, last = run[0].labels[0], run[-1].labels[-1]
    title = plain(f"{running.title}: documents, pages {first} to {last}")
    made.docinfo.Title, made.docinfo.Producer = String(title), String("Casework")
    made.docinfo.Author = String(plain(running.author))


def _labels(piece: Piece, at: int) -> Iterator[Any]:
    if not piece.leaves.replaces:
        yield from (at, Dictionary(S=Name.D, St=int(piece.labels[0])))
        return
    for offset, label in enumerate(piece.labels):
        yield from (at + offset, Dictionary(P=String(label)))

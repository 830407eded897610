"""Annex volumes: leaves and their words joined, labelled, bookmarked. Pure.

The same leaves and numbers give the same bytes. Pages are copied from file to file.
"""

from collections.abc import Iterator, Sequence
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
_JOB: Final = {
    "empty": "", "deterministicId": "", "suppressRecovery": "", "streamData": "preserve",
}  # fmt: skip


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
        count = _volume(run, path, running, _after(done, of, tell))
        done += count
        labels = run[0].labels[0], run[-1].labels[-1]
        made.append(Volume(path, ANNEX, count, *labels, claims_archival=False))
    return tuple(made)


def _after(done: int, of: int, tell: Told) -> Told:
    return lambda at, _: tell(done + at, of)


def _volume(run: list[Piece], path: Path, running: Running, tell: Told) -> int:
    base, said = path.with_suffix(".base"), path.with_suffix(".words")
    with _joined(run, base) as made:
        written = [*_words(made, run, running)]
        words.write(written, said)
        with clean.opened(said) as over:
            for at, each in enumerate(written):
                _put(made, made.pages[at].obj, each, over.pages[at])
                tell(at + 1, len(written))
        _describe(made, run, running)
        made.save(
            path, deterministic_id=True, compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )  # fmt: skip
    base.unlink(missing_ok=True)
    said.unlink()
    return len(written)


def _joined(run: list[Piece], base: Path) -> Pdf:
    """The leaves in one file, and an empty page for each slip.

    The job copies from file to file; pages taken over from another open file would be held in
    memory until all is saved.
    """
    files = [
        {"file": str(piece.leaves.path), "range": _range(piece)}
        for piece in run
        if not piece.leaves.fault
    ]
    if files:
        pikepdf.Job(_JOB | {"outputFile": str(base), "pages": files}).run()
    made = clean.opened(base) if files else Pdf.new()
    at = 0
    for piece in run:
        if piece.leaves.fault:
            empty = made.make_indirect(Dictionary(Type=Name.Page))
            made.pages.insert(at, pikepdf.Page(empty))
        at += len(piece.labels)
    return made


def _range(piece: Piece) -> str:
    return f"{piece.begin + 1}-{piece.begin + len(piece.labels)}"


def _words(made: Pdf, run: list[Piece], running: Running) -> Iterator[words.Words]:
    pages = iter(made.pages)
    for piece in run:
        for at, label in enumerate(piece.labels, piece.begin + 1):
            sheet = _sheet(piece.leaves, next(pages).obj)
            yield words.Words(sheet, label, running.left, piece.leaves, at)


def _sheet(leaves: Leaves, page: Any) -> Sheet:
    if leaves.fault:
        return sheets.blank()
    x, y, right, top = (float(each) for each in page.MediaBox)
    leaf = Leaf(
        (x, y, right, top),
        int(page.get(Name.Rotate, 0)),
        float(page.get(Name.UserUnit, 1)),
        float(page.get(EMPTY, 0)),
    )
    return sheets.pictured(leaf) if leaves.is_picture else sheets.grown(leaf)


def _put(made: Pdf, page: Any, said: words.Words, over: pikepdf.Page) -> None:
    """The old page and the words upon one sheet."""
    sheet = said.sheet
    drawn = {"/Words": made.copy_foreign(over.as_form_xobject())}
    steps = f"q {_numbers(sheet.words)} cm /Words Do Q"
    if not said.leaves.fault:
        drawn["/Page"] = page.Resources.XObject.Page
        steps = f"q {_numbers(sheet.page)} cm /Page Do Q {steps}"
    page.MediaBox, page.TrimBox = _array(sheet.box), _array(sheet.trim)
    page.Rotate, page.Resources = sheet.turn, Dictionary(XObject=Dictionary(drawn))
    page.Contents = made.make_stream(steps.encode())
    for key in (EMPTY, "/UserUnit"):
        if key in page:
            del page[key]
    if sheet.unit != 1:
        page.UserUnit = round(sheet.unit, DIGITS)


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

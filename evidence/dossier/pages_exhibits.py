"""The exhibits: the list, and for each a chapter with photographs, files and its custody. Pure."""

from functools import partial

from reportlab.platypus import Flowable, Table

from evidence import last_read
from evidence.dossier import fonts, words
from evidence.dossier.cited import cited
from evidence.dossier.continuity import remarks
from evidence.dossier.marks import State, state
from evidence.dossier.pages_custody import custody
from evidence.dossier.paper import (
    BODY,
    HAIR,
    PageOf,
    bold,
    gap,
    heading,
    marked,
    mono,
    para,
    section,
)
from evidence.dossier.part import Chapter, Making, Part, Telling
from evidence.dossier.photograph import Photograph
from evidence.dossier.pictures import Unreadable, prepare
from evidence.dossier.snapshot import Exhibit, File
from evidence.dossier.tables import OWN_FACE, Cell, docket, facts, table
from evidence.dossier.text import markup

PROVED = {
    "verified": ("full", "Verified"),
    "pending": ("half", "Not all signed yet"),
    "broken": ("cross", "Broken"),
    "empty": ("open", "No event"),
}
COLUMNS = 2
GUTTER = 14
CAPTION = 200  # characters under a picture; the list of files below has the whole
TALLEST = 200  # points; a picture in portrait is made smaller rather than cut


def listing(making: Making) -> Part:
    found = making.snapshot.exhibits
    what, lack = words.plural(len(found), "exhibit"), "No exhibit is on the record."
    part = making.part("exhibits", "Exhibit list", what, lack)
    if not found:
        return part
    part.open("Count, weight and seal as last read. The page is that of the exhibit's own report.")
    rows = [_row(making, at, exhibit) for at, exhibit in enumerate(found)]
    head = ["", "Exhibit", "Count", "Weight", "Seal", "Held by", "Custody", "Page"]
    shares = [0.08, 0.26, 0.07, 0.11, 0.15, 0.14, 0.13, 0.06]
    part.story.append(table(head, rows, shares, numbers={2, 3, 7}))
    return part


def _row(making: Making, at: int, exhibit: Exhibit) -> list[Cell]:
    key = f"exhibit.{at}"
    last = last_read.standing(exhibit.events)
    small = " \N{MIDDLE DOT} ".join(part for part in (exhibit.kind, exhibit.species) if part)
    described = [para(exhibit.description), para(small, "by")]
    if number := next((one.number for one in reversed(exhibit.court_marks) if one.number), ""):
        described.append(para(f"In court: {number}", "by"))
    if exhibit.is_restricted:
        described.append(para("Restricted", "by"))
    found = remarks(exhibit)
    mark, word = PROVED[exhibit.proof.state]
    said: list[Flowable] = [state(mark, word)]
    if found:
        said.append(para(words.plural(len(found), "remark"), "by"))
    return [
        marked(making.link(key, mono(exhibit.label))),
        described,
        words.number(last.count),
        words.weight(last.weight_mg),
        marked(mono(last.seal_number)) if last.seal_number else words.NOTHING,
        words.person(exhibit.holder),
        said,
        PageOf(key) if making.has(key) else words.NOTHING,
    ]


def chapters(making: Making) -> Part:
    found = making.snapshot.exhibits
    events = sum(len(one.events) for one in found)
    what = f"{words.plural(len(found), 'report')}, {words.plural(events, 'custody event')}"
    part = making.part(
        "custody", "Exhibits and custody reports", what, "No exhibit is on the record."
    )
    if not found:
        return part
    part.open()
    part.story += _legend()
    for at, exhibit in enumerate(found):
        part.chapters.append(Chapter(f"exhibit.{at}", exhibit.description, exhibit.label))
        labels = (exhibit.parent, *exhibit.parts)
        files = [file.digest for file in exhibit.files]
        story = partial(_chapter, exhibit, at)
        part.leaves.append(making.leaf((exhibit, at), labels, files, story))
    return part


def _chapter(exhibit: Exhibit, at: int, making: Telling) -> list[Flowable]:
    made = [*_title(exhibit, f"exhibit.{at}"), _docket(making, exhibit), gap(8)]
    made += [_about(making, exhibit), gap(4)]
    made += in_court(making, exhibit) + _photographs(making, exhibit) + _files(making, exhibit)
    return [*made, *custody(making, exhibit, f"custody.{at}")]


def _legend() -> list[Flowable]:
    """How to read a custody report, for whoever opens the file without having seen one."""
    lines = [
        ("full", "Filled disc: the act is complete. A handover shows it when the receiver has "
                 "acknowledged what arrived: seal, count and weight."),
        ("half", "Half disc: one side says so. A handover that was offered and has no answer yet. "
                 "Until the answer, the giver answers for the exhibit."),
        ("cross", "Cross: the receiver refused, or a reading contradicts the one before."),
        ("open", "Ring: nobody has shown it."),
    ]  # fmt: skip
    opening = (
        "Each report follows one exhibit from the hand that took it to the hand that holds it now. "
        "The line stands for the person who answers for the exhibit. Under each event stand the "
        "seal, the count and the weight as they were read, and the digest: a number computed from "
        "everything the event says and from the digest of the event before. Whoever changes an "
        "event, or takes one out, changes every digest after it."
    )
    closing = (
        "The digests of all events of the agency are in one ledger, whose head is signed. The head "
        "and the fingerprint of the key are on the cover. The bundle that belongs to this dossier "
        "lets any expert compute all of it again, without the agency."
    )
    made: list[Flowable] = [para(opening, "record"), gap(4)]
    for mark, text in lines:
        made += [state(mark, text), gap(5)]
    return [*made, gap(4), para(closing, "record")]


def _title(exhibit: Exhibit, key: str) -> list[Flowable]:
    plain_heading = heading(exhibit.description, "chapter", key, 1, room=260)
    ready = f"{mono(exhibit.label)}&nbsp; {markup(exhibit.description, fonts.SERIF + '-Bold')}"
    anchor = plain_heading[1]
    anchor.title = f"{exhibit.label} {anchor.title}"
    return [*plain_heading[:2], marked(ready, "chapter")]


def _docket(making: Telling, exhibit: Exhibit) -> Flowable:
    last = last_read.standing(exhibit.events)
    read = [one.seal_intact for one in exhibit.events if one.kind != last_read.REFUSED]
    intact = next((one for one in reversed(read) if one is not None), None)
    mark, word = PROVED[exhibit.proof.state]
    cells: list[tuple[str, Cell, str]] = [
        ("Held by", marked(bold(words.person(exhibit.holder))), exhibit.storage_place),
        ("Seal", marked(mono(last.seal_number or words.NOTHING)), _intact(intact)),
        ("Count", marked(bold(words.number(last.count))), _read(last.count, "not counted")),
        (
            "Weight",
            marked(bold(words.weight(last.weight_mg))),
            _read(last.weight_mg, "not weighed"),
        ),
        ("Chain of custody", state(mark, word), words.plural(len(exhibit.events), "event")),
    ]
    return docket(cells, [0.27, 0.2, 0.13, 0.17, 0.23])


def _read(value: int | None, never: str) -> str:
    return never if value is None else "as last read"


def _intact(intact: bool | None) -> str:
    return {True: "intact at last reading", False: "not intact", None: ""}[intact]


def _about(making: Telling, exhibit: Exhibit) -> Flowable:
    rows: list[tuple[str, Cell]] = [("Kind", exhibit.kind)]
    if exhibit.species:
        rows.append(
            ("Species", marked(f"<i>{markup(exhibit.species, fonts.SANS + '-Italic')}</i>"))
        )
    if exhibit.found_at:
        rows.append(("Found", exhibit.found_at))
    if exhibit.seizure is not None:
        rows.append(("Seizure", f"S{exhibit.seizure}"))
    if exhibit.parent:
        rows.append(("Part of", marked(_linked(making, exhibit.parent))))
    if exhibit.parts:
        rows.append(("Parts", marked(", ".join(_linked(making, one) for one in exhibit.parts))))
    who = words.person(exhibit.registered_by, number=True)
    rows.append(("Registered", f"{making.when(exhibit.registered_at)}, by {who}"))
    if exhibit.is_restricted:
        rows.append(("Access", "Restricted: not for everybody who may read the case"))
    return facts(rows)


def _linked(making: Telling, label: str) -> str:
    key = making.key_of(label)
    return making.link(key, mono(label))


def in_court(making: Telling, exhibit: Exhibit) -> list[Flowable]:
    """What courts did with it: marked, produced, taken in or refused, under which number."""
    if not exhibit.court_marks:
        return []
    rows: list[list[Cell]] = [
        [
            making.day(one.happened_on),
            [state(one.mark, one.kind), *([para(one.ruling, "by")] if one.ruling else [])],
            marked(mono(one.number)) if one.number else words.NOTHING,
            marked(mono(one.witness)) if one.witness else words.NOTHING,
            one.court,
        ]
        for one in exhibit.court_marks
    ]
    head = ["Day", "What", "Number in court", "Witness", "Court"]
    return [*section("In court"), table(head, rows, [0.15, 0.33, 0.16, 0.1, 0.26]), gap()]


def _photographs(making: Telling, exhibit: Exhibit) -> list[Flowable]:
    found = [file for file in exhibit.files if file.is_picture]
    if not found:
        return []
    cells = [_photograph(making, exhibit, file) for file in found]
    rows: list[list[Cell]] = [[*cells[at : at + COLUMNS]] for at in range(0, len(cells), COLUMNS)]
    rows[-1] += [""] * (COLUMNS - len(rows[-1]))
    style = [
        OWN_FACE,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), GUTTER),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
    ]
    grid = Table(rows, colWidths=[BODY / COLUMNS] * COLUMNS, style=style, hAlign="LEFT")
    by = "Printed small; the files themselves are in the bundle. The code is the file's digest."
    return [*section("Photographs", 230, by), grid]


def _photograph(making: Telling, exhibit: Exhibit, file: File) -> list[Flowable]:
    taken = making.when(file.taken_at) if file.taken_at else "time not noted"
    caption = file.caption or file.name
    if len(caption) > CAPTION:
        caption = f"{caption[:CAPTION]}\N{HORIZONTAL ELLIPSIS}"
    title = f"{mono(exhibit.label[:30])} {bold(caption)}"
    small = f"{markup(taken)} \N{MIDDLE DOT} {mono(words.short(file.digest))}"
    return [_picture(making, file), gap(3), marked(title), marked(small, "by")]


def _picture(making: Telling, file: File) -> Flowable:
    data = making.load(file.digest)
    try:
        if data is None:
            raise Unreadable("Its bytes are not those of its digest, or are missing.")
        picture = prepare(data)
    except Unreadable as why:
        return _slip(file, str(why))
    width = BODY / COLUMNS - GUTTER
    height = width * picture.height / picture.width
    if height > TALLEST:
        width, height = width * TALLEST / height, TALLEST
    return Photograph(picture, width, height)


def _slip(file: File, why: str) -> Flowable:
    """Stands in the place of a picture that cannot be shown, and says so."""
    body = [
        State("cross", para("This picture cannot be shown.")),
        para(why, "by"),
        para(f"{file.media_type}, {words.size(file.size)}. In the bundle:", "by"),
        marked(mono(file.bundle_path), "digest"),
    ]
    style = [OWN_FACE, ("BOX", (0, 0), (-1, -1), 0.8, HAIR), ("TOPPADDING", (0, 0), (-1, -1), 8),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]  # fmt: skip
    return Table([[body]], colWidths=[BODY / COLUMNS - GUTTER], style=style, hAlign="LEFT")


def _files(making: Telling, exhibit: Exhibit) -> list[Flowable]:
    return file_table(making, "Files", exhibit.files)


def file_table(making: Telling, title: str, found: tuple[File, ...]) -> list[Flowable]:
    """Name, kind and size, with the whole digest and the place in the bundle below the name.

    Where a file is merged into the annex, its page stands beside the name.
    """
    if not found:
        return []
    rows: list[list[Cell]] = [
        [
            [
                _name_of(making, file),
                *([para(file.name, "by")] if file.caption else []),
                marked(mono(file.digest), "digest"),
                marked(mono(file.bundle_path), "digest"),
            ],
            [para(file.kind), *([para("Sensitive", "by")] if file.is_sensitive else [])],
            file.media_type,
            words.size(file.size),
        ]
        for file in found
    ]
    head = ["File, SHA-256 digest, place in the bundle", "Kind", "Type", "Size"]
    by = "The digest is computed from every byte of the file when it arrived."
    return [*section(title, by=by), table(head, rows, [0.58, 0.15, 0.17, 0.1], numbers={3}), gap()]


def _name_of(making: Telling, file: File) -> Flowable:
    key = making.document(file.digest)
    return cited(making.link(key, bold(file.caption or file.name)), key)

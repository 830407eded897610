"""The first pages: a cover to hand to a magistrate, the index, and what stands open. Pure."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak

from evidence.dossier import words
from evidence.dossier.continuity import remarks
from evidence.dossier.marks import State, state
from evidence.dossier.paper import (
    PageOf,
    bold,
    gap,
    heading,
    link,
    marked,
    mono,
    para,
    section,
)
from evidence.dossier.part import Making, Part
from evidence.dossier.snapshot import Ledger, Snapshot
from evidence.dossier.tables import Cell, docket, facts, stamp, table
from evidence.dossier.text import markup

WITHHOLD = "Contains restricted material. Not to be served on the defence as it stands."
MOST_NAMED = 6  # of accused and counts on the cover: the parts name them all


def cover(making: Making, parts: Sequence[Part]) -> list[Flowable]:
    snapshot = making.snapshot
    court = _court(snapshot)
    made: list[Flowable] = [
        marked(f"{mono(snapshot.reference)} &nbsp; {markup(_file(snapshot))}", "lede"),
        gap(4),
        para(f"Dossier {snapshot.number}", "section"),
        para(snapshot.title, "title"),
    ]
    if court:
        made += [gap(2), para(court, "court")]
    made += [gap(8), _docket(making), gap(10)]
    if snapshot.has_sensitive:
        made += [stamp([para(WITHHOLD, "section")]), gap(8)]
    made += _charged(making)
    made += [*section("What it contains", 60), _contents(parts), gap(10)]
    made.append(KeepTogether([_stamp(snapshot.ledger)]))
    return [*made, NextPageTemplate("page")]


def _court(snapshot: Snapshot) -> str:
    last = snapshot.proceedings[-1:]
    return ", ".join(f"{one.court}, {one.number}" for one in last)


def _file(snapshot: Snapshot) -> str:
    return f"Court file {snapshot.court_file}" if snapshot.court_file else "No court file yet"


def _docket(making: Making) -> Flowable:
    snapshot = making.snapshot
    issued = making.when(snapshot.issued_at)
    agency = ", ".join(part for part in (snapshot.unit, snapshot.agency) if part)
    cells: list[tuple[str, Cell, str]] = [
        ("For", marked(bold(snapshot.addressed_to or "The court")), ""),
        ("Built", marked(bold(issued)), f"times of {snapshot.zone}"),
        ("By", marked(bold(words.person(snapshot.built_by))), snapshot.built_by.agency),
        ("Lead officer", marked(bold(words.person(snapshot.lead_officer))), agency),
    ]
    return docket(cells, [0.27, 0.23, 0.25, 0.25])


def _charged(making: Making) -> list[Flowable]:
    """The accused and the counts of the last charge sheet, in short."""
    snapshot = making.snapshot
    made: list[Flowable] = []
    sheets = [sheet for one in snapshot.proceedings for sheet in one.sheets]
    counts = sheets[-1].counts if sheets else ()
    accused = [marked(f"A{one.number} &nbsp;{bold(one.name)}") for one in snapshot.accused]
    against = [
        marked(f"{count.number} &nbsp;{bold(count.offence)}, {markup(count.provision)}, "
               f"{markup(_against([charge.accused for charge in count.charges]))}")
        for count in counts
    ]  # fmt: skip
    rows: list[tuple[str, Cell]] = []
    rows.append(("Accused", [*_first(accused)] or "Nobody is charged yet"))
    rows.append(("Counts", [*_first(against)] or "No charge sheet yet"))
    return [facts(rows, label=0.14), gap(2), *made]


def _first(lines: list[Flowable]) -> list[Flowable]:
    more = len(lines) - MOST_NAMED
    return [*lines[:MOST_NAMED], *([para(f"and {more} more", "by")] if more > 0 else [])]


def _against(numbers: list[int]) -> str:
    return ", ".join(f"A{number}" for number in numbers)


def _contents(parts: Sequence[Part]) -> Flowable:
    rows: list[list[Cell]] = [
        [marked(link(part.key, bold(part.title))), part.what, PageOf(part.key)]
        for part in parts
        if part.story
    ]
    return table(
        ["Part", "What is in it", "Page"], rows, [0.42, 0.48, 0.1], numbers={2}, is_tight=True
    )


def _stamp(ledger: Ledger) -> Flowable:
    how = (
        "To check it: ask the agency for the fingerprint by another way and compare. Then run "
        "casework-verify with the bundle that belongs to this dossier. It needs no network and "
        "not the agency's system."
    )
    return stamp(
        [
            marked(bold("The key of the ledger, and its head")),
            para("Fingerprint of the key", "by"),
            marked(mono(ledger.fingerprint[:39]), "mark"),
            marked(mono(ledger.fingerprint[40:]), "mark"),
            para(f"Signed head of {ledger.size:,} records, {ledger.origin}", "by"),
            marked(mono(ledger.root), "digest"),
            para(how, "by"),
        ]
    )


def index(parts: Sequence[Part]) -> list[Flowable]:
    made: list[Flowable] = [PageBreak(), *heading("Index", "part", "index", 0)]
    rows: list[list[Cell]] = []
    for part in parts:
        if not part.story:
            rows.append([[marked(bold(part.title)), para(part.lack, "entry")], words.NOTHING])
            continue
        rows.append([marked(link(part.key, bold(part.title))), PageOf(part.key, is_bold=True)])
        for chapter in part.chapters:
            label = f"{mono(chapter.label)} &nbsp;" if chapter.label else ""
            ready = link(chapter.key, f"{label}{markup(chapter.title)}")
            rows.append([marked(ready, "entry"), PageOf(chapter.key)])
    return [*made, table(["Part", "Page"], rows, [0.9, 0.1], numbers={1}, is_tight=True)]


def open_points(making: Making) -> list[Flowable]:
    """Stated here, before somebody else finds them."""
    found = list(_open(making))
    made: list[Flowable] = [*section("What stands open", 120)]
    if not found:
        return [gap(10), *made, state("full", "Nothing that this system can see.")]
    made.append(para("The dossier states what it lacks. Each line leads to its place.", "lede"))
    for mark, ready in found:
        made += [State(mark, marked(ready)), gap(4)]
    return [gap(10), KeepTogether(made)]


def _open(making: Making) -> Iterator[tuple[str, str]]:
    snapshot = making.snapshot
    if not snapshot.summary.strip():
        yield "open", making.link("summary", "No summary of facts is on the record.")
    if not any(one.sheets for one in snapshot.proceedings):
        yield "open", making.link("charges", "No charge sheet is on the record.")
    yield from _open_papers(making)
    for at, exhibit in enumerate(snapshot.exhibits):
        for one in remarks(exhibit):
            yield (
                one.mark,
                f"{making.link(f'custody.{at}', mono(exhibit.label))} {markup(one.words)}",
            )
    for at, party in enumerate(snapshot.parties):
        weak = sum(fact.standing in ("own_word", "unknown") for fact in party.facts)
        broken = sum(fact.standing == "contradicted" for fact in party.facts)
        name = making.link(f"party.{at}", bold(party.name))
        if broken:
            yield "cross", f"{name}: {words.plural(broken, 'fact')} contradicted."
        if weak or not party.facts:
            said = words.plural(weak, "fact") if weak else "everything but the name"
            yield "half", f"{name}: {said} not verified."


def _open_papers(making: Making) -> Iterator[tuple[str, str]]:
    """What an expert has found against the charge, and what has no signed certificate."""
    snapshot = making.snapshot
    for one in snapshot.comparisons:
        if one.is_alarm:
            yield "cross", making.link("laboratory", markup(one.sentence))
    for request in snapshot.examinations:
        if not request.expert:
            said = f"L{request.number}, {request.laboratory}: {request.state}."
            yield request.mark, making.link(f"laboratory.{request.number}", markup(said))
    left = sum(one.mark != "full" for one in snapshot.certificates)
    if left:
        said = f"{words.plural(left, 'certificate')} of {len(snapshot.certificates)} not complete."
        yield "open", making.link("certificates", markup(said))

"""The first pages: a cover to hand to a magistrate, the index, and what stands open. Pure."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak

from evidence.dossier import words
from evidence.dossier.continuity import remarks
from evidence.dossier.marks import State, state
from evidence.dossier.paper import (
    Anchor,
    PageOf,
    bold,
    gap,
    heading,
    link,
    marked,
    mono,
    para,
    prose,
    section,
)
from evidence.dossier.part import Making, Part
from evidence.dossier.plan import Plan, Withheld
from evidence.dossier.snapshot import Ledger, Snapshot
from evidence.dossier.tables import Cell, docket, facts, stamp, table
from evidence.dossier.text import markup, paragraphs

WITHHOLD = "Contains restricted material. Not to be served on the defence as it stands."
MOST_NAMED = 6  # of accused and counts on the cover: the parts name them all


def cover(making: Making, parts: Sequence[Part]) -> list[Flowable]:
    """One page to hand to a magistrate: what it is, against whom, where what stands."""
    snapshot = making.snapshot
    court = _court(snapshot)
    made: list[Flowable] = [
        marked(f"{mono(snapshot.reference)} &nbsp; {markup(_file(snapshot))}", "lede"),
        *_heading(snapshot),
        para(snapshot.called, "section"),
        para(snapshot.title, "title"),
    ]
    if court:
        made += [gap(2), para(court, "court")]
    made += [gap(6), _docket(making), *_notices(snapshot), gap(6)]
    made += [_charged(making), *prose(paragraphs(snapshot.plan.cover_text))]
    made += [*section("What it contains", 60), _contents(parts), gap(8)]
    made.append(KeepTogether([_stamp(snapshot.ledger)]))
    return [*made, NextPageTemplate("page")]


def _heading(snapshot: Snapshot) -> list[Flowable]:
    """The heading of the court's template, each line as it was typed."""
    lines = [line for line in snapshot.plan.cover_heading.splitlines() if line.strip()]
    return [*(para(line, "court") for line in lines), gap(6)]


def _notices(snapshot: Snapshot) -> list[Flowable]:
    """What must be known before a page is turned: what it continues, that it must be kept back."""
    plan = snapshot.plan
    made: list[Flowable] = []
    if plan.continues:
        made.append(para(_continues(plan), "section"))
    if plan.is_disclosure:
        left = sum(one.treatment == "withheld" for one in plan.withheld)
        less = sum(one.treatment != "withheld" for one in plan.withheld)
        said = f"Served on the defence. Withheld: {left}. Redacted: {less}."
        made.append(marked(_to_schedule(said, plan.withheld), "section"))
    elif snapshot.has_sensitive:
        made.append(para(WITHHOLD, "section"))
    return [gap(8), stamp(made)] if made else []


def _continues(plan: Plan) -> str:
    last, only = plan.first_page - 1, plan.first_page == 2
    pages = "Page 1 is" if only else f"Pages 1 to {last} are"
    before = " and those before it" if plan.supplement > 1 else ""
    kept = f"{pages} in {plan.continues}{before} and {'does' if only else 'do'} not change."
    return f"Continues at page {plan.first_page}. {kept}"


def _to_schedule(said: str, withheld: Sequence[Withheld]) -> str:
    return link("withheld", markup(said)) if withheld else markup(said)


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


def _charged(making: Making) -> Flowable:
    """The accused and the counts of the last charge sheet, in short."""
    snapshot = making.snapshot
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
    return facts(rows, label=0.14)


def _first(lines: list[Flowable]) -> list[Flowable]:
    more = len(lines) - MOST_NAMED
    return [*lines[:MOST_NAMED], *([para(f"and {more} more", "by")] if more > 0 else [])]


def _against(numbers: list[int]) -> str:
    return ", ".join(f"A{number}" for number in numbers)


def _contents(parts: Sequence[Part]) -> Flowable:
    """Two columns of titles with their pages; what is in each part stands in the index."""
    lines: list[list[Cell]] = [
        [marked(link(part.key, markup(part.title))), PageOf(part.key, is_bold=True)]
        for part in parts
        if part.story
    ]
    half = (len(lines) + 1) // 2
    blank: list[list[Cell]] = [["", ""]]
    right = lines[half:] + blank * (2 * half - len(lines))
    rows: list[list[Cell]] = [
        [*left, "", *other] for left, other in zip(lines[:half], right, strict=True)
    ]
    head = ["Part", "Page", "", "Part", "Page"]
    return table(head, rows, [0.4, 0.07, 0.06, 0.4, 0.07], numbers={1, 4}, is_tight=True)


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
        ready = f"{link(part.key, bold(part.title))}  {markup(part.what)}"
        rows.append([marked(ready), PageOf(part.key, is_bold=True)])
        for chapter in part.chapters:
            label = f"{mono(chapter.label)} &nbsp;" if chapter.label else ""
            ready = link(chapter.key, f"{label}{markup(chapter.title)}")
            rows.append([marked(ready, "entry"), PageOf(chapter.key)])
    return [*made, table(["Part", "Page"], rows, [0.9, 0.1], numbers={1}, is_tight=True)]


def changes(making: Making) -> list[Flowable]:
    """What this dossier takes the place of, and what it keeps back."""
    plan = making.snapshot.plan
    made: list[Flowable] = []
    if plan.replacements:
        rows: list[list[Cell]] = [
            [str(one.page), PageOf(one.document.key), one.reason, one.document.title]
            for one in plan.replacements
        ]
        head = ["Page", "Read instead", "Why", "Document"]
        by = f"Pages of {plan.continues} that are replaced. The old page stays where it is."
        made += [gap(10), *section("Pages replaced", 120, by)]
        made.append(table(head, rows, [0.09, 0.15, 0.38, 0.38], numbers={0, 1}))
    if plan.withheld:
        schedule: list[list[Cell]] = [
            [str(at), one.title, one.treatment.capitalize(), one.ground]
            for at, one in enumerate(plan.withheld, 1)
        ]
        by = "Each thing that is not served, or not whole, and the ground for it."
        made += [gap(10), Anchor("withheld", "Schedule"), *section("Withheld or redacted", 120, by)]
        made.append(table(["", "What", "How", "Ground"], schedule, [0.06, 0.4, 0.14, 0.4]))
    return made


def open_points(making: Making) -> list[Flowable]:
    """Stated here, before somebody else finds them."""
    if making.snapshot.plan.is_disclosure:
        return changes(making)  # what the prosecution makes of its own record is its own
    found = list(_open(making))
    made: list[Flowable] = [*section("What stands open", 120)]
    if not found:
        made.append(state("full", "Nothing that this system can see."))
        return [*changes(making), gap(10), *made]
    made.append(para("The dossier states what it lacks. Each line leads to its place.", "lede"))
    for mark, ready in found:
        made += [State(mark, marked(ready)), gap(4)]
    return [*changes(making), gap(10), KeepTogether(made)]


def _open(making: Making) -> Iterator[tuple[str, str]]:
    snapshot = making.snapshot
    if not snapshot.summary.strip():
        yield "open", making.link("summary", "No summary of facts is on the record.")
    if not any(one.sheets for one in snapshot.proceedings):
        yield "open", making.link("charges", "No charge sheet is on the record.")
    yield from _open_proof(making)
    yield from _open_papers(making)
    yield from _open_witnesses(making)
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


def _open_proof(making: Making) -> Iterator[tuple[str, str]]:
    for at, trial in enumerate(making.snapshot.proof):
        missing = sum(cell.state == "missing" for cell in trial.cells)
        if missing:
            said = (
                f"{missing} of {words.plural(len(trial.cells), 'point')} to prove have no evidence."
            )
            yield "open", making.link(f"proof.{at}", markup(said))


def _open_witnesses(making: Making) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(making.snapshot.witnesses):
        if one.mark in ("cross", "open"):
            label = making.link(f"witness.{at}", mono(one.label))
            yield one.mark, f"{label} {markup(f'{one.word}.')}"


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

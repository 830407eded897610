"""The people and firms behind the consignment: each fact with its source and standing. Pure."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from casework import identifiers
from evidence.dossier import words
from evidence.dossier.marks import State, state
from evidence.dossier.paper import bold, gap, heading, marked, mono, para, prose, section
from evidence.dossier.part import Chapter, Making, Part
from evidence.dossier.snapshot import Fact, Party
from evidence.dossier.snapshot_cargo import Bill, Consignment, EntryVersion, Seal
from evidence.dossier.snapshot_flags import RedFlag
from evidence.dossier.tables import Cell, facts, table
from evidence.dossier.text import paragraphs

MOST_ROOM = 400  # points that a heading asks for, so that the first row stands below it
MARKS = {"verified": "full", "own_word": "half", "unknown": "open", "contradicted": "cross"}
KINDS = {"firm": "Firm", "person": "Person", "unknown": "Not known whether a firm or a person"}


def parties(making: Making) -> Part:
    found = making.snapshot.parties
    what = words.plural(len(found), "party", "parties")
    part = making.part(
        "parties", "Parties behind the consignment", what, "No party is on the record."
    )
    if not found:
        return part
    part.open(
        "Filled disc: verified. Half disc: one side says so. Ring: not known. Cross: contradicted. "
        "No line says more than its source."
    )
    for at, party in enumerate(found):
        part.chapters.append(Chapter(f"party.{at}", party.name))
        if at:
            part.story.append(PageBreak() if len(party.facts) > 8 else gap(12))
        part.story += heading(party.name, "chapter", f"party.{at}", 1)
        part.story += _party(making, party)
    part.story += red_flags(making.snapshot.flags, "Red flags of the case as a whole")
    return part


def _party(making: Making, party: Party) -> list[Flowable]:
    rows: list[tuple[str, Cell]] = [("In this case", ", ".join(party.roles) or words.NOTHING)]
    rows.append(("Kind", KINDS.get(party.kind, party.kind)))
    if party.country:
        rows.append(("Country", party.country))
    made: list[Flowable] = [facts(rows), gap(8)]
    for note in party.notes:
        made += prose(paragraphs(note))
    if party.facts:
        head = ["What", "Value", "Who says so", "Standing"]
        lines = [_fact(making, fact) for fact in party.facts]
        made.append(table(head, lines, [0.16, 0.32, 0.28, 0.24]))
    else:
        made.append(state("open", "Nothing is known but the name."))
    return [*made, *red_flags(party.flags)]


def red_flags(found: Sequence[RedFlag], title: str = "Red flags") -> list[Flowable]:
    """What speaks against it, by what it rests on, and what was answered."""
    if not found:
        return []
    standing = sum(one.mark != "later" for one in found)
    by = f"{words.plural(standing, 'sign')} stand" if standing != 1 else "1 sign stands"
    gone = len(found) - standing
    by += f", {gone} dismissed with reasons." if gone else "."
    rows: list[list[Cell]] = [
        [
            [marked(bold(one.label)), para(one.group, "by")],
            [para(sentence) for sentence in one.sentences] or words.NOTHING,
            [state(one.mark, one.standing), *([para(one.answer, "by")] if one.answer else [])],
        ]
        for one in found
    ]
    grid = table(["Sign", "What it rests on", "How it stands"], rows, [0.3, 0.4, 0.3])
    first = 60 + 12 * sum(len(sentence) // 30 + 1 for sentence in found[0].sentences)
    return [gap(), *section(title, min(first, MOST_ROOM), by=by), grid, gap()]


def _fact(making: Making, fact: Fact) -> list[Cell]:
    value = [marked(bold(fact.value or "Not known"))]
    if fact.unknown_reason:
        value.append(para(fact.unknown_reason, "by"))
    until = f", valid until {making.day(fact.expires_on)}" if fact.expires_on else ""
    source = [para(fact.source), para(f"{fact.source_type}, {making.day(fact.as_of)}{until}", "by")]
    if fact.document:
        source.append(para(fact.document, "by"))
    return [fact.kind, value, source, _standing(making, fact)]


def _standing(making: Making, fact: Fact) -> Cell:
    mark = MARKS.get(fact.standing, "half")
    made: list[Flowable] = [State(mark, para(fact.standing_title))]
    if fact.verified_by or fact.verified_on:
        made.append(para(f"{words.person(fact.verified_by)}, {making.day(fact.verified_on)}", "by"))
    if fact.method:
        made.append(para(fact.method, "by"))
    return made


def consignments(making: Making) -> Part:
    found = making.snapshot.consignments
    part = making.part(
        "consignments", "Consignment", words.plural(len(found), "consignment"),
        "No consignment is on the record.",
    )  # fmt: skip
    if not found:
        return part
    part.open("What was declared, what was weighed, and which seals were on the doors.")
    for at, one in enumerate(found):
        title = f"Consignment {one.number} of seizure S{one.seizure}"
        part.chapters.append(Chapter(f"consignment.{at}", title))
        part.story += heading(title, "chapter", f"consignment.{at}", 1)
        part.story += _consignment(making, one)
    return part


def _consignment(making: Making, one: Consignment) -> list[Flowable]:
    rows: list[tuple[str, Cell]] = [*one.values]
    if one.stuffing_place or one.stuffed_on:
        rows.append(("Stuffed", f"{one.stuffing_place}, {making.day(one.stuffed_on)}"))
    for label, mass in (
        ("Declared weight", one.declared_weight_mg),
        ("Verified gross mass", one.vgm_mg),
        ("Weighbridge", one.weighbridge_mg),
    ):
        rows.append((label, words.weight(mass)))
    if one.scan_mg is not None:
        rows.append(("Reckoned from the scan", words.weight(one.scan_mg)))
    made: list[Flowable] = [facts(rows), gap(8), *_containers(one), *_seals(making, one)]
    for bill in one.bills:
        made += _bill(making, bill)
    for entry in one.entries:
        made += _entry(making, entry)
    return [*made, *red_flags(one.flags)]


def _containers(one: Consignment) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [
            marked(mono(identifiers.format_container(container.number))),
            container.size_type or words.NOTHING,
            state("full", "Check digit correct")
            if identifiers.has_container_check_digit(container.number)
            else state("cross", "Check digit wrong; recorded as found on the door"),
        ]
        for container in one.containers
    ]
    if not rows:
        return []
    made = table(["Container", "Size and type", "Number"], rows, [0.3, 0.2, 0.5])
    return [*section("Containers"), made, gap()]


def _seals(making: Making, one: Consignment) -> list[Flowable]:
    states = {True: ("full", "Intact"), False: ("cross", "Not intact"), None: ("open", "Not noted")}
    rows: list[list[Cell]] = [
        [
            marked(mono(seal.number)),
            marked(mono(identifiers.format_container(seal.container)))
            if seal.container
            else words.NOTHING,
            seal.source,
            _seen(making, seal),
            state(*states[seal.is_intact]),
        ]
        for seal in one.seals
    ]
    if not rows:
        return []
    head = ["Seal", "Container", "Put on by", "Seen", "State"]
    return [*section("Seals"), table(head, rows, [0.2, 0.22, 0.16, 0.26, 0.16]), gap()]


def _seen(making: Making, seal: Seal) -> str:
    """Where on the way, at which place, when, and by whom."""
    known = (seal.stage, seal.place or words.NOTHING, making.day(seal.seen_on))
    by = f", by {seal.seen_by}" if seal.seen_by else ""
    return ", ".join(part for part in known if part) + by


def _bill(making: Making, bill: Bill) -> list[Flowable]:
    rows: list[tuple[str, Cell]] = [
        ("Number", marked(mono(bill.number))),
        ("Issued", making.day(bill.issued_on)),
        ("Shipper", bill.shipper or words.NOTHING),
        ("Consignee", ("To order. " if bill.is_to_order else "") + bill.consignee or words.NOTHING),
        ("Notify party", bill.notify_party or words.NOTHING),
        ("Received", f"{making.day(bill.received_on)}, from {bill.received_from or 'not noted'}"),
    ]
    if bill.changed_by or bill.changed_at:
        who = bill.changed_by or "by whom is not noted"
        rows.append(("Changed", f"{making.when(bill.changed_at)}, {who}"))
    if bill.change_reason:
        rows.append(("Reason given", bill.change_reason))
    made = [*section(f"Bill of lading, version {bill.version}"), facts(rows), gap()]
    return [*made, *_changes(bill)] if bill.changes else made


def _entry(making: Making, entry: EntryVersion) -> list[Flowable]:
    rows: list[tuple[str, Cell]] = [("Number", marked(mono(entry.number)))]
    rows.append(("Lodged", making.when(entry.lodged_at)))
    rows += entry.said
    if entry.lane:
        since = f", {making.when(entry.selected_at)}" if entry.selected_at else ""
        rows.append(("Lane", f"{entry.lane}{since}"))
    if entry.received_from:
        rows.append(("Received from", entry.received_from))
    if entry.changed_by:
        rows.append(("Changed by", entry.changed_by))
    made = [*section(f"Customs entry, version {entry.version}"), facts(rows), gap()]
    return [*made, *_changes(entry)] if entry.changes else made


def _changes(bill: Bill | EntryVersion) -> list[Flowable]:
    """What this version says otherwise than the one before it."""
    rows: list[list[Cell]] = [
        [what[:1].upper() + what[1:], was or words.NOTHING, now or words.NOTHING]
        for what, was, now in bill.changes
    ]
    head = ["Field", f"Version {bill.version - 1}", f"Version {bill.version}"]
    return [table(head, rows, [0.24, 0.38, 0.38]), gap()]

"""The court's side: charges with pleas, outcomes, sentences and appeals; the hearings. Pure."""

from collections import Counter

from reportlab.platypus import CondPageBreak, Flowable

from evidence.dossier import words
from evidence.dossier.marks import Step, dates
from evidence.dossier.paper import (
    Anchor,
    bold,
    gap,
    heading,
    marked,
    para,
    prose,
    section,
)
from evidence.dossier.part import Chapter, Making, Part
from evidence.dossier.snapshot import (
    Charge,
    ChargeSheet,
    Count,
    Hearing,
    Outcome,
    Proceeding,
    Sentence,
)
from evidence.dossier.tables import Cell, facts, table
from evidence.dossier.text import markup, paragraphs

MARKS = {"held": "full", "adjourned": "cross"}


def charges(making: Making) -> Part:
    snapshot = making.snapshot
    counts = sum(len(sheet.counts) for one in snapshot.proceedings for sheet in one.sheets[-1:])
    what = f"{words.plural(counts, 'count')}, {len(snapshot.accused)} accused"
    part = making.part("charges", "Charges", what)
    part.open(
        "Each count with the plea, the decisions and the sentence of each accused. A later "
        "decision replaces an earlier one; both stay on the record."
    )
    part.story += _accused(making)
    for at, proceeding in enumerate(snapshot.proceedings):
        title = f"{proceeding.kind}, {proceeding.court}, {proceeding.number}"
        part.chapters.append(Chapter(f"proceeding.{at}", title))
        part.story += _proceeding(making, proceeding, f"proceeding.{at}", title)
    if not snapshot.proceedings:
        part.story.append(para("No charge sheet is on the record.", "record"))
    return part


def _accused(making: Making) -> list[Flowable]:
    people = making.snapshot.accused
    if not people:
        return [Anchor("accused", "Accused")]
    columns: list[tuple[str, list[str], float]] = [
        ("Occupation or part", [one.occupation for one in people], 0.27),
        ("Born", [making.day(one.born_on) for one in people], 0.14),
        ("State", [one.nationality for one in people], 0.12),
        ("Arrested", [making.day(one.arrested_on) for one in people], 0.15),
    ]
    told = [one for one in columns if {*one[1]} - {"", words.NOTHING}]
    rows: list[list[Cell]] = [
        [
            f"A{one.number}",
            marked(bold(one.name)),
            *(cells[at] or words.NOTHING for _, cells, _ in told),
        ]
        for at, one in enumerate(people)
    ]
    head = ["", "Accused", *(name for name, _, _ in told)]
    shares = [0.06, 0.3, *(share for _, _, share in told)]
    made = [Anchor("accused", "Accused"), *section("The accused")]
    return [*made, table(head, rows, shares), gap()]


def _proceeding(making: Making, one: Proceeding, key: str, title: str) -> list[Flowable]:
    rows: list[tuple[str, Cell]] = [("Opened", making.day(one.opened_on))]
    if one.presiding:
        rows.append(("Before", one.presiding))
    if one.prosecutor:
        rows.append(("Prosecutor", words.person(one.prosecutor, number=True)))
    if one.appeal_from:
        rows.append(("From", one.appeal_from))
    if one.appellant_side:
        rows.append(("Brought by", one.appellant_side))
    made = [gap(6), *heading(title, "chapter", key, 1), facts(rows), gap(10)]
    for sheet in one.sheets:
        made += _sheet(making, sheet)
    return [*made, *_bail(making, one)]


def _sheet(making: Making, sheet: ChargeSheet) -> list[Flowable]:
    filed = f"Filed {making.day(sheet.filed_on)}" if sheet.filed_on else "Draft, not filed"
    by = f" by {words.person(sheet.filed_by)}" if sheet.filed_by and sheet.filed_on else ""
    made = section(f"Charge sheet, version {sheet.version}", by=f"{filed}{by}")
    for count in sheet.counts:
        made += _count(making, count)
    return made


def _count(making: Making, count: Count) -> list[Flowable]:
    on = making.day(count.offence_on)
    until = f" to {making.day(count.offence_until)}" if count.offence_until else ""
    title = f"Count {count.number}. {count.offence}"
    made = [*section(title, 130), para(f"{count.provision}. Date of offence: {on}{until}.", "lede")]
    made += prose(paragraphs(count.particulars))
    rows = [_charge(making, charge) for charge in count.charges]
    head = ["", "Accused", "Plea", "Decision", "Sentence"]
    return [*made, table(head, rows, [0.06, 0.22, 0.17, 0.3, 0.25]), gap(12), *_reasons(count)]


def _charge(making: Making, charge: Charge) -> list[Cell]:
    names = {one.number: one.name for one in making.snapshot.accused}
    pleas: Cell = [para(f"{one.plea}, {making.day(one.entered_on)}") for one in charge.pleas]
    decisions: Cell = [item for one in charge.outcomes for item in _decision(making, one)]
    current = [one for one in charge.outcomes if one.is_current]
    sentence = current[-1].sentence if current else None
    return [
        f"A{charge.accused}",
        names.get(charge.accused, ""),
        pleas or "No plea yet",
        decisions or "Not decided",
        _sentence(sentence) if sentence else words.NOTHING,
    ]


def _decision(making: Making, outcome: Outcome) -> list[Flowable]:
    said = markup(outcome.decision)
    ready = bold(outcome.decision) if outcome.is_current else f"<strike>{said}</strike>"
    how = "on appeal, " if outcome.is_appeal else "correction, " if outcome.is_correction else ""
    by = f"{how}{making.day(outcome.decided_on)}, {outcome.court}"
    return [marked(ready), para(by, "by")]


def _sentence(sentence: Sentence) -> str:
    parts = []
    if sentence.is_life:
        parts.append("Imprisonment for life")
    if sentence.imprisonment_days:
        parts.append(f"Imprisonment {words.term(sentence.imprisonment_days)}")
    if parts:
        parts = [", ".join([*parts, *sentence.running])]
    if sentence.fine is not None:
        parts.append(f"Fine {words.money(sentence.fine, sentence.currency)}")
    if sentence.default_days:
        parts.append(f"in default {words.term(sentence.default_days)}")
    if sentence.other:
        parts.append(sentence.other)
    return "; ".join(parts)


def _reasons(count: Count) -> list[Flowable]:
    """Reasons may be long: they stand below the table, not in a cell."""
    made: list[Flowable] = []
    for charge in count.charges:
        for outcome in charge.outcomes:
            if outcome.reason:
                said = f"A{charge.accused}, {outcome.decision}, {outcome.court}:"
                made += [CondPageBreak(46), para(said, "by")]
                made += prose(paragraphs(outcome.reason), "quote")
    return made


def _bail(making: Making, proceeding: Proceeding) -> list[Flowable]:
    if not proceeding.bail:
        return []
    rows: list[list[Cell]] = [
        [
            f"A{one.accused}",
            making.day(one.decided_on),
            one.decision,
            words.money(one.amount, one.currency) if one.amount is not None else words.NOTHING,
            one.conditions or words.NOTHING,
        ]
        for one in proceeding.bail
    ]
    head = ["", "Decided", "Decision", "Amount", "Conditions"]
    return [*section("Bail"), table(head, rows, [0.06, 0.15, 0.22, 0.17, 0.4]), gap()]


def hearings(making: Making) -> Part:
    proceedings = making.snapshot.proceedings
    all_of_them = [hearing for one in proceedings for hearing in one.hearings]
    adjourned = sum(hearing.state == "adjourned" for hearing in all_of_them)
    what = f"{words.plural(len(all_of_them), 'hearing')}, {adjourned} adjourned"
    part = making.part("hearings", "Hearing history", what, "No hearing is on the record.")
    if not proceedings:
        return part
    part.open(
        f"{what}. Each adjournment with the reason that the court gave and the side it names."
    )
    if sides := _sides(all_of_them):
        part.story.append(para(sides, "lede"))
    for at, proceeding in enumerate(proceedings):
        title = f"{proceeding.court}, {proceeding.number}"
        part.chapters.append(Chapter(f"hearings.{at}", title))
        part.story += heading(title, "chapter", f"hearings.{at}", 1)
        part.story += _history(making, proceeding) or [para("No hearing yet.", "record")]
    return part


def _sides(found: list[Hearing]) -> str:
    """How often each side was the reason, the most frequent first."""
    sides = Counter(one.side or "not noted" for one in found if one.state == "adjourned")
    said = [f"{side.lower()} {number}" for side, number in sides.most_common()]
    return f"Adjourned by side: {', '.join(said)}." if said else ""


def _history(making: Making, proceeding: Proceeding) -> list[Flowable]:
    made: list[Flowable] = []
    last = len(proceeding.hearings) - 1
    for at, hearing in enumerate(proceeding.hearings):
        below = words.clock(hearing.starts_at, making.zone)
        mark = MARKS.get(hearing.state, "later")
        line = "" if at == last else "solid"
        above = "solid" if at else ""
        left = dates(making.day(hearing.starts_at), below)
        made.append(Step(left, mark, _hearing(hearing), line=line, above=above))
    return made


def _hearing(hearing: Hearing) -> list[Flowable]:
    said = f"{bold(hearing.kind)} {markup(hearing.state_title.lower())}"
    if hearing.adjournment_reason:
        side = f" ({hearing.side})" if hearing.side else ""
        said += markup(f": {hearing.adjournment_reason}{side}")
    where = ", ".join(part for part in (hearing.courtroom, hearing.presiding) if part)
    body: list[Flowable] = [marked(said)]
    if where:
        body.append(para(where, "by"))
    if hearing.present:
        body += prose(paragraphs(f"Present: {hearing.present}", "System"), "by")
    return [*body, *prose(paragraphs(hearing.note))]

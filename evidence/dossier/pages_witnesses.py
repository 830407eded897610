"""The witnesses, what each is to prove, and what they and the accused stated. Pure."""

from reportlab.platypus import Flowable

from evidence.dossier import words
from evidence.dossier.cited import cited
from evidence.dossier.marks import state
from evidence.dossier.paper import Anchor, bold, gap, heading, marked, mono, para, prose, section
from evidence.dossier.part import Chapter, Making, Part
from evidence.dossier.snapshot_witness import Statement, Summons, Witness
from evidence.dossier.tables import Cell, facts, table
from evidence.dossier.text import markup, paragraphs

CIPHER = "Protected witness: the name is kept by the court and the prosecution."


def witnesses(making: Making) -> Part:
    found = making.snapshot.witnesses
    part = making.part(
        "witnesses", "Witness list", words.plural(len(found), "witness", "witnesses"),
        "No witness is on the record.",
    )  # fmt: skip
    if not found:
        return part
    part.open("In the order of their numbers: what each is to prove, the pages of their "
              "statements, and how they stand for the court.")  # fmt: skip
    head = ["", "Witness", "What for", "Statement, page", "For the court"]
    rows = [_witness(making, at, one) for at, one in enumerate(found)]
    part.story.append(table(head, rows, [0.09, 0.24, 0.27, 0.18, 0.22]))
    return part


def _witness(making: Making, at: int, one: Witness) -> list[Cell]:
    label: list[Flowable] = [Anchor(f"witness.{at}", one.label), marked(mono(one.label))]
    label += [para(one.court_number, "by")] if one.court_number else []
    return [label, _named(one), _proves(one), _stated(making, one), _standing(making, one)]


def _named(one: Witness) -> list[Flowable]:
    if one.is_protected:
        return [marked(bold(one.kind)), para(CIPHER, "by")]
    made = [marked(bold(one.name))]
    language = f"speaks {one.language}" if one.language else ""
    small = "; ".join(part for part in (one.kind, one.position, one.country, language) if part)
    return [*made, para(small, "by")]


def _proves(one: Witness) -> Cell:
    return [para(piece) for piece in one.proves.splitlines() if piece.strip()] or words.NOTHING


def _stated(making: Making, one: Witness) -> Cell:
    by_number = {each.number: each for each in making.snapshot.statements}
    made: list[Flowable] = []
    for number in one.statements:
        if number in by_number:
            key = f"statement.{number}" if making.has(f"statement.{number}") else ""
            day = markup(making.day(by_number[number].taken_on))
            made.append(cited(making.link(key, day), key))
    if made:
        return made
    return "Not printed" if one.is_protected else state("open", "No statement")


def _standing(making: Making, one: Witness) -> list[Flowable]:
    made: list[Flowable] = [state(one.mark, one.word)]
    return [*made, *(para(_summons(making, each), "by") for each in one.summonses)]


def _summons(making: Making, one: Summons) -> str:
    served = f" {making.day(one.served_on)}" if one.served_on else ""
    by = f" by {one.served_by}" if one.served_by and one.served_on else ""
    how = f"served{served}{by}" if one.served_on else f"issued {making.day(one.issued_on)}"
    return f"{one.kind} for {making.day(one.hearing_at)}: {how}"


def statements(making: Making) -> Part:
    found = making.snapshot.statements
    part = making.part(
        "statements", "Statements", words.plural(len(found), "statement"),
        "No statement is on the record.",
    )  # fmt: skip
    if not found:
        return part
    part.open("As they were taken down. What was signed on paper is in the bundle.")
    for at, one in enumerate(found):
        key = f"statement.{one.number}"
        label, who = _who(making, one)
        title = f"{who}, {making.day(one.taken_on)}" if who else making.day(one.taken_on)
        part.chapters.append(Chapter(key, title, label))
        part.story += [gap(10)] if at else []
        part.story += heading(f"{label} {title}", "chapter", key, 1)
        part.story += _statement(making, one)
    return part


def _who(making: Making, one: Statement) -> tuple[str, str]:
    """Label and name of who stated it."""
    if one.accused:
        names = {each.number: each.name for each in making.snapshot.accused}
        return f"A{one.accused}", names.get(one.accused, "")
    by_label = {each.label: each.name for each in making.snapshot.witnesses}
    return one.witness, by_label.get(one.witness, "")


def _statement(making: Making, one: Statement) -> list[Flowable]:
    taken = ", ".join(part for part in (making.day(one.taken_on), one.place) if part)
    rows: list[tuple[str, Cell]] = [("Taken", f"{taken}{_by(one.taken_by)}")]
    if one.language:
        rows.append(("Language", one.language))
    signed = state("full", "Signed") if one.is_signed else state("half", "Not signed")
    rows.append(("Standing", signed))
    if one.correction:
        rows.append(("Replaces", f"an earlier one, kept on the record: {one.correction}"))
    if one.is_sensitive:
        rows.append(("Access", "Sensitive: not for everybody who may read the case"))
    rows += _paper(making, one.paper, one.paper_digest, one.bundle_path)
    made: list[Flowable] = [facts(rows), gap(6), *prose(paragraphs(one.text))]
    for each in one.translations:
        by = f"Translated by {each.translator}"
        made += section(f"Translation, {each.language}", by=by)
        lines = _paper(making, each.paper, each.paper_digest, each.bundle_path)
        made += [facts(lines), gap(6)] if lines else []
        made += prose(paragraphs(each.text))
    return [*made, gap(6)]


def _by(who: str) -> str:
    return f", by {who}" if who else ""


def _paper(making: Making, name: str, digest: str, path: str) -> list[tuple[str, Cell]]:
    """The page of the paper where it is merged; else where it stands in the bundle."""
    if not name:
        return []
    key = making.document(digest)
    where: list[Flowable] = [cited(making.link(key, markup(name)), key)]
    where += [] if key else [marked(mono(path), "digest")]
    return [("Paper", where)]

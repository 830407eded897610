"""Expert and laboratory reports, and one line for each certificate that is needed. Pure."""

from reportlab.platypus import Flowable

from evidence.dossier import words
from evidence.dossier.cited import cited
from evidence.dossier.marks import State, state
from evidence.dossier.paper import bold, gap, heading, marked, mono, para, section
from evidence.dossier.part import Chapter, Making, Part
from evidence.dossier.snapshot_papers import CertificateLine, Comparison, Examination, Examined
from evidence.dossier.tables import Cell, facts, table
from evidence.dossier.text import markup


def laboratory(making: Making) -> Part:
    found, compared = making.snapshot.examinations, making.snapshot.comparisons
    what = words.plural(len(found), "request")
    part = making.part(
        "laboratory", "Expert and laboratory reports", what,
        "No report of an expert or a laboratory is on the record.",
    )  # fmt: skip
    if not found and not compared:
        return part
    part.open("What was sent, that it arrived, and what was found. The signed reports are in the "
              "bundle; the handover itself is in the custody report of each exhibit.")  # fmt: skip
    part.story += _compared(compared, is_disclosure=making.snapshot.plan.is_disclosure)
    for one in found:
        key = f"laboratory.{one.number}"
        part.chapters.append(Chapter(key, one.laboratory, f"L{one.number}"))
        part.story += _examination(making, one, key)
    return part


def _compared(compared: tuple[Comparison, ...], *, is_disclosure: bool) -> list[Flowable]:
    """What the prosecution answered for itself is not served."""
    if not compared:
        return []
    made = section("The charge beside the findings", 120)
    for one in compared:
        body: list[Flowable] = [marked(bold(one.sentence))]
        body += [para(one.listing, "by")] if one.listing else []
        if not is_disclosure:
            body += [para(answer, "by") for answer in one.answers]
            body += [para("Not answered by the prosecutor.", "by")] if one.is_alarm else []
        made += [State(one.mark, body[0]), *body[1:], gap(5)]
    return made


def _examination(making: Making, one: Examination, key: str) -> list[Flowable]:
    title = f"L{one.number}: {one.laboratory}"
    rows: list[tuple[str, Cell]] = [
        ("Asked", one.question),
        ("Sent", f"{making.day(one.sent_on)}, by {one.sent_by}; carried by {one.carried_by}"),
    ]
    if one.due_on:
        rows.append(("Asked for by", making.day(one.due_on)))
    rows += [("Received", _receipt(one)), ("Standing", state(one.mark, one.state))]
    if one.expert:
        rows.append(("Expert", one.expert))
    if one.report:
        rows.append(("Report", one.report))
    if one.paper:
        rows.append(("Signed report", _paper(making, one.paper, one.paper_digest)))
    head = ["Exhibit", "As packed", "Handed over", "Found"]
    lines = [_examined(making, item) for item in one.items]
    grid = table(head, lines, [0.26, 0.2, 0.24, 0.3])
    return [gap(8), *heading(title, "chapter", key, 1), facts(rows), gap(8), grid, gap(10)]


def _receipt(one: Examination) -> Cell:
    if not one.received:
        return state("open", "No receipt is on the record.")
    intact = "seals intact and as on the memo" if one.is_intact else "seals not as on the memo"
    made: list[Flowable] = [
        state("full" if one.is_intact else "cross", f"{one.received}: {intact}")
    ]
    return [*made, *([para(one.remarks, "by")] if one.remarks else [])]


def _examined(making: Making, item: Examined) -> list[Cell]:
    key = making.key_of(item.label)
    label = making.link(key, mono(item.label))
    packed = [marked(mono(item.seal or words.NOTHING))]
    packed += [para(item.marks, "by")] if item.marks else []
    packed.append(para(_measured(item.count, item.weight_mg), "by"))
    return [
        [marked(label), para(item.description, "by")],
        packed,
        state("full" if item.is_handed_over else "open", item.handover),
        _finding(item),
    ]


def _measured(count: int | None, mg: int | None) -> str:
    said = [words.number(count)] if count is not None else []
    said += [words.weight(mg)] if mg is not None else []
    return ", ".join(said) or words.NOTHING


def _finding(item: Examined) -> list[Flowable]:
    if not item.certainty:
        return [state("open", "Nothing reported.")]
    made: list[Flowable] = [marked(bold(item.found or item.certainty))]
    small = [item.certainty, item.method]
    if item.found_count is not None or item.found_weight_mg is not None:
        small.append(_measured(item.found_count, item.found_weight_mg))
    made.append(para("; ".join(part for part in small if part), "by"))
    if item.differs:
        made.append(state("cross", item.differs))
    return [*made, *([para(item.text, "by")] if item.text else [])]


def _paper(making: Making, name: str, digest: str) -> Flowable:
    """With its page, where it is merged into the annex."""
    key = making.document(digest)
    return cited(making.link(key, f"{markup(name)} {mono(words.short(digest))}"), key)


def certificates(making: Making) -> Part:
    found = making.snapshot.certificates
    apart = [one for one in found if one.is_electronic] if making.has("electronic") else []
    found = tuple(one for one in found if one not in apart)
    left = sum(one.mark != "full" for one in found)
    what = f"{words.plural(len(found), 'certificate')} needed, {left} not complete"
    part = making.part(
        "certificates", "Certificates", what, "Nothing on the record needs a certificate."
    )
    if not found and not apart:
        return part
    part.open("One line for each certificate that the evidence needs. The signed papers are in the "
              "bundle, under the digest printed here.")  # fmt: skip
    head = ["Exhibit", "About", "Certificate", "Standing"]
    rows = [_line(making, one) for one in found]
    if rows:
        part.story.append(table(head, rows, [0.1, 0.3, 0.27, 0.33], is_tight=True))
    if apart:
        needed = words.plural(len(apart), "certificate")
        said = f"Electronic records and their copies: {needed}, in a part of their own"
        ready = making.link("electronic", said)
        part.story += [gap(6), cited(ready, "electronic")]
    return part


def _line(making: Making, one: CertificateLine) -> list[Cell]:
    key = making.key_of(one.label)
    label = making.link(key, mono(one.label or words.NOTHING))
    standing: list[Flowable] = [state(one.mark, one.sentence)]
    standing += [para(f"Given by {one.given_by}", "by")] if one.given_by else []
    if one.paper:
        standing.append(_paper(making, one.paper, one.paper_digest))
    kind: list[Flowable] = [para(one.kind)]
    kind += [para(one.statute, "by")] if one.statute else []
    return [marked(label), one.thing, kind, standing]

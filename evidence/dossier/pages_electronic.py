"""Electronic records: each copy from the device into the store, and its certificate. Pure."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from evidence.dossier import words
from evidence.dossier.cited import cited
from evidence.dossier.marks import state
from evidence.dossier.paper import bold, marked, mono, para
from evidence.dossier.part import Making, Part
from evidence.dossier.snapshot import Snapshot
from evidence.dossier.snapshot_electronic import Record, Standing, Step
from evidence.dossier.tables import Cell, table
from evidence.dossier.text import markup

TOGETHER = 40  # rows of one table: a longer one takes reportlab long
HEAD = ["Exhibit and file", "Step", "Digest", "Certificate"]
SHARES = [0.25, 0.33, 0.17, 0.25]
STEPS = {"acquired": "Acquired", "copied": "Copied", "taken in": "Taken into the store"}


def electronic(making: Making) -> Part:
    found = making.snapshot.electronic
    needed, signed = counted(making.snapshot)
    what = f"{words.plural(needed, 'certificate')} needed, {signed} signed"
    part = making.part(
        "electronic", "Electronic records and their copies", what,
        "No electronic record is on file.",
    )  # fmt: skip
    if not found:
        return part
    part.open(
        f"{words.plural(len(found), 'record')} that came out of a device, each with its way into "
        f"the store. The first step and every copy need a certificate: {what}. Filled disc: "
        "signed. Half disc: drafted, or the paper is missing. Ring: missing. Cross: not complete."
    )
    rows = [row for one in found for row in _record(making, one)]
    for at in range(0, len(rows), TOGETHER):
        part.story.append(table(HEAD, rows[at : at + TOGETHER], SHARES, is_tight=True))
    return part


def counted(snapshot: Snapshot) -> tuple[int, int]:
    """Certificates that electronic records need, and those that are signed."""
    steps = [step for one in snapshot.electronic for step in one.steps if step.certificate]
    signed = sum(step.certificate.mark == "full" for step in steps if step.certificate)
    return len(steps), signed


def _record(making: Making, one: Record) -> Iterator[list[Cell]]:
    for at, step in enumerate(one.steps):
        first = [] if at else _file(making, one)
        yield [first or "", _step(making, step), _digest(one, step),
               _certificate(making, step.certificate)]  # fmt: skip


def _file(making: Making, one: Record) -> list[Flowable]:
    label = making.link(making.key_of(one.label), mono(one.label)) if one.label else ""
    key = making.document(one.digest)
    made: list[Flowable] = [marked(label)] if label else []
    made.append(cited(making.link(key, bold(one.name)), key))
    return [*made, *([para(one.made_of, "by")] if one.made_of else [])]


def _step(making: Making, step: Step) -> list[Flowable]:
    way = f": {step.way}" if step.way else ""
    device = " ".join(part for part in (step.device, step.serial) if part)
    at = making.when(step.happened_at) if step.happened_at else "time not noted"
    by = f"{at}, by {step.person}" if step.person else f"{at}, by whom is not noted"
    made: list[Flowable] = [marked(f"{bold(STEPS.get(step.what, step.what))}{markup(way)}")]
    made.append(para(by, "by"))
    for text in (device, step.method, step.note):
        made += [para(text, "by")] if text else []
    return made


def _digest(one: Record, step: Step) -> Cell:
    """Whether what came out of a step is what the store holds: SHA-256 can be compared at once."""
    made: list[Flowable] = []
    for value in dict.fromkeys((step.digest_before, step.digest_after)):
        made += [marked(mono(words.short(value)), "digest")] if value else []
    if not made:
        return para("Not noted", "by")
    after = step.digest_after or step.digest_before
    if len(after) == len(one.digest) and after != one.digest:
        made.append(state("cross", "not that of the file in the store"))
    return made


def _certificate(making: Making, one: Standing | None) -> Cell:
    if one is None:
        return para("None needed for this step", "by")
    made: list[Flowable] = [state(one.mark, one.sentence)]
    made += [para(f"Given by {one.given_by}", "by")] if one.given_by else []
    key = making.document(one.paper_digest)
    if one.paper_digest:
        short = f"The signed paper, {mono(words.short(one.paper_digest))}"
        made.append(cited(making.link(key, short), key, "by"))
    return made

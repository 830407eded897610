"""More of the snapshot made by hand: proof, witnesses, statements, records of devices, flags."""

from datetime import UTC, date, datetime

from evidence.dossier.snapshot_cargo import EntryVersion
from evidence.dossier.snapshot_electronic import Record, Standing, Step
from evidence.dossier.snapshot_flags import RedFlag
from evidence.dossier.snapshot_proof import (
    Admission,
    Cell,
    CountProof,
    Piece,
    Point,
    TrialProof,
)
from evidence.dossier.snapshot_witness import (
    CourtMark,
    Statement,
    Summons,
    Translation,
    Witness,
)

HEARD = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
SAID = "I watched the scanner. Dense curved matter lay behind the first row."
DIGEST = "5" * 64
PAPER = "6" * 64


def pieces() -> dict[str, Piece]:
    """One of each kind of evidence."""
    return {
        "exhibit": Piece(kind="Exhibit", words="E1", exhibit="E1", is_orphan=True),
        "statement": Piece(
            kind="Statement", words="Statement W1, 14 Mar 2024", statement=1, witness="W1",
            note="The first row",
        ),
        "report": Piece(
            kind="Expert report", words="Report of Dr Esther Rono", witness="W2", digest=PAPER
        ),
        "fact": Piece(
            kind="Fact of the register", words="Tamarind Reef Exporters Ltd: Director",
            party="Tamarind Reef Exporters Ltd",
        ),
        "admission": Piece(
            kind="Admission", words="Admission of A1", part="proof.admissions", fault="withdrawn"
        ),
    }  # fmt: skip


def proof() -> TrialProof:
    of = pieces()
    shared = Cell(
        accused=(1, 2), state="proved", mark="full", word="Proved",
        pieces=(of["exhibit"], of["report"]),
    )  # fmt: skip
    first = Cell(accused=(1,), state="linked", mark="half", word="Not judged",
                 pieces=(of["statement"], of["fact"], of["admission"]))  # fmt: skip
    second = Cell(accused=(2,), state="missing", mark="open", word="Missing")
    points = (
        Point(label="Trophy of a listed species", is_shared=True, cells=(shared,)),
        Point(label="Custody or control", is_shared=False, cells=(first, second)),
    )
    count = CountProof(
        number=1, offence="Dealing in wildlife trophies", provision="Wildlife Act s.92(2)",
        accused=(1, 2), points=points,
    )  # fmt: skip
    bare = CountProof(
        number=2, offence="Conveying", provision="Customs Act s.200", accused=(1,)
    )  # fmt: skip
    return TrialProof(court="Chief Magistrate, Mombasa", number="CR 412/2024", counts=(count, bare))


def admissions() -> tuple[Admission, ...]:
    on = date(2024, 6, 3)
    return (Admission(accused=1, made_on=on, kind="Agreed fact", what="A1 signed the entry."),)


def witnesses() -> tuple[Witness, ...]:
    summons = Summons(
        kind="Summons", hearing_at=HEARD, issued_on=date(2026, 11, 3), state="Not found",
        mark="cross",
    )  # fmt: skip
    return (
        Witness(label="W1", name="Insp. Ali Mwakio", kind="Officer", position="Port Unit",
                language="English", court_number="PW1", proves="What the scanner showed",
                mark="full", word="Gave evidence 24 Mar 2025", statements=(1,)),
        Witness(label="W2", name="Dr Esther Rono", kind="Expert", proves="The species",
                mark="cross", word="Not found", summonses=(summons,)),
    )  # fmt: skip


def protected() -> Witness:
    return Witness(
        label="X1", kind="Civilian", proves="Saw the seal changed", is_protected=True,
        mark="later", word="Not called yet",
    )  # fmt: skip


def statements() -> tuple[Statement, ...]:
    translation = Translation(
        language="English", translator="A. Interpreter", text="The lorries came at night."
    )
    return (
        Statement(number=1, witness="W1", taken_on=date(2024, 3, 14), taken_by="Sgt Wekesa",
                  place="Mombasa", language="English", text=SAID, is_signed=True,
                  paper="statement-w1.pdf", paper_digest=DIGEST,
                  bundle_path="documents/555555555555-statement-w1.pdf"),
        Statement(number=2, accused=1, taken_on=date(2024, 3, 15), language="Swahili",
                  text="Malori yalikuja usiku.", is_signed=False, correction="The day was wrong",
                  translations=(translation,)),
    )  # fmt: skip


def electronic() -> tuple[Record, ...]:
    signed = Standing(
        mark="full", sentence="Signed on 2 Apr 2024.", given_by="Sgt Wekesa, Investigator",
        paper_digest=PAPER,
    )  # fmt: skip
    missing = Standing(mark="open", sentence="Missing. Without it the court may refuse it.")
    steps = (
        Step(what="acquired", way="", device="Invented Optics K-2", serial="IO-77120",
             person="Sgt Wekesa", happened_at=HEARD, method="Taken with a camera",
             certificate=signed),
        Step(what="copied", way="Card of the camera to computer", person="Sgt Wekesa",
             happened_at=HEARD, digest_before=DIGEST, digest_after="7" * 64, certificate=missing),
        Step(what="taken in", way="the file store", digest_after=DIGEST),
    )  # fmt: skip
    made_of = "Enhanced image of IMG_0001.jpg, by Sgt Wekesa"
    return (
        Record(label="E1", name="IMG_0412.jpg", digest=DIGEST, steps=steps),
        Record(name="yard.mp4", digest=PAPER, made_of=made_of, steps=steps[2:]),
    )


def flags() -> tuple[RedFlag, ...]:
    return (
        RedFlag(label="New firm, or its first export", group="Parties", weight=2, mark="full",
                sentences=("It was formed 94 days before the load was shipped.",),
                standing="Computed from the record"),
        RedFlag(label="Goes through a hub", group="Goods and route", weight=1, mark="later",
                sentences=("The route goes through Singapore.",), standing="Dismissed",
                answer="Sgt Amina Wekesa, 19 Mar 2024: every ship of this line calls there"),
    )  # fmt: skip


def court_marks() -> tuple[CourtMark, ...]:
    at = "Chief Magistrate, Mombasa, CR 412/2024"
    return (
        CourtMark(kind="Marked for identification", mark="half", happened_on=date(2025, 3, 24),
                  court=at, number="MFI 3", witness="W1"),
        CourtMark(kind="Not taken in evidence", mark="cross", happened_on=date(2025, 3, 25),
                  court=at, number="MFI 3", ruling="The chain was not shown."),
    )  # fmt: skip


def entries() -> tuple[EntryVersion, ...]:
    first = EntryVersion(
        number="2024MSA40117", version=1, lodged_at=HEARD, lane="Red: examination",
        said=(("Exporter", "Tamarind Reef Exporters Ltd"),),
    )  # fmt: skip
    second = EntryVersion(
        number="2024MSA40117", version=2, lodged_at=HEARD, lane="Green: release",
        selected_at=HEARD, changed_by="A clerk", received_from="Customs",
        changes=(("Lane", "Red: examination", "Green: release"),),
    )  # fmt: skip
    return first, second

"""The papers of the tea story: a memo with its report, certificates, and some still missing."""

from typing import Any

from casework import access
from casework.models import Case, Count, Seizure
from evidence import files
from evidence.filestore import acquisitions, copies, derivations
from evidence.filestore.acquisitions import Statement as Acquired
from evidence.filestore.copies import Copy
from evidence.models import Attachment, Exhibit
from evidence.papers import alarms, certificate_book, certificates, laboratory
from evidence.papers.certificates import Statement
from evidence.papers.laboratory import Found, Packed
from search.demo import papers
from search.demo.cast import Cast
from search.demo.stage import ago, at, code, day, taxon, upload
from search.demo.tea import SEIZED

LABORATORY = "National Laboratory"


def tell(cast: Cast, seizure: Seizure) -> None:
    case = seizure.case
    _named(cast, case)
    _examined(cast, case)
    _acquired(cast, case)
    _redacted(cast, case)
    _certified(cast, case)


def _named(cast: Cast, case: Case) -> None:
    """Counts 1 and 2 name the species, and are about the tusks and the pieces."""
    elephant = taxon("Loxodonta africana")
    with at(SEIZED - 8, "10:30"):
        for count in Count.objects.filter(charge_sheet__proceeding__case=case, number__in=(1, 2)):
            about = list(Exhibit.objects.filter(case=case, label__in=("E1", "E2")))
            alarms.name_species(count, taxon=elephant, exhibits=about, actor=cast.prosecutor)


def _examined(cast: Cast, case: Case) -> None:
    pieces = Exhibit.objects.get(case=case, label="E2")
    with at(SEIZED - 19, "07:50"):
        to = laboratory.laboratory(
            name=LABORATORY, accreditation="Accreditation INV/0931 (invented)",
            address="Museum Hill, Nairobi", actor=cast.custodian,
        )  # fmt: skip
        request = laboratory.send(
            case, to=to, question="Of which species are the pieces, and from where?",
            items=[Packed(pieces, "WS-M 004512", "Sack 5, red tag", 24, 212_600 * 1000)],
            sent_by="Joseph Kilonzi", carried_by="Joseph Kilonzi", sent_on=day(SEIZED - 19),
            due_on=day(SEIZED - 80), actor=cast.custodian,
        )  # fmt: skip
    with at(SEIZED - 19, "17:10"):
        laboratory.receive(
            request, received_by="Dr Esther Rono", received_on=day(SEIZED - 19), is_intact=True,
            reference="NL 4471", actor=cast.custodian,
        )  # fmt: skip
    with at(400, "15:00"):
        paper = papers.one_page("SPECIES REPORT NL 4471", (
            ("Exhibit", "E2, 24 pieces"), ("Found", "Loxodonta africana"),
            ("How", "Schreger angles above 115 degrees; DNA"), ("Expert", "Dr Esther Rono"),
        ))  # fmt: skip
        laboratory.report(
            request, expert="Dr Esther Rono", qualification="Wildlife forensic scientist",
            reported_on=day(401), reference="NL 4471/R1", actor=cast.custodian,
            paper=upload("species-report.pdf", paper, "application/pdf"),
            findings=[Found(
                request.items.get(), taxon("Loxodonta africana"), "certain",
                code("specimen", "IVP"), "Schreger angles; DNA",
                "All 24 pieces are ivory of the African elephant.", 24, 212_580 * 1000,
            )],
        )  # fmt: skip


def _acquired(cast: Cast, case: Case) -> None:
    """The photographs of E2 were taken with the unit's camera."""
    for row in Attachment.objects.filter(case=case, kind="photograph", exhibit__label="E2"):
        if acquisitions.of(row) is not None:
            continue
        with at(SEIZED, "09:00"):
            said = Acquired(
                method="camera", device_make="Invented Optics", device_model="K-2",
                device_serial="IO-77120", person="Sgt Amina Wekesa", acquired_at=row.taken_at,
                time_zone="Africa/Nairobi", clock_offset=0,
            )  # fmt: skip
            acquisitions.acquire(row, said, actor=cast.investigator)
            _copied(cast, row)


def _copied(cast: Cast, row: Attachment) -> None:
    """From the camera's card to the computer of the unit, from which it was taken in here."""
    digest = row.file.digest
    copies.record(row, Copy(
        from_medium="Card of the camera", to_medium="Computer of the Port Unit",
        person="Sgt Amina Wekesa", happened_at=ago(SEIZED, "08:05"), device="Card reader",
        method="Copied with a write blocker", digest_before=digest, digest_after=digest,
    ), actor=cast.investigator)  # fmt: skip


def _redacted(cast: Cast, case: Case) -> None:
    """The bill of lading without the names of its parties, and of which file it was made."""
    original = Attachment.objects.get(case=case, name="bill-of-lading.pdf")
    with at(SEIZED - 10, "11:15"):
        paper = papers.one_page("BILL OF LADING MOLMBA240931, REDACTED", papers.LINES[3:])
        redacted = files.attach(
            case, upload=upload("bill-of-lading-redacted.pdf", paper, "application/pdf"),
            kind="document", exhibit=original.exhibit, caption="Bill of lading, names blacked out",
            actor=cast.investigator,
        )  # fmt: skip
        derivations.derive(
            redacted, original=original, kind="redacted", person="Sgt Amina Wekesa",
            how="Shipper, consignee and notify party blacked out on paper, then scanned",
            made_at=ago(SEIZED - 10, "10:50"), actor=cast.investigator,
        )  # fmt: skip


def _certified(cast: Cast, case: Case) -> None:
    """Signed for the photographs of E2 and the weighing at the gate; the scanner's is missing."""
    who: dict[str, Any] = {"given_by": "Sgt Amina Wekesa", "position": "Investigator, Port Unit"}
    camera: dict[str, Any] = {"device": "Invented Optics K-2", "device_number": "IO-77120"}
    photographs = Statement(
        **who, **camera, is_responsible=True, is_regularly_used=True, is_regularly_fed=True,
        was_working=True, is_derived=True, produced="Photographs taken at Gate 9 with the unit's "
        "camera, copied from its card on the same day.", kept="On the card, then in this system "
        "under the digests listed; the camera is issued to the giver.",
    )  # fmt: skip
    of_scale = Statement(
        **who, device="Invented Scales platform", calibrated_on=day(SEIZED + 41),
        valid_until=day(SEIZED - 324),
    )  # fmt: skip
    _certify(cast, case, "electronic", "E2", photographs)
    _certify(cast, case, "photographic", "E2", Statement(**who, **camera))
    _certify(cast, case, "weighing", "E", of_scale)


def _certify(cast: Cast, case: Case, kind: str, label: str, said: Statement) -> None:
    """Recorded a week later and signed two days after that."""
    access.require(cast.investigator, case, "view")
    wanted = certificate_book.read(case, cast.investigator).needs(kind)
    chosen = [need for need in wanted if need.label.startswith(label)]
    if kind == "weighing":
        chosen = [need for need in chosen if need.day == ago(SEIZED).date()
                  and need.scale == "KP-118"]  # fmt: skip
    with at(SEIZED - 7, "09:10"):
        row = certificates.record(
            case, kind=certificates.kind_of(kind), statement=said,
            covers=[need.key for need in chosen], actor=cast.investigator,
        )  # fmt: skip
    with at(SEIZED - 9, "16:40"):
        paper = papers.one_page(row.kind.label.upper(), (
            ("Given by", said.given_by), ("Covers", ", ".join(need.thing for need in chosen)[:80]),
            ("Signed", "for demonstration only"),
        ))  # fmt: skip
        certificates.sign(
            row, signed_on=day(SEIZED - 9), actor=cast.investigator,
            paper=upload(f"certificate-{kind}.pdf", paper, "application/pdf"),
        )  # fmt: skip

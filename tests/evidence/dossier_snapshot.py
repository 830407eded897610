"""A snapshot made by hand, for tests of the pages: invented people, firms and numbers."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from casework.ledger import event as ledger
from evidence import continuity
from evidence.continuity import Subject
from evidence.dossier.continuity import frozen
from evidence.dossier.snapshot import (
    Accused,
    Bail,
    Charge,
    ChargeSheet,
    Count,
    Event,
    Exhibit,
    Fact,
    File,
    Hearing,
    Item,
    Ledger,
    Outcome,
    Party,
    Person,
    Plea,
    Proceeding,
    Proof,
    Remark,
    Seizure,
    Sentence,
    Snapshot,
)
from evidence.dossier.snapshot_cargo import Bill, Consignment, Container, Seal
from tests.evidence import dossier_parts

START = datetime(2024, 3, 14, 2, 40, tzinfo=UTC)
WEKESA = Person("Sgt Amina Wekesa", "WS-1182", "Wildlife Service")
KILONZI = Person("Joseph Kilonzi", "WS-2044", "Wildlife Service")
RONO = Person("Dr Esther Rono", "NL-031", "National Laboratory")
ODERA = Person("Grace Nafula Odera", "PP-415", "Public Prosecutions")


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def photograph(text: str, size: tuple[int, int] = (1600, 1000)) -> bytes:
    image = Image.new("RGB", size, "#777777")
    draw = ImageDraw.Draw(image)
    draw.ellipse((size[0] * 0.2, size[1] * 0.2, size[0] * 0.8, size[1] * 0.7), fill="#e8dcc0")
    draw.text((40, 40), f"{text} (drawn for a test)", fill="white", font_size=60)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


class Pictures:
    """The bytes of the snapshot's files by digest, as the pages ask for them."""

    def __init__(self) -> None:
        self.bytes: dict[str, bytes] = {}

    def add(self, data: bytes, name: str, exhibit: str, **fields: Any) -> File:
        digest = hashlib.sha256(data).hexdigest()
        self.bytes[digest] = data
        values: dict[str, Any] = {
            "kind": "Photograph",
            "is_picture": True,
            "media_type": "image/jpeg",
        }
        path = f"exhibits/{exhibit}/{digest[:12]}-{name}"
        return File(name=name, size=len(data), digest=digest, bundle_path=path, **values | fields)

    def __call__(self, digest: str) -> bytes | None:
        return self.bytes.get(digest)


def events(label: str, count: int = 24, mass: int = 212_600_000) -> tuple[Event, ...]:
    acts: list[tuple[int, str, str, dict[str, Any]]] = [
        (0, "seized", "Seized", {"place": "Gate 9 scanner yard", "recorder": WEKESA}),
        (75, "sealed", "Sealed", {"seal_number": "WS-M 004512", "recorder": WEKESA}),
        (445, "offered", "Offered", {"giver": WEKESA, "receiver": KILONZI, "recorder": WEKESA}),
        (645, "acknowledged", "Acknowledged", {
            "giver": WEKESA, "receiver": KILONZI, "recorder": KILONZI, "answers": 3,
            "seal_number": "WS-M 004512", "seal_intact": True, "place": "Exhibit store, shelf C-2",
            "count": count, "weight_mg": mass, "scale": "ES-04",
            "scale_calibrated_on": date(2024, 2, 2)}),
        (8650, "offered", "Offered", {
            "giver": KILONZI, "receiver": RONO, "recorder": KILONZI,
            "purpose": "Species identification", "authority": "Exhibit memo 14/2024"}),
        (8700, "acknowledged", "Acknowledged", {
            "giver": KILONZI, "receiver": RONO, "recorder": RONO, "answers": 5,
            "seal_number": "WS-M 004512", "seal_intact": True, "count": count,
            "weight_mg": mass - 60_000, "tolerance_mg": 1_000_000}),
        (9000, "examined", "Examined", {
            "recorder": RONO, "seal_number": "WS-M 004512", "new_seal_number": "LAB-0931",
            "note": "Seal cut for examination in the presence of Sgt Wekesa; a new one was set."}),
        (30000, "offered", "Offered", {"giver": RONO, "receiver": KILONZI, "recorder": RONO}),
        (30060, "acknowledged", "Acknowledged", {
            "giver": RONO, "receiver": KILONZI, "recorder": KILONZI, "answers": 8,
            "seal_number": "LAB-0931", "seal_intact": True, "count": count,
            "weight_mg": mass - 5_800_000,
            "explanation": "Ivory dries; 2.7 percent in eleven weeks."}),
        (860_000, "offered", "Offered", {
            "giver": KILONZI, "receiver": ODERA, "recorder": KILONZI,
            "purpose": "Production in court"}),
    ]  # fmt: skip
    return tuple(_events(label, acts))


def _events(label: str, acts: list[tuple[int, str, str, dict[str, Any]]]) -> Iterator[Event]:
    for sequence, (minutes, kind, title, values) in enumerate(acts, start=1):
        at = START + timedelta(minutes=minutes)
        yield Event(
            sequence=sequence,
            kind=kind,
            title=title,
            happened_at=at,
            recorded_at=at + timedelta(minutes=4),
            digest=digest_of(f"{label}{sequence}"),
            leaf_index=sequence,
            **values,
        )


def exhibit(pictures: Pictures, number: int, **values: Any) -> Exhibit:
    label = f"E{number}"
    files = [
        pictures.add(photograph(f"{label} as found"), "IMG_0412.jpg", label, caption="As found"),
        pictures.add(
            photograph(f"{label} seal", (900, 1400)),
            "IMG_0413.jpg",
            label,
            caption="Seal after return",
            taken_at=START + timedelta(hours=4),
        ),
        pictures.add(
            b"%PDF-1.7 memo " + label.encode(),
            "memo.pdf",
            label,
            kind="Document",
            is_picture=False,
            media_type="application/pdf",
        ),
    ]
    chain = events(label)
    made: dict[str, Any] = {
        "label": label,
        "identifier": f"00000000-0000-4000-8000-{number:012d}",
        "kind": "Specimen",
        "description": "Twenty-four tusk pieces in a tea sack",
        "species": "Loxodonta africana",
        "found_at": "Container, third row, sack 5",
        "seizure": 1,
        "holder": KILONZI,
        "storage_place": "Exhibit store, shelf C-2",
        "registered_by": WEKESA,
        "registered_at": START,
        "files": tuple(files),
        "events": chain,
        "proof": Proof(state="verified", sequenced=len(chain)),
        "court_marks": dossier_parts.court_marks() if number == 1 else (),
    }
    made |= values
    return Exhibit(remarks=remarks(made["events"]), **made)


def remarks(chain: tuple[Event, ...]) -> tuple[Remark, ...]:
    """What the engine says of these events, as the dossier freezes it."""
    plain = [_plain(event) for event in chain]
    subject = Subject(identifier=UUID(int=1), label="E1", events=plain)
    found = continuity.findings(subject, now=START + timedelta(days=700))
    return frozen(found, ZoneInfo("Africa/Nairobi"))


def _plain(event: Event) -> ledger.Event:
    names = {field.name for field in fields(ledger.Event)} & {field.name for field in fields(event)}
    values: dict[str, Any] = {name: getattr(event, name) for name in names - {"scale"}}
    return ledger.Event(exhibit=UUID(int=1), label="", previous=None, **values)


def facts() -> tuple[Fact, ...]:
    on = date(2024, 4, 2)
    return (
        Fact(kind="Registered name", value="Tamarind Reef Exporters Ltd", source="Company register",
             source_type="Official register", as_of=on, standing="verified",
             standing_title="Verified", method="Certified extract CR-12", verified_by=WEKESA,
             verified_on=on),
        Fact(kind="Address", value="Plot 14, Kibarani", source="Export declaration",
             source_type="Their own word", as_of=on, standing="own_word",
             standing_title="One side says so"),
        Fact(kind="Beneficial owner", value="", source="Company register",
             source_type="Official register", as_of=on, standing="unknown",
             standing_title="Not known", unknown_reason="The register does not hold owners"),
        Fact(kind="Director", value="Nguyễn Đức Thắng", source="Bank letter",
             source_type="Third party", as_of=on, standing="contradicted",
             standing_title="Contradicted", method="The register names another person"),
    )  # fmt: skip


def charge(accused: int, *, is_appealed: bool = False) -> Charge:
    sentence = Sentence(imprisonment_days=7300, fine=20_000_000, currency="KES", default_days=365)
    first = Outcome(
        decision="Convicted after trial",
        decided_on=date(2025, 11, 21),
        court="Chief Magistrate, Mombasa",
        is_current=not is_appealed,
        sentence=sentence,
        reason="The accused signed the declaration and paid for the container.",
    )
    second = Outcome(
        decision="Acquitted",
        decided_on=date(2026, 8, 5),
        court="High Court, Mombasa",
        is_appeal=True,
        reason="The chain of custody of E7 was not shown between the yard and the store.",
    )
    pleas = (Plea(plea="Not guilty", entered_on=date(2024, 3, 18)),)
    outcomes = (first, second) if is_appealed else (first,)
    return Charge(accused=accused, pleas=pleas, outcomes=outcomes)


def proceedings() -> tuple[Proceeding, ...]:
    counts = (
        Count(number=1, provision="Wildlife Act s.92(2)", offence="Dealing in wildlife trophies",
              particulars="On 14 March 2024 at the port, jointly dealt in 511 pieces of ivory.",
              offence_on=date(2024, 3, 14), charges=(charge(1), charge(2, is_appealed=True))),
        Count(number=2, provision="Customs Act s.200", offence="Conveying prohibited goods",
              particulars="Conveyed goods declared as black tea.", offence_on=date(2024, 3, 1),
              offence_until=date(2024, 3, 14), charges=(Charge(accused=1),)),
    )  # fmt: skip
    sheet = ChargeSheet(version=1, filed_on=date(2024, 3, 15), filed_by=ODERA, counts=counts)
    hearings = tuple(
        Hearing(
            kind="Hearing" if at else "Plea",
            starts_at=START + timedelta(days=4 + 61 * at, hours=4),
            courtroom="Court 3",
            presiding="Hon. L. Kerubo",
            state="held" if at % 3 == 0 else "adjourned",
            state_title="Held" if at % 3 == 0 else "Adjourned",
            present="Prosecutor, defence counsel, both accused",
            note="PW1 gave evidence and produced E1 to E3." if at % 3 == 0 else "",
            adjournment_reason="" if at % 3 == 0 else "Witness absent without explanation",
            side="" if at % 3 == 0 else "prosecution",
        )
        for at in range(7)
    )
    bail = (
        Bail(accused=1, decision="Granted on bond", decided_on=date(2024, 3, 20), amount=2_000_000,
             currency="KES", conditions="Passport deposited; reports every Monday"),
    )  # fmt: skip
    trial = Proceeding(
        kind="Trial", court="Chief Magistrate, Mombasa", number="CR 412/2024",
        presiding="Hon. L. Kerubo", prosecutor=ODERA, opened_on=date(2024, 3, 15),
        sheets=(sheet,), hearings=hearings, bail=bail,
    )  # fmt: skip
    appeal = Proceeding(
        kind="Appeal", court="High Court, Mombasa", number="HCCRA 31/2025",
        appeal_from="Chief Magistrate, Mombasa, CR 412/2024", appellant_side="Defence",
        opened_on=date(2025, 12, 2), prosecutor=ODERA,
    )  # fmt: skip
    return trial, appeal


def consignment() -> Consignment:
    values = (
        ("Booking", "BK 88172"), ("Vessel", "MV Coral Heron, voyage 114E"),
        ("From", "Mombasa KEMBA"), ("To", "Hai Phong VNHPH"),
        ("Declared goods", "Black tea, 634 bags"),
    )  # fmt: skip
    bill = Bill(number="MDOU99120457", version=1, issued_on=date(2024, 3, 9), is_to_order=True,
                shipper="Tamarind Reef Exporters Ltd", notify_party="Sông Hồng Trading",
                received_from="The carrier's agent", received_on=date(2024, 3, 15))  # fmt: skip
    seals = (
        Seal(number="ML-KE 0912", container="MDOU4182079", source="Carrier", place="Kibarani yard",
             seen_on=date(2024, 3, 8), is_intact=True),
        Seal(number="ML-KE 0912", container="MDOU4182079", source="Carrier", place="Gate 9",
             seen_on=date(2024, 3, 14), is_intact=False),
    )  # fmt: skip
    return Consignment(
        seizure=1, number=1, values=values, declared_weight_mg=21_556_000_000_000 // 1000,
        vgm_mg=23_168_400_000, weighbridge_mg=23_180_000_000, stuffed_on=date(2024, 3, 8),
        stuffing_place="Kibarani yard",
        containers=(Container(number="MDOU4182079", size_type="22G1"),),
        seals=seals, bills=(bill,), entries=dossier_parts.entries(), flags=dossier_parts.flags(),
    )  # fmt: skip


def seizure() -> Seizure:
    return Seizure(
        number=1, seized_at=START, is_time_known=True, place="Mombasa KEMBA, Gate 9 scanner yard",
        agency="Wildlife Service", direction="Export", transport_mode="Sea container",
        detection_method="Scanner image", concealment="Tusks sawn to length inside tea sacks",
        declared_goods="Black tea", route=("origin TZ 60 %", "origin KE 40 %", "destination VN"),
        people_present="Cpl Juma Barasa", recorded_by=WEKESA,
        narrative="The scanner showed dense matter in the third row.\nThe doors were opened.",
        items=(Item(number=1, species="Loxodonta africana", common_name="African elephant",
                    specimen="Tusk pieces", count=511, weight_mg=1_612_400_000, scale="KP-118",
                    scale_calibrated_on=date(2024, 2, 2)),),
    )  # fmt: skip


def snapshot(pictures: Pictures, exhibits: int = 3, **values: Any) -> Snapshot:
    made: dict[str, Any] = {
        "reference": "KE-MSA-2024-0031",
        "number": 1,
        "title": "Elephant ivory declared as black tea, bound for Hai Phong",
        "summary": "On 14 March 2024 a container declared as black tea was stopped at Gate 9.\n"
        "Inside 634 bags lay 511 pieces of ivory. The shipper's address does not exist.",
        "tier": "Trafficking through a port",
        "status": "On trial",
        "agency": "Wildlife Service",
        "unit": "Port Unit",
        "lead_officer": WEKESA,
        "files_elsewhere": (("Occurrence book", "OB 14/3/2024"), ("Police file", "711/2024")),
        "court_file": "CR 412/2024",
        "addressed_to": "Chief Magistrate, Mombasa",
        "built_by": ODERA,
        "issued_at": datetime(2026, 11, 22, 4, 31, tzinfo=UTC),
        "zone": "Africa/Nairobi",
        "opened_at": START,
        "ledger": Ledger(
            origin="ledger.example.org/custody", fingerprint=" ".join(["9f2c"] * 16), size=41207,
            root=digest_of("root"), signed_at=START, previous_size=12611,
            previous_root=digest_of("old"),
        ),
        "accused": (
            Accused(number=1, name="Hassan Tsofa Mwero", born_on=date(1979, 5, 1),
                    nationality="KE", occupation="Director of the shipper",
                    arrested_on=date(2024, 3, 14)),
            Accused(number=2, name="Mercy Muriuki", nationality="KE", occupation="Clearing agent",
                    arrested_on=date(2024, 3, 16)),
        ),
        "proceedings": proceedings(),
        "seizures": (seizure(),),
        "consignments": (consignment(),),
        "parties": (
            Party(name="Tamarind Reef Exporters Ltd", kind="firm", country="KE",
                  roles=("Shipper",), facts=facts(), flags=dossier_parts.flags()),
            Party(name="Sông Hồng Trading", kind="unknown", country="VN", roles=("Notify party",)),
        ),
        "exhibits": tuple(exhibit(pictures, number) for number in range(1, exhibits + 1)),
        "proof": (dossier_parts.proof(),),
        "admissions": dossier_parts.admissions(),
        "witnesses": dossier_parts.witnesses(),
        "statements": dossier_parts.statements(),
        "electronic": dossier_parts.electronic(),
    }  # fmt: skip
    return Snapshot(**made | values)

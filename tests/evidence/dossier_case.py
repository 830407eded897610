"""A case with everything a dossier prints, told through the real operations."""

from datetime import timedelta

from django.utils import timezone

from casework import cases, hearings, proceedings
from casework.models import Case, Code, Court, User
from evidence import custody, files
from evidence.models import Attachment, Exhibit
from kyc import parties
from kyc.cargo import consignments
from kyc.parties import NewParty, Origin
from tests.casework import court_stories as court
from tests.evidence import scenes
from tests.evidence.pictures import jpeg, upload

SHIPPER = "Tamarind Reef Exporters Ltd"


def code(kind: str) -> Code:
    found: Code = Code.objects.kind(kind).earliest("position", "pk")
    return found


def tell(
    case: Case, investigator: User, custodian: User, prosecutor: User, *, things: int = 3
) -> None:
    """Seizure, consignment, exhibits with photographs and handovers, a party, a trial."""
    told = "A container was stopped.\nInside lay tusks."
    cases.change(case, actor=investigator, summary=told, reason="For the court")
    _consign(case, investigator)
    for number in range(1, things + 1):
        handed_over(case, investigator, custodian, number)
    _introduce(case, investigator)
    _try(case, investigator, prosecutor)


def _consign(case: Case, actor: User) -> None:
    seizure = scenes.seizure(case, actor)
    box = consignments.Box(
        number="MDOU4182079", seal_number="ML 0912", seal_source=code("seal_source")
    )
    consignments.add(
        seizure, actor=actor, boxes=[box], bill={"number": "MDOU99120457", "shipper": SHIPPER}
    )


def handed_over(case: Case, giver: User, receiver: User, number: int) -> Exhibit:
    """A sealed exhibit with a photograph of its own that the giver handed to the receiver."""
    made = scenes.exhibit(case, giver, description=f"Tusk {number}")
    photograph(made, giver, 40 + number)
    offer = custody.offer(made, to=receiver, actor=giver, purpose="Storage")
    custody.acknowledge(
        offer, actor=receiver, seal_number="WS-M 006120", seal_intact=True, count=1,
        weight_mg=4_200_000, place="Exhibit store",
    )  # fmt: skip
    return made


def photograph(
    exhibit: Exhibit, actor: User, width: int, *, is_sensitive: bool = False
) -> Attachment:
    return files.attach(
        exhibit.case, upload=upload(jpeg(width, 30)), kind="photograph", actor=actor,
        exhibit=exhibit, caption="As found", is_sensitive=is_sensitive,
    )  # fmt: skip


def _introduce(case: Case, actor: User) -> None:
    origin = Origin("case_document", "Export declaration", timezone.localdate(), case)
    phone = Code.objects.get(kind="fact_kind", code="phone")
    parties.introduce(
        case, NewParty("firm", SHIPPER, "KE"), role=code("party_role"), origin=origin,
        facts=[(phone, "+254 712 345678")], actor=actor,
    )  # fmt: skip


def _try(case: Case, investigator: User, prosecutor: User) -> None:
    pair = court.Pair(investigator, prosecutor)
    today = timezone.localdate()
    court.accepted(case, pair, day=today)
    trial = proceedings.open_proceeding(
        case, court=Court.objects.filter(level="magistrate").earliest("pk"), number="CR 412/2026",
        opened_on=today, actor=prosecutor,
    )  # fmt: skip
    found = court.count_in(
        trial, court.accuse(case, pair, "Benson Tsofa", "Mercy"), pair, day=today
    )
    court.file_sheet(trial, pair, day=today)
    court.plead(found, pair, day=today)
    hearings.schedule(
        trial, kind=Code.objects.get(kind="hearing_type", code="mention"),
        starts_at=timezone.now() + timedelta(days=7), actor=prosecutor,
    )  # fmt: skip

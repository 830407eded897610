"""Everything that a case can hold, each with a word of its own, and a hidden one of each beside it.

`open` words are for every reader of the case, `umbra` words for those alone who may see sensitive
things. All names are invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework import cases, charges, clock, hearings
from casework.days import appearances, needs, summonses
from casework.duties import assistance, authorities, deadlines
from casework.models import (
    Accused,
    Case,
    Charge,
    CourtOrder,
    Element,
    Hearing,
    Indicator,
    Laboratory,
    OrderedThing,
    Proceeding,
    Submission,
    SubmissionQuery,
    Taxon,
    TrialStep,
    User,
    Witness,
)
from casework.sentencing import bail, custody
from casework.witnesses import admissions, statements, witnesses
from evidence import exhibits, files
from evidence.exhibits import Thing
from evidence.models import (
    Acquisition,
    Attachment,
    Certificate,
    CertificateCover,
    CourtMark,
    Exhibit,
    ExhibitHold,
    Finding,
    LaboratoryReport,
    LaboratoryRequest,
    ProofJudgement,
    RequestedItem,
)
from kyc import parties
from kyc.diligence import reviews
from kyc.models import Party
from kyc.parties import NewParty, Origin
from kyc.redflags import flags
from kyc.ties import dealings
from kyc.watch import screening
from tests.casework import court_stories as court
from tests.evidence.pictures import jpeg, upload
from tests.kyc import lists

DAY = date(2024, 4, 10)
OPEN = frozenset(
    f"open{kind}"
    for kind in (
        "admission", "assistance", "authority", "bail", "certificate", "dealing", "deadline",
        "device", "finding", "flag", "hold", "judgement", "laboratory", "mark", "need", "order",
        "query", "statement", "step", "submission", "summons", "surety", "witness",
    )
)  # fmt: skip
HIDDEN = frozenset(
    f"umbra{kind}"
    for kind in (
        "asked", "authority", "caption", "certificate", "device", "exhibit", "finding", "issuer",
        "laboratory", "mark", "marks", "need", "note", "paper", "partner", "person", "place",
        "proves", "said", "seal", "statement", "step", "summons", "thing", "translator", "witness",
    )
)  # fmt: skip


@dataclass
class Whole:
    """What else the case holds, beyond the story."""

    case: Case
    trial: Proceeding
    hearing: Hearing
    witness: Witness
    protected: Witness
    hidden: Exhibit
    charge: Charge
    other: Party


def code(kind: str, name: str) -> Any:
    return court.code(kind, name)


def tell(case: Case, shown: Exhibit, party: Party, actor: User, prosecutor: User) -> Whole:
    trial = case.proceedings.get()
    accused = case.accused.get()
    hidden = exhibits.register(
        case,
        Thing(
            kind=code("exhibit_kind", "device"),
            description="umbraexhibit recorder",
            found_at="umbraplace",
            is_restricted=True,
        ),
        happened_at=timezone.now() - timedelta(days=3),
        actor=actor,
    )
    hearing = hearings.schedule(
        trial,
        kind=code("hearing_type", "hearing"),
        starts_at=timezone.now() + timedelta(days=7),
        actor=prosecutor,
    )
    witness, protected = _witnesses(case, accused, actor)
    _hearing(hearing, witness, protected, hidden, actor, prosecutor)
    charge = _court(trial, accused, shown, hidden, witness, protected, prosecutor)
    _duties(case, accused, prosecutor)
    _submission(case)
    _files(case, hidden, actor)
    _laboratory(case, shown, hidden, actor)
    _certificates(case, shown, hidden, actor)
    cases.note(
        case, text="umbranote heard at night", is_sensitive=True, happened_at=timezone.now(),
        actor=actor,
    )  # fmt: skip
    other = _parties(case, party, actor)
    return Whole(case, trial, hearing, witness, protected, hidden, charge, other)


def _witnesses(case: Case, accused: Accused, actor: User) -> tuple[Witness, Witness]:
    witness = witnesses.add(
        case, name="Salim Openwitness Mwero", contact="nowherecontact 0700", proves="openproves",
        actor=actor,
    )  # fmt: skip
    protected = witnesses.add(
        case, name="Umbrawitness Zephyrine", proves="umbraproves", is_protected=True, actor=actor
    )
    for person, text, hides in (
        (witness, "openstatement of the quay", False),
        (witness, "umbrastatement of the informant", True),
        (protected, "umbrasaid by night", False),
    ):
        statements.record(
            case, witness=person, taken_on=DAY, text=text, is_sensitive=hides,
            translator="Umbratranslator" if hides else "", actor=actor,
        )  # fmt: skip
    return witness, protected


def _hearing(
    hearing: Hearing,
    witness: Witness,
    protected: Witness,
    hidden: Exhibit,
    actor: User,
    prosecutor: User,
) -> None:
    today = clock.today()
    needs.add(hearing, kind="witness", witness=witness, note="openneed", actor=prosecutor)
    needs.add(hearing, kind="witness", witness=protected, note="umbraneed", actor=prosecutor)
    needs.add(hearing, kind="exhibit", exhibit=hidden, note="umbraneed", actor=prosecutor)
    summonses.issue(hearing, [witness], issued_on=today, note="opensummons", actor=prosecutor)
    summonses.issue(hearing, [protected], issued_on=today, note="umbrasummons", actor=prosecutor)
    held = hearing.proceeding.hearings.filter(state=Hearing.State.HELD).get()
    seen = [
        appearances.Seen(role="witness", witness=person, has_testified=True)
        for person in (witness, protected)
    ]
    hearings.record(held, state="held", note=held.note, appeared=seen, actor=prosecutor)


def _court(
    trial: Proceeding,
    accused: Accused,
    shown: Exhibit,
    hidden: Exhibit,
    witness: Witness,
    protected: Witness,
    actor: User,
) -> Charge:
    charge: Charge = charges.add_count(
        trial.charge_sheets.get(), provision=court.provision(), offence_on=date(2024, 3, 14),
        particulars="Had forty tusks in his possession.", accused=[accused], actor=actor,
    ).charges.get()  # fmt: skip
    bail.decide(
        trial, accused=accused, decision=code("bail", "granted_bond"), decided_on=DAY,
        conditions="openbail at the station", sureties="opensurety Nyambura", actor=actor,
    )  # fmt: skip
    custody.record(accused, kind="remanded", happened_on=DAY, place="Shimo", actor=actor)
    admissions.record(accused, what="openadmission of the lorry", made_on=DAY, actor=actor)
    TrialStep.objects.create(
        proceeding=trial, kind="opened", happened_on=DAY, note="openstep", recorded_by=actor
    )
    _order(trial, shown, hidden, actor)
    for exhibit, person, ruling in (
        (shown, witness, "openmark"),
        (hidden, witness, "umbramark"),
        (shown, protected, "umbramark"),
    ):
        CourtMark.objects.create(
            exhibit=exhibit, proceeding=trial, kind="marked", happened_on=DAY, ruling=ruling,
            court_number="MFI 3", witness=person, recorded_by=actor,
        )  # fmt: skip
    point = Element.objects.filter(template=charge.count.provision.proof_template).earliest("pk")
    ProofJudgement.objects.create(
        charge=charge, element=point, state="contested", note="openjudgement", recorded_by=actor
    )
    return charge


def _order(trial: Proceeding, shown: Exhibit, hidden: Exhibit, actor: User) -> None:
    order = CourtOrder.objects.create(
        proceeding=trial, kind=code("court_order", "keep"), made_on=DAY, number="MISC 7/2024",
        text="openorder to keep", recorded_by=actor,
    )  # fmt: skip
    OrderedThing.objects.create(order=order, exhibit=shown)
    OrderedThing.objects.create(order=order, exhibit=hidden, what="umbrathing")


def _duties(case: Case, accused: Accused, actor: User) -> None:
    for scope, issuer, hides in (
        ("openauthority to search", "Hon. Invented", False),
        ("umbraauthority to listen", "Umbraissuer", True),
    ):
        authorities.add(
            case, kind=code("authority_kind", "search_warrant"), issued_on=DAY, scope=scope,
            issuer=issuer, accused=accused, is_sensitive=hides, actor=actor,
        )  # fmt: skip
    for what, partner, hides in (
        ("openassistance with the file", "Prosecutor of Hai Phong", False),
        ("umbraasked of the bank", "Umbrapartner", True),
    ):
        request = assistance.draft(
            case, country="VN", partner=partner, what=what, due_on=clock.today(),
            form=code("evidence_form", "certified_copy"), is_sensitive=hides, actor=actor,
        )  # fmt: skip
        note = "umbrastep" if hides else "By bag"
        assistance.step(request, state="sent", happened_on=clock.today(), note=note, actor=actor)
    deadlines.add(case, title="opendeadline", due_on=clock.today(), assigned_to=actor, actor=actor)


def _submission(case: Case) -> None:
    sent = Submission.objects.get(case=case)
    sent.note = "opensubmission of the file"
    sent.save()
    SubmissionQuery.objects.create(submission=sent, number=1, question="openquery: who paid?")


def _files(case: Case, hidden: Exhibit, actor: User) -> None:
    for fields, device in (
        ({"caption": "Quay"}, "opendevice 4411"),
        ({"caption": "umbracaption", "is_sensitive": True}, "umbradevice 7733"),
        ({"caption": "umbracaption", "exhibit": hidden}, "umbradevice 7733"),
    ):
        kept: Attachment = files.attach(
            case, upload=upload(jpeg()), kind="photograph", actor=actor, **fields
        )
        Acquisition.objects.create(
            attachment=kept, device_serial=device, recorded_by=actor,
            person="Umbraperson" if "umbra" in device else "",
        )  # fmt: skip
        if fields.get("is_sensitive"):
            witness = case.witnesses.get(is_protected=False)
            statements.record(
                case, witness=witness, taken_on=DAY, text="umbrapaper", attachment=kept, actor=actor
            )


def _laboratory(case: Case, shown: Exhibit, hidden: Exhibit, actor: User) -> None:
    to = Laboratory.objects.create(name="Invented Laboratory", source="Test")
    for number, question, things in (
        (1, "openlaboratory: which species?", (shown, hidden)),
        (2, "umbralaboratory: whose voice?", (hidden,)),
    ):
        request = LaboratoryRequest.objects.create(
            case=case, number=number, laboratory=to, question=question, sent_by="A", carried_by="B",
            sent_on=DAY, recorded_by=actor,
        )  # fmt: skip
        report = LaboratoryReport.objects.create(
            request=request, expert="Dr Invented", reported_on=DAY, recorded_by=actor
        )
        for thing in things:
            word = "umbra" if thing.is_restricted else "open"
            item = RequestedItem.objects.create(
                request=request, exhibit=thing, marks=f"{word}marks",
                seal_number=f"{word}seal 90210",
            )  # fmt: skip
            Finding.objects.create(
                report=report, item=item, certainty="certain", text=f"{word}finding",
                taxon=Taxon.objects.get(scientific_name="Loxodonta africana"),
            )  # fmt: skip


def _certificates(case: Case, shown: Exhibit, hidden: Exhibit, actor: User) -> None:
    for produced, thing in (("opencertificate", shown), ("umbracertificate", hidden)):
        row = Certificate.objects.create(
            case=case, kind=code("certificate_kind", "electronic"), given_by="Dr Invented",
            position="Keeper", produced=produced, recorded_by=actor,
        )  # fmt: skip
        CertificateCover.objects.create(certificate=row, exhibit=thing)
    ExhibitHold.objects.create(exhibit=shown, case=case, reason="openhold", placed_by=actor)


def _parties(case: Case, party: Party, actor: User) -> Party:
    origin = Origin("register", "Register of firms", date(2024, 1, 26))
    other: Party = parties.introduce(
        case, NewParty("person", "Lucy Invented Wanja"), role=code("party_role", "consignee"),
        origin=origin, facts=[], actor=actor,
    ).party  # fmt: skip
    dealings.add(
        case, kind="call", giver=party, receiver=other, source="Call record", note="opendealing",
        actor=actor,
    )  # fmt: skip
    flag = Indicator.objects.get(code="C12")
    flags.tick(case, flag, note="openflag: the dog sat down", actor=actor)
    reviews.decide(
        party, regime="simplified", decision="enhanced", reason="Openreview", actor=actor
    )
    screening.screen_version(lists.version(actor, party.name))
    return other

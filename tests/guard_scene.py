"""What the addresses name: one of everything in a case, made by the real operations."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework import access, people
from casework.models import (
    Agency,
    Case,
    CaseUserGrant,
    Charge,
    Code,
    Element,
    Indicator,
    User,
)
from kyc import parties
from kyc.diligence import merges
from kyc.models import FeedEntry, Party, WatchlistEntry
from kyc.parties import NewParty, Origin
from kyc.ties import dealings
from kyc.watch import screening
from tests import guard_days, guard_duties, guard_procedure, guard_sentences
from tests.casework import court_stories as court
from tests.conftest import PASSWORD
from tests.evidence import scenes
from tests.evidence.pictures import jpeg, upload
from tests.kyc import lists


def hire(username: str, position: str, agency: Agency | None) -> User:
    return people.create_person(
        username=username,
        password=PASSWORD,
        name=username.capitalize(),
        position=position,
        agency=agency,
        actor=None,
    )


def former(case: Case, lead: User, agency: Agency) -> dict[str, User]:
    """People who could read the case until something ended: the grant, its time, or their post."""
    found = {name: hire(name, "observer", agency) for name in ("revoked", "expired", "inactive")}
    soon = timezone.now() + timedelta(days=1)
    for name, person in found.items():
        end = soon if name == "expired" else None
        row = access.grant(
            case, role="lead" if name == "revoked" else "supervisor", to=person, actor=lead,
            reason="Was here", expires_at=end,
        )  # fmt: skip
        if name == "revoked":
            access.revoke(row, actor=lead, reason="Moved")
    CaseUserGrant.objects.filter(user=found["expired"]).update(expires_at=timezone.now())
    return found


def of_the_register(case: Case, actor: User) -> dict[str, Any]:
    origin = Origin("case_document", "Customs entry", date(2024, 2, 12))
    phone = Code.objects.get(kind="fact_kind", code="phone")
    part = parties.introduce(
        case,
        NewParty("firm", "Tamarind Reef Exporters Ltd", "KE", is_kept=True),
        role=Code.objects.get(kind="party_role", code="shipper"),
        origin=origin,
        facts=[(phone, "+254 712 345678")],
        actor=actor,
    )
    fact = part.party.facts.get(kind=phone)
    other, third = (
        parties.introduce(
            case, NewParty("firm", name, "KE", is_kept=True), role=part.role, origin=origin,
            facts=[], actor=actor,
        ).party
        for name in ("Tamarind Reef Exporters", "Tamarind Reef")
    )  # fmt: skip
    return {
        "party": part.party_id,
        "fact": fact.pk,
        "involvement": part.pk,
        "other_party": other.pk,
        "dealing": dealings.add(
            case, kind="call", giver=other, receiver=third, source="Call record", actor=actor
        ).pk,
        "merge": merges.merge(other, third, reason="One desk", actor=actor).pk,
        "hit": a_hit(part.party, actor),
        **of_the_lists(parties.create(kind="firm", name="Coral Gate Traders", actor=actor), actor),
    }


def of_the_lists(party: Party, actor: User) -> dict[str, Any]:
    """An entry of the list that found the party, and a party of the register in the feed."""
    entry = WatchlistEntry.objects.earliest("pk")
    listed = FeedEntry.objects.create(
        party=party, basis="Convicted", decided_by=actor, is_listed=True
    )
    return {"list": entry.watchlist_id, "list_entry": entry.pk, "feed": listed.pk}


def a_hit(party: Party, actor: User) -> int:
    screening.screen_version(lists.version(actor, party.name))
    return int(party.hits.get().pk)


def of_the_things(case: Case, actor: User, receiver: User) -> dict[str, Any]:
    from evidence import files
    from evidence.filestore import copies
    from evidence.redaction import redactions
    from kyc.cargo import consignments
    from search.keeping import saved
    from search.params import Params
    from tests.kyc import scene as load_scene

    seizure = scenes.seizure(case, actor)
    consignment = consignments.add(
        seizure, actor=actor, boxes=[consignments.Box(number="MDOU4182079")]
    )
    offered = scenes.offer(case, actor, receiver)
    kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=actor)
    copied = copies.Copy("Telephone", "Laptop", actor.name, seizure.seized_at)
    hop = copies.record(kept, copied, actor=actor)
    return {
        "saved": saved.save(Params(typed="tea"), name="Tea", actor=actor).pk,
        **of_the_papers(case, actor),
        **load_scene.papers(case, consignment, actor),
        **_a_dossier(case, actor),
        "volume": 1,
        "paper": "exhibits",
        "key": "all",
        "ending": "pdf",
        "seizure": seizure.number,
        "consignment": consignment.number,
        "container": "MDOU4182079",
        "label": offered.exhibit.label,
        "identifier": offered.exhibit.identifier,
        "event": 1,
        "file": getattr(kept, "number", kept.pk),
        "size": 400,
        "hop": hop.pk,
        "redaction": redactions.begin(kept, purpose="Disclosure", actor=actor).pk,
        "side": "original",
        "sheet": 1,
    }


def _a_dossier(case: Case, actor: User) -> dict[str, Any]:
    """One that waits to be built, and a preview; service would be recorded once it is issued."""
    from evidence.issuing import dossiers, previews
    from evidence.models import DisclosureService, DossierTemplate

    made = dossiers.request(case, actor=actor)
    for person in User.objects.filter(username__in=["investigator", "prosecutor"]):
        previews.ask(case, actor=person)
    service = DisclosureService.objects.create(
        dossier=made, recipient="A. Lawyer", means="hand", served_at=made.requested_at,
        served_by=actor, recorded_by=actor,
    )  # fmt: skip
    template = DossierTemplate.objects.create(name="Any court", parts=[{"key": "charges"}])
    return {"dossier": made.number, "service": service.pk, "template": template.pk}


def of_the_flags(case: Case, actor: User) -> dict[str, Any]:
    """One flag that stands, one dismissed, one ticked."""
    from kyc.cargo import consignments
    from kyc.models import Consignment
    from kyc.redflags import flag_board, flags

    load = Consignment.objects.get(seizure__case=case)
    consignments.amend(load, goods_description="General cargo, tea", actor=actor)
    stands, gone, *_more = [one for one in flag_board.board(case, actor).raised if one.flag]
    assert gone.flag
    dismissed = flags.dismiss(
        case, gone.indicator.code, gone.subject.key, seen=gone.flag.digest, reason="Looked",
        actor=actor,
    )  # fmt: skip
    seen = Indicator.objects.get(code="C12")
    return {
        "flag": stands.indicator.code,
        "subject": stands.subject.key,
        "dismissal": dismissed.pk,
        "tick": flags.tick(case, seen, note="Dog Rafiki sat down", actor=actor).pk,
    }


def of_the_papers(case: Case, actor: User) -> dict[str, Any]:
    from evidence.papers import certificate_book, certificates

    access.require(actor, case, "view")
    weighing = certificate_book.read(case, actor).needs("weighing")[0]
    given = certificates.record(
        case, kind=certificates.kind_of("weighing"), covers=[weighing.key], actor=actor,
        statement=certificates.Statement(given_by="Joseph Kilonzi", position="Keeper"),
    )  # fmt: skip
    return {"certificate": given.pk, "certificate_kind": "weighing", **_of_laboratory(case, actor)}


def _of_laboratory(case: Case, actor: User) -> dict[str, Any]:
    """One memo that is not answered, and one finding of another."""
    from evidence.papers import laboratory
    from evidence.papers.laboratory import Found, Packed

    to = laboratory.laboratory(name="Invented Laboratory", actor=actor)
    today, items = date.today(), [Packed(one) for one in case.exhibits.all()]  # noqa: DTZ011
    memos = [
        laboratory.send(
            case, to=to, question="Which species?", items=items, sent_by="A", carried_by="B",
            sent_on=today, actor=actor,
        )
        for _ in range(2)
    ]  # fmt: skip
    found = [Found(item, "Hippopotamus") for item in memos[1].items.all()]
    made = laboratory.report(
        memos[1], expert="Dr C", reported_on=today, findings=found, actor=actor
    )
    return {"memo": memos[0].number, "finding": made.findings.earliest("pk").pk}


def of_the_store(keeper: User) -> dict[str, Any]:
    from evidence.store import places, stocktakes

    place = places.add(kind="store", name="Exhibit store", actor=keeper)
    return {"place": place.code, "check": stocktakes.start(place, actor=keeper).pk}


def elements_of(charge: Charge) -> Any:
    return Element.objects.filter(template=charge.count.provision.proof_template)


def of_the_court(case: Case, pair: court.Pair) -> dict[str, Any]:
    from casework import hearings

    trial = court.opened(court.accepted(case, pair, day=date.today()), pair, day=date.today())  # noqa: DTZ011
    accused = court.accuse(case, pair, "Benson Tsofa")
    charge = court.count_in(trial, accused, pair)[0]
    hearing = hearings.schedule(
        trial,
        kind=Code.objects.get(kind="hearing_type", code="mention"),
        starts_at=timezone.now() + timedelta(days=7),
        actor=pair.prosecutor,
    )
    return {
        **guard_days.of_the_witnesses(case, accused[0], pair),
        **guard_sentences.of_the_sentences(case, accused[0], pair),
        **guard_procedure.of_the_trial(case, accused[0], pair),
        **guard_duties.of_the_duties(case, accused[0], pair.prosecutor),
        **guard_duties.of_the_exhibits(case, pair.prosecutor),
        "proceeding": trial.pk,
        "accused": accused[0].number,
        "count": charge.count.number,
        "charge": charge.pk,
        "count_key": charge.count.pk,
        "element": elements_of(charge).earliest("position").pk,
        "hearing": hearing.pk,
        **guard_days.of_the_day(hearing, pair),
    }

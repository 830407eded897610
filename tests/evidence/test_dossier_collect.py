"""Collecting: a fixed number of queries, only what the builder may see, the ledger's own words."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import access, cases, outcomes
from casework.models import Case, Code, User
from evidence import custody
from evidence.dossier import chronology, collect_court, collect_kyc
from evidence.dossier.snapshot import Snapshot
from evidence.issuing import build, dossiers
from evidence.models import Exhibit
from kyc import parties
from kyc.cargo import bills
from kyc.models import Consignment, Party
from kyc.parties import Origin
from tests.casework import court_stories as court
from tests.evidence import dossier_case, scenes
from tests.kyc import scene as load_scene


def taken(case: Case, actor: User) -> Snapshot:
    dossier = dossiers.request(case, actor=actor)
    try:
        return build.take(dossier, access.get_case(actor, case.reference))[0]
    finally:
        dossiers._fail(dossier, "only read")


def test_the_snapshot_says_what_the_record_says(told_case: Case, prosecutor: User) -> None:
    found = taken(told_case, prosecutor)
    assert [one.label for one in found.exhibits] == ["E1", "E2", "E3"]
    assert [one.title for one in found.exhibits[0].events] == ["Seized", "Offered", "Acknowledged"]
    assert found.exhibits[0].proof.state == "verified"
    assert found.exhibits[0].holder is not None
    assert found.exhibits[0].holder.name == "Joseph Kilonzi"
    assert found.parties[0].name == dossier_case.SHIPPER
    assert found.proceedings[0].sheets[0].counts[0].charges[0].pleas[0].plea == "Not guilty"
    assert found.consignments[0].seals[0].number == "ML 0912"
    assert found.seizures[0].items[0].weight_mg == 4_200_000


def test_the_order_of_labels_is_that_of_people(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    for _ in range(8):
        scenes.exhibit(told_case, investigator)
    labels = [one.label for one in taken(told_case, prosecutor).exhibits]
    assert labels == [f"E{number}" for number in range(1, 12)]


def test_the_same_queries_for_3_and_30_exhibits(
    told_case: Case, investigator: User, custodian: User, prosecutor: User
) -> None:
    counts = []
    for wanted in (3, 30):
        for number in range(told_case.exhibits.count() + 1, wanted + 1):
            dossier_case.handed_over(told_case, investigator, custodian, number)
        taken(told_case, prosecutor)
        with CaptureQueriesContext(connection) as queries:
            taken(told_case, prosecutor)
        of_tree = [query for query in queries if "evidence_ledger" in query["sql"]]
        assert len(of_tree) <= 6, "the proofs grow with the tree's levels, not with the exhibits"
        counts.append(len(queries) - len(of_tree))
    assert counts[0] == counts[1]


def test_restricted_exhibits_are_for_those_who_may_see_them(
    told_case: Case, investigator: User, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = told_case.exhibits.earliest("pk")
    Exhibit.objects.filter(pk=hidden.pk).update(is_restricted=True)
    assert taken(told_case, prosecutor).has_sensitive
    roles = dict(access.ROLES) | {"prosecutor": access.ROLES["prosecutor"] - {"view_sensitive"}}
    monkeypatch.setattr("casework.roles.ROLES", roles)
    found = taken(told_case, prosecutor)
    assert [one.label for one in found.exhibits] == ["E2", "E3"]
    assert not found.has_sensitive


def test_facts_from_other_cases_stay_there(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    other = cases.open_case(title="Another case", tier="port", actor=investigator)
    access.grant(other, role="prosecutor", to=prosecutor, actor=investigator, reason="Both")
    origin = Origin("case_document", "Letter in the other case", date(2024, 2, 12), other)
    phone = Code.objects.get(kind="fact_kind", code="phone")
    party = Party.objects.get(name=dossier_case.SHIPPER)
    Party.objects.filter(pk=party.pk).update(own_case=None)
    party.refresh_from_db()
    parties.involve(other, party, role=dossier_case.code("party_role"), actor=investigator)
    parties.add_fact(party, kind=phone, value="+254 700 000001", origin=origin, actor=investigator)
    sources = {fact.source for fact in taken(told_case, prosecutor).parties[0].facts}
    assert "Letter in the other case" not in sources


def test_a_refused_handover_is_named(
    told_case: Case, investigator: User, custodian: User, prosecutor: User
) -> None:
    offer = scenes.offer(told_case, investigator, custodian)
    custody.refuse(offer, actor=custodian, reason="The seal is broken", seal_intact=False)
    last = taken(told_case, prosecutor).exhibits[-1].events[-1]
    assert (last.kind, last.seal_intact) == ("refused", False)
    assert last.happened_at <= timezone.now()


def test_countries_and_sides_are_told_in_words(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    nationality = Code.objects.get(kind="fact_kind", code="nationality")
    party = Party.objects.get(name=dossier_case.SHIPPER)
    origin = Origin("case_document", "Export declaration", timezone.localdate(), told_case)
    parties.add_fact(party, kind=nationality, value="KE", origin=origin, actor=investigator)
    found = taken(told_case, prosecutor).parties[0]
    assert found.country == "Kenya"
    assert "Kenya" in [fact.value for fact in found.facts]


def test_who_acts_alone_is_named_with_by(
    told_case: Case, custodian: User, prosecutor: User
) -> None:
    first = told_case.exhibits.earliest("pk")
    custody.examine(first, actor=custodian, place="Exhibit store", purpose="Looked at it")
    told = chronology.entries(taken(told_case, prosecutor))
    assert [one.rest for one in told if one.title == "E1: examined"] == [" by Joseph Kilonzi"]


def test_versions_of_a_bill_say_who_changed_what(case: Case, investigator: User) -> None:
    load: Consignment = load_scene.seize(case, investigator).consignments.get()
    changed = datetime(2026, 3, 7, 20, 47, tzinfo=UTC)
    bills.correct(load.bills.get(), consignee="Golden Egret", reason="Copy", actor=investigator)
    bills.add_version(
        load, consignee="Lotus Arch", changed_by="A clerk", changed_at=changed, actor=investigator
    )
    (found,) = collect_kyc.consignments(case, investigator)
    first, second = found.bills
    assert (first.changes, second.changed_by) == ((), "A clerk")
    assert second.changes == (("consignee", "Golden Egret", "Lotus Arch"),)


def test_a_sentence_that_an_appeal_upheld_stands_in_the_dossier(
    investigator: User, prosecutor: User
) -> None:
    pair = court.Pair(investigator, prosecutor)
    (charge,) = court.charged(pair)
    court.plead([charge], pair, plea="guilty")
    (outcome,) = court.decide({charge: "convicted_plea"}, pair)
    outcomes.sentence(
        outcome, imprisonment_days=365, credited_days=20, actor=prosecutor, starts_on=court.OPENED
    )
    appeal = court.appeal(charge.count.charge_sheet.proceeding, pair)
    court.decide_appeal(appeal, {charge: "upheld"}, pair)
    found = collect_court.proceedings(charge.accused.case, prosecutor)[0].sheets[0].counts[0]
    first, last = found.charges[0].outcomes
    assert first.sentence == last.sentence
    assert last.sentence is not None
    assert last.sentence.running[1] == "20 days in remand count"

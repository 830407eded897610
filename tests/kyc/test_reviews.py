"""Decisions about parties: what they keep, when they are due, and what they never say."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casework import clock, row_digests
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Code, Requirement, User
from kyc import parties
from kyc.diligence import merges, reviews, standing
from kyc.models import Party, Review
from kyc.parties import NewParty, Origin
from kyc.watch import screening
from tests.kyc import lists
from tests.kyc.test_party_pages import SignIn

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


@pytest.fixture
def firm(case: Case, investigator: User) -> Party:
    return parties.introduce(
        case,
        NewParty("firm", "Tamarind Reef Exporters Ltd", "KE"),
        role=Code.objects.get(kind="party_role", code="shipper"),
        origin=EXTRACT,
        facts=[(Code.objects.get(kind="fact_kind", code="registration"), "PVT-7LUQ3XD")],
        actor=investigator,
    ).party


def decide(party: Party, actor: User, **fields: object) -> Review:
    data: dict[str, object] = {"regime": "standard", "decision": "enhanced", "reason": "New firm"}
    return reviews.decide(party, actor=actor, **{**data, **fields})  # type: ignore[arg-type]


def test_a_decision_keeps_its_checklist_and_is_due_when_that_says(
    firm: Party, investigator: User
) -> None:
    made = decide(firm, investigator)
    assert made.next_review_on == clock.today() + timedelta(days=365)
    states = {line["code"]: line["state"] for line in made.standing}
    assert states["registration"] == "own_word"
    assert states["directors"] == "missing"
    entry = AuditEntry.objects.get(action="party.review")
    assert entry.detail["rows"] == row_digests.of([made])
    assert entry.detail["rows"] == [["kyc.review", [made.pk], entry.detail["rows"][0][2]]]


def test_the_last_decision_names_the_checklist_from_then_on(
    firm: Party, investigator: User
) -> None:
    before = standing.known(investigator, [firm])[firm.pk]
    decide(firm, investigator, regime="enhanced")
    after = standing.known(investigator, [firm])[firm.pk]
    assert (before.regime, after.regime) == ("standard", "enhanced")
    assert after.measure.total > before.measure.total
    reviewed = next(line for line in after.lines if line.want.code == "reviewed")
    assert reviewed.state == "verified"


def test_a_decision_is_written_once(firm: Party, investigator: User) -> None:
    made = decide(firm, investigator)
    made.reason = "Another"
    with pytest.raises(RuleBroken):
        made.save()
    with pytest.raises(RuleBroken, match="future"):
        decide(firm, investigator, next_review_on=clock.today())
    with pytest.raises(RuleBroken, match="why"):
        decide(firm, investigator, reason="  ")
    with pytest.raises(RuleBroken, match="list"):
        decide(firm, investigator, regime="none")


def test_what_a_case_keeps_is_not_stored_with_a_decision(
    case: Case, firm: Party, investigator: User
) -> None:
    said = {line["code"]: line["state"] for line in decide(firm, investigator).standing}
    paper = Origin("case_document", "Customs entry", date(2024, 2, 12), case)
    phone = Code.objects.get(kind="fact_kind", code="phone")
    parties.add_fact(firm, kind=phone, value="0712 345678", origin=paper, actor=investigator)
    stored = {line["code"]: line["state"] for line in decide(firm, investigator).standing}
    assert stored == {**said, "reviewed": "verified"}
    seen = {line.want.code: line.state for line in standing.known(investigator, [firm])[
        firm.pk
    ].lines}  # fmt: skip
    assert seen["reached"] == "own_word"


def test_who_only_reads_the_register_decides_nothing(firm: Party, manager: User) -> None:
    with pytest.raises(NotAllowed):
        decide(firm, manager)


def test_overdue_parties_are_listed_for_readers_of_the_register(
    firm: Party, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    decide(firm, investigator, next_review_on=clock.today() + timedelta(days=3))
    url = reverse("kyc:party-list") + "?review=overdue"
    assert firm.name not in sign_in(investigator).get(url).content.decode()
    with clock.telling(clock.now() + timedelta(days=4)):
        assert list(reviews.overdue(Party.objects.all())) == [firm]
        page = sign_in(investigator).get(url).content.decode()
        assert firm.name in page
        assert "review due" in page
    decide(firm, investigator)
    with clock.telling(clock.now() + timedelta(days=4)):
        assert not reviews.overdue(Party.objects.all()).exists()


def test_a_decision_on_a_merged_record_counts_for_the_kept_one(
    firm: Party, investigator: User
) -> None:
    other = parties.create(kind="firm", name="Tamarind Reef", country="KE", actor=investigator)
    decide(other, investigator, regime="enhanced")
    merges.merge(firm, other, reason="One desk", actor=investigator)
    assert standing.known(investigator, [firm])[firm.pk].regime == "enhanced"
    with pytest.raises(RuleBroken, match="Decide there"):
        decide(Party.objects.get(pk=other.pk), investigator)


def test_the_page_shows_decision_reason_and_what_was_open(
    firm: Party, investigator: User, sign_in: SignIn
) -> None:
    client: Client = sign_in(investigator)
    data = {"regime": "standard", "decision": "referred", "reason": "Kiosk <b>closed</b>"}
    answer = client.post(reverse("kyc:review-add", args=[firm.pk]), data, follow=True)
    page = answer.content.decode()
    assert "Referred for inquiry" in page
    assert "Kiosk &lt;b&gt;closed" in page
    assert "lines were open" in page
    assert "of which" in client.get(reverse("kyc:party", args=[firm.pk])).content.decode()


def test_every_checklist_names_kinds_of_fact_that_exist(db: None) -> None:
    kinds = {*Code.objects.kind("fact_kind").values_list("code", flat=True), "review", "screening"}
    named = {kind for row in Requirement.objects.all() for kind in row.fact_kinds.split()}
    assert named <= kinds
    regimes = set(Requirement.objects.values_list("regime", flat=True))
    assert regimes == set(standing.regimes())
    assert all(standing.next_review(regime) for regime in regimes)


@pytest.mark.parametrize(("meaning", "state"), [("trusted", "missing"), ("alarm", "verified")])
def test_a_list_of_authorised_traders_is_no_screening(
    meaning: str, state: str, firm: Party, investigator: User, manager: User
) -> None:
    screening.screen_version(lists.version(manager, "Reef Gate Ltd", meaning=meaning))
    known = standing.known(investigator, [firm])[firm.pk]
    assert [line.state for line in known.lines if line.want.code == "screened"] == [state]

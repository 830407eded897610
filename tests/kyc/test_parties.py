"""What may be recorded of a party, and what is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework import access, people
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Code, User
from kyc import parties
from kyc.diligence import merges
from kyc.models import Fact, Involvement, Party
from kyc.parties import NewParty, Origin
from tests.conftest import PASSWORD

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


def kind(code: str) -> Code:
    return Code.objects.get(kind="fact_kind", code=code)


def part(code: str) -> Code:
    return Code.objects.get(kind="party_role", code=code)


@pytest.fixture
def firm(investigator: User) -> Party:
    return parties.create(
        kind="firm", name="Tamarind Reef Exporters Ltd", country="KE", actor=investigator
    )


def test_a_fact_begins_as_one_sides_word_and_is_verified_with_its_method(
    firm: Party, investigator: User
) -> None:
    fact = parties.add_fact(
        firm, kind=kind("tax_pin"), value="p052184417k", origin=EXTRACT, actor=investigator
    )
    assert (fact.value, fact.standing) == ("P052184417K", Fact.Standing.OWN_WORD)
    parties.verify(fact, method="PIN checker", verified_on=date(2024, 3, 15), actor=investigator)
    assert (fact.standing, fact.verified_by) == (Fact.Standing.VERIFIED, investigator)
    assert AuditEntry.objects.filter(action="fact.verify").count() == 1


@pytest.mark.parametrize(
    ("code", "value", "kept"),
    [
        ("phone", "0712 345 678", "+254 712 345678"),
        ("phone", "+44 20 7946 0018", "+44 20 7946 0018"),
        ("email", "trade@tamarind.example", "trade@tamarind.example"),
        ("jurisdiction", "kenya", "KE"),
        ("incorporation_date", "2024-01-26", "2024-01-26"),
        ("iban", "gb82west12345698765432", "GB82 WEST 1234 5698 7654 32"),
        ("lei", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        ("address", "Plot 88\u202e,\n Links  Road", "Plot 88, Links Road"),
    ],
)
def test_values_have_one_spelling(
    firm: Party, investigator: User, code: str, value: str, kept: str
) -> None:
    fact = parties.add_fact(firm, kind=kind(code), value=value, origin=EXTRACT, actor=investigator)
    assert fact.value == kept


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("phone", "call me"),
        ("email", "trade at tamarind"),
        ("tax_pin", "12345"),
        ("jurisdiction", "Atlantis"),
        ("incorporation_date", "26 Jan"),
        ("iban", "GB82WEST12345698765433"),
        ("lei", "213800KUD8LAJWSQ9D16"),
        ("website", "java script:alert(1)"),
        ("address", " \u200b "),
    ],
)
def test_a_wrong_shape_is_refused_with_nothing_written(
    firm: Party, investigator: User, code: str, value: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        parties.add_fact(firm, kind=kind(code), value=value, origin=EXTRACT, actor=investigator)
    assert refused.value.field == "value"
    assert not firm.facts.exists()


def test_a_tax_number_of_another_country_keeps_its_shape(investigator: User) -> None:
    firm = parties.create(kind="firm", name="Hai Phong Tea", country="VN", actor=investigator)
    fact = parties.add_fact(
        firm, kind=kind("tax_pin"), value="0312-448", origin=EXTRACT, actor=investigator
    )
    assert fact.value == "0312-448"


def test_what_nobody_knows_says_why(firm: Party, investigator: User) -> None:
    reason = Code.objects.get(kind="ownership_unknown_reason", code="not_provided")
    fact = parties.add_fact(
        firm, kind=kind("owner"), unknown_reason=reason, origin=EXTRACT, actor=investigator
    )
    assert (fact.value, fact.standing) == ("", Fact.Standing.UNKNOWN)
    with pytest.raises(RuleBroken, match="Nothing is known"):
        parties.verify(fact, method="Asked", verified_on=date(2024, 3, 1), actor=investigator)


def test_a_contradicted_fact_stands_beside_what_was_found(firm: Party, investigator: User) -> None:
    said = parties.add_fact(
        firm, kind=kind("address"), value="Plot 88", origin=EXTRACT, actor=investigator
    )
    visit = Origin("primary_research", "Visit", date(2024, 3, 19))
    parties.contradict(
        said, found="Closed kiosk", method="Photographs", origin=visit, actor=investigator
    )
    found = firm.facts.get(value="Closed kiosk")
    assert said.standing == Fact.Standing.CONTRADICTED
    assert (said.contradicted_by, found.standing) == (found, Fact.Standing.VERIFIED)


def test_a_day_in_the_future_is_refused(firm: Party, investigator: User) -> None:
    tomorrow = Origin("register", "Extract", timezone.localdate() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="future"):
        parties.add_fact(
            firm, kind=kind("address"), value="Plot 88", origin=tomorrow, actor=investigator
        )


def test_a_new_party_comes_with_its_first_facts_or_not_at_all(
    case: Case, investigator: User
) -> None:
    new = NewParty("firm", "Coral Crest Produce Ltd", "KE")
    with pytest.raises(RuleBroken):
        parties.introduce(
            case,
            new,
            role=part("shipper"),
            origin=EXTRACT,
            facts=[(kind("address"), "Plot 1"), (kind("phone"), "none")],
            actor=investigator,
        )
    assert not Party.objects.exists()
    assert not Involvement.objects.exists()


def test_a_fact_from_a_case_document_is_visible_with_that_case_only(
    case: Case, investigator: User, prosecutor: User, manager: User, customs: object
) -> None:
    paper = Origin("case_document", "Customs entry", date(2024, 2, 12))
    new = NewParty("firm", "Coral Crest Produce Ltd", "KE")
    facts = [(kind("address"), "Plot 1")]
    parties.introduce(
        case, new, role=part("shipper"), origin=paper, facts=facts, actor=investigator
    )
    assert Fact.objects.visible_to(prosecutor).count() == 2
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    assert Party.objects.visible_to(prosecutor).count() == 1
    assert not Fact.objects.visible_to(prosecutor).exists()


def test_a_kept_party_shows_with_its_case_until_it_is_released(
    case: Case, investigator: User, prosecutor: User
) -> None:
    kept = NewParty("person", "A man called Musa", is_kept=True)
    part_in = parties.introduce(
        case, kept, role=part("suspect"), origin=EXTRACT, facts=[], actor=investigator
    )
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    assert not Party.objects.visible_to(prosecutor).exists()
    parties.release(part_in.party, actor=investigator, reason="Named by two agencies")
    assert Party.objects.visible_to(prosecutor).exists()


def test_a_kept_party_cannot_be_named_in_another_case_or_fact(
    case: Case, investigator: User, firm: Party
) -> None:
    kept = parties.create(kind="person", name="Musa", actor=investigator, own_case=case)
    from casework import cases

    other = cases.open_case(title="Another", tier="port", actor=investigator)
    with pytest.raises(RuleBroken, match="register"):
        parties.involve(other, kept, role=part("suspect"), actor=investigator)
    with pytest.raises(RuleBroken, match="register"):
        parties.add_fact(
            firm,
            kind=kind("director"),
            related_party=kept,
            origin=EXTRACT,
            actor=investigator,
        )


def test_without_the_register_right_everything_stays_with_the_case(
    case: Case, manager: User
) -> None:
    assert not parties.may_write(manager, None)
    made = parties.introduce(
        case,
        NewParty("firm", "Seven Baobabs"),
        role=part("clearing_agent"),
        origin=EXTRACT,
        facts=[],
        actor=manager,
    )
    assert made.party.own_case == case
    with pytest.raises(NotAllowed):
        parties.create(kind="firm", name="Rabare Hauliers", actor=manager)


def test_a_part_is_recorded_once_and_may_be_taken_back(
    case: Case, firm: Party, investigator: User, outsider: User
) -> None:
    made = parties.involve(case, firm, role=part("shipper"), actor=investigator)
    with pytest.raises(RuleBroken, match="already"):
        parties.involve(case, firm, role=part("shipper"), actor=investigator)
    parties.withdraw(made, actor=investigator, reason="Wrong firm")
    assert not case.involvements.exists()
    assert AuditEntry.objects.filter(action="party.withdraw", case=case).count() == 1


def test_a_released_party_does_not_name_one_that_is_still_kept(
    case: Case, investigator: User, prosecutor: User
) -> None:
    kept = [
        parties.introduce(
            case, NewParty(kind_, name, is_kept=True), role=part("shipper"), origin=EXTRACT,
            facts=[], actor=investigator,
        ).party
        for kind_, name in (("firm", "Mangrove Gate Traders Ltd"), ("person", "Hidden Director"))
    ]  # fmt: skip
    fact = parties.add_fact(
        kept[0], kind=kind("director"), related_party=kept[1], origin=EXTRACT, actor=investigator
    )
    parties.release(kept[0], actor=investigator, reason="Named by two agencies")
    reader = people.create_person(
        username="reader", password=PASSWORD, name="Reader", position="prosecutor", actor=None
    )
    assert kept[0] in Party.objects.visible_to(reader)
    assert fact not in Fact.objects.visible_to(reader)
    assert fact in Fact.objects.visible_to(prosecutor)


def test_a_party_released_meanwhile_does_not_come_to_name_one_that_is_kept(
    case: Case, investigator: User
) -> None:
    kept = [
        parties.introduce(
            case, NewParty(kind_, name, is_kept=True), role=part("shipper"), origin=EXTRACT,
            facts=[], actor=investigator,
        ).party
        for kind_, name in (("firm", "Mangrove Gate Traders Ltd"), ("person", "Hidden Director"))
    ]  # fmt: skip
    read_before = Party.objects.get(pk=kept[0].pk)
    parties.release(kept[0], actor=investigator, reason="Named by two agencies")
    with pytest.raises(RuleBroken):
        parties.add_fact(
            read_before, kind=kind("director"), related_party=kept[1], origin=EXTRACT,
            actor=investigator,
        )  # fmt: skip
    assert not kept[0].facts.filter(related_party=kept[1]).exists()


def test_what_two_people_find_at_once_is_not_lost(investigator: User, colleague: User) -> None:
    """One read the fact before the other contradicted it, and verifies what is false now."""
    party = parties.create(kind="firm", name="Coral Crest", country="KE", actor=investigator)
    fact = parties.add_fact(
        party, kind=kind("address"), value="Shed 4, Nyali", origin=EXTRACT, actor=investigator
    )
    read_before = Fact.objects.get(pk=fact.pk)
    parties.contradict(fact, found="An empty plot", method="Visit", origin=EXTRACT, actor=colleague)
    with pytest.raises(RuleBroken, match="contradicted"):
        parties.verify(
            read_before, method="Telephone", verified_on=EXTRACT.as_of, actor=investigator
        )
    with pytest.raises(RuleBroken):
        parties.contradict(
            read_before, found="A kiosk", method="Visit", origin=EXTRACT, actor=investigator
        )
    assert Fact.objects.get(pk=fact.pk).contradicted_by is not None


def test_a_change_of_the_name_leaves_a_merge_made_meanwhile(
    investigator: User, colleague: User
) -> None:
    kept, other = (
        parties.create(kind="firm", name=name, actor=investigator) for name in ("Coral", "Corral")
    )
    read_before = Party.objects.get(pk=other.pk)
    merges.merge(kept, other, reason="One desk", actor=colleague)
    parties.change(read_before, name="Corral Ltd", actor=investigator)
    assert Party.objects.get(pk=other.pk).merged_into == kept

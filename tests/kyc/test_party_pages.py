"""The pages of parties as the six people meet them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casework import access
from casework.models import Case, Code, User
from kyc import parties
from kyc.models import Fact, Party
from kyc.parties import NewParty, Origin

SignIn = Callable[[User], Client]
PAPER = Origin("case_document", "Customs entry", date(2024, 2, 12))
EXTRACT = Origin("register", "Companies register", date(2024, 1, 26))
HOSTILE = "Ali \"Baba\" <script>alert('1')</script> & Sons \u202e\u05d0"


def code(kind: str, value: str) -> Code:
    return Code.objects.get(kind=kind, code=value)


@pytest.fixture
def firm(case: Case, investigator: User) -> Party:
    return parties.introduce(
        case,
        NewParty("firm", "Tamarind Reef Exporters Ltd", "KE"),
        role=code("party_role", "shipper"),
        origin=PAPER,
        facts=[(code("fact_kind", "address"), "Plot 88, Links Road")],
        actor=investigator,
    ).party


def form_data(**fields: str) -> dict[str, str]:
    return {
        "party": "Coral Crest Produce Ltd",
        "role": str(code("party_role", "consignee").pk),
        "kind": "firm",
        "country": "Kenya",
        "country_value": "KE",
        "source_type": "case_document",
        "source": "Bill of lading, page 1",
        "as_of": "2024-03-01",
        "phone": "0712 345678",
        **fields,
    }


def test_the_form_records_party_part_and_facts_at_once(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    url = reverse("kyc:involvement-add", args=[case.reference])
    answer = sign_in(investigator).post(url, form_data(), follow=True)
    assert answer.redirect_chain[0][0] == reverse("kyc:case-parties", args=[case.reference])
    assert "Coral Crest Produce Ltd" in answer.content.decode()
    assert Fact.objects.get(kind__code="phone").value == "+254 712 345678"


def test_a_wrong_number_keeps_the_form_and_writes_nothing(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    url = reverse("kyc:involvement-add", args=[case.reference])
    page = sign_in(investigator).post(url, form_data(phone="ring twice")).content.decode()
    assert "country code, such as +254" in page
    assert 'value="ring twice"' in page
    assert not Party.objects.exists()


def test_a_name_that_is_there_already_must_be_chosen_or_told_apart(
    case: Case, firm: Party, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    url = reverse("kyc:involvement-add", args=[case.reference])
    page = client.post(url, form_data(party=firm.name.upper())).content.decode()
    assert f"number {firm.pk} (Firm)" in page
    client.post(url, form_data(party=str(firm.pk)))
    assert firm.involvements.count() == 2
    client.post(url, form_data(party=firm.name, is_another="on"))
    assert Party.objects.filter(name=firm.name).count() == 2


def test_a_hostile_name_is_text_everywhere(case: Case, investigator: User, sign_in: SignIn) -> None:
    client = sign_in(investigator)
    client.post(reverse("kyc:involvement-add", args=[case.reference]), form_data(party=HOSTILE))
    party = Party.objects.get()
    assert "\u202e" not in party.name
    for url in (
        reverse("kyc:party-list"),
        reverse("kyc:party", args=[party.pk]),
        reverse("kyc:case-parties", args=[case.reference]),
    ):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_the_party_page_shows_a_case_and_its_facts_to_its_readers_only(
    case: Case, firm: Party, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    url = reverse("kyc:party", args=[firm.pk])
    page = sign_in(prosecutor).get(url).content.decode()
    assert "Plot 88" in page
    assert case.reference in page
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    page = sign_in(prosecutor).get(url).content.decode()
    assert firm.name in page
    assert "Plot 88" not in page
    assert case.reference not in page


def test_the_list_finds_by_a_fact_that_the_reader_sees(
    case: Case, firm: Party, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    url = reverse("kyc:party-list") + "?q=links+road"
    assert firm.name in sign_in(prosecutor).get(url).content.decode()
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    assert firm.name not in sign_in(prosecutor).get(url).content.decode()


def test_an_outsider_finds_no_party_and_no_suggestion(
    firm: Party, outsider: User, sign_in: SignIn
) -> None:
    client = sign_in(outsider)
    assert client.get(reverse("kyc:party", args=[firm.pk])).status_code == 404
    assert firm.name not in client.get(reverse("kyc:party-list")).content.decode()
    assert client.get(reverse("kyc:suggest-parties"), {"q": "Tamarind"}).json() == []


def test_facts_are_added_verified_and_contradicted_by_form(
    firm: Party, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    origin = {"source_type": "register", "source": "Extract", "as_of": "2024-01-26"}
    phone = {"kind": str(code("fact_kind", "phone").pk), "value": "0712345678"}
    client.post(reverse("kyc:fact-add", args=[firm.pk]), {**phone, **origin})
    fact = firm.facts.get(kind__code="phone")
    checked = {"method": "Rang it", "verified_on": "2024-03-01"}
    client.post(reverse("kyc:fact-verify", args=[fact.pk]), checked)
    found = {"found": "+254 733 000111", "method": "Asked the line", **origin}
    client.post(reverse("kyc:fact-contradict", args=[fact.pk]), found)
    page = client.get(reverse("kyc:party", args=[firm.pk])).content.decode()
    assert "Was found" in page
    assert "+254 733 000111" in page


def test_a_case_document_needs_its_case(firm: Party, investigator: User, sign_in: SignIn) -> None:
    data = {
        "kind": str(code("fact_kind", "address").pk),
        "value": "Plot 9",
        "source_type": "case_document",
        "source": "Letter",
        "as_of": "2024-01-26",
    }
    answer = sign_in(investigator).post(reverse("kyc:fact-add", args=[firm.pk]), data)
    assert "Choose the case that the document belongs to." in answer.content.decode()


def test_readers_of_the_case_may_not_add(
    case: Case, firm: Party, custodian: User, auditor: User, sign_in: SignIn
) -> None:
    for person in (custodian, auditor):
        client = sign_in(person)
        assert client.get(reverse("kyc:case-parties", args=[case.reference])).status_code == 200
        url = reverse("kyc:involvement-add", args=[case.reference])
        assert client.post(url, form_data()).status_code == 403
        assert client.get(reverse("kyc:fact-add", args=[firm.pk])).status_code == 403


@pytest.mark.parametrize("name", ["kyc:party-list", "kyc:case-parties", "kyc:party"])
def test_pages_ask_as_often_for_thirty_as_for_three(
    name: str,
    case: Case,
    firm: Party,
    investigator: User,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(investigator)
    args: dict[str, list[object]] = {
        "kyc:party-list": [],
        "kyc:party": [firm.pk],
        "kyc:case-parties": [case.reference],
    }
    url = reverse(name, args=args[name])
    grow(case, firm, investigator, 3)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    grow(case, firm, investigator, 30)
    with django_assert_num_queries(len(few)):
        client.get(url)


def grow(case: Case, firm: Party, actor: User, count: int) -> None:
    role, address = code("party_role", "other"), code("fact_kind", "address")
    for number in range(count):
        new = NewParty("firm", f"Firm {count} {number}")
        other = parties.introduce(
            case, new, role=role, origin=PAPER, facts=[(address, "x")], actor=actor
        )
        parties.add_fact(
            firm,
            kind=code("fact_kind", "director"),
            related_party=other.party,
            origin=EXTRACT,
            actor=actor,
        )


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=%25_'", "?kind=%3Cb%3E", "?page=minus", "?q=" + "x" * 3000]
)
def test_odd_questions_get_a_page(query: str, investigator: User, sign_in: SignIn) -> None:
    assert sign_in(investigator).get(reverse("kyc:party-list") + query).status_code == 200


def test_a_number_beyond_the_database_is_nothing_here(investigator: User, sign_in: SignIn) -> None:
    assert sign_in(investigator).get(f"/parties/{10**30}/").status_code == 404
    assert sign_in(investigator).get(f"/facts/{10**30}/verify/").status_code == 404


def test_days_are_told_in_words(firm: Party, investigator: User, sign_in: SignIn) -> None:
    kind = code("fact_kind", "incorporation_date")
    parties.add_fact(firm, kind=kind, value="2024-01-26", origin=EXTRACT, actor=investigator)
    page = sign_in(investigator).get(reverse("kyc:party", args=[firm.pk])).content.decode()
    assert "<bdi>26\N{NO-BREAK SPACE}Jan 2024</bdi>" in page

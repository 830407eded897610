"""The pages on which two records become one, and again two."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from casework import access
from casework.models import Case, Code, User
from kyc import parties
from kyc.diligence import merges
from kyc.models import Merge, Party
from kyc.parties import NewParty, Origin
from tests.kyc.test_merges import firm, say, where
from tests.kyc.test_party_pages import SignIn

PAPER = Origin("case_document", "Customs entry", date(2024, 2, 12))


def plain(client: Client, url: str) -> str:
    """A page without the token of its forms, which is another one each time."""
    return re.sub(r'value="\w{64}"', "", client.get(url).content.decode())


@pytest.fixture
def pair(investigator: User) -> tuple[Party, Party]:
    one, other = firm("Tamarind Reef", investigator), firm("Kilifi Hauliers", investigator)
    for party in (one, other):
        say(party, "phone", "0712 345678", investigator)
    return one, other


def test_suggestion_comparison_merge_and_undo(
    pair: tuple[Party, Party], investigator: User, sign_in: SignIn
) -> None:
    client, (one, other) = sign_in(investigator), pair
    listed = client.get(reverse("kyc:party-duplicates")).content.decode()
    assert "both give Telephone +254 712 345678" in listed
    beside = client.get(reverse("kyc:party-merge", args=[one.pk])).content.decode()
    assert other.name in beside
    url = reverse("kyc:party-merge", args=[one.pk]) + f"?with={other.pk}"
    assert "mobile, KE" in client.get(url).content.decode()
    client.post(url, {"keep": str(one.pk), "reason": "One desk"})
    assert where(other) == one.name
    absorbed = client.get(reverse("kyc:party", args=[other.pk])).content.decode()
    assert "Go on with" in absorbed
    kept = client.get(reverse("kyc:party", args=[one.pk])).content.decode()
    assert f"from the record of {other.name}" in kept
    client.post(reverse("kyc:merge-undo", args=[Merge.objects.get().pk]), {"reason": "Two desks"})
    assert where(other) == other.name
    history = client.get(reverse("kyc:party-reviews", args=[one.pk])).content.decode()
    assert "Two desks" in history


def test_lists_and_suggestions_show_the_kept_one(
    pair: tuple[Party, Party], investigator: User, sign_in: SignIn
) -> None:
    one, other = pair
    merges.merge(one, other, reason="One desk", actor=investigator)
    client = sign_in(investigator)
    page = client.get(reverse("kyc:party-list"), {"q": "Kilifi"}).content.decode()
    assert one.name in page
    found = client.get(reverse("kyc:suggest-parties"), {"q": "Kilifi"}).json()
    assert [row["value"] for row in found] == [str(one.pk)]


def test_a_pair_told_apart_is_not_suggested_again(
    pair: tuple[Party, Party], investigator: User, sign_in: SignIn
) -> None:
    client, (one, other) = sign_in(investigator), pair
    url = reverse("kyc:party-tell-apart", args=[one.pk, other.pk])
    answer = client.post(url, {"reason": "They share an agent"}, follow=True)
    assert other.name not in answer.content.decode()


def test_the_reason_is_demanded_and_what_was_typed_stays(
    pair: tuple[Party, Party], investigator: User, sign_in: SignIn
) -> None:
    one, other = pair
    url = reverse("kyc:party-merge", args=[one.pk]) + f"?with={other.pk}"
    client = sign_in(investigator)
    assert client.post(url, {"keep": str(other.pk), "reason": ""}).status_code == 200
    assert not Merge.objects.exists()
    for number in ("999999", "x", "9" * 30, ""):
        assert (
            client.get(reverse("kyc:party-merge", args=[one.pk]), {"with": number}).status_code
            == 404
        )


def test_a_number_that_only_a_case_knows_suggests_nothing_without_it(
    case: Case, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    shipper, agent = (Code.objects.get(kind="party_role", code=c) for c in ("shipper", "forwarder"))
    phone = Code.objects.get(kind="fact_kind", code="phone")
    for name, role in (("Coral Crest", shipper), ("Seven Baobabs", agent)):
        parties.introduce(
            case, NewParty("firm", name, "KE"), role=role, origin=PAPER,
            facts=[(phone, "0712 345678")], actor=investigator,
        )  # fmt: skip
    url = reverse("kyc:party-duplicates")
    assert "Coral Crest" in sign_in(prosecutor).get(url).content.decode()
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    assert "Coral Crest" not in sign_in(prosecutor).get(url).content.decode()


def test_who_sees_only_the_absorbed_record_sees_no_trace_of_a_merge(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    """The custodian reads no register: of both records they see the one of their case."""
    absorbed = parties.introduce(
        case, NewParty("firm", "Coral Crest", "KE"), origin=PAPER, facts=[], actor=investigator,
        role=Code.objects.get(kind="party_role", code="shipper"),
    ).party  # fmt: skip
    pages = [
        reverse("kyc:party-list"),
        reverse("kyc:party", args=[absorbed.pk]),
        reverse("kyc:party-reviews", args=[absorbed.pk]),
        reverse("kyc:case-parties", args=[case.reference]),
    ]
    client = sign_in(custodian)
    before = [plain(client, url) for url in pages]
    kept = firm("Mangrove Gate Traders", investigator)
    merges.merge(kept, absorbed, reason="One desk", actor=investigator)
    assert [plain(client, url) for url in pages] == before
    assert client.get(reverse("kyc:party", args=[kept.pk])).status_code == 404

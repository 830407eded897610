"""The document of a fact: a file of its case that every reader of the fact may open."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework import cases
from casework.errors import RuleBroken
from casework.models import Case, Code, User
from evidence import files
from kyc import parties
from kyc.models import Fact, Party
from kyc.parties import NewParty, Origin
from tests.evidence.pictures import jpeg, upload
from tests.kyc.test_party_pages import SignIn

PAPER = Origin("case_document", "Customs entry", date(2024, 2, 12))


@pytest.fixture
def firm(case: Case, investigator: User) -> Party:
    return parties.introduce(
        case,
        NewParty("firm", "Tamarind Reef Exporters Ltd", "KE"),
        role=Code.objects.get(kind="party_role", code="shipper"),
        origin=PAPER,
        facts=[],
        actor=investigator,
    ).party


def attach(case: Case, actor: User, name: str = "entry.jpg", **fields: Any) -> Any:
    return files.attach(case, upload=upload(jpeg(), name), kind="document", actor=actor, **fields)


def say(party: Party, actor: User, case: Case | None, attachment: Any) -> Fact:
    kind = Code.objects.get(kind="fact_kind", code="licence")
    origin = Origin("case_document" if case else "register", "Entry", date(2024, 2, 12), case)
    return parties.add_fact(
        party, kind=kind, value="L-1", origin=origin, actor=actor, attachment=attachment
    )


def test_the_form_offers_files_of_the_case_and_the_page_links_the_one_chosen(
    case: Case, firm: Party, investigator: User, sign_in: SignIn
) -> None:
    kept = attach(case, investigator)
    secret = attach(case, investigator, "informant.jpg", is_sensitive=True)
    client, url = sign_in(investigator), reverse("kyc:fact-add", args=[firm.pk])
    form = client.get(url).content.decode()
    assert "entry.jpg" in form
    assert "informant.jpg" not in form
    data = {
        "kind": str(Code.objects.get(kind="fact_kind", code="licence").pk), "value": "L-1",
        "source_type": "case_document", "source": "Entry", "as_of": "2024-02-12",
        "case": str(case.pk),
    }  # fmt: skip
    client.post(url, {**data, "attachment": str(secret.pk)})
    assert not firm.facts.filter(value="L-1").exists()
    client.post(url, {**data, "attachment": str(kept.pk)})
    page = client.get(reverse("kyc:party", args=[firm.pk])).content.decode()
    assert reverse("evidence:file", args=[case.reference, kept.pk]) in page


def test_a_file_that_others_may_not_open_is_no_document(
    case: Case, firm: Party, investigator: User
) -> None:
    secret = attach(case, investigator, is_sensitive=True)
    with pytest.raises(RuleBroken, match="Not all"):
        say(firm, investigator, case, secret)
    other = cases.open_case(title="Other", tier="port", actor=investigator)
    for wrong in (None, case):
        with pytest.raises(RuleBroken, match="seen with its case"):
            say(firm, investigator, wrong, attach(other, investigator))


def test_a_document_that_became_sensitive_is_no_longer_linked(
    case: Case, firm: Party, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    kept = attach(case, investigator)
    say(firm, investigator, case, kept)
    url = reverse("kyc:party", args=[firm.pk])
    assert "entry.jpg" in sign_in(custodian).get(url).content.decode()
    type(kept).objects.filter(pk=kept.pk).update(is_sensitive=True)
    assert "entry.jpg" not in sign_in(custodian).get(url).content.decode()

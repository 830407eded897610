"""The pages of witnesses: who sees whom, how to reach them, and what a protected one leaves out."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from casework.models import Admission, AuditEntry, Case, User, Witness
from casework.witnesses import statements, witnesses
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

SignIn = Callable[[User], Client]


@pytest.fixture
def page(case: Case) -> str:
    return f"/cases/{case.reference}/witnesses/"


def shown(client: Client, page: str) -> str:
    """What a person sees, without the token that differs each time."""
    return re.sub(r'value="\w{64}"', "", client.get(page).content.decode())


def test_a_witness_is_added_and_listed(
    page: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    posted = {"name": "Salim Mwero", "kind": "officer", "proves": "Opened the container"}
    answer = client.post(f"{page}new/", posted, follow=True)
    assert answer.redirect_chain[-1][0] == f"{page}W1/"
    assert "Opened the container" in client.get(page).content.decode()


def test_how_to_reach_a_witness_is_for_those_who_need_it(
    page: str, case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    witnesses.add(case, name="Salim Mwero", contact="+254 700 000000", actor=investigator)
    assert "700 000000" in sign_in(investigator).get(f"{page}W1/").content.decode()
    assert "700 000000" not in sign_in(custodian).get(f"{page}W1/").content.decode()


def test_a_protected_witness_leaves_no_trace_to_others(
    page: str, case: Case, investigator: User, colleague: User, sign_in: SignIn
) -> None:
    client = sign_in(colleague)
    witnesses.add(case, name="Salim Mwero", actor=investigator)
    before = shown(client, page)
    hidden = witnesses.add(case, name="Hidden", is_protected=True, actor=investigator)
    statements.record(
        case, witness=hidden, text="I know them.", taken_on=hidden.added_at.date(),
        actor=investigator,
    )  # fmt: skip
    assert shown(client, page) == before
    for label in ("X1", "W1001", "X2", "W0", "X", "W99999", "Wx"):
        assert client.get(f"{page}{label}/").status_code == 404
    assert sign_in(investigator).get(f"{page}X1/").status_code == 200
    assert AuditEntry.objects.filter(action="witness.read").count() == 1


def test_protecting_is_a_tick_of_the_trusted(
    page: str, case: Case, investigator: User, colleague: User, sign_in: SignIn
) -> None:
    witnesses.add(case, name="Salim Mwero", actor=investigator)
    assert "is_protected" not in sign_in(colleague).get(f"{page}W1/edit/").content.decode()
    posted = {"name": "Salim Mwero", "kind": "civilian", "is_protected": "on"}
    sign_in(colleague).post(f"{page}W1/edit/", posted)
    assert not Witness.objects.get().is_protected
    sign_in(investigator).post(f"{page}W1/edit/", posted)
    assert Witness.objects.get().label == "X1"


def test_not_calling_a_witness_says_why(
    page: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    witnesses.add(case, name="Salim Mwero", actor=investigator)
    client = sign_in(investigator)
    assert client.post(f"{page}W1/call/", {"why": ""}).context["form"].errors["why"]
    client.post(f"{page}W1/call/", {"why": "Left the country"})
    assert "Left the country" in client.get(f"{page}W1/").content.decode()
    client.post(f"{page}W1/call/", {})
    assert not Witness.objects.get().is_dropped
    client.post(f"{page}W1/call/", {"remove": "1"})
    assert not Witness.objects.exists()


def test_an_admission_is_recorded_and_taken_back(
    investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    charge = stories.charged(Pair(investigator, prosecutor))[0]
    page = f"/cases/{charge.accused.case.reference}/"
    client = sign_in(prosecutor)
    posted = {"accused": charge.accused.pk, "kind": "agreed", "what": "He drove.",
              "made_on": "2020-04-01"}  # fmt: skip
    client.post(f"{page}admissions/new/", posted)
    row = Admission.objects.standing().get()
    assert "He drove." in client.get(f"{page}witnesses/").content.decode()
    change = {"what": "He drove.", "made_on": "2020-04-01", "is_gone": "on",
              "correction": "Denied in court"}  # fmt: skip
    client.post(f"{page}admissions/{row.pk}/", change)
    assert not Admission.objects.standing().exists()
    assert client.get(f"{page}admissions/{row.pk}/").status_code == 404

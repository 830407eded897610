"""Calls, payments and meetings: recorded with their source, taken back with a reason."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client

from casework import clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from kyc.models import Dealing, Party
from kyc.ties import dealings
from kyc.ties.dealings import Sum
from tests.kyc import network_scene as made


@pytest.fixture
def tea(investigator: User) -> Party:
    return made.firm("Red River Provisions", investigator)


@pytest.fixture
def hill(investigator: User) -> Party:
    return made.firm("Green Hill Exports", investigator)


def paid(case: Case, tea: Party, hill: Party, actor: User, **fields: object) -> Dealing:
    asked = {"kind": "payment", "source": "Bank statement, page 3", **fields}
    return dealings.add(case, giver=tea, receiver=hill, actor=actor, **asked)  # type: ignore[arg-type]


def test_a_payment_is_on_the_record_with_its_sum(
    case: Case, tea: Party, hill: Party, investigator: User
) -> None:
    made_now = paid(case, tea, hill, investigator, paid=Sum(Decimal("1200.50"), "kes"))
    assert (made_now.amount, made_now.currency) == (Decimal("1200.50"), "KES")
    assert AuditEntry.objects.get(action="dealing.add").case == case


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"paid": Sum(Decimal(0), "KES")}, "amount"),
        ({"paid": Sum(Decimal(5), "shilling")}, "currency"),
        ({"kind": "call", "paid": Sum(Decimal(5), "KES")}, "amount"),
        ({"happened_on": date(2999, 1, 1)}, "happened_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    fields: dict[str, object], field: str, case: Case, tea: Party, hill: Party, investigator: User
) -> None:
    with pytest.raises(RuleBroken) as refused:
        paid(case, tea, hill, investigator, **fields)
    assert refused.value.field == field


def test_nobody_deals_with_themselves(case: Case, tea: Party, investigator: User) -> None:
    with pytest.raises(RuleBroken):
        paid(case, tea, tea, investigator)


def test_a_source_is_asked_for(case: Case, tea: Party, hill: Party, investigator: User) -> None:
    with pytest.raises(ValidationError):
        paid(case, tea, hill, investigator, source=" ")


def test_a_party_kept_to_another_case_cannot_be_named(
    case: Case, tea: Party, investigator: User
) -> None:
    other = made.case_of("Tea again", investigator)
    kept = made.firm("Kept", investigator, own_case=other)
    with pytest.raises(RuleBroken):
        paid(case, tea, kept, investigator)


def test_only_who_edits_the_case_records(
    case: Case, tea: Party, hill: Party, prosecutor: User, outsider: User
) -> None:
    with pytest.raises(NotAllowed):
        paid(case, tea, hill, prosecutor)
    with pytest.raises(Http404):
        paid(case, tea, hill, outsider)


def test_taking_back_needs_a_reason_and_stays_in_the_history(
    case: Case, tea: Party, hill: Party, investigator: User
) -> None:
    wrong = paid(case, tea, hill, investigator)
    with pytest.raises(RuleBroken):
        dealings.remove(wrong, actor=investigator, reason=" ")
    dealings.remove(wrong, actor=investigator, reason="Another account")
    assert not Dealing.objects.exists()
    last = Dealing.history.first()
    assert (last.history_type, last.history_change_reason) == ("-", "Another account")


def test_the_page_adds_and_lists_and_takes_back(
    case: Case, tea: Party, hill: Party, investigator: User, sign_in: Callable[[User], Client]
) -> None:
    browser = sign_in(investigator)
    here = f"/cases/{case.reference}/dealings/"
    typed = {
        "kind": "payment", "giver": tea.name, "receiver": str(hill.pk), "times": "1",
        "amount": "1200.50", "currency": "kes", "source": "Bank statement, page 3",
    }  # fmt: skip
    assert browser.post(f"{here}add/", typed).status_code == 302
    told = browser.get(here).content.decode()
    assert "KES 1,200.50" in told
    assert "Bank statement, page 3" in told
    back = f"/dealings/{Dealing.objects.get().pk}/remove/"
    assert browser.post(back, {"reason": "Another account"}).status_code == 302
    assert "No call or payment yet" in browser.get(here).content.decode()


def test_what_was_typed_stays_and_the_error_says_what_to_do(
    case: Case, tea: Party, investigator: User, sign_in: Callable[[User], Client]
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    typed = {
        "kind": "call", "giver": tea.name, "receiver": "Nobody Ltd", "times": "14",
        "happened_on": tomorrow.isoformat(), "source": "Call record",
    }  # fmt: skip
    told = sign_in(investigator).post(f"/cases/{case.reference}/dealings/add/", typed)
    page = told.content.decode()
    assert "Choose a party from the list. Add it to the register first." in page
    assert "Nobody Ltd" in page
    assert not Dealing.objects.exists()

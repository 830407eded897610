"""Opening a case in an emergency: for a shift, with a reason, and never unseen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import access, people
from casework.errors import RuleBroken
from casework.models import Agency, AuditEntry, Case, CaseUserGrant, User

SignIn = Callable[[User], Client]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
REASON = "Container sails tonight, the lead cannot be reached"


@pytest.fixture
def chief(customs: Agency) -> User:
    """A manager of another agency: no grant, but the permission."""
    return people.create_person(
        username="chief",
        password="lantern-river-9",
        name="Ruth Achieng",
        position="manager",
        agency=customs,
        actor=None,
    )


def ask(client: Client, reference: str, reason: str = REASON) -> tuple[int, str]:
    """The answer's status and text, without the form token, which is never twice the same."""
    data = {"reference": reference, "reason": reason}
    answer = client.post(reverse("casework:break-glass"), data)
    return answer.status_code, TOKEN.sub("", answer.content.decode())


def test_the_case_opens_for_eight_hours_and_for_reading_only(
    case: Case, chief: User, sign_in: SignIn
) -> None:
    client = sign_in(chief)
    assert client.get(reverse("casework:case-team", args=[case.reference])).status_code == 404
    ask(client, case.reference.lower())
    grant = CaseUserGrant.objects.get(user=chief)
    assert grant.expires_at is not None
    assert abs(grant.expires_at - timezone.now() - timedelta(hours=8)) < timedelta(minutes=1)
    assert access.actions(chief, case) == {"view"}
    CaseUserGrant.objects.update(expires_at=timezone.now())
    assert not access.can(chief, case, "view")


def test_the_lead_sees_who_and_why(
    case: Case, chief: User, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    ask(sign_in(chief), case.reference)
    assert [grant.user for grant in access.emergencies(investigator)] == [chief]
    assert not access.emergencies(prosecutor)
    client = sign_in(investigator)
    for url in ("/", reverse("casework:case-team", args=[case.reference])):
        assert REASON in client.get(url).content.decode()
    assert AuditEntry.objects.get(action="access.break_glass").case == case


def test_without_the_permission_every_reference_gets_the_same_answer(
    case: Case, outsider: User, sign_in: SignIn
) -> None:
    client = sign_in(outsider)
    real, unreal = ask(client, case.reference), ask(client, "KE-MSA-2026-9999")
    assert real[0] == 403
    assert real == unreal


def test_an_unknown_reference_is_on_record(chief: User, sign_in: SignIn) -> None:
    _, page = ask(sign_in(chief), "KE-NONE-2026-0001")
    assert "No case has this reference." in page
    assert AuditEntry.objects.get(action="access.break_glass_missed").actor == chief


def test_a_word_is_not_a_reason(case: Case, chief: User, sign_in: SignIn) -> None:
    _, page = ask(sign_in(chief), case.reference, reason="urgent")
    assert "Say it in a sentence" in page
    assert not CaseUserGrant.objects.filter(user=chief).exists()


def test_who_sees_the_case_already_gets_no_second_grant(case: Case, manager: User) -> None:
    assert access.break_glass(case.reference, actor=manager, reason=REASON) == case
    assert not CaseUserGrant.objects.filter(user=manager).exists()


def test_the_operation_refuses_what_is_not_there(chief: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        access.break_glass("nothing", actor=chief, reason=REASON)
    assert refused.value.field == "reference"

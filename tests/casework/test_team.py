"""Who is on a case, how they are let in, and how their access ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casework import access, people
from casework.errors import RuleBroken
from casework.models import Agency, AuditEntry, Case, CaseUserGrant, Unit, User

SignIn = Callable[[User], Client]


def url(case: Case, name: str = "case-team", *args: object) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


def grant_data(**fields: str) -> dict[str, str]:
    return {"person": "outsider", "role": "viewer", "reason": "Joint inquiry", **fields}


def test_the_page_names_people_units_and_who_let_them_in(
    case: Case, prosecutor: User, sign_in: SignIn
) -> None:
    page = sign_in(prosecutor).get(url(case)).content.decode()
    for word in ("Sgt Amina Wekesa", "Port Unit", "Auditors", "Opened the case"):
        assert word in page
    assert "Let somebody in" not in page


def test_the_lead_lets_a_person_in_until_a_day(
    case: Case, investigator: User, outsider: User, sign_in: SignIn
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    sign_in(investigator).post(url(case, "team-grant"), grant_data(last_day=day.isoformat()))
    grant = CaseUserGrant.objects.get(user=outsider)
    assert timezone.localtime(grant.expires_at).date() == day
    assert access.can(outsider, case, "view")


def test_a_whole_unit_is_let_in(
    case: Case, investigator: User, customs: Agency, outsider: User, sign_in: SignIn
) -> None:
    unit = people.create_unit(customs, code="NBO", name="Air cargo", actor=None)
    people.change_person(outsider, unit=unit, actor=investigator)
    data = grant_data(person="", unit=str(unit.pk))
    sign_in(investigator).post(url(case, "team-grant"), data)
    assert access.can(outsider, case, "view")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"person": ""}, "Name one person, or choose one unit."),
        ({"person": "nobody at all"}, "Nobody active is meant by this alone."),
        ({"last_day": "2001-01-01"}, "The end lies in the past."),
        ({"role": "owner"}, "Choose one from the list."),
        ({"role": "lead", "last_day": "2060-01-01"}, "A case is led by a person, without an end."),
        ({"last_day": "9999-12-31"}, "No case runs that long."),
    ],
)
def test_a_wrong_grant_is_refused_and_keeps_what_was_typed(
    case: Case,
    investigator: User,
    outsider: User,
    sign_in: SignIn,
    fields: dict[str, str],
    says: str,
) -> None:
    answer = sign_in(investigator).post(url(case, "team-grant"), grant_data(**fields))
    page = answer.content.decode()
    assert says in page
    assert 'value="Joint inquiry"' in page
    assert not CaseUserGrant.objects.filter(user=outsider).exists()


def test_ending_access_takes_effect_with_the_next_request(
    case: Case, investigator: User, prosecutor: User, client: Client
) -> None:
    theirs = Client()
    theirs.force_login(prosecutor)
    assert theirs.get(url(case)).status_code == 200
    grant = case.user_grants.get(user=prosecutor)
    client.force_login(investigator)
    client.post(url(case, "team-end", "person", grant.pk), {"reason": "Moved to another court"})
    assert theirs.get(url(case)).status_code == 404
    entry = AuditEntry.objects.get(action="access.revoke")
    assert entry.detail["reason"] == "Moved to another court"


def test_the_last_lead_cannot_be_ended(case: Case, investigator: User, sign_in: SignIn) -> None:
    grant = case.user_grants.get(user=investigator)
    answer = sign_in(investigator).post(url(case, "team-end", "person", grant.pk), {"reason": "x"})
    assert "A case needs a lead. Name another one first." in answer.content.decode()


def test_a_lead_who_ends_their_own_access_goes_home(
    case: Case, investigator: User, prosecutor: User, port_unit: Unit, sign_in: SignIn
) -> None:
    access.grant(case, role="lead", to=prosecutor, actor=investigator, reason="Takes over")
    unit = case.group_grants.get(group=port_unit.group)
    access.revoke(unit, actor=investigator, reason="Not theirs")
    grant = case.user_grants.get(user=investigator)
    answer = sign_in(investigator).post(url(case, "team-end", "person", grant.pk), {"reason": "x"})
    assert answer.headers["Location"] == "/"


def test_a_grant_of_another_case_is_not_ended_here(
    case: Case, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    from casework import cases

    other = cases.open_case(title="Another", tier="port", actor=investigator)
    grant = access.grant(other, role="viewer", to=prosecutor, actor=investigator, reason="x")
    answer = sign_in(investigator).post(url(case, "team-end", "person", grant.pk), {"reason": "x"})
    assert answer.status_code == 404
    assert sign_in(investigator).get(url(case, "team-end", "file", grant.pk)).status_code == 404


def test_only_those_who_look_after_the_team_change_it(
    case: Case, custodian: User, prosecutor: User, outsider: User, sign_in: SignIn
) -> None:
    for person, status in ((custodian, 403), (prosecutor, 403), (outsider, 404)):
        answer = sign_in(person).post(url(case, "team-grant"), grant_data())
        assert answer.status_code == status
    assert not CaseUserGrant.objects.filter(user=outsider).exists()


def test_what_has_run_out_stays_on_the_page(
    case: Case, investigator: User, outsider: User, sign_in: SignIn
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    access.grant(case, role="viewer", to=outsider, actor=investigator, reason="x", expires_at=soon)
    CaseUserGrant.objects.filter(user=outsider).update(expires_at=timezone.now())
    page = sign_in(investigator).get(url(case)).content.decode()
    assert page.index("Has run out") < page.index("Peter Mwangangi")


def test_a_group_cannot_lead(case: Case, investigator: User, port_unit: Unit) -> None:
    with pytest.raises(RuleBroken, match="led by a person"):
        access.grant(case, role="lead", to=port_unit.group, actor=investigator, reason="x")


def test_people_are_suggested_by_name_and_number_while_they_work_here(
    investigator: User, prosecutor: User, outsider: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    path = reverse("casework:suggest-people")
    assert [row["value"] for row in client.get(path, {"q": "odera"}).json()] == ["prosecutor"]
    assert [row["value"] for row in client.get(path, {"q": "SN-pros"}).json()] == ["prosecutor"]
    people.deactivate(prosecutor, actor=investigator, reason="Left")
    assert client.get(path, {"q": "odera"}).json() == []


def test_a_person_is_found_without_script_by_what_one_would_type(
    investigator: User, prosecutor: User
) -> None:
    for typed in ("investigator", "SN-investigator", "Amina Wekesa", " Sgt  Amina Wekesa"):
        assert people.find(typed) == investigator
    for typed in ("", "Amina", "nobody", "\x00"):
        assert people.find(typed) is None


def test_the_page_asks_as_often_for_thirty_as_for_three(
    case: Case,
    investigator: User,
    customs: Agency,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(investigator)
    enlist(case, customs, investigator, range(3))
    client.get(url(case))
    with CaptureQueriesContext(connection) as few:
        client.get(url(case))
    enlist(case, customs, investigator, range(3, 30))
    with django_assert_num_queries(len(few)):
        client.get(url(case))


def enlist(case: Case, agency: Agency, actor: User, numbers: range) -> None:
    for number in numbers:
        unit = people.create_unit(agency, code=f"U{number}", name=f"Unit {number}", actor=None)
        person = people.create_person(
            username=f"extra{number}",
            password="lantern-river-9",
            name=f"Extra {number}",
            position="observer",
            agency=agency,
            unit=unit,
            actor=None,
        )
        for holder in (person, unit.group):
            access.grant(case, role="viewer", to=holder, actor=actor, reason="Joint team")

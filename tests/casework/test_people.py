"""Looking after people: what an administrator may do, for whom, and what it gives nobody."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casework import access, people
from casework.errors import RuleBroken
from casework.models import Agency, AuditEntry, Case, Unit, User

SignIn = Callable[[User], Client]
PASSWORD = "lantern-river-9"


@pytest.fixture
def administrator(wildlife: Agency) -> User:
    return people.create_person(
        username="administrator",
        password=PASSWORD,
        name="Faith Naliaka",
        position="administrator",
        agency=wildlife,
        actor=None,
    )


@pytest.fixture
def root(db: None) -> User:
    """An administrator without an agency: looks after the whole installation."""
    return people.create_person(
        username="root", password=PASSWORD, name="Root", position="administrator", actor=None
    )


def person_data(agency: Agency, **fields: object) -> dict[str, object]:
    return {
        "username": "newcomer",
        "password": PASSWORD,
        "name": "Halima Said",
        "rank": "Cpl",
        "service_number": "SN-900",
        "agency": agency.pk,
        "position": "investigator",
        "time_zone": "Africa/Nairobi",
        **fields,
    }


def test_a_new_person_can_sign_in_and_sees_the_units_cases(
    case: Case, administrator: User, wildlife: Agency, port_unit: Unit, sign_in: SignIn
) -> None:
    data = person_data(wildlife, unit=port_unit.pk)
    sign_in(administrator).post(reverse("casework:people-add"), data)
    theirs = Client()
    theirs.post(reverse("login"), {"username": "Newcomer", "password": PASSWORD})
    answer = theirs.get(reverse("casework:case-team", args=[case.reference]))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"username": "ADMINISTRATOR"}, "This user name is taken."),
        ({"password": "short"}, "This password is too short."),
        ({"username": "a b<c>"}, "Enter a valid username"),
        ({"position": "king"}, "Choose one from the list."),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_a_wrong_person_is_refused_and_the_form_keeps_the_rest(
    administrator: User, wildlife: Agency, sign_in: SignIn, fields: dict[str, object], says: str
) -> None:
    data = person_data(wildlife, **fields)
    page = sign_in(administrator).post(reverse("casework:people-add"), data).content.decode()
    assert says in page
    assert 'value="SN-900"' in page
    assert not User.objects.filter(service_number="SN-900").exists()


def test_an_administrator_looks_after_the_own_agency_only(
    administrator: User, outsider: User, customs: Agency, sign_in: SignIn
) -> None:
    client = sign_in(administrator)
    assert client.get(reverse("casework:people-change", args=[outsider.pk])).status_code == 404
    assert "Mwangangi" not in client.get(reverse("casework:people-list")).content.decode()
    client.post(reverse("casework:people-add"), person_data(customs))
    assert not User.objects.filter(username="newcomer").exists()
    assert client.get(reverse("casework:people-agency-add")).status_code == 403


def test_looking_after_people_opens_no_case(case: Case, administrator: User) -> None:
    assert not Case.objects.visible_to(administrator).exists()


def test_nobody_changes_their_own_standing(administrator: User) -> None:
    with pytest.raises(RuleBroken, match="your own position"):
        people.change_person(administrator, actor=administrator, position="auditor")


def test_another_position_takes_the_auditors_cases_away(
    case: Case, auditor: User, administrator: User, sign_in: SignIn
) -> None:
    data = person_data(auditor.agency, name=auditor.name, service_number="SN-auditor")  # type: ignore[arg-type]
    data["position"] = "observer"
    assert access.can(auditor, case, "audit")
    url = reverse("casework:people-change", args=[auditor.pk])
    assert sign_in(administrator).post(url, data).status_code == 302
    auditor = User.objects.get(pk=auditor.pk)
    assert not access.can(auditor, case, "view")


def test_ended_access_ends_with_the_next_request_and_may_be_renewed(
    case: Case, colleague: User, administrator: User, sign_in: SignIn
) -> None:
    theirs, team = Client(), reverse("casework:case-team", args=[case.reference])
    theirs.force_login(colleague)
    assert theirs.get(team).status_code == 200
    client = sign_in(administrator)
    client.post(reverse("casework:people-deactivate", args=[colleague.pk]), {"reason": "Left"})
    assert theirs.get(team).headers["Location"] == f"{reverse('login')}?next={team}"
    client.post(reverse("casework:people-reactivate", args=[colleague.pk]), {"reason": "Back"})
    theirs.force_login(User.objects.get(pk=colleague.pk))
    assert theirs.get(team).status_code == 200
    assert AuditEntry.objects.filter(action="person.deactivate").count() == 1


def test_a_new_password_ends_the_persons_sessions(
    colleague: User, administrator: User, sign_in: SignIn
) -> None:
    theirs = Client()
    theirs.force_login(colleague)
    url = reverse("casework:people-password", args=[colleague.pk])
    sign_in(administrator).post(url, {"password": "another-lantern-7"})
    assert theirs.get(reverse("casework:preferences")).status_code == 302


def test_an_administrator_cannot_end_their_own_access(administrator: User, sign_in: SignIn) -> None:
    url = reverse("casework:people-deactivate", args=[administrator.pk])
    page = sign_in(administrator).post(url, {"reason": "Bored"}).content.decode()
    assert "You cannot end your own access." in page


def test_agencies_and_units_are_added_and_renamed(root: User, sign_in: SignIn) -> None:
    client = sign_in(root)
    agency = {
        "code": "PCU",
        "name": "Port Control Unit",
        "kind": "port",
        "country": "KE",
        "reference_pattern": "{country}-{unit}-{year}-{number:04d}",
    }
    client.post(reverse("casework:people-agency-add"), agency)
    made = Agency.objects.get(code="PCU")
    client.post(
        reverse("casework:people-unit-add", args=[made.pk]), {"code": "LAU", "name": "Lamu"}
    )
    unit = made.units.get()
    client.post(reverse("casework:people-unit-change", args=[unit.pk]), {"name": "Lamu port"})
    page = client.get(reverse("casework:people-agencies")).content.decode()
    assert "Port Control Unit" in page
    assert "Lamu port" in page


@pytest.mark.parametrize(
    "pattern",
    ["{unit}-{year}", "{number}{number}", "{country.__class__}-{number}", "{number}/{year}", "{x"],
)
def test_a_pattern_that_would_break_references_is_refused(
    root: User, wildlife: Agency, pattern: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        people.change_agency(wildlife, actor=root, reference_pattern=pattern)
    assert refused.value.field == "reference_pattern"


def test_a_taken_code_is_said_at_its_field(root: User, wildlife: Agency, sign_in: SignIn) -> None:
    people.create_unit(wildlife, code="MSA", name="Port", actor=root)
    data = {"code": "MSA", "name": "Another"}
    answer = sign_in(root).post(reverse("casework:people-unit-add", args=[wildlife.pk]), data)
    assert "This agency has a unit with this code." in answer.content.decode()


def test_others_do_not_look_after_people(
    investigator: User, manager: User, auditor: User, sign_in: SignIn
) -> None:
    for person in (investigator, manager, auditor):
        client = sign_in(person)
        assert client.get(reverse("casework:people-list")).status_code == 403
        url = reverse("casework:people-deactivate", args=[investigator.pk])
        assert client.post(url, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["people-list", "people-agencies"])
def test_pages_ask_as_often_for_thirty_as_for_three(
    name: str, root: User, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = sign_in(root), reverse(f"casework:{name}")
    hire(range(3))
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    hire(range(3, 30))
    with django_assert_num_queries(len(few)):
        client.get(url)


def hire(numbers: range) -> None:
    for number in numbers:
        agency = people.create_agency(
            code=f"A{number}", name=f"Agency {number}", kind="other", country="KE", actor=None
        )
        unit = people.create_unit(agency, code="U1", name="Unit", actor=None)
        people.create_person(
            username=f"extra{number}",
            password=PASSWORD,
            name=f"Extra {number}",
            position="observer",
            agency=agency,
            unit=unit,
            actor=None,
        )


def test_cases_led_alone_are_handed_to_a_colleague_and_never_to_the_administrator(
    case: Case, investigator: User, colleague: User, administrator: User, sign_in: SignIn
) -> None:
    client = sign_in(administrator)
    end = reverse("casework:people-deactivate", args=[investigator.pk])
    page = client.post(end, {"reason": "Left"}, follow=True).content.decode()
    assert "They alone lead 1 case." in page
    assert case.reference not in page
    url = reverse("casework:people-handover", args=[investigator.pk])
    page = client.post(url, {"to": "administrator", "reason": "x"}).content.decode()
    assert "Name a colleague of theirs, and not yourself." in page
    client.post(url, {"to": "colleague", "reason": "Takes over"})
    assert access.can(colleague, case, "team")
    assert not access.can(administrator, case, "view")


def test_signing_in_is_on_record(investigator: User, client: Client) -> None:
    from tests.conftest import PASSWORD as theirs

    client.post(reverse("login"), {"username": "investigator", "password": theirs})
    assert AuditEntry.objects.get(action="person.sign_in").actor == investigator


def test_an_administrators_own_password_asks_for_the_old_one(
    administrator: User, sign_in: SignIn
) -> None:
    url = reverse("casework:people-password", args=[administrator.pk])
    answer = sign_in(administrator).post(url, {"password": "another-lantern-7"})
    assert answer.headers["Location"] == reverse("casework:account-password")
    assert User.objects.get(pk=administrator.pk).check_password(PASSWORD)

"""`can` and `visible_to` never disagree, and what one may not see changes nothing that one sees."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from casework import access, cases, clock, people, roles
from casework.models import Case, CaseGroupGrant, CaseUserGrant, Code, Unit, User
from kyc import parties
from kyc.models import Fact, Involvement, Party
from kyc.parties import NewParty, Origin
from search import sync
from tests.conftest import PASSWORD
from tests.evidence import scenes

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
THROUGH_A_FIXTURE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Given:
    """A grant to be made: on which case, in which role, to a person or a unit, and how it ended."""

    case: int
    role: str
    holder: int  # 0 to 3: the people; 4 and 5: the units
    has_expired: bool


grants = some.lists(
    some.builds(
        Given,
        case=some.integers(0, 2),
        role=some.sampled_from([role for role in roles.ROLES if role != "lead"]),
        holder=some.integers(0, 5),
        has_expired=some.booleans(),
    ),
    max_size=8,
)
inactive = some.sets(some.integers(0, 3), max_size=2)


@pytest.fixture
def staff(port_unit: Unit, store_unit: Unit, investigator: User) -> list[User]:
    """Four people, two in each of two units."""
    return [
        people.create_person(
            username=f"staff{number}",
            password=PASSWORD,
            name=f"Staff {number}",
            position="observer",
            agency=unit.agency,
            unit=unit,
            actor=None,
        )
        for number, unit in enumerate([port_unit, port_unit, store_unit, store_unit])
    ]


@pytest.fixture
def three_cases(investigator: User) -> list[Case]:
    return [cases.open_case(title=f"{n}", tier="port", actor=investigator) for n in range(3)]


def make(made: Iterable[Given], on: list[Case], staff: list[User], lead: User) -> None:
    units = [staff[0].unit, staff[2].unit]
    for one in made:
        unit = units[one.holder - 4] if one.holder > 3 else None
        row = access.grant(
            on[one.case],
            role=one.role,
            to=unit.group if unit is not None else staff[one.holder],
            actor=lead,
            reason="Drawn by lot",
            expires_at=timezone.now() + timedelta(days=1) if one.has_expired else None,
        )
        if one.has_expired:
            type(row).objects.filter(pk=row.pk).update(expires_at=timezone.now())


@given(made=grants, gone=inactive)
@THROUGH_A_FIXTURE
def test_can_and_visible_to_agree_for_every_person_case_and_action(
    made: list[Given],
    gone: set[int],
    staff: list[User],
    three_cases: list[Case],
    investigator: User,
) -> None:
    with transaction.atomic():
        make(made, three_cases, staff, investigator)
        User.objects.filter(pk__in=[staff[number].pk for number in gone]).update(is_active=False)
        for person in User.objects.filter(pk__in=[one.pk for one in staff]):
            for action in roles.ACTIONS:
                found = set(Case.objects.permitting(person, action))
                assert found == {c for c in three_cases if access.can(person, c, action)}
            assert set(Case.objects.visible_to(person)) <= set(three_cases)
        transaction.set_rollback(True)


@given(made=grants, gone=inactive)
@THROUGH_A_FIXTURE
def test_what_hangs_on_a_case_is_seen_with_it_and_never_without(
    made: list[Given],
    gone: set[int],
    staff: list[User],
    three_cases: list[Case],
    investigator: User,
) -> None:
    with transaction.atomic():
        make(made, three_cases, staff, investigator)
        for case in three_cases:
            stand_behind(case, investigator, is_kept=True)
        User.objects.filter(pk__in=[staff[number].pk for number in gone]).update(is_active=False)
        for person in User.objects.filter(pk__in=[one.pk for one in staff]):
            seen = set(Case.objects.visible_to(person))
            assert {row.case for row in Involvement.objects.visible_to(person)} == seen
            assert {row.own_case for row in Party.objects.visible_to(person)} == seen
            assert {row.case for row in Fact.objects.visible_to(person)} == seen
        transaction.set_rollback(True)


def test_no_row_of_a_grant_is_left_that_another_rule_would_honour(
    case: Case, outsider: User, investigator: User
) -> None:
    """guardian's own tables stay empty, so that none of its shortcuts finds anything."""
    from guardian.models import GroupObjectPermission, UserObjectPermission

    assert CaseUserGrant.objects.exists()
    assert CaseGroupGrant.objects.exists()
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()
    assert not outsider.has_perm("casework.viewer", case)


def stand_behind(case: Case, actor: User, *, is_kept: bool) -> Party:
    part = parties.introduce(
        case,
        NewParty("firm", "Hidden Ivory Traders", "KE", is_kept=is_kept),
        role=Code.objects.get(kind="party_role", code="shipper"),
        origin=Origin("case_document", "Customs entry", date(2024, 2, 12)),
        facts=[(Code.objects.get(kind="fact_kind", code="address"), "Tamarind Road")],
        actor=actor,
    )
    return part.party


READ_BY_MANY = (
    "/", "/cases/", "/parties/", "/parties/?q=tamarind", "/exhibits/", "/hearings/", "/figures/",
    "/figures/figures.csv", "/figures/cases/", "/suggest/parties/?q=tamarind",
    "/suggest/parties/?q=hidden", "/search/?q=tamarind&sort=newest",
    "/search/?q=ivory&sort=newest", "/search/?sort=oldest",
)  # fmt: skip
READ_ON_A_CASE = ("", "parties/", "exhibits/", "files/", "team/", "history/", "consignments/")


def answers(client: Client, case: Case, at: datetime) -> dict[str, bytes]:
    """What a reader gets everywhere at one moment, without the form token, never twice the same."""
    on_case = [f"/cases/{case.reference}/{end}" for end in READ_ON_A_CASE]
    found = {}
    for url in [*READ_BY_MANY, *on_case]:
        with pytest.MonkeyPatch.context() as patch, clock.telling(at):
            patch.setattr(timezone, "now", lambda: at)
            answer = client.get(url)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        found[url] = TOKEN.sub(b"", answer.content)
    return found


@pytest.mark.parametrize("reader", ["prosecutor", "outsider"])
def test_hidden_objects_change_no_byte_of_what_a_reader_gets(
    reader: str,
    case: Case,
    investigator: User,
    prosecutor: User,
    outsider: User,
    custodian: User,
) -> None:
    access.grant(case, role="viewer", to=outsider, actor=investigator, reason="Joint inquiry")
    firm = stand_behind(case, investigator, is_kept=False)
    scenes.seizure(case, investigator)
    client = Client()
    client.force_login({"prosecutor": prosecutor, "outsider": outsider}[reader])
    sync.rebuild()
    at = timezone.now() + timedelta(minutes=10)  # some pages say when they were made
    before = answers(client, case, at)
    hide(investigator, custodian, firm)
    sync.rebuild()
    for url, answer in answers(client, case, at).items():
        differing = difflib.unified_diff(
            before[url].decode().splitlines(), answer.decode().splitlines(), url, lineterm=""
        )
        assert not list(differing)


def hide(actor: User, receiver: User, firm: Party) -> None:
    """A second case with everything in it, about the same firm; only its team may know."""
    hidden = cases.open_case(title="Hidden tamarind ivory", tier="port", actor=actor)
    scenes.seizure(hidden, actor, place="Hidden gate")
    access.grant(hidden, role="custodian", to=receiver, actor=actor, reason="Keeps the store")
    scenes.offer(hidden, actor, receiver)
    scenes.notes(hidden, actor, 3)
    stand_behind(hidden, actor, is_kept=True)
    parties.involve(
        hidden, firm, role=Code.objects.get(kind="party_role", code="payer"), actor=actor
    )
    parties.add_fact(
        firm,
        kind=Code.objects.get(kind="fact_kind", code="address"),
        value="Tamarind cellar",
        origin=Origin("case_document", "Diary", date(2024, 5, 1), hidden),
        actor=actor,
    )

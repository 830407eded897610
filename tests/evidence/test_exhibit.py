"""The page of an exhibit: who may see it, what it shows, and that its cost does not grow."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from casework.errors import RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import custody, exhibits, sequencer
from evidence.models import Exhibit
from tests.evidence.acts import address, text, tusks

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


@pytest.mark.parametrize("who", ["investigator", "colleague", "custodian", "prosecutor", "auditor"])
def test_the_team_sees_it(
    who: str, exhibit: Exhibit, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address("exhibit", exhibit)).status_code == 200


@pytest.mark.parametrize("who", ["outsider", "manager"])
def test_nobody_else_knows_of_it(
    who: str,
    case: Case,
    custodian: User,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    held = tusks(case, custodian)
    person = request.getfixturevalue(who)
    if who == "manager":  # of the recorder's unit, which sees its cases: leaves the unit first
        person.groups.clear()
    assert sign_in(person).get(address("exhibit", held)).status_code == 404


def test_it_shows_holder_seal_and_a_verified_chain(
    exhibit: Exhibit, investigator: User, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    call_command("create_signing_key", stdout=StringIO())
    sequencer.run()
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "WS-M 006120" in page
    assert "206.85" in page
    assert "Chain verified" in page
    assert "<svg viewBox" in page


def test_a_chain_that_waits_for_its_signature_is_not_called_verified(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "Chain verified" not in page
    assert "not yet in the signed tree" in page


def test_only_the_holder_is_asked_to_hand_over(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    assert "Hand over to" in text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "Hand over to" not in text(sign_in(custodian).get(address("exhibit", exhibit)))


def test_the_receiver_is_asked_to_acknowledge(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    assert "/acknowledge/" in text(sign_in(custodian).get(address("exhibit", exhibit)))
    assert "/acknowledge/" not in text(sign_in(investigator).get(address("exhibit", exhibit)))


@pytest.mark.parametrize(("who", "status"), [("custodian", 404), ("auditor", 200)])
def test_a_restricted_exhibit_is_hidden_from_roles_without_the_right(
    who: str, status: int, case: Case, investigator: User, sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    hidden = tusks(case, investigator, is_restricted=True)
    browser = sign_in(request.getfixturevalue(who))
    for name in ("exhibit", "exhibit-label"):
        assert browser.get(address(name, hidden)).status_code == status
    short = reverse("evidence:exhibit-short", args=[hidden.identifier])
    assert browser.get(short).status_code == (302 if status == 200 else 404)


def test_reading_a_restricted_exhibit_is_audited(
    case: Case, investigator: User, auditor: User, sign_in: SignIn
) -> None:
    hidden = tusks(case, investigator, is_restricted=True)
    sign_in(auditor).get(address("exhibit", hidden))
    assert AuditEntry.objects.get(action="exhibit.read").actor == auditor


def test_what_a_person_typed_is_never_markup(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    hostile = '"><script>alert(1)</script>\u202e'
    made = tusks(case, investigator, description=hostile, found_at=hostile)
    page = text(sign_in(investigator).get(address("exhibit", made)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_long_chain_costs_no_more_queries(
    exhibit: Exhibit,
    investigator: User,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = sign_in(investigator)

    def weigh(times: int) -> None:
        for _time in range(times):
            custody.reweigh(exhibit, weight_mg=206_000_000, scale="ES-04", actor=investigator)

    weigh(2)
    browser.get(address("exhibit", exhibit))
    with CaptureQueriesContext(connection) as few:
        browser.get(address("exhibit", exhibit))
    weigh(27)
    with django_assert_num_queries(len(few)):
        browser.get(address("exhibit", exhibit))


def test_the_code_on_a_label_asks_to_sign_in_and_opens_the_exhibit(
    exhibit: Exhibit, custodian: User, client: Client
) -> None:
    short = reverse("evidence:exhibit-short", args=[exhibit.identifier])
    assert "/sign-in/?next=/x/" in client.get(short).headers["Location"]
    client.force_login(custodian)
    assert client.get(short).headers["Location"] == address("exhibit", exhibit)


def test_amending_keeps_what_stood_before(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    kind = exhibit.kind_id
    answer = sign_in(investigator).post(
        address("exhibit-amend", exhibit),
        {"kind": kind, "description": "Twenty-five pieces", "reason": "Counted again"},
    )
    assert answer.status_code == 302
    exhibit.refresh_from_db()
    assert exhibit.description == "Twenty-five pieces"
    assert exhibit.history.first().history_change_reason == "Counted again"


def test_only_who_sees_sensitive_material_may_restrict(exhibit: Exhibit, custodian: User) -> None:
    with pytest.raises(RuleBroken, match="lose sight"):
        exhibits.amend(exhibit, is_restricted=True, actor=custodian)


def test_the_label_never_changes(exhibit: Exhibit, investigator: User) -> None:
    with pytest.raises(RuleBroken, match="never changes"):
        exhibits.amend(exhibit, label="E9", actor=investigator)


def test_a_sample_does_not_name_a_parent_that_its_reader_may_not_know(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    thing = exhibits.Thing(kind=exhibit.kind, description="A drill core", label="LAB-1")
    sample = exhibits.take_sample(exhibit, thing, actor=investigator, purpose="DNA")
    assert address("exhibit", exhibit) + '"' in text(
        sign_in(custodian).get(address("exhibit", sample))
    )
    exhibits.amend(exhibit, is_restricted=True, reason="Informant", actor=investigator)
    page = text(sign_in(custodian).get(address("exhibit", sample)))
    assert address("exhibit", exhibit) + '"' not in page
    assert address("exhibit", exhibit) in text(
        sign_in(investigator).get(address("exhibit", sample))
    )

"""Two people change one row: who comes second works on what the first one left."""

from datetime import timedelta

import pytest

from casework import access, cases, charges, clock, people, proceedings, submissions
from casework.duties import assistance, authorities, deadlines
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import (
    Accused,
    AssistanceRequest,
    Authority,
    Case,
    Code,
    Count,
    Court,
    Deadline,
    User,
    Witness,
)
from casework.sentencing import custody
from casework.witnesses import witnesses
from tests.casework import court_stories as court


@pytest.fixture
def tried(case: Case, investigator: User, prosecutor: User) -> Case:
    access.grant(case, role="prosecutor", to=prosecutor, actor=investigator, reason="Prosecutes")
    return case


@pytest.fixture
def plain(tried: Case, colleague: User, investigator: User) -> User:
    """Somebody who writes of witnesses and may not know of protected ones."""
    access.grant(tried, role="investigator", to=colleague, actor=investigator, reason="Helps")
    return colleague


def test_a_change_does_not_show_a_witness_who_was_protected_meanwhile(
    tried: Case, prosecutor: User, plain: User
) -> None:
    witness = witnesses.add(tried, name="Salim Mwero", actor=prosecutor)
    read_before = Witness.objects.get(pk=witness.pk)
    witnesses.protect(witness, actor=prosecutor)
    with pytest.raises(NotAllowed):
        witnesses.change(read_before, contact="Gate 4", actor=plain)
    witness.refresh_from_db()
    assert (witness.is_protected, witness.label) == (True, "X1")


def test_a_correction_keeps_that_a_warrant_was_carried_out(tried: Case, prosecutor: User) -> None:
    today = clock.today()
    warrant = authorities.add(
        tried, kind=Code.objects.filter(kind="authority_kind")[0], issued_on=today,
        court=Court.objects.all()[0], actor=prosecutor,
    )  # fmt: skip
    read_before = Authority.objects.get(pk=warrant.pk)
    authorities.execute(warrant, executed_on=today, result="Found 3 tusks", actor=prosecutor)
    authorities.change(read_before, number="W 7", reason="Misread", actor=prosecutor)
    warrant.refresh_from_db()
    assert (warrant.executed_on, warrant.number) == (today, "W 7")


def test_another_day_keeps_that_a_deadline_was_met(tried: Case, prosecutor: User) -> None:
    today = clock.today()
    row = deadlines.add(tried, title="Send it", due_on=today, actor=prosecutor)
    read_before = Deadline.objects.get(pk=row.pk)
    deadlines.done(row, done_on=today, actor=prosecutor)
    deadlines.change(read_before, due_on=today + timedelta(days=1), actor=prosecutor)
    row.refresh_from_db()
    assert row.done_on == today


def test_another_day_keeps_what_came_from_abroad(tried: Case, prosecutor: User) -> None:
    today = clock.today()
    row = assistance.draft(
        tried, country="UG", partner="Customs", what="The manifest", due_on=today,
        form=Code.objects.filter(kind="evidence_form")[0], actor=prosecutor,
    )  # fmt: skip
    read_before = AssistanceRequest.objects.get(pk=row.pk)
    assistance.step(row, state="sent", happened_on=today, actor=prosecutor)
    assistance.change(read_before, due_on=today + timedelta(days=9), actor=prosecutor)
    row.refresh_from_db()
    assert row.sent_on == today
    with pytest.raises(RuleBroken, match="sent as it stands"):
        assistance.change(read_before, what="All manifests", actor=prosecutor)


def test_a_change_keeps_what_was_written_of_an_accused_meanwhile(
    tried: Case, prosecutor: User
) -> None:
    accused = proceedings.add_accused(tried, name="Benson Tsofa", actor=prosecutor)
    read_before = Accused.objects.get(pk=accused.pk)
    proceedings.change_accused(accused, counsel="Rehema Pole", actor=prosecutor)
    proceedings.change_accused(read_before, language="sw", actor=prosecutor)
    accused.refresh_from_db()
    assert (accused.counsel, accused.language) == ("Rehema Pole", "sw")


def test_a_change_of_the_title_keeps_the_stage_the_case_is_in(
    tried: Case, investigator: User, prosecutor: User
) -> None:
    read_before = Case.objects.get(pk=tried.pk)
    submissions.submit(tried, to=prosecutor, actor=investigator)
    cases.change(read_before, title="Ivory declared as tea", actor=investigator)
    tried.refresh_from_db()
    assert (tried.status, tried.title) == ("submitted", "Ivory declared as tea")


def test_a_step_keeps_what_was_written_of_the_case_meanwhile(
    tried: Case, investigator: User
) -> None:
    read_before = Case.objects.get(pk=tried.pk)
    cases.change(tried, confidentiality="secret", actor=investigator)
    cases.step(read_before, to="inquiry", reason="Worth it", actor=investigator)
    tried.refresh_from_db()
    assert (tried.status, tried.confidentiality) == ("inquiry", "secret")


@pytest.mark.parametrize("what", ["settings", "password"])
def test_nobody_comes_back_by_changing_their_own_settings(
    what: str, colleague: User, manager: User
) -> None:
    read_before = User.objects.get(pk=colleague.pk)
    people.deactivate(colleague, actor=manager, reason="Left the service")
    if what == "settings":
        people.change_person(read_before, actor=read_before, language="sw")
    else:
        people.set_password(read_before, "lantern-river-tusk-24", actor=read_before)
    colleague.refresh_from_db()
    assert not colleague.is_active


def test_somebody_keeps_their_new_position_when_they_change_their_own_settings(
    colleague: User, manager: User
) -> None:
    read_before = User.objects.get(pk=colleague.pk)
    people.change_person(colleague, actor=manager, position="observer")
    people.change_person(read_before, actor=read_before, time_zone="Africa/Kampala")
    colleague.refresh_from_db()
    assert (colleague.position, colleague.time_zone) == ("observer", "Africa/Kampala")


def test_an_arrest_keeps_what_was_written_of_the_accused_meanwhile(
    tried: Case, prosecutor: User
) -> None:
    accused = proceedings.add_accused(tried, name="Benson Tsofa", actor=prosecutor)
    read_before = Accused.objects.get(pk=accused.pk)
    proceedings.change_accused(accused, counsel="Rehema Pole", actor=prosecutor)
    today = clock.today()
    custody.record(read_before, kind="arrested", happened_on=today, actor=prosecutor)
    accused.refresh_from_db()
    assert (accused.counsel, accused.arrested_on) == ("Rehema Pole", today)


def test_a_count_that_was_taken_out_does_not_come_back_by_a_change(
    tried: Case, investigator: User, prosecutor: User
) -> None:
    pair = court.Pair(investigator, prosecutor)
    trial = court.opened(court.accepted(tried, pair, day=clock.today()), pair, day=clock.today())
    accused = court.accuse(tried, pair, "Benson Tsofa")
    first, second = (
        court.count_in(trial, accused, pair, day=clock.today())[0].count for _n in range(2)
    )
    read_first, read_second = (Count.objects.get(pk=one.pk) for one in (first, second))
    charges.remove_count(first, actor=prosecutor)
    with pytest.raises(Conflict):
        charges.change_count(read_first, accused=accused, particulars="?", actor=prosecutor)
    charges.change_count(read_second, accused=accused, particulars="Tusks", actor=prosecutor)
    found = Count.objects.filter(charge_sheet__proceeding=trial)
    assert list(found.values_list("number", "particulars")) == [(1, "Tusks")]

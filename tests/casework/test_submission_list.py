"""Files by stage: what a manager counts, and what they may open."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import clock, submissions
from casework.charging import files
from casework.charging.stage import Stage
from casework.models import Agency, Case, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

PAGE = "/figures/files/"


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


def brought_to(stage: str, pair: Pair, *, days: int = 10) -> Case:
    """A file in a stage since so many days."""
    case = stories.seized(pair)
    if stage == Stage.INVESTIGATED:
        return case
    with clock.telling(clock.now() - timedelta(days=days)):
        sent = submissions.submit(case, to=pair.prosecutor, actor=pair.investigator)
        if stage in (Stage.RETURNED, Stage.ANSWERED):
            submissions.decide(sent, decision="returned", queries=["Why?"], actor=pair.prosecutor)
        if stage == Stage.ANSWERED:
            submissions.answer(sent.queries.get(), answer="So", actor=pair.investigator)
        if stage == Stage.ACCEPTED:
            submissions.decide(sent, decision="accepted", actor=pair.prosecutor)
        if stage == Stage.REFUSED:
            submissions.decide(
                sent, decision="refused", reason="Late", actor=pair.prosecutor,
                cause=stories.code("charging_reason", "time_limit"),
            )  # fmt: skip
    return case


def found(user: User) -> dict[Stage, int]:
    return {line.stage: line.number for line in files.by_stage(user) if line.number}


@pytest.mark.parametrize("stage", list(Stage))
def test_each_stage_is_told_with_its_days(stage: Stage, pair: Pair, manager: User) -> None:
    case = brought_to(stage, pair)
    assert found(manager) == {stage: 1}
    (row,) = files.told(files.listed(pair.investigator))
    assert (row.case, row.stage) == (case, stage)
    assert row.waiting.days == (10 if stage != Stage.INVESTIGATED else row.waiting.days)


def test_a_file_leaves_the_list_when_its_charges_are_filed(pair: Pair) -> None:
    stories.charged(pair)
    assert not files.listed(pair.investigator).exists()


def test_a_manager_counts_the_agency_and_opens_what_they_see(
    pair: Pair, wildlife: Agency, customs: Agency, client: Client, db: None
) -> None:
    from casework import people
    from tests.conftest import PASSWORD

    chief = people.create_person(
        username="chief", password=PASSWORD, name="Neema Chiro", position="manager",
        agency=wildlife, actor=None,
    )  # fmt: skip
    case = brought_to(Stage.WAITING, pair)
    assert found(chief) == {Stage.WAITING: 1}
    client.force_login(chief)
    page = client.get(PAGE).content.decode()
    assert case.reference not in page
    assert "The numbers are of all cases of your agency" in page
    chief.agency = customs
    chief.save()
    assert found(User.objects.get(pk=chief.pk)) == {}


def test_the_outsider_counts_nothing(pair: Pair, outsider: User, client: Client) -> None:
    case = brought_to(Stage.RETURNED, pair)
    client.force_login(outsider)
    page = client.get(PAGE).content.decode()
    assert case.reference not in page
    assert found(outsider) == {}


def test_the_list_is_narrowed_by_stage_agency_and_prosecutor(
    pair: Pair, wildlife: Agency, customs: Agency, client: Client
) -> None:
    waiting, back = brought_to(Stage.WAITING, pair), brought_to(Stage.RETURNED, pair)
    client.force_login(pair.investigator)
    page = client.get(f"{PAGE}?stage=returned").content.decode()
    assert back.reference in page
    assert waiting.reference not in page
    assert files.listed(pair.investigator, prosecutor=pair.prosecutor).count() == 2
    assert not files.listed(pair.investigator, agency=customs).exists()
    assert client.get(f"{PAGE}?stage=odd&agency=999999&page=x").status_code == 200


def test_times_have_a_middle_from_five_files_on(pair: Pair) -> None:
    for number in range(5):
        case = stories.seized(pair)
        start = clock.now() - timedelta(days=100)
        with clock.telling(start):
            sent = submissions.submit(case, to=pair.prosecutor, actor=pair.investigator)
        with clock.telling(start + timedelta(days=number + 1)):
            submissions.decide(sent, decision="accepted", actor=pair.prosecutor)
        first = files.times(pair.investigator)[0]
        assert (first.number, first.middle is None) == (number + 1, number < 4)
    assert (first.middle, first.longest) == (timedelta(days=3), timedelta(days=5))


def test_thirty_files_cost_no_more_queries_than_three(pair: Pair, client: Client) -> None:
    client.force_login(pair.investigator)
    counts = []
    for number in (3, 27):
        for _ in range(number):
            brought_to(Stage.RETURNED, pair)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""Hearings: listing, recording with the next date, adjournment reasons, and who sees which."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import clock, hearings
from casework.errors import RuleBroken
from casework.models import Hearing, Proceeding, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

NAIROBI = ZoneInfo("Africa/Nairobi")


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.opened(stories.accepted(stories.seized(pair), pair), pair)


def list_one(trial: Proceeding, pair: Pair, at: datetime) -> Hearing:
    kind = stories.code("hearing_type", "hearing")
    return hearings.schedule(trial, kind=kind, starts_at=at, actor=pair.prosecutor)


def nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=NAIROBI)


def test_an_adjournment_needs_its_reason_and_takes_its_side(trial: Proceeding, pair: Pair) -> None:
    hearing = list_one(trial, pair, nine(date(2020, 4, 1)))
    with pytest.raises(RuleBroken) as refused:
        hearings.record(hearing, state="adjourned", actor=pair.prosecutor)
    assert refused.value.field == "reason"
    reason = stories.code("adjournment_reason", "court_not_sitting")
    hearings.record(hearing, state="adjourned", reason=reason, actor=pair.prosecutor)
    assert hearing.side == "court"
    hearings.record(
        hearing, state="adjourned", reason=reason, side="defence", actor=pair.prosecutor
    )
    assert hearing.side == "defence"


def test_a_hearing_to_come_can_only_be_vacated(trial: Proceeding, pair: Pair) -> None:
    hearing = list_one(trial, pair, clock.now() + timedelta(days=7))
    with pytest.raises(RuleBroken, match="not taken place"):
        hearings.record(hearing, state="held", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="taken off the list"):
        hearings.record(hearing, state="vacated", actor=pair.prosecutor)
    hearings.record(hearing, state="vacated", note="Mourning day", actor=pair.prosecutor)
    assert hearing.state == Hearing.State.VACATED


def test_the_next_date_lists_the_next_hearing(
    trial: Proceeding, pair: Pair, client: Client
) -> None:
    hearing = list_one(trial, pair, nine(date(2020, 4, 1)))
    client.force_login(pair.prosecutor)
    posted = {"state": "held", "note": "PW1 testified", "next_at_0": "2020-05-04",
              "next_at_1": "09:30"}  # fmt: skip
    client.post(f"/cases/{trial.case.reference}/hearings/{hearing.pk}/", posted)
    following = trial.hearings.get(state=Hearing.State.LISTED)
    assert following.kind == hearing.kind
    assert following.starts_at == datetime(2020, 5, 4, 9, 30, tzinfo=NAIROBI)


@pytest.mark.parametrize("next_at", ["2020-03-31", "2999-01-01", "0001-01-01", "9999-12-31"])
def test_a_wrong_next_date_records_nothing(
    trial: Proceeding, pair: Pair, client: Client, next_at: str
) -> None:
    hearing = list_one(trial, pair, nine(date(2020, 4, 1)))
    client.force_login(pair.prosecutor)
    posted = {"state": "held", "note": "typed", "next_at_0": next_at, "next_at_1": "09:30"}
    answer = client.post(f"/cases/{trial.case.reference}/hearings/{hearing.pk}/", posted)
    assert answer.context["form"].errors["next_at"]
    assert "typed" in answer.content.decode()
    hearing.refresh_from_db()
    assert hearing.state == Hearing.State.LISTED
    assert trial.hearings.count() == 1


def test_no_hearing_before_the_court_file_and_none_twice(
    trial: Proceeding, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    page = f"/cases/{trial.case.reference}/proceedings/{trial.pk}/hearings/new/"
    posted = {"kind": stories.code("hearing_type", "plea").pk, "starts_at_1": "09:00"}
    early = client.post(page, {**posted, "starts_at_0": "2020-03-09"})
    assert early.context["form"].errors["starts_at"]
    client.post(page, {**posted, "starts_at_0": "2020-03-16"})
    again = client.post(page, {**posted, "starts_at_0": "2020-03-16"})
    assert again.context["form"].errors["starts_at"]
    assert trial.hearings.count() == 1


def test_the_list_shows_the_next_one_first(trial: Proceeding, pair: Pair, client: Client) -> None:
    now = clock.now()
    for days in (-30, 20, 3, -2):
        list_one(trial, pair, now + timedelta(days=days))
    client.force_login(pair.prosecutor)
    shown = client.get("/hearings/").context["hearings"]
    assert [round((line.hearing.starts_at - now).days) for line in shown] == [3, 20, -2, -30]
    assert all(line.may_record for line in shown)
    assert len(client.get("/hearings/?show=unrecorded").context["hearings"]) == 2
    assert len(client.get("/hearings/?show=ahead&mine=on").context["hearings"]) == 2
    assert (
        len(client.get("/hearings/?show=%00&court=99999999999999999999").context["hearings"]) == 4
    )


def test_only_hearings_of_readable_cases_are_listed(
    trial: Proceeding, pair: Pair, outsider: User, client: Client
) -> None:
    list_one(trial, pair, nine(date(2020, 4, 1)))
    client.force_login(outsider)
    before = client.get("/hearings/")
    assert not before.context["hearings"]
    assert trial.number not in before.content.decode()
    client.force_login(pair.investigator)
    (line,) = client.get("/hearings/").context["hearings"]
    assert not line.may_record
    page = f"/cases/{trial.case.reference}/hearings/{line.hearing.pk}/"
    assert client.get(page).status_code == 403
    client.force_login(outsider)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", ["/hearings/", "/cases/{reference}/hearings/"])
def test_three_hearings_and_twenty_cost_the_same(
    trial: Proceeding, pair: Pair, client: Client, page: str
) -> None:
    client.force_login(pair.prosecutor)
    page = page.format(reference=trial.case.reference)
    numbers = []
    for days in (range(1, 4), range(4, 22)):
        for day in days:
            list_one(trial, pair, nine(date(2020, 4, day)))
        client.get(page)
        with CaptureQueriesContext(connection) as seen:
            client.get(page)
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]

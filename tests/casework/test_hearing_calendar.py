"""The calendar by week and month, the cause list of a day: days of the reader, who sees what."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from casework import hearings
from casework.days import calendar
from casework.models import Hearing, Proceeding, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

SignIn = Callable[[User], Client]
NAIROBI = ZoneInfo("Africa/Nairobi")
PAGE = "/hearings/calendar/"


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.opened(stories.accepted(stories.seized(pair), pair), pair)


def at(trial: Proceeding, pair: Pair, day: date, hour: int = 9, minute: int = 0) -> Hearing:
    return hearings.schedule(
        trial, kind=stories.code("hearing_type", "mention"), actor=pair.prosecutor,
        starts_at=datetime(day.year, day.month, day.day, hour, minute, tzinfo=NAIROBI),
    )  # fmt: skip


def test_a_hearing_lies_on_the_readers_own_day(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    """Half past midnight in Nairobi is the evening before in UTC."""
    at(trial, pair, date(2020, 4, 8), 0, 30)
    days = sign_in(pair.prosecutor).get(f"{PAGE}?on=2020-04-09").context["page"].days
    assert [(one.day, one.number) for one in days if one.number] == [(date(2020, 4, 8), 1)]
    assert (days[0].day, days[-1].day) == (date(2020, 4, 6), date(2020, 4, 12))


def test_a_full_day_of_a_month_shows_the_first_and_counts_the_rest(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    for hour in range(8, 14):
        at(trial, pair, date(2020, 4, 8), hour)
    page = sign_in(pair.prosecutor).get(f"{PAGE}?view=month&on=2020-04-20").context["page"]
    (day,) = [one for one in page.days if one.number]
    assert (len(day.lines), day.more) == (calendar.IN_A_CELL, 3)
    assert [line.hearing.starts_at.hour + 3 for line in day.lines] == [8, 9, 10]


def test_the_calendar_is_narrowed_by_court_prosecutor_and_case(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    at(trial, pair, date(2020, 4, 8))
    client = sign_in(pair.prosecutor)

    def number(query: str) -> int:
        shown: int = client.get(f"{PAGE}?on=2020-04-08&{query}").context["page"].number
        return shown

    other = stories.court("high")
    assert number(f"court={trial.court_id}&prosecutor={pair.prosecutor.pk}&mine=on") == 1
    assert number(f"case={trial.case.reference}") == 1
    assert number(f"court={other.pk}") == 0
    assert number("case=KE-NO-2020-0001") == 0
    assert number("court=%00&prosecutor=99999999999999999999&case=") == 1


@pytest.mark.parametrize("on", ["", "x", "0001-01-01", "9999-12-31", "2020-02-31", "2020-13-01"])
def test_a_day_that_is_none_shows_today(pair: Pair, sign_in: SignIn, on: str) -> None:
    client = sign_in(pair.prosecutor)
    for view in ("week", "month"):
        assert client.get(f"{PAGE}?view={view}&on={on}").status_code == 200


def test_only_readable_cases_are_in_it(
    trial: Proceeding, pair: Pair, outsider: User, sign_in: SignIn
) -> None:
    at(trial, pair, date(2020, 4, 8))
    client = sign_in(outsider)
    for page in (f"{PAGE}?on=2020-04-08", "/hearings/day/2020-04-08/"):
        body = client.get(page).content.decode()
        assert trial.case.title not in body
    assert client.get(f"{PAGE}?on=2020-04-08").context["page"].number == 0


def test_the_cause_list_leaves_out_what_was_taken_off(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    kept, gone = (at(trial, pair, date(2020, 4, 8), hour) for hour in (9, 10))
    hearings.record(gone, state="vacated", note="Mourning day", actor=pair.prosecutor)
    shown = sign_in(pair.prosecutor).get("/hearings/day/2020-04-08/").context["page"]
    assert list(shown) == [kept]
    assert sign_in(pair.prosecutor).get("/hearings/day/2020-02-31/").status_code == 404


@given(st.dates(min_value=date(1900, 2, 1), max_value=date(9998, 11, 30)))
def test_a_month_is_whole_weeks_around_it(on: date) -> None:
    start, end = calendar.month_days(on)
    assert start <= on < end
    assert (start.weekday(), end.weekday()) == (0, 0)
    assert end - start in [timedelta(weeks=n) for n in (4, 5, 6)]
    assert start <= on.replace(day=1)

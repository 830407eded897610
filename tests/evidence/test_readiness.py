"""The readiness board: what it lists, for whom, in what order; and no page of the days in court
asks more often for thirty rows than for three."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import clock, hearings
from casework.days import needs, summonses
from casework.models import Hearing, Proceeding, User
from casework.witnesses import statements, witnesses
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair
from tests.evidence import scenes

SignIn = Callable[[User], Client]
BOARD = "/hearings/readiness/"


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.charged(pair)[0].count.charge_sheet.proceeding


def list_one(trial: Proceeding, pair: Pair, hours: int, kind: str = "hearing") -> Hearing:
    return hearings.schedule(
        trial, kind=stories.code("hearing_type", kind), actor=pair.prosecutor,
        starts_at=clock.now() + timedelta(hours=hours),
    )  # fmt: skip


def test_the_board_shows_what_is_missing_the_worst_first(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    hearing = list_one(trial, pair, 48)
    first, second = (
        witnesses.add(trial.case, name=name, actor=pair.investigator) for name in ("A", "B")
    )
    for witness in (first, second):
        needs.add(hearing, kind="witness", witness=witness, actor=pair.prosecutor)
    ready = needs.add(hearing, kind="other", what="Scale", actor=pair.prosecutor)
    needs.settle(ready, is_ready=True, what="Scale", actor=pair.prosecutor)
    summonses.issue(hearing, [first], issued_on=clock.today(), actor=pair.prosecutor)
    (row,) = sign_in(pair.prosecutor).get(BOARD).context["board"].rows
    assert [line.mark for line in row.missing] == ["open", "half"]
    assert (row.mark, row.word) == ("open", "1 of 3 ready")


def test_a_day_of_evidence_with_nothing_written_down_is_open_and_a_mention_is_not(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    list_one(trial, pair, 24)
    list_one(trial, pair, 48, "mention")
    rows = sign_in(pair.prosecutor).get(BOARD).context["board"].rows
    assert [row.mark for row in rows] == ["open", "later"]


def test_the_board_looks_as_far_as_asked_and_is_narrowed(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    for hours in (24, 24 * 10, 24 * 40):
        list_one(trial, pair, hours)
    client = sign_in(pair.prosecutor)

    def number(query: str = "") -> int:
        return len(client.get(f"{BOARD}?{query}").context["board"].rows)

    assert [number(f"weeks={weeks}") for weeks in (1, 2, 8, "x", 99)] == [1, 2, 3, 2, 2]
    assert number(f"mine=on&court={trial.court_id}") == 2
    assert number("case=KE-NO-2020-0001") == 0


def test_outsiders_see_no_hearing(
    trial: Proceeding, pair: Pair, outsider: User, sign_in: SignIn
) -> None:
    list_one(trial, pair, 24)
    client = sign_in(outsider)
    assert client.get(BOARD).context["board"].rows == ()
    assert client.get("/").context["home"].court == ()


def test_home_tells_how_ready_the_week_is(trial: Proceeding, pair: Pair, sign_in: SignIn) -> None:
    hearing = list_one(trial, pair, 24)
    needs.add(hearing, kind="interpreter", language="Thai", actor=pair.prosecutor)
    home = sign_in(pair.prosecutor).get("/").context["home"]
    assert [row.word for row in home.court] == ["0 of 1 ready"]
    assert home.hearings == (hearing,)


def test_home_names_what_of_mine_stands_still(
    trial: Proceeding, pair: Pair, colleague: User, sign_in: SignIn
) -> None:
    said = sign_in(pair.prosecutor).get("/").context["home"].stalled
    assert [row.proceeding for row in said] == [trial]
    assert sign_in(colleague).get("/").context["home"].stalled == ()


def test_the_case_lacks_a_date_then_a_summons_then_an_interpreter(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    client = sign_in(pair.prosecutor)

    def lacks() -> str:
        return client.get(f"/cases/{trial.case.reference}/").content.decode()

    assert "No next date is listed" in lacks()
    hearing = list_one(trial, pair, 48)
    witness = witnesses.add(trial.case, name="A", actor=pair.investigator)
    needs.add(hearing, kind="witness", witness=witness, actor=pair.prosecutor)
    needs.add(hearing, kind="interpreter", language="Thai", actor=pair.prosecutor)
    said = lacks()
    assert "No next date is listed" not in said
    assert "1 witness is not summoned" in said
    assert "No interpreter is named" in said
    summonses.issue(hearing, [witness], issued_on=clock.today(), actor=pair.prosecutor)
    assert "is not summoned" not in lacks()


def test_a_protected_witness_makes_no_lack_and_no_moment_for_others(
    trial: Proceeding, pair: Pair, colleague: User, sign_in: SignIn
) -> None:
    hearing = list_one(trial, pair, 48)
    hidden = witnesses.add(
        trial.case, name="Hidden Person", is_protected=True, actor=pair.investigator
    )
    needs.add(hearing, kind="witness", witness=hidden, actor=pair.prosecutor)
    (paper,) = summonses.issue(hearing, [hidden], issued_on=clock.today(), actor=pair.prosecutor)
    summonses.record(paper, state="not_found", note="Moved", actor=pair.prosecutor)
    statements.record(
        trial.case, witness=hidden, text="x", taken_on=clock.today(), actor=pair.investigator
    )
    page = f"/cases/{trial.case.reference}/"
    body = sign_in(colleague).get(page).content.decode()
    assert "Hidden Person" not in body
    assert "not summoned" not in body
    body = sign_in(pair.prosecutor).get(page).content.decode()
    assert "1 witness is not summoned" in body
    assert "Hidden Person" in body


def grow(trial: Proceeding, pair: Pair, first: int, last: int) -> None:
    """So many witnesses with a statement, each needed with an exhibit at a hearing of its own."""
    case = trial.case
    for number in range(first, last):
        witness = witnesses.add(
            case, name=f"Witness {number}", language="Thai", actor=pair.investigator
        )
        statements.record(
            case, witness=witness, text="x", taken_on=clock.today(), actor=pair.investigator
        )
        hearing = list_one(trial, pair, number + 1)
        exhibit = scenes.exhibit(case, pair.investigator, description=f"Tusk {number}")
        needs.add(hearing, kind="witness", witness=witness, actor=pair.prosecutor)
        needs.add(hearing, kind="exhibit", exhibit=exhibit, actor=pair.prosecutor)
        summonses.issue(hearing, [witness], issued_on=clock.today(), actor=pair.prosecutor)
    target = case.proceedings.get().hearings.earliest("starts_at")
    for witness in case.witnesses.filter(number__gt=max(first, 1)):
        needs.add(target, kind="witness", witness=witness, actor=pair.prosecutor)


def test_thirty_rows_cost_no_more_queries_than_three(
    trial: Proceeding, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    grow(trial, pair, 0, 3)
    first = trial.hearings.earliest("starts_at")
    here = f"/cases/{trial.case.reference}/"
    urls = (
        "/", BOARD, "/hearings/calendar/", "/hearings/calendar/?view=month", "/hearings/stalled/",
        f"/hearings/day/{timezone.localdate(first.starts_at)}/", f"{here}witnesses/", here,
        f"{here}hearings/", f"{here}hearings/{first.pk}/needs/", f"{here}witnesses/W1/",
        f"{here}hearings/{first.pk}/summons/", f"{here}hearings/{first.pk}/",
    )  # fmt: skip
    few = {url: queries(client, url) for url in urls}
    grow(trial, pair, 3, 30)
    many = {url: queries(client, url) for url in urls}
    assert {url: (few[url], many[url]) for url in urls if many[url] > few[url]} == {}


def test_ten_stalled_files_cost_no_more_queries_than_two(pair: Pair, client: Client) -> None:
    client.force_login(pair.prosecutor)
    numbers = []
    for more in (2, 8):
        for _ in range(more):
            stories.charged(pair)
        numbers.append((queries(client, "/hearings/stalled/"), queries(client, "/")))
    assert numbers[0] == numbers[1]


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)

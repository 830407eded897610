"""The figures page: whose cases are counted, where each number leads, and the spreadsheet."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import access, cases, clock, cohorts, figures, figures_words, people, seizures
from casework.cohorts import Cohort, Question
from casework.models import Agency, Unit, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

FIGURES = "/figures/"


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def six(pair: Pair) -> Pair:
    """Six accused in six cases: two convicted, one of them cleared on appeal; one withdrawn."""
    found = [stories.charged(pair)[0] for _n in range(6)]
    decisions = ["convicted_trial", "convicted_trial", "withdrawn", *["acquitted"] * 3]
    for charge, decision in zip(found, decisions, strict=True):
        stories.decide({charge: decision}, pair)
    brought = stories.appeal(found[0].count.charge_sheet.proceeding, pair)
    stories.decide_appeal(brought, {found[0]: "quashed"}, pair)
    return pair


@pytest.fixture
def counting_manager(wildlife: Agency, store_unit: Unit) -> User:
    """A manager of the agency in another unit: may count the cases, may not read them."""
    return people.create_person(
        username="counter", password="tusk-river-lantern-42", name="Ruth Chebet",
        position="manager", agency=wildlife, unit=store_unit, actor=None,
    )  # fmt: skip


def test_the_page_shows_rates_with_their_fractions(
    six: Pair, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(six.prosecutor).get(FIGURES)
    words = page.context["words"]
    assert (words.after.rate.numerator, words.after.rate.denominator) == (1, 6)
    assert (words.first.rate.numerator, words.first.rate.denominator) == (2, 6)
    assert (words.rest.rate.numerator, words.rest.rate.denominator) == (1, 5)
    assert "1 overturned since" in page.content.decode()
    assert "17 %" in page.content.decode()


def test_every_number_leads_to_its_cases(six: Pair, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(six.prosecutor)
    links = re.findall(r'href="(/figures/cases/[^"]*)"', client.get(FIGURES).content.decode())
    assert len(links) > 8
    for link in dict.fromkeys(links):
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    convicted = client.get("/figures/cases/?figure=convicted")
    assert convicted.context["page"].paginator.count == 1
    assert client.get("/figures/cases/?figure=first").context["page"].paginator.count == 2
    assert client.get("/figures/cases/?figure=kept").context["page"].paginator.count == 5
    assert (
        client.get("/figures/cases/?figure=all&of_year=2021").context["page"].paginator.count == 6
    )
    assert (
        client.get("/figures/cases/?figure=all&of_year=2020").context["page"].paginator.count == 0
    )


def test_a_manager_counts_the_agency_and_opens_only_readable_cases(
    six: Pair, counting_manager: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(counting_manager)
    page = client.get(FIGURES)
    assert page.context["words"].after.rate.denominator == 6
    behind = client.get("/figures/cases/?figure=all")
    assert behind.context["page"].paginator.count == 0
    assert "Ivory in tea" not in behind.content.decode()


def test_an_outsider_counts_nothing_whatever_there_is(
    outsider: User, pair: Pair, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(outsider)

    def seen() -> list[bytes]:
        pages = ("/figures/", "/figures/cases/?figure=all", "/figures/figures.csv")
        texts = [client.get(f"{page}").content for page in pages]
        return [re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", text) for text in texts]

    before = seen()
    for _n in range(6):
        (charge,) = stories.charged(pair)
        stories.decide({charge: "convicted_trial"}, pair)
    assert seen() == before


def test_what_a_revoked_grant_let_somebody_count_is_gone(
    six: Pair, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(six.prosecutor)
    assert client.get(FIGURES).context["words"].after.rate.denominator == 6
    from casework.models import CaseUserGrant

    for row in CaseUserGrant.objects.filter(user=six.prosecutor):
        access.revoke(row, actor=six.investigator, reason="Left")
    assert client.get(FIGURES).context["words"].after.rate.denominator == 0


@pytest.mark.parametrize(
    "query",
    ["as_at=2999-01-01", "known_at=x", "unit=people", "cohort=%00", "tier=whales",
     "first_year=2022&last_year=2020", "first_year=99999999999999", "as_at=0001-01-01"],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_answered_with_what_to_do(
    pair: Pair, sign_in: Callable[[User], Client], query: str
) -> None:
    client = sign_in(pair.investigator)
    page = client.get(f"{FIGURES}?{query}")
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "words" not in page.context
    for other in ("cases/", "figures.csv"):
        assert client.get(f"{FIGURES}{other}?{query}").status_code == 302


def test_a_small_group_is_not_shown(six: Pair, sign_in: Callable[[User], Client]) -> None:
    for _n in range(3):
        (charge,) = stories.charged(six, tier="poaching")
        stories.decide({charge: "convicted_trial"}, six)
    page = sign_in(six.prosecutor).get(f"{FIGURES}?tier=poaching").content.decode()
    assert "too few: 3 accused" in page
    assert "100 %" not in page


def test_the_spreadsheet_has_the_question_in_every_row(
    six: Pair, sign_in: Callable[[User], Client]
) -> None:
    answer = sign_in(six.prosecutor).get("/figures/figures.csv?as_at=2021-12-31")
    head, total, *groups = list(csv.reader(io.StringIO(answer.content.decode())))
    row = dict(zip(head, total, strict=True))
    assert (row["convicted_after_appeals"], row["size"], row["as_at"]) == ("2", "6", "2021-12-31")
    assert all(len(group) == len(head) for group in groups)
    assert answer["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert figures_words.safe(text) == f"'{text}"
    assert figures_words.safe(None) == ""
    assert figures_words.safe(7) == "7"


@pytest.mark.parametrize(
    "page", ["/figures/", "/figures/cases/?figure=all", "/figures/figures.csv"]
)
def test_three_cases_and_ten_cost_the_same(
    pair: Pair, sign_in: Callable[[User], Client], page: str
) -> None:
    client = sign_in(pair.prosecutor)
    numbers = []
    for more in (3, 7):
        for _n in range(more):
            (charge,) = stories.charged(pair)
            stories.decide({charge: "acquitted"}, pair)
        client.get(page)
        with CaptureQueriesContext(connection) as seen:
            client.get(page)
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]


def test_a_case_with_two_seizures_is_one_case(pair: Pair) -> None:
    for _n in range(5):
        case = stories.seized(pair)
        seizures.add(case, actor=pair.investigator, seized_at=stories.noon(stories.OPENED))
    opened_only = cases.open_case(title="No seizure yet", tier="port", actor=pair.investigator)
    now = clock.now()
    sizes = {
        unit: figures.ask(
            Question(as_at=clock.today(), known_at=now, unit=unit, cohort=Cohort.SEIZED), user=None
        ).total.size
        for unit in (cohorts.Unit.CASES, cohorts.Unit.SEIZURES)
    }
    assert sizes == {cohorts.Unit.CASES: 6, cohorts.Unit.SEIZURES: 10}
    assert opened_only.seizures.count() == 0

"""The figures page: whose cases are counted, its panels one by one, where each number leads."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import access, clock
from casework.models import Agency, CaseUserGrant, Court, Unit, User
from casework.panels import presets, read
from casework.panels.panel import Panel
from tests.casework import court_stories as stories
from tests.casework import figures_scene as scene
from tests.casework.court_stories import Pair

FIGURES = "/figures/"
Enter = Callable[[User], Client]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def six(pair: Pair) -> Pair:
    return scene.six(pair)


@pytest.fixture
def counting_manager(wildlife: Agency, store_unit: Unit) -> User:
    return scene.counting_manager(wildlife, store_unit)


def panel(client: Client, key: str = "convictions", query: str = "") -> Panel:
    found: Panel = client.get(f"{FIGURES}panels/{key}/?{query}").context["panel"]
    return found


def fractions(client: Client, query: str = "") -> list[tuple[object, object]]:
    return [
        (big.part and big.part.value, big.whole and big.whole.value)
        for big in panel(client, query=query).bigs
    ]


def links(client: Client, address: str) -> list[str]:
    text = client.get(address).content.decode()
    found = re.findall(r'href="(/figures/cases/[^"]*)"', text)
    return [link.replace("&amp;", "&") for link in dict.fromkeys(found)]


def count(client: Client, figure: str, query: str = "") -> int:
    page = client.get(f"{FIGURES}cases/?figure={figure}&{query}")
    return int(page.context["page"].paginator.count)


def test_the_page_shows_rates_with_their_fractions(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    assert fractions(client) == [(1, 6), (2, 6), (1, 5)]
    page = client.get(FIGURES).content.decode()
    assert "1 overturned since" in page
    assert "17\N{NO-BREAK SPACE}%" in page


def test_each_panel_is_a_page_and_a_piece_of_one(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    for key in read.PANELS:
        address = f"{FIGURES}panels/{key}/?unit=cases&cohort=filed"
        page = client.get(address)
        assert "<h1>" in page.content.decode()
        assert "HX-Request" in page["Vary"]
        piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert piece.startswith(f'<section class="part" id="panel-{key}"')
        assert "style=" not in piece
        assert "How it is counted" in piece


def test_the_page_asks_for_every_panel_and_links_it_for_those_without_script(
    six: Pair, sign_in: Enter
) -> None:
    page = sign_in(six.prosecutor).get(f"{FIGURES}?unit=cases").content.decode()
    for key in read.ON_THE_PAGE[1:]:
        address = f"{FIGURES}panels/{key}/?unit=cases"
        assert f'hx-get="{address}"' in page
        assert f'href="{address}"' in page


def test_an_unknown_panel_is_not_found(investigator: User, sign_in: Enter) -> None:
    assert sign_in(investigator).get(f"{FIGURES}panels/whales/").status_code == 404


def test_every_number_leads_to_its_cases(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    for key in read.ON_THE_PAGE:
        for link in links(client, f"{FIGURES}panels/{key}/?unit=cases&cohort=filed"):
            page = client.get(link)
            assert page.status_code == 200
            assert page.context["page"].paginator.count > 0, link
            assert "; " in page.context["what"]


def test_the_cases_behind_a_number_are_as_many_as_it_says(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    counted = {name: count(client, f"rates.{name}") for name in ("convicted", "first", "kept")}
    assert counted == {"convicted": 1, "first": 2, "kept": 5}
    assert count(client, "rates.all", "by=year&key=2021") == 6
    assert count(client, "rates.all", "by=year&key=2020") == 0


@pytest.mark.parametrize(
    "query",
    ["figure=whales", "figure=rates.", "figure=%00", "figure=rates.all&by=court&key=%00",
     "figure=rates.all&by=court&key=x", "figure=rates.all&by=tier&key=whales",
     "figure=adjournments.cause", "figure=sentences.fine:x", "figure=rates.all&by=x"],
)  # fmt: skip
def test_a_number_that_there_is_not_is_no_error(
    investigator: User, sign_in: Enter, query: str
) -> None:
    assert sign_in(investigator).get(f"{FIGURES}cases/?{query}").status_code == 200


def test_a_manager_counts_the_agency_and_opens_only_readable_cases(
    six: Pair, counting_manager: User, sign_in: Enter
) -> None:
    client = sign_in(counting_manager)
    assert fractions(client)[0] == (1, 6)
    assert "All cases of Wildlife Service" in client.get(FIGURES).content.decode()
    behind = client.get(f"{FIGURES}cases/?figure=rates.all")
    assert behind.context["page"].paginator.count == 0
    assert "Ivory in tea" not in behind.content.decode()


def test_a_list_says_that_the_figures_count_more(six: Pair, sign_in: Enter) -> None:
    page = sign_in(six.prosecutor).get(f"{FIGURES}cases/?figure=rates.all").content.decode()
    assert "A case that you may not open is counted among the figures" in page


def test_an_outsider_counts_nothing_whatever_there_is(
    outsider: User, pair: Pair, sign_in: Enter
) -> None:
    client = sign_in(outsider)

    def seen() -> list[bytes]:
        pages = [FIGURES, f"{FIGURES}cases/?figure=rates.all"]
        pages += [f"{FIGURES}panels/{key}/" for key in read.PANELS]
        texts = [client.get(page).content for page in pages]
        return [re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", text) for text in texts]

    before = seen()
    scene.six(pair)
    assert seen() == before


def test_what_a_revoked_grant_let_somebody_count_is_gone(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    assert fractions(client)[0] == (1, 6)
    for row in CaseUserGrant.objects.filter(user=six.prosecutor):
        access.revoke(row, actor=six.investigator, reason="Left")
    assert fractions(client)[0] == (None, None)


@pytest.mark.parametrize(
    "query",
    ["as_at=2999-01-01", "known_at=x", "unit=people", "cohort=%00", "tier=whales",
     "first_year=2022&last_year=2020", "first_year=99999999999999", "as_at=0001-01-01",
     "agency=x", "court=999999", "port=Nowhere", "species=Unicornis", "species=%00"],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_answered_with_what_to_do(
    pair: Pair, sign_in: Enter, query: str
) -> None:
    client = sign_in(pair.investigator)
    page = client.get(f"{FIGURES}?{query}")
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "panel" not in page.context
    for other in ("cases/", "panels/funnel/", "figures.csv", "figures.xlsx", "report.pdf"):
        assert client.get(f"{FIGURES}{other}?{query}").status_code == 302


def test_a_question_can_be_narrowed_to_an_agency_and_a_court(
    six: Pair, customs: Agency, sign_in: Enter
) -> None:
    client = sign_in(six.prosecutor)
    here = stories.court()
    other = Court.objects.exclude(pk=here.pk).earliest("pk")
    assert fractions(client, f"court={here.pk}")[0] == (1, 6)
    assert fractions(client, f"court={other.pk}")[0] == (None, None)
    assert fractions(client, f"agency={customs.pk}")[0] == (None, None)
    page = client.get(f"{FIGURES}?court={here.pk}").content.decode()
    assert f"all tiers, {here}, as at" in page


def test_a_small_group_is_not_shown(six: Pair, sign_in: Enter) -> None:
    client = sign_in(scene.three_of_poaching(six).prosecutor)
    page = client.get(f"{FIGURES}?tier=poaching").content.decode()
    assert "too few to tell: 3 accused" in page
    assert "100\N{NO-BREAK SPACE}%" not in page


def test_the_address_is_the_question(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    page = client.get(f"{FIGURES}?unit=cases&first_year=2021&as_at=&port=")
    assert page.context["query"] == "unit=cases&first_year=2021"
    kept = page.context["kept"]
    assert f"as_at={clock.today()}&known_at={clock.today()}" in kept
    assert client.get(f"{FIGURES}?{kept}").status_code == 200


def test_a_place_chosen_from_the_suggestions_stays_in_the_address(
    investigator: User, sign_in: Enter
) -> None:
    page = sign_in(investigator).get(f"{FIGURES}?port=Mombasa+KEMBA&port_value=KEMBA")
    assert page.context["query"] == "port=KEMBA"
    assert "Mombasa KEMBA, as at" in page.context["sentence"]


def test_the_questions_kept_ready_are_answered(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    for words, query in presets.of(clock.today()):
        page = client.get(f"{FIGURES}?{query}")
        assert (
            f'<a href="?{query.replace("&", "&amp;")}" aria-current="true">{words}'.replace(
                "This year's", "This year&#x27;s"
            )
            in page.content.decode()
        )
        assert not page.context["form"].errors


def test_six_cases_and_twelve_cost_the_same(pair: Pair, sign_in: Enter) -> None:
    client = sign_in(pair.prosecutor)
    pages = [FIGURES, f"{FIGURES}cases/?figure=rates.all", f"{FIGURES}figures.csv"]
    pages += [f"{FIGURES}panels/{key}/" for key in read.PANELS]
    numbers = []
    for _n in range(2):
        for _m in range(6):
            (charge,) = stories.charged(pair)
            stories.decide({charge: "acquitted"}, pair)
        numbers.append([asked(client, page) for page in pages])
    assert numbers[0] == numbers[1]


def asked(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)

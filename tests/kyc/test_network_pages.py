"""The pages of the network: what a reader is shown, asked and told."""

from collections.abc import Callable

import pytest
from django.test import Client

from casework.models import Case, User
from kyc.models import Party
from tests.kyc import network_scene as made


@pytest.fixture
def browser(investigator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(investigator)


@pytest.fixture
def firms(case: Case, investigator: User) -> tuple[Party, Party]:
    """Two firms with one telephone; the second shipped the case's consignment."""
    tea, hill = (
        made.firm(name, investigator) for name in ("Red River Provisions", "Green Hill <Exports>")
    )
    for firm in (tea, hill):
        made.say(firm, "phone", "+84 24 3825 1234", investigator)
    made.involve(case, hill, "shipper", investigator)
    return tea, hill


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_picture_has_names_shapes_links_and_a_table(
    browser: Client, firms: tuple[Party, Party], case: Case
) -> None:
    told = read(browser, f"/parties/{firms[0].pk}/network/")
    assert '<title id="net-title">The network of Red River Provisions</title>' in told
    assert f'<a href="/parties/{firms[1].pk}/network/">' in told
    assert f'<a href="/cases/{case.reference}/network/">' in told
    assert 'class="ln-dash"' in told
    assert "own word of Green Hill &lt;Exports&gt;: Customs entry" in told
    assert "<Exports>" not in told


def test_a_step_less_and_a_kind_less(browser: Client, firms: tuple[Party, Party]) -> None:
    here = f"/parties/{firms[0].pk}/network/"
    assert "KE-MSA" not in read(browser, f"{here}?steps=1")
    told = read(browser, f"{here}?steps=2&kind=role")
    assert "Nothing that you may see joins it with anybody" in told
    assert "?steps=3&amp;kind=role" in told


@pytest.mark.parametrize("asked", ["steps=9&kind=nonsense", "steps=%00", "kind=", "steps=-1"])
def test_any_address_has_an_answer(asked: str, browser: Client, firms: tuple[Party, Party]) -> None:
    assert "As a picture" in read(browser, f"/parties/{firms[0].pk}/network/?{asked}")


def test_the_case_shows_its_network(
    browser: Client, firms: tuple[Party, Party], case: Case
) -> None:
    told = read(browser, f"/cases/{case.reference}/network/")
    assert "Green Hill &lt;Exports&gt;" in told
    assert "No two of this case come together in another case that you may read." in told


def test_the_way_is_asked_by_name_and_reference(
    browser: Client, firms: tuple[Party, Party], case: Case
) -> None:
    asked = f"from=red+river+provisions&to={case.reference.lower()}"
    told = read(browser, f"/network/paths/?{asked}")
    assert "One way" in told
    assert "telephone +84 24 3825 1234" in told
    assert "own word of Red River Provisions: Customs entry" in told


def test_no_way_says_so_and_what_was_looked_at(browser: Client, investigator: User) -> None:
    one, other = made.firm("One", investigator), made.firm("Other", investigator)
    told = read(browser, f"/network/paths/?from={one.pk}&to={other.pk}")
    assert "No way found" in told
    assert "2 parties and cases looked at" in told
    assert "Looked at: parts in cases, owners" in told


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("from=&to=", "Fill this in."),
        ("from=Nobody&to=Nothing", "No party or case that you may see has this name."),
        ("from=Twin&to=Twin", "Several parties have this name. Type the number of one:"),
        ("from=Single&to=Single", "This is where you start."),
    ],
)
def test_what_cannot_be_answered_is_said_at_its_field(
    asked: str, answer: str, browser: Client, investigator: User
) -> None:
    for name in ("Twin", "Twin", "Single"):
        made.firm(name, investigator)
    assert answer in read(browser, f"/network/paths/?{asked}")


def test_a_link_with_one_end_asks_for_the_other(browser: Client, investigator: User) -> None:
    tea = made.firm("Red River Provisions", investigator)
    told = read(browser, f"/network/paths/?from={tea.pk}")
    assert 'value="Red River Provisions"' in told
    assert "error" not in told.lower().split("<main")[1]


def test_suggestions_are_parties_and_cases_of_the_readers(
    browser: Client, firms: tuple[Party, Party], case: Case, outsider: User
) -> None:
    found = browser.get("/suggest/ends/?q=re").json()
    assert {"value": str(firms[0].pk), "label": "Red River Provisions", "note": "Firm"} in found
    found = browser.get(f"/suggest/ends/?q={case.reference}").json()
    assert [row["value"] for row in found] == [case.reference]
    browser.force_login(outsider)
    assert browser.get(f"/suggest/ends/?q={case.reference}").json() == []
    assert browser.get("/suggest/ends/?q=%00r").json() == []

"""What courts order about things: recorded, corrected, taken back, and read beside the exhibit."""

from typing import Any

import pytest
from django.test import Client

from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, CourtOrder, Proceeding, User
from casework.sentencing import orders
from evidence.models import Exhibit
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair
from tests.evidence import scenes


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    (charge,) = stories.charged(pair)
    return charge.count.charge_sheet.proceeding


@pytest.fixture
def exhibit(trial: Proceeding, pair: Pair) -> Exhibit:
    return scenes.exhibit(trial.case, pair.investigator)


def made(trial: Proceeding, pair: Pair, kind: str = "forfeiture", **more: Any) -> CourtOrder:
    return orders.make(
        trial, kind=stories.code("court_order", kind), made_on=stories.DECIDED,
        actor=pair.prosecutor, **more,
    )  # fmt: skip


def address(case: Case, rest: str) -> str:
    return f"/cases/{case.reference}/{rest}"


def test_an_order_stands_beside_each_of_its_exhibits(
    trial: Proceeding, exhibit: Exhibit, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    typed = {
        "kind": stories.code("court_order", "forfeiture").pk, "made_on": str(stories.DECIDED),
        "exhibits": [exhibit.pk], "things": "A lorry\n\n<b>A scale</b>", "number": "Misc 7",
    }  # fmt: skip
    page = address(trial.case, f"proceedings/{trial.pk}/orders/new/")
    assert client.post(page, typed).status_code == 302
    order = CourtOrder.objects.get()
    shown = client.get(address(trial.case, f"orders/{order.pk}/")).content.decode()
    assert exhibit.label in shown
    assert "&lt;b&gt;A scale" in shown
    assert (
        "Forfeiture"
        in client.get(address(trial.case, f"exhibits/{exhibit.label}/")).content.decode()
    )
    assert [row.order for row in orders.about([exhibit])] == [order]


def test_a_correction_and_a_withdrawal_end_what_stood(
    trial: Proceeding, exhibit: Exhibit, pair: Pair, client: Client
) -> None:
    order = made(trial, pair, exhibits=[exhibit])
    right = orders.correct(
        order, why="To be kept, not forfeited", exhibits=[exhibit], things=[],
        kind=stories.code("court_order", "keep"), actor=pair.prosecutor,
    )  # fmt: skip
    assert [row.order for row in orders.about([exhibit])] == [right]
    client.force_login(pair.prosecutor)
    page = client.get(address(trial.case, f"orders/{order.pk}/")).content.decode()
    assert "another entry stands in its place" in page
    url = address(trial.case, f"orders/{right.pk}/withdraw/")
    assert client.post(url, {"correction": "Lifted by the High Court"}).status_code == 302
    assert not orders.about([exhibit]).exists()
    with pytest.raises(RuleBroken, match="A later entry stands"):
        orders.take_back(order, why="Again", actor=pair.prosecutor)


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("destruction", {}, "exhibits"),
        ("compensation", {}, "text"),
        ("return", {"things": [" "]}, "exhibits"),
        ("keep", {"things": ["x"] * 1001}, "things"),
    ],
)
def test_an_order_says_what_it_is_about(
    trial: Proceeding, pair: Pair, kind: str, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        made(trial, pair, kind, **more)
    assert refused.value.field == field


def test_an_order_about_a_person_needs_no_thing(trial: Proceeding, pair: Pair) -> None:
    order = made(trial, pair, "compensation", text="KES 20,000 to the lodge")
    assert not order.things.exists()


def test_an_exhibit_of_another_case_is_no_thing_of_this_order(
    trial: Proceeding, pair: Pair
) -> None:
    other = scenes.exhibit(stories.seized(pair), pair.investigator)
    with pytest.raises(RuleBroken, match="exhibits of this case"):
        made(trial, pair, exhibits=[other])


def test_a_restricted_exhibit_is_not_named_to_who_may_not_see_it(
    trial: Proceeding, exhibit: Exhibit, pair: Pair, colleague: User, auditor: User, client: Client
) -> None:
    hidden = scenes.exhibit(trial.case, pair.investigator, description="Sealed telephone")
    Exhibit.objects.filter(pk=hidden.pk).update(is_restricted=True)
    order = made(trial, pair, exhibits=[exhibit, hidden])
    for person, sees in ((colleague, False), (auditor, True)):
        client.force_login(person)
        for page in (f"orders/{order.pk}/", f"proceedings/{trial.pk}/"):
            shown = client.get(address(trial.case, page)).content.decode()
            assert (f">{hidden.label}<" in shown) == sees
        assert client.get(address(trial.case, f"orders/{order.pk}/correct/")).status_code == 403


def test_who_does_not_prosecute_orders_nothing(
    trial: Proceeding, pair: Pair, outsider: User, client: Client
) -> None:
    order = made(trial, pair, things=["A lorry"])
    with pytest.raises(NotAllowed):
        orders.take_back(order, why="No", actor=pair.investigator)
    client.force_login(outsider)
    assert client.get(address(trial.case, f"orders/{order.pk}/")).status_code == 404

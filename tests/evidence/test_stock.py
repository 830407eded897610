"""The stock report reconciles with the seizures, and counts only what its reader may count."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import clock, seizures
from casework.models import Case, Code, SeizedItem, Taxon, User
from evidence import custody, exhibits
from evidence.acts import division
from evidence.exhibits import Thing
from evidence.models import Exhibit
from evidence.store import moves, places, stock
from tests.evidence.acts import text

SignIn = Callable[[User], Client]
KILO = 1_000_000
pytestmark = pytest.mark.django_db


@pytest.fixture
def item(case: Case, investigator: User) -> SeizedItem:
    """Ten tusks, 100 kg, seized four days ago."""
    found = seizures.Found(
        taxon=Taxon.objects.get(scientific_name="Loxodonta africana"),
        specimen=Code.objects.kind("specimen").get(code="TUS"),
        count=10, weight_mg=100 * KILO, scale="KP-1",
    )  # fmt: skip
    at = timezone.now() - timedelta(days=4)
    made = seizures.add(case, actor=investigator, seized_at=at, place="Gate 9", items=[found])
    return made.items.get()


def lot(case: Case, actor: User, item: SeizedItem, count: int, kilos: float) -> Exhibit:
    kind = Code.objects.get(kind="exhibit_kind", code="specimen")
    thing = Thing(
        kind=kind, description="Tusks", item=item, count=count, weight_mg=int(kilos * KILO),
        scale="KP-1", seal_number=f"S-{kilos}",
    )  # fmt: skip
    return exhibits.register(case, thing, actor=actor, seizure=item.seizure)


def row(user: User, **asked: object) -> stock.Row:
    given = {"as_at": clock.today(), **asked}
    (only,) = stock.read(user, **given).rows  # type: ignore[arg-type]
    return only


def kilos(amount: stock.Amount) -> float:
    return amount.weight_mg / KILO


def adds_up(found: stock.Row) -> bool:
    parts = [found.unregistered, found.drift, *(getattr(found, name) for name in stock.PARTS)]
    masses, counts = (sum(p.weight_mg for p in parts), sum(p.count for p in parts))
    return bool((found.seized.weight_mg, found.seized.count) == (masses, counts))


def test_all_that_was_seized_is_accounted_for(
    case: Case, item: SeizedItem, investigator: User
) -> None:
    kept = lot(case, investigator, item, 6, 60)
    back = lot(case, investigator, item, 3, 30)
    custody.reweigh(
        kept, actor=investigator, weight_mg=59 * KILO, scale="KP-1", discrepancy="It dried"
    )
    custody.return_(back, to_name="The owner", authority="Court 4", actor=investigator)
    found = row(investigator)
    assert found.word == "African savanna elephant" or found.word
    assert (kilos(found.seized), kilos(found.unregistered)) == (100, 10)
    assert (kilos(found.held), kilos(found.returned), kilos(found.drift)) == (59, 30, 1)
    assert adds_up(found)


def test_parts_and_wholes_count_once(case: Case, item: SeizedItem, investigator: User) -> None:
    whole = lot(case, investigator, item, 10, 100)
    kind = whole.kind
    part = Thing(kind=kind, description="One", count=1, weight_mg=9 * KILO, scale="KP-1")
    division.split(whole, [part], actor=investigator, count=9, weight_mg=91 * KILO, scale="KP-1")
    found = row(investigator)
    assert (found.held.count, kilos(found.held), kilos(found.drift)) == (10, 100, 0)
    assert adds_up(found)
    rest = Exhibit.objects.exclude(pk=whole.pk).get()
    again = Thing(kind=kind, description="All", count=10, weight_mg=100 * KILO, scale="KP-1")
    division.combine([whole, rest], again, actor=investigator, purpose="Storage")
    found = row(investigator)
    assert (found.registered.count, found.held.count, found.held.exhibits) == (10, 10, 1)
    assert adds_up(found)


def test_as_at_a_day_before_the_return(case: Case, item: SeizedItem, investigator: User) -> None:
    back = lot(case, investigator, item, 10, 100)
    custody.return_(back, to_name="The owner", authority="Court 4", actor=investigator)
    before = row(investigator, as_at=clock.today() - timedelta(days=1))
    assert (kilos(before.held), kilos(before.returned)) == (100, 0)
    assert stock.read(investigator, as_at=clock.today() - timedelta(days=30)).rows == []


def test_who_counts_what(
    case: Case, item: SeizedItem, investigator: User, manager: User, outsider: User,
    sign_in: SignIn,
) -> None:  # fmt: skip
    lot(case, investigator, item, 10, 100)
    assert kilos(row(manager).seized) == 100  # the statistics of the own agency
    assert stock.read(outsider, as_at=clock.today()).rows == []
    page = text(sign_in(outsider).get("/store/stock/"))
    assert "No seizure that you may count" in page


def test_the_table_as_rows_names_nobody(
    case: Case, item: SeizedItem, investigator: User, sign_in: SignIn
) -> None:
    lot(case, investigator, item, 10, 100)
    browser = sign_in(investigator)
    rows = text(browser.get("/store/stock/csv/"))
    assert "100000000" in rows
    assert case.reference not in rows
    assert "Wekesa" not in rows
    assert browser.get("/store/stock/?as_at=2999-01-01").status_code == 200
    assert "100 kg" in text(browser.get("/store/stock/?by=status")).replace("\xa0", " ")


def test_by_place(case: Case, item: SeizedItem, custodian: User) -> None:
    room = places.add(kind="room", name="Room 2", actor=custodian)
    moves.move(lot(case, custodian, item, 10, 100), to=room, actor=custodian)
    (shelf,) = stock.read(custodian, as_at=clock.today()).shelves
    assert (shelf.word, shelf.amount.exhibits, kilos(shelf.amount)) == ("Room 2", 1, 100)


def test_a_restricted_exhibit_is_counted_for_those_only_who_may_see_it(
    case: Case, item: SeizedItem, investigator: User, custodian: User, manager: User
) -> None:
    room = places.add(kind="room", name="Room 2", actor=custodian)
    hidden = lot(case, custodian, item, 10, 100)
    moves.move(hidden, to=room, actor=custodian)
    Exhibit.objects.filter(pk=hidden.pk).update(is_restricted=True)
    today = clock.today()
    assert (kilos(row(custodian).held), kilos(row(custodian).unregistered)) == (0, 100)
    assert stock.read(custodian, as_at=today).shelves == []
    for counting in (investigator, manager):  # the lead sees it; statistics count the agency
        assert kilos(row(counting).held) == 100
        assert len(stock.read(counting, as_at=today).shelves) == 1


def test_many_exhibits_cost_no_more_queries(
    case: Case, item: SeizedItem, investigator: User
) -> None:
    stock.read(investigator, as_at=clock.today())  # what is kept per process is read once
    counts = []
    for _ in range(2):
        for number in range(3):
            lot(case, investigator, item, 1, 5 + number)
        with CaptureQueriesContext(connection) as queries:
            stock.read(investigator, as_at=clock.today())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_not_known_is_not_a_nought(
    case: Case, item: SeizedItem, investigator: User, sign_in: SignIn
) -> None:
    """Bags that were weighed and not counted, and a thing that nobody seized as an item."""
    item.seizure.items.update(count=None)
    kind = Code.objects.get(kind="exhibit_kind", code="specimen")
    loose = Thing(kind=kind, description="Loose", count=1800, weight_mg=KILO, scale="KP-1")
    exhibits.register(case, loose, actor=investigator)
    page = text(sign_in(investigator).get("/store/stock/"))
    assert "0 pieces" not in page.replace("1,800 pieces", "")
    assert "\N{MINUS SIGN}1,800 pieces" in page


def test_one_piece_too_many_is_one_piece(
    case: Case, item: SeizedItem, investigator: User, sign_in: SignIn
) -> None:
    kind = Code.objects.get(kind="exhibit_kind", code="specimen")
    loose = Thing(kind=kind, description="Loose", count=1, weight_mg=KILO, scale="KP-1")
    exhibits.register(case, loose, actor=investigator)
    page = text(sign_in(investigator).get("/store/stock/"))
    assert "\N{MINUS SIGN}1 piece<" in page


def test_every_value_carries_its_heading_for_a_narrow_page(
    case: Case, item: SeizedItem, investigator: User, sign_in: SignIn
) -> None:
    lot(case, investigator, item, 10, 100)
    page = text(sign_in(investigator).get("/store/stock/"))
    for word in ("Seized", "In custody", "Missing", "Disposed of"):
        assert f'data-label="{word}"' in page

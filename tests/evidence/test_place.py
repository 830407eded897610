"""Places of a store: within each other, renamed, moved, closed; and what is recorded in them."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client

from casework.errors import NotAllowed, RuleBroken
from casework.models import Agency, Case, User
from evidence import custody
from evidence.models import Exhibit, Place
from evidence.store import moves, places
from tests.conftest import _person
from tests.evidence.acts import address, send, text, tusks

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def store(custodian: User) -> Place:
    return places.add(kind="store", name="Exhibit store", actor=custodian)


@pytest.fixture
def room(store: Place, custodian: User) -> Place:
    return places.add(kind="room", name="Room 2", parent=store, actor=custodian)


@pytest.fixture
def kept(case: Case, investigator: User, custodian: User, room: Place) -> Exhibit:
    """An exhibit that the custodian took over into the room."""
    exhibit = tusks(case, investigator)
    offer = custody.offer(exhibit, to=custodian, actor=investigator, place=room.path)
    custody.acknowledge(
        offer, actor=custodian, place=room.path, seal_number="WS-M 006120", seal_intact=True,
        count=24,
    )  # fmt: skip
    exhibit.refresh_from_db()
    return exhibit


def test_a_place_has_its_whole_name(room: Place) -> None:
    assert room.path == "Exhibit store, Room 2"


def test_an_exhibit_is_kept_in_the_place_that_its_chain_names(kept: Exhibit, room: Place) -> None:
    assert kept.place == room


def test_renaming_changes_the_future_and_not_the_past(
    kept: Exhibit, store: Place, room: Place, custodian: User
) -> None:
    places.rename(store, name="Old mill", actor=custodian)
    room.refresh_from_db()
    assert room.path == "Old mill, Room 2"
    assert kept.custody.last().place == "Exhibit store, Room 2"  # type: ignore[union-attr]
    kept.refresh_from_db()
    assert kept.place == room


def test_no_place_is_within_itself(store: Place, room: Place, custodian: User) -> None:
    shelf = places.add(kind="shelf", name="Shelf C", parent=room, actor=custodian)
    for inner in (store, shelf):
        with pytest.raises(RuleBroken, match="within itself"):
            places.move(store, parent=inner, actor=custodian)


def test_a_place_with_something_in_it_stays_open(
    kept: Exhibit, store: Place, room: Place, custodian: User
) -> None:
    with pytest.raises(RuleBroken, match="recorded there still"):
        places.close(store, actor=custodian)
    cellar = places.add(kind="room", name="Cellar", actor=custodian)
    moves.move(kept, to=cellar, actor=custodian)
    places.close(store, actor=custodian)
    room.refresh_from_db()
    assert not room.is_active
    with pytest.raises(RuleBroken, match="in use"):
        moves.move(kept, to=room, actor=custodian)


@pytest.mark.parametrize("name", ["", "Room 2", "ROOM 2", "A, B", "x" * 61])
def test_a_name_is_one_place(name: str, store: Place, room: Place, custodian: User) -> None:
    with pytest.raises(Exception, match=r"name|characters"):
        places.add(kind="room", name=name, parent=store, actor=custodian)


def test_only_keepers_of_the_agency_change_it(
    room: Place, investigator: User, outsider: User, customs: Agency
) -> None:
    other = _person("keeper", "Ruth Achieng", "custodian", agency=customs)
    for person in (investigator, outsider):
        with pytest.raises(NotAllowed):
            places.rename(room, name="Room 9", actor=person)
    with pytest.raises(Http404):
        places.rename(room, name="Room 9", actor=other)


def test_moving_within_the_store_keeps_the_hands(
    kept: Exhibit, store: Place, custodian: User, sign_in: SignIn
) -> None:
    shelf = places.add(kind="shelf", name="Shelf C", parent=store, actor=custodian)
    browser = sign_in(custodian)
    answer = send(browser, "custody-move", kept, {"to": f"https://x.example/p/{shelf.code}/"})
    assert answer.status_code == 302
    kept.refresh_from_db()
    assert (kept.place, kept.storage_place, kept.holder) == (shelf, shelf.path, custodian)
    assert "Exhibit store, Shelf C" in text(browser.get(address("exhibit", kept)))


def test_only_the_holder_moves_it(kept: Exhibit, store: Place, investigator: User) -> None:
    with pytest.raises(RuleBroken, match="Only the holder"):
        moves.move(kept, to=store, actor=investigator)


def test_a_scanned_label_of_a_shelf_names_the_place_of_any_act(
    kept: Exhibit, room: Place, custodian: User, sign_in: SignIn
) -> None:
    typed = {"purpose": "Look", "place": f"http://127.0.0.1:8000/p/{room.code}/"}
    send(sign_in(custodian), "custody-examine", kept, typed)
    assert kept.custody.last().place == room.path  # type: ignore[union-attr]


def test_the_page_of_a_place_shows_what_is_in_it_and_below(
    kept: Exhibit, store: Place, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    assert "Twenty-four tusk pieces" in text(browser.get(f"/store/places/{store.code}/"))
    assert "Twenty-four tusk pieces" in text(browser.get(f"/exhibits/?place={store.code}"))
    assert kept.label in text(browser.get("/store/")) or "1" in text(browser.get("/store/"))


def test_what_a_keeper_may_not_see_is_not_on_the_page(
    kept: Exhibit, room: Place, manager: User, sign_in: SignIn
) -> None:
    kept.is_restricted = True
    kept.save()
    page = text(sign_in(manager).get(f"/store/places/{room.code}/"))
    assert "Twenty-four tusk pieces" not in page
    assert "0 exhibits that you may see" in page


def test_places_are_added_and_changed_on_pages(custodian: User, sign_in: SignIn) -> None:
    browser = sign_in(custodian)
    browser.post("/store/add/", {"kind": "store", "name": "Yard store"})
    made = Place.objects.get()
    browser.post("/store/add/", {"kind": "room", "name": "Cage", "parent": made.code})
    cage = Place.objects.get(name="Cage")
    browser.post(
        f"/store/places/{cage.code}/change/", {"name": "Cage 1", "parent": "", "reason": "Sign"}
    )
    cage.refresh_from_db()
    assert cage.path == "Cage 1"
    browser.post(f"/store/places/{cage.code}/close/", {"reason": "Torn down"})
    cage.refresh_from_db()
    assert not cage.is_active
    assert "Torn down" in text(browser.get(f"/store/places/{cage.code}/"))


def test_exhibits_are_put_into_a_place_by_scanning(
    case: Case, kept: Exhibit, store: Place, custodian: User, sign_in: SignIn
) -> None:
    shelf = places.add(kind="shelf", name="Shelf C", parent=store, actor=custodian)
    other = tusks(case, custodian, seal_number="S-2")
    browser, fill = sign_in(custodian), f"/store/places/{shelf.code}/fill/"
    scanned = f"http://127.0.0.1:8000/x/{kept.identifier}/\n{case.reference} {other.label}"
    assert "moved here" in text(browser.post(fill, {"codes": scanned}, follow=True))
    assert set(places.contents(shelf, custodian)) == {kept, other}
    again = text(browser.post(fill, {"codes": f"{scanned}\nnothing at all"}))
    assert "nothing at all" in again


def test_a_scanned_shelf_opens_its_page(
    store: Place, custodian: User, outsider: User, sign_in: SignIn
) -> None:
    assert sign_in(custodian).get(f"/scan/?code={store.code}").status_code == 302
    assert sign_in(outsider).get(f"/scan/?code={store.code}").status_code == 200
    assert sign_in(outsider).get(f"/p/{store.code}/").status_code == 403


def test_a_short_name_is_enough_where_one_place_bears_it(
    room: Place, store: Place, custodian: User
) -> None:
    assert places.named(room.name.upper(), custodian) == room
    other = places.add(kind="room", name="Annex", parent=store, actor=custodian)
    places.add(kind="shelf", name=room.name, parent=other, actor=custodian)
    assert places.named(room.name, custodian) is None


def test_no_line_of_a_long_list_is_passed_over_in_silence(
    kept: Exhibit, store: Place, custodian: User, sign_in: SignIn
) -> None:
    shelf = places.add(kind="shelf", name="Shelf C", parent=store, actor=custodian)
    lines = [f"nothing {number}" for number in range(600)] + [str(kept.identifier)]
    page = text(
        sign_in(custodian).post(f"/store/places/{shelf.code}/fill/", {"codes": "\n".join(lines)})
    )
    assert "at most 500 at once" in page
    offer = {"codes": "\n".join(lines), "purpose": "Storage"}
    assert "at most 500 at once" in text(sign_in(custodian).post("/exhibits/hand-over/", offer))

"""What the record offers for the points of a count, and taking it over with one click."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework import access
from casework.models import Code, Taxon, User
from casework.witnesses import admissions, statements
from evidence.papers import alarms
from evidence.proof import suggestions
from evidence.proof.suggestions import Offer
from evidence.reading import of_case
from kyc import parties
from kyc.parties import NewParty, Origin
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes
from tests.evidence.proof_scenes import Scene
from tests.evidence.test_laboratory import report, send

SignIn = Callable[[User], Client]


@pytest.fixture
def scene(investigator: User, prosecutor: User) -> Scene:
    return proof_scenes.drafted(Pair(investigator, prosecutor), "Benson Tsofa", "Neema Kai")


def offered(scene: Scene) -> list[Offer]:
    prosecutor = scene.pair.prosecutor
    case = access.get_case(prosecutor, scene.case.reference)
    stock = suggestions.read(case, of_case(case, prosecutor))
    return [offer for one in scene.matrix().counts for offer in suggestions.of(one, stock)]


def codes(found: list[Offer], thing: Any) -> set[str]:
    return {offer.cell.element.code for offer in found if offer.thing == thing}


def said(scene: Scene, **witness: Any) -> Any:
    return statements.record(
        scene.case, witness=scene.witness(**witness), text="I saw it.", taken_on=date(2020, 3, 3),
        actor=scene.pair.investigator,
    )  # fmt: skip


def test_what_is_charged_is_offered_for_what_it_shows(scene: Scene) -> None:
    thing = scene.exhibit()
    assert codes(offered(scene), thing) == {"trophy", "possession", "continuity", "quantity"}


def test_a_statement_is_offered_for_what_its_witness_proves(scene: Scene) -> None:
    row = said(scene, proves="Possession of the tusks")
    assert codes(offered(scene), row) == {"possession"}


def test_an_officer_speaks_to_day_place_and_the_chain(scene: Scene) -> None:
    row = said(scene, name="Sgt Juma Barasa", kind="officer")
    assert codes(offered(scene), row) == {"place_date", "continuity"}


def test_an_admission_is_offered_against_who_made_it_only(scene: Scene) -> None:
    second = scene.case.accused.get(number=2)
    row = admissions.record(
        second, what="I drove.", made_on=date(2020, 4, 1), actor=scene.pair.prosecutor
    )
    found = [offer for offer in offered(scene) if offer.thing == row]
    assert found
    assert {offer.cell.charge.accused for offer in found} == {second}


def test_a_fact_of_the_register_is_offered_against_the_accused_it_is_about(scene: Scene) -> None:
    origin = Origin("register", "Companies register", date(2020, 2, 12))
    phone = Code.objects.get(kind="fact_kind", code="phone")
    part = parties.introduce(
        scene.case, NewParty("person", "Benson Tsofa", "KE"),
        role=Code.objects.get(kind="party_role", code="shipper"), origin=origin,
        facts=[(phone, "+254 712 345678")], actor=scene.pair.investigator,
    )  # fmt: skip
    first = scene.case.accused.get(number=1)
    first.party = part.party
    first.save()
    found = [offer for offer in offered(scene) if offer.kind.field == "fact"]
    assert {offer.cell.element.code for offer in found} == {"identity"}
    assert {offer.cell.charge.accused for offer in found} == {first}


@pytest.mark.parametrize(
    ("found", "elements"),
    [("Loxodonta africana", {"trophy", "species", "quantity"}),
     ("Hippopotamus amphibius", set())],
)  # fmt: skip
def test_a_report_is_offered_with_its_expert_unless_it_contradicts_the_count(
    scene: Scene, found: str, elements: set[str]
) -> None:
    tusk = scene.exhibit()
    expert = scene.witness("Dr Rono", kind="expert")
    elephant = Taxon.objects.get(scientific_name="Loxodonta africana")
    count = scene.charges[0].count
    alarms.name_species(count, taxon=elephant, exhibits=[tusk], actor=scene.pair.prosecutor)
    made = report(send(scene.case, scene.pair.investigator, tusk), scene.pair.investigator, found)
    offers = offered(scene)
    assert codes(offers, made) == elements
    assert {offer.witness for offer in offers if offer.thing == made} <= {expert}


def test_one_click_links_all_of_it_and_judges_nothing(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    scene.exhibit()
    said(scene, proves="Possession of the tusks")
    url = reverse("evidence:proof-offers", args=[scene.case.reference, scene.charges[0].count_id])
    sign_in(prosecutor).post(url, {"all": "1"})
    assert offered(scene) == []
    assert {cell.state for cell in scene.matrix().cells} == {"linked", "missing"}


def test_only_what_is_ticked_is_linked(scene: Scene, sign_in: SignIn, prosecutor: User) -> None:
    thing = scene.exhibit()
    wanted = next(offer for offer in offered(scene) if offer.cell.element.code == "trophy")
    url = reverse("evidence:proof-offers", args=[scene.case.reference, scene.charges[0].count_id])
    browser = sign_in(prosecutor)
    assert "It is charged in the count." in browser.get(url).content.decode()
    browser.post(url, {"offers": [wanted.key]})
    assert [piece.thing for piece in scene.cell("trophy").pieces] == [thing]
    assert scene.cell("continuity").pieces == ()
    assert "Tick at least one" in browser.post(url, {}).content.decode()

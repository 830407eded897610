"""Which witness brings in what: the list for a day in court, and naming who is missing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import User
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes
from tests.evidence.proof_scenes import Scene

SignIn = Callable[[User], Client]


@pytest.fixture
def scene(investigator: User, prosecutor: User) -> Scene:
    return proof_scenes.drafted(Pair(investigator, prosecutor), "Benson Tsofa", "Neema Kai")


def test_a_witness_is_named_once_for_every_point_of_a_thing(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    thing, witness = scene.exhibit(), scene.witness()
    scene.link(thing, "continuity", note="Sealed in his presence")
    scene.link(thing, "possession", accused=2)
    url = reverse("evidence:proof-witnesses", args=[scene.case.reference])
    browser = sign_in(prosecutor)
    assert "Nobody brings it in yet" in browser.get(url).content.decode()
    sent = {"thing": f"exhibit-{thing.pk}", "witness": witness.pk}
    body = browser.post(url, sent, follow=True).content.decode()
    assert "Nobody brings it in yet" not in body
    assert "Salim Mwero" in body
    pieces = [scene.cell("continuity").pieces[0], scene.cell("possession", 2).pieces[0]]
    assert [piece.witness for piece in pieces] == [witness, witness]
    assert pieces[0].note == "Sealed in his presence"


def test_a_reader_names_nobody(scene: Scene, sign_in: SignIn, investigator: User) -> None:
    scene.link(scene.exhibit(), "continuity")
    url = reverse("evidence:proof-witnesses", args=[scene.case.reference])
    browser = sign_in(investigator)
    assert "Say who brings it in" not in browser.get(url).content.decode()
    assert browser.post(url, {}).status_code == 403


def test_a_page_that_names_nothing_says_what_comes_first(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    url = reverse("evidence:proof-witnesses", args=[scene.case.reference])
    assert "No evidence is linked yet" in sign_in(prosecutor).get(url).content.decode()
    answer = sign_in(prosecutor).post(url, {"thing": "exhibit-999999", "witness": "1"})
    assert answer.status_code == 200

"""The pages that a prosecutor works on ask no more often for many counts, accused and exhibits."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import proceedings
from casework.models import Case, User
from evidence.proof import proof_lacks
from evidence.reading import all_of
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes
from tests.evidence.proof_scenes import Scene

SignIn = Callable[[User], Client]


@pytest.fixture
def scene(investigator: User, prosecutor: User) -> Scene:
    return proof_scenes.drafted(Pair(investigator, prosecutor), "Benson Tsofa", "Neema Kai")


def grow(scene: Scene, number: int) -> None:
    for n in range(number):
        proceedings.add_accused(scene.case, name=f"Person {n}", actor=scene.pair.prosecutor)
        scene.count("92(2)" if n % 2 else "92(4)")
        scene.link(scene.exhibit(), "continuity", witness=scene.witness(f"Witness {n}"))
        scene.link(scene.exhibit(), "possession")


def asked(browser: Client, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


def test_more_of_everything_costs_no_more_queries(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    cell = scene.cell("possession")
    reference, count = scene.case.reference, scene.charges[0].count_id
    urls = [
        reverse("evidence:case-proof", args=[reference]),
        reverse("evidence:proof-cell", args=[reference, cell.charge.pk, cell.element.pk]),
        reverse("evidence:proof-offers", args=[reference, count]),
        reverse("evidence:proof-witnesses", args=[reference]),
        reverse("casework:charge-sheet-file", args=[reference, scene.trial.pk]),
        reverse("casework:prosecution-close", args=[reference, scene.trial.pk]),
    ]
    browser = sign_in(prosecutor)
    grow(scene, 1)
    few = {url: asked(browser, url) for url in urls}
    grow(scene, 8)
    many = {url: asked(browser, url) for url in urls}
    assert {url: (few[url], many[url]) for url in urls if many[url] > few[url]} == {}


def test_the_lines_of_many_cases_are_read_at_once(scene: Scene, prosecutor: User) -> None:
    def counted(cases: list[Case]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(proof_lacks.of_cases(cases, all_of(prosecutor))) == len(cases)
        return len(queries)

    one = counted([scene.case])
    others = [proof_scenes.drafted(scene.pair) for _n in range(4)]
    assert counted([scene.case, *(other.case for other in others)]) == one

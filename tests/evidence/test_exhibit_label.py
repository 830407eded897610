"""Labels: the code holds the short address, and nothing of the case."""

from collections.abc import Callable

import pytest
import segno
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from casework.models import Case, User
from evidence.models import Exhibit
from evidence.store import labels
from tests.evidence.acts import address, text, tusks

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


@pytest.mark.parametrize(
    ("who", "status"),
    [("investigator", 200), ("custodian", 200), ("prosecutor", 200), ("auditor", 200),
     ("outsider", 404)],
)  # fmt: skip
def test_who_may_print_a_label(
    who: str, status: int, exhibit: Exhibit, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address("exhibit-label", exhibit)).status_code == status
    several = reverse("evidence:exhibit-labels", args=[exhibit.case.reference])
    assert browser.get(several).status_code == status


def test_the_code_holds_the_public_address(exhibit: Exhibit, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://casework.invalid"
    held = labels.address(exhibit)
    assert held == f"https://casework.invalid/x/{exhibit.identifier}/"
    assert exhibit.case.reference not in held
    assert segno.make(held, error="q", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )[5:] in str(labels.qr_svg(exhibit))


def test_the_label_says_what_a_person_reads(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    page = text(sign_in(investigator).get(address("exhibit-label", exhibit)))
    for words in ("E1", exhibit.case.reference, "WS-M 006120", "Twenty-four tusk pieces"):
        assert words in page
    assert "style=" not in page
    assert "label-single" in page


def test_several_are_chosen_and_hidden_ones_left_out(
    exhibit: Exhibit, case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    tusks(case, investigator, description="Scales")
    tusks(case, investigator, description="Secret", is_restricted=True)
    several = reverse("evidence:exhibit-labels", args=[case.reference])
    chosen = text(sign_in(custodian).get(several, {"label": ["E2", "E3", "<x>"]}))
    assert "Scales" in chosen
    assert "Secret" not in chosen
    assert "Twenty-four" not in chosen
    assert "label-sheet" in chosen

"""From a label to the page of its exhibit."""

from collections.abc import Callable

import pytest
from django.test import Client

from casework.models import Case, User
from tests.evidence import scenes

SignIn = Callable[[User], Client]


@pytest.mark.parametrize(
    "code", ["{uuid}", "http://127.0.0.1:8000/x/{uuid}/", "{reference} e1", " {reference}/E1 "]
)
def test_a_code_opens_its_exhibit(
    sign_in: SignIn, case: Case, investigator: User, code: str
) -> None:
    made = scenes.exhibit(case, investigator)
    asked = code.format(uuid=made.identifier, reference=case.reference)
    answer = sign_in(investigator).get("/scan/", {"code": asked})
    assert answer.headers["Location"] == f"/cases/{case.reference}/exhibits/E1/"


@pytest.mark.parametrize("code", ["", "E1", "a\x00b", "KE-MSA-1999-0001 E1", "<b>" * 500, "x" * 36])
def test_what_is_no_code_gets_the_page_again(
    sign_in: SignIn, investigator: User, code: str
) -> None:
    answer = sign_in(investigator).get("/scan/", {"code": code})
    assert answer.status_code == 200
    assert "<b><b>" not in answer.content.decode()


def test_an_outsider_learns_nothing(
    sign_in: SignIn, case: Case, investigator: User, outsider: User
) -> None:
    made = scenes.exhibit(case, investigator)
    answer = sign_in(outsider).get("/scan/", {"code": str(made.identifier)})
    assert "No exhibit that you may see has this code" in answer.content.decode()

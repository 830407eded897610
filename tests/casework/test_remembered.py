"""A request that only reads asks once which cases are the reader's; the next one asks again."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import access, roles
from casework.models import Case, DiaryEntry, User
from casework.models import scope as scopes

Opens = Callable[[User], Client]


@pytest.mark.parametrize("most", [0, 200])
def test_what_is_remembered_is_what_would_be_asked(
    case: Case, investigator: User, outsider: User, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scopes, "MOST_REMEMBERED", most)
    for user in (investigator, outsider):
        for action in (roles.VIEW, roles.PROSECUTE, roles.SENSITIVE):
            asked = set(Case.objects.permitting(user, action))
            rows = set(DiaryEntry.objects.visible_to(user))
            user.remembered = {}
            assert set(Case.objects.permitting(user, action)) == asked
            assert set(DiaryEntry.objects.visible_to(user)) == rows
            user.remembered = None


def test_an_ended_grant_counts_with_the_next_request(
    case: Case, investigator: User, outsider: User, sign_in: Opens
) -> None:
    grant = access.grant(case, role="viewer", to=outsider, actor=investigator, reason="Reads along")
    client = sign_in(outsider)
    assert case.reference in client.get("/cases/").content.decode()
    access.revoke(grant, actor=investigator, reason="Has left")
    assert case.reference not in client.get("/cases/").content.decode()
    assert client.get(f"/cases/{case.reference}/").status_code == 404


def test_a_page_asks_the_grants_once_for_each_action(
    case: Case, investigator: User, sign_in: Opens
) -> None:
    client = sign_in(investigator)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cases/{case.reference}/exhibits/")
    asked = [one["sql"] for one in queries if "casework_casegroupgrant" in one["sql"]]
    assert 0 < len(asked) <= len(roles.ACTIONS)
    assert not any("evidence_" in sql for sql in asked)

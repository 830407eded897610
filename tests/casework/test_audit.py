"""Who may read who did and saw what, and that nobody rewrites it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext_lazy
from pytest_django import DjangoAssertNumQueries

from casework import audit
from casework.errors import RuleBroken
from casework.ledger import audit_entry
from casework.models import AuditEntry, Case, User
from evidence.tree import audit_rows

SignIn = Callable[[User], Client]


def url(case: Case) -> str:
    return reverse("casework:case-audit", args=[case.reference])


def test_lead_and_auditor_read_it_and_reading_is_on_record(
    case: Case, auditor: User, sign_in: SignIn
) -> None:
    page = sign_in(auditor).get(url(case)).content.decode()
    assert "access.grant" in page
    assert "Works on the case" in page
    assert AuditEntry.objects.get(action="audit.read").actor == auditor


def test_others_on_the_case_do_not(
    case: Case, custodian: User, prosecutor: User, outsider: User, sign_in: SignIn
) -> None:
    for person, status in ((custodian, 403), (prosecutor, 403), (outsider, 404)):
        assert sign_in(person).get(url(case)).status_code == status


def test_it_is_narrowed_by_person_act_and_day(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    assert "case.open" in client.get(url(case), {"what": "open", "who": "wekesa"}).content.decode()
    for asked in ({"who": "nobody"}, {"until": "2001-01-01"}, {"what": "%' OR 1=1"}):
        assert "case.open</span>" not in client.get(url(case), asked).content.decode()
    answer = client.get(url(case), {"since": "yesterday"})
    assert "year-month-day" in answer.content.decode()


def test_entries_are_written_once(case: Case) -> None:
    entry = AuditEntry.objects.get(action="case.open")
    entry.action = "nothing.happened"
    with pytest.raises(RuleBroken):
        entry.save()
    with pytest.raises(RuleBroken):
        AuditEntry.objects.all().delete()


def test_a_hostile_reason_is_text(case: Case, investigator: User, sign_in: SignIn) -> None:
    audit.record("case.note", actor=investigator, case=case, reason="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in sign_in(investigator).get(url(case)).content.decode()


def test_it_asks_as_often_for_thirty_as_for_three(
    case: Case,
    auditor: User,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(auditor)
    client.get(url(case))
    with CaptureQueriesContext(connection) as few:
        client.get(url(case))
    for number in range(30):
        audit.record("case.note", actor=auditor, case=case, number=number)
    with django_assert_num_queries(len(few)):
        client.get(url(case))


def test_a_detail_called_items_is_shown_like_any_other(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    audit.record("seizure.record", actor=investigator, case=case, items=3)
    assert "items: <bdi>3</bdi>" in sign_in(investigator).get(url(case)).content.decode()


def test_an_odd_detail_stops_no_act(case: Case, investigator: User) -> None:
    odd: Any = {
        "day": date(2026, 3, 14), "part": float("nan"), "half": "\ud83d", "nothing": None,
        "nul": "a\x00b", "some": {3}, "words": gettext_lazy("Recorded."), "big": 1 << 70,
    }  # fmt: skip
    entry = audit.record("case.test", actor=investigator, case=case, **odd)
    entry.refresh_from_db()
    assert entry.detail == {
        "day": "2026-03-14", "part": "nan", "half": "?", "nothing": None, "nul": "ab",
        "some": [3], "words": "Recorded.", "big": 1 << 70,
    }  # fmt: skip
    ((_pk, told),) = audit_rows.read(AuditEntry.objects.filter(pk=entry.pk))
    assert audit_entry.leaf(told)

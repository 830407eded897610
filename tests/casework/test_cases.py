"""Operations on a case: changing it, its steps, its diary."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from casework import cases
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User


def test_a_change_keeps_the_version_before(case: Case, investigator: User) -> None:
    cases.change(case, actor=investigator, summary="187 tusks.", reason="First account")
    cases.change(case, actor=investigator, summary="188 tusks.")
    told = list(case.history.order_by("history_id").values_list("summary", flat=True))
    assert told == ["", "187 tusks.", "188 tusks."]


def test_a_change_is_audited_with_its_fields(case: Case, investigator: User) -> None:
    cases.change(case, actor=investigator, title="Other", court_file="CR 412/2024")
    entry = AuditEntry.objects.get(action="case.change")
    assert entry.detail["fields"] == ["court_file", "title"]


def test_nothing_changed_writes_nothing(case: Case, investigator: User) -> None:
    cases.change(case, actor=investigator, title=case.title)
    assert not AuditEntry.objects.filter(action="case.change").exists()


def test_only_who_may_edit_changes_it(case: Case, prosecutor: User, outsider: User) -> None:
    with pytest.raises(NotAllowed):
        cases.change(case, actor=prosecutor, title="Other")
    with pytest.raises(Http404):
        cases.change(case, actor=outsider, title="Other")


def test_a_step_needs_a_reason_and_a_way(case: Case, investigator: User) -> None:
    with pytest.raises(RuleBroken):
        cases.step(case, to="inquiry", actor=investigator, reason=" ")
    with pytest.raises(RuleBroken):
        cases.step(case, to="closed", actor=investigator, reason="Done")
    case.refresh_from_db()
    assert case.status == "recorded"


def test_a_step_stands_in_the_history(case: Case, investigator: User) -> None:
    cases.step(case, to="inquiry", actor=investigator, reason="Two suspects named")
    latest = case.history.latest()
    assert (latest.status, latest.history_change_reason) == ("inquiry", "Two suspects named")


def test_a_note_does_not_come_from_the_future(case: Case, investigator: User) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(RuleBroken):
        cases.note(case, text="Soon", happened_at=tomorrow, actor=investigator)


def test_nobody_hides_a_note_from_themselves(case: Case, colleague: User) -> None:
    with pytest.raises(RuleBroken):
        cases.note(
            case, text="Source", happened_at=timezone.now(), actor=colleague, is_sensitive=True
        )

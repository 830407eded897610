"""Editing a case, its steps, its notes, its history, and a person's settings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casework import cases
from casework.models import Case, DiaryEntry, User

SignIn = Callable[[User], Client]
PAGES = ("edit", "step", "history", "notes/add")


@pytest.mark.parametrize("name", PAGES)
def test_an_outsider_gets_not_found(sign_in: SignIn, case: Case, outsider: User, name: str) -> None:
    assert sign_in(outsider).get(f"/cases/{case.reference}/{name}/").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("edit", 403), ("step", 403), ("history", 200)])
def test_a_prosecutor_reads_but_does_not_edit(
    sign_in: SignIn, case: Case, prosecutor: User, name: str, status: int
) -> None:
    assert sign_in(prosecutor).get(f"/cases/{case.reference}/{name}/").status_code == status


def test_editing_keeps_what_was_typed_when_it_is_wrong(
    sign_in: SignIn, case: Case, investigator: User
) -> None:
    values = {"title": "", "summary": "Typed <b>", "tier": "port", "confidentiality": "normal"}
    html = sign_in(investigator).post(f"/cases/{case.reference}/edit/", values).content.decode()
    assert "One thing to correct" in html
    assert "Typed &lt;b&gt;" in html


def test_editing_changes_the_case(sign_in: SignIn, case: Case, investigator: User) -> None:
    values = {
        "title": "Ivory in tea", "summary": "Facts.", "tier": "port", "confidentiality": "normal",
        "reason": "Clearer",
    }  # fmt: skip
    answer = sign_in(investigator).post(f"/cases/{case.reference}/edit/", values, follow=True)
    case.refresh_from_db()
    assert case.title == "Ivory in tea"
    assert "The version before stays in the history" in answer.content.decode()


def test_history_tells_old_and_new(sign_in: SignIn, case: Case, investigator: User) -> None:
    cases.change(case, actor=investigator, title="<i>Ivory</i>", reason="Clearer")
    html = sign_in(investigator).get(f"/cases/{case.reference}/history/").content.decode()
    assert "<del><bdi>Elephant ivory declared as black tea</bdi></del>" in html
    assert "<ins><bdi>&lt;i&gt;Ivory&lt;/i&gt;</bdi></ins>" in html
    assert "Clearer" in html


def test_a_step_is_taken_with_its_reason(sign_in: SignIn, case: Case, investigator: User) -> None:
    address = f"/cases/{case.reference}/step/"
    browser = sign_in(investigator)
    browser.post(address, {"to": "inquiry", "reason": "Two suspects"})
    case.refresh_from_db()
    assert case.status == "inquiry"
    assert "Choose one from the list" in browser.post(address, {"to": "x"}).content.decode()


def test_a_note_is_written(sign_in: SignIn, case: Case, investigator: User) -> None:
    before = timezone.localtime() - timedelta(hours=2)
    values = {
        "happened_at_0": f"{before:%Y-%m-%d}", "happened_at_1": f"{before:%H:%M}", "text": "Seen.",
    }  # fmt: skip
    sign_in(investigator).post(f"/cases/{case.reference}/notes/add/", values)
    assert DiaryEntry.objects.get().text == "Seen."


def test_settings_are_kept(sign_in: SignIn, investigator: User) -> None:
    browser = sign_in(investigator)
    browser.post("/settings/", {"name": "Amina Wekesa", "time_zone": "Asia/Ho_Chi_Minh"})
    investigator.refresh_from_db()
    assert (investigator.time_zone, investigator.has_single_keys) == ("Asia/Ho_Chi_Minh", False)
    assert 'data-keys="off"' in browser.get("/settings/").content.decode()

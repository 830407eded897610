"""Stopping a dossier before it is issued, and what its pages say of it."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from casework.models import AuditEntry, Case, User
from evidence.issuing import dossiers, steps, storing
from evidence.models import Dossier

SignIn = Callable[[User], Client]


def page(dossier: Dossier, name: str = "dossier-stop") -> str:
    return reverse(f"evidence:{name}", args=[dossier.case.reference, dossier.number])


def test_it_is_stopped_after_a_question(case: Case, investigator: User, sign_in: SignIn) -> None:
    dossier = dossiers.request(case, actor=investigator)
    browser = sign_in(investigator)
    assert "Stop building" in browser.get(page(dossier, "dossier")).text
    assert "Stop dossier 1?" in browser.get(page(dossier)).text
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.WAITING
    answer = browser.post(page(dossier), follow=True)
    assert "Nothing was issued" in answer.text
    assert AuditEntry.objects.filter(action="dossier.stop", case=case).exists()


def test_a_build_that_was_stopped_issues_nothing(told_case: Case, prosecutor: User) -> None:
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.stop(dossier, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.STOPPED
    assert not storing.folder_of(dossier.name).exists()
    assert dossiers.request(told_case, actor=prosecutor).number == 2


def test_stopped_in_the_midst_it_leaves_no_file(
    told_case: Case, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = dossiers.request(told_case, actor=prosecutor)
    real = storing.begin

    def begin(name: str) -> object:
        dossiers.stop(dossier, actor=prosecutor)
        return real(name)

    monkeypatch.setattr(storing, "begin", begin)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.STOPPED
    assert not storing.folder_of(dossier.name).exists()
    assert settings.DOSSIERS_DIR


def test_an_issued_one_is_not_stopped(told_case: Case, prosecutor: User, sign_in: SignIn) -> None:
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    answer = sign_in(prosecutor).post(page(dossier))
    assert answer.status_code >= 400
    assert "not being built" in answer.text
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.ISSUED


@pytest.mark.parametrize(
    ("state", "progress", "now"),
    [
        ("building", 5, "Read the record"),
        ("building", 20, "Lay out the pages"),
        ("building", 65, "Number and index"),
        ("building", 72, "Merge the documents"),
        ("built", 75, "Sign"),
        ("issued", 100, None),
        ("waiting", 0, None),
    ],
)
def test_the_stage_that_it_is_in(state: str, progress: int, now: str | None) -> None:
    stages = steps.of(Dossier(state=state, progress=progress))
    found = [str(stage.title) for stage in stages if stage.state == "now"]
    assert found == ([now] if now else [])
    assert len(stages) == 6

"""Filing and closing: what is missing is said first, and wants a reason that stays on record."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.errors import RuleBroken
from casework.models import AuditEntry, TrialStep, User
from evidence.proof import filing
from tests.casework import court_stories as court
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes
from tests.evidence.proof_scenes import Scene

SignIn = Callable[[User], Client]


@pytest.fixture
def scene(investigator: User, prosecutor: User) -> Scene:
    return proof_scenes.drafted(Pair(investigator, prosecutor))


def page(scene: Scene, name: str) -> str:
    return reverse(f"casework:{name}", args=[scene.case.reference, scene.trial.pk])


def test_the_filing_lists_what_is_missing_and_asks_why(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    browser = sign_in(prosecutor)
    body = browser.get(page(scene, "charge-sheet-file")).content.decode()
    assert body.index("No expert report") < body.index("Nothing links A1")
    answer = browser.post(page(scene, "charge-sheet-file"), {"filed_on": "2020-03-12"})
    assert "Something is missing. Say why you go on." in answer.content.decode()
    assert scene.trial.charge_sheets.get().filed_on is None


def test_the_reason_stays_with_what_was_missing(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    sent = {"filed_on": "2020-03-12", "despite": "The report is promised for May."}
    sign_in(prosecutor).post(page(scene, "charge-sheet-file"), sent)
    sheet = scene.trial.charge_sheets.get()
    assert sheet.filed_on is not None
    assert sheet.filed_despite == "The report is promised for May."
    assert "No expert report" in sheet.lacked
    entry = AuditEntry.objects.get(action="charge_sheet.lacked")
    assert "report is promised" in entry.detail["despite"]


def test_the_operation_itself_wants_the_reason(scene: Scene) -> None:
    sheet = scene.trial.charge_sheets.get()
    with pytest.raises(RuleBroken, match="Something is missing"):
        filing.file(sheet, filed_on=court.FILED, actor=scene.pair.prosecutor)


def test_a_sheet_that_lacks_nothing_is_filed_without_a_reason(scene: Scene) -> None:
    for cell in scene.matrix().cells:
        scene.judge("proved", cell.element.code)
    sheet = scene.trial.charge_sheets.get()
    filing.file(sheet, filed_on=court.FILED, actor=scene.pair.prosecutor)
    sheet.refresh_from_db()
    assert (sheet.lacked, sheet.filed_despite) == ("", "")


def test_what_is_kept_names_no_restricted_thing(scene: Scene) -> None:
    from evidence import exhibits

    hidden = scene.exhibit(description="The informant's telephone")
    exhibits.amend(hidden, actor=scene.pair.investigator, is_restricted=True)
    scene.link(hidden, "continuity")
    sheet = scene.trial.charge_sheets.get()
    filing.file(sheet, filed_on=court.FILED, despite="It comes.", actor=scene.pair.prosecutor)
    sheet.refresh_from_db()
    assert hidden.label not in sheet.lacked
    entry = AuditEntry.objects.get(action="charge_sheet.lacked")
    assert any(hidden.label in line for line in entry.detail["lacked"])


def opened(scene: Scene) -> None:
    from casework.procedure import steps

    court.file_sheet(scene.trial, scene.pair)
    court.plead(scene.charges, scene.pair)
    day = court.PLEADED + timedelta(days=30)
    with clock.telling(court.noon(day)):
        steps.take(scene.trial, kind="opened", happened_on=day, actor=scene.pair.prosecutor)


def test_the_prosecution_closes_with_its_reason(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    opened(scene)
    browser = sign_in(prosecutor)
    url = page(scene, "prosecution-close")
    assert "No expert report" in browser.get(url).content.decode()
    browser.post(url, {"happened_on": "2021-02-01"})
    assert not TrialStep.objects.filter(kind="prosecution_closed").exists()
    browser.post(url, {"happened_on": "2021-02-01", "despite": "The court gave no more time."})
    step = TrialStep.objects.get(kind="prosecution_closed")
    assert "No expert report" in step.lacked


def test_a_trial_that_has_not_begun_says_why_nothing_is_closed(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    body = sign_in(prosecutor).get(page(scene, "prosecution-close")).content.decode()
    assert 'name="despite"' not in body

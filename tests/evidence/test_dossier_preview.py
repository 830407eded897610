"""A preview: the volumes as they would be, marked as a draft, for one person and one day."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from casework import access, clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence.dossier import draft
from evidence.issuing import dossiers, previews
from evidence.issuing.wishes import Wishes

SignIn = Callable[[User], Client]


@pytest.fixture
def laid_out(told_case: Case, prosecutor: User) -> previews.Preview:
    preview = previews.ask(told_case, actor=prosecutor, wishes=Wishes(parts=("hearings",)))
    previews.run(told_case, prosecutor, preview.run)
    found = previews.find(told_case, prosecutor)
    assert found is not None
    assert found.failure == ""
    return found


def test_it_shows_every_page_as_a_draft_and_uses_no_number(
    laid_out: previews.Preview, told_case: Case, prosecutor: User
) -> None:
    path = previews.volume_path(told_case, prosecutor, 1)
    pages = pypdf.PdfReader(path).pages
    assert all("DRAFT" in page.extract_text() for page in pages)
    assert not told_case.dossiers.exists()
    assert dossiers.request(told_case, actor=prosecutor).number == 1


def test_only_its_maker_opens_it(
    laid_out: previews.Preview, told_case: Case, prosecutor: User, investigator: User
) -> None:
    with pytest.raises(Http404):
        previews.volume_path(told_case, investigator, 1)
    with pytest.raises(Http404):
        previews.volume_path(told_case, prosecutor, 2)


def test_it_is_gone_after_a_day(
    laid_out: previews.Preview, told_case: Case, prosecutor: User
) -> None:
    with clock.telling(clock.now() + previews.KEPT + timedelta(minutes=1)):
        assert previews.find(told_case, prosecutor) is None
        previews.sweep()
    assert list((Path(settings.DATA_DIR) / "previews").iterdir()) == []


def test_a_newer_one_takes_its_place(told_case: Case, prosecutor: User) -> None:
    old = previews.ask(told_case, actor=prosecutor)
    new = previews.ask(told_case, actor=prosecutor)
    previews.run(told_case, prosecutor, old.run)
    found = previews.find(told_case, prosecutor)
    assert found is not None
    assert (found.run, found.state) == (new.run, previews.WAITING)


def test_who_lost_the_right_gets_nothing(
    told_case: Case, prosecutor: User, investigator: User
) -> None:
    preview = previews.ask(told_case, actor=prosecutor)
    access.revoke(told_case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    previews.run(told_case, prosecutor, preview.run)
    found = previews.find(told_case, prosecutor)
    assert found is not None
    assert found.state == previews.FAILED
    assert not list((Path(settings.DATA_DIR) / "previews").rglob("*.pdf"))


def test_who_may_ask(case: Case, custodian: User, outsider: User, investigator: User) -> None:
    with pytest.raises(NotAllowed):
        previews.ask(case, actor=custodian)
    with pytest.raises(Http404):
        previews.ask(case, actor=outsider)
    with pytest.raises(RuleBroken):
        previews.ask(case, actor=investigator, wishes=Wishes(parts=("weather",)))


def test_without_a_key_the_page_says_why(case: Case, investigator: User, sign_in: SignIn) -> None:
    preview = previews.ask(case, actor=investigator)
    previews.run(case, investigator, preview.run)
    page = reverse("evidence:dossier-preview", args=[case.reference])
    assert "signing key" in sign_in(investigator).get(page).text


def test_a_torn_state_is_no_preview(case: Case, investigator: User) -> None:
    previews.ask(case, actor=investigator)
    state = next((Path(settings.DATA_DIR) / "previews").rglob("state.json"))
    state.write_text('{"run": 1')
    assert previews.find(case, investigator) is None


def test_from_the_page_to_the_volume(
    told_case: Case,
    prosecutor: User,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = reverse("evidence:dossier-list", args=[told_case.reference])
    browser = sign_in(prosecutor)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(page, {"parts": ["charges"], "preview": "1"})
    assert "Volume 1, pages 1 to" in browser.get(answer["Location"]).text
    volume = reverse("evidence:dossier-preview-volume", args=[told_case.reference, 1])
    answer = browser.get(volume)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    acts = AuditEntry.objects.filter(case=told_case).values_list("action", flat=True)
    assert {"dossier.preview", "dossier.preview_read"} <= set(acts)
    assert "Your preview of" in browser.get(page).text


def test_what_was_looked_at_is_what_is_offered(
    told_case: Case, prosecutor: User, sign_in: SignIn, laid_out: previews.Preview
) -> None:
    page = reverse("evidence:dossier-list", args=[told_case.reference])
    text = sign_in(prosecutor).get(page).text
    assert 'id="part-hearings" checked' in text
    assert 'id="part-charges" checked' not in text


def test_building_it_takes_the_preview_away(
    told_case: Case, prosecutor: User, sign_in: SignIn, laid_out: previews.Preview
) -> None:
    page = reverse("evidence:dossier-list", args=[told_case.reference])
    sign_in(prosecutor).post(page, {"parts": ["charges"]})
    assert previews.find(told_case, prosecutor) is None


def test_a_letter_that_cannot_be_drawn_is_named(told_case: Case, prosecutor: User) -> None:
    told_case.title = "Ivory \U000133fc"
    told_case.save()
    preview = previews.ask(told_case, actor=prosecutor, wishes=Wishes(parts=("hearings",)))
    previews.run(told_case, prosecutor, preview.run)
    found = previews.find(told_case, prosecutor)
    assert found is not None
    assert any("U+133FC" in one.title for one in found.findings)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_word_stands_upright_on_turned_pages(tmp_path: Path, rotate: int) -> None:
    path = tmp_path / "page.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842)).rotate(rotate, relative=False)
        pdf.save(path)
    draft.mark(path)
    assert "DRAFT" in pypdf.PdfReader(path).pages[0].extract_text()

"""Asking for a dossier, building it, opening it: who may, what is written, what stays."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from casework import access, clock
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import custody, files
from evidence.issuing import dossiers
from evidence.models import Dossier, StoredFile
from evidence.verifier import cli
from tests.evidence import dossier_case, scenes

SignIn = Callable[[User], Client]


@pytest.fixture
def issued(told_case: Case, prosecutor: User) -> Dossier:
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.failure == ""
    return dossier


def test_a_dossier_is_issued_with_its_files_and_its_head(issued: Dossier) -> None:
    (volume, pdf), bundle = dossiers.volume_path(issued, 1), dossiers.bundle_path(issued)
    assert pdf.is_file()
    assert files.digest_of(pdf) == volume.digest
    assert files.digest_of(bundle) == issued.bundle_digest
    assert issued.head is not None
    assert issued.pages


def test_the_bundle_verifies_and_holds_everything(issued: Dossier, ledger_key: Path) -> None:
    bundle = dossiers.bundle_path(issued)
    assert cli.main([str(bundle), "--key", str(ledger_key)]) == 0
    names = zipfile.ZipFile(bundle).namelist()
    assert sum("/data/exhibits/" in name for name in names) == 3
    assert any(name.endswith("-D1-dossier-1.pdf") for name in names)


def test_one_changed_byte_anywhere_is_found(issued: Dossier, tmp_path: Path) -> None:
    data = bytearray(dossiers.bundle_path(issued).read_bytes())
    changed = tmp_path / "changed.zip"
    for place in range(0, len(data), len(data) // 60):
        data[place] ^= 1
        changed.write_bytes(data)
        assert cli.main([str(changed)]) == 1, place
        data[place] ^= 1
    changed.write_bytes(data)
    assert cli.main([str(changed)]) == 0


def test_the_second_dossier_continues_the_first(
    issued: Dossier, prosecutor: User, investigator: User
) -> None:
    scenes.exhibit(issued.case, investigator)
    second = dossiers.request(issued.case, actor=prosecutor)
    dossiers.build(second)
    second.refresh_from_db()
    assert (second.number, second.state) == (2, Dossier.State.ISSUED)
    names = zipfile.ZipFile(dossiers.bundle_path(second)).namelist()
    assert any(name.endswith("previous-checkpoint.note") for name in names)


def test_an_issued_dossier_never_changes(issued: Dossier) -> None:
    issued.number = 7
    with pytest.raises(RuleBroken):
        issued.save()
    with pytest.raises(RuleBroken):
        Dossier.objects.filter(pk=issued.pk).update(number=7)
    with pytest.raises(RuleBroken):
        issued.delete()


def test_building_twice_does_nothing(issued: Dossier) -> None:
    before = issued.bundle_digest
    dossiers.build(issued)
    issued.refresh_from_db()
    assert (issued.state, issued.bundle_digest) == (Dossier.State.ISSUED, before)


def test_request_build_and_download_are_audited(
    issued: Dossier, prosecutor: User, sign_in: SignIn
) -> None:
    page = reverse("evidence:dossier-bundle", args=[issued.case.reference, 1])
    answer = sign_in(prosecutor).get(page)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    acts = AuditEntry.objects.filter(case=issued.case, action__startswith="dossier.")
    found = set(acts.values_list("action", flat=True))
    assert found == {"dossier.request", "dossier.build", "dossier.issue", "dossier.download"}


def test_a_damaged_file_stops_the_build_and_leaves_nothing(
    told_case: Case, prosecutor: User
) -> None:
    path = files.path_of(StoredFile.objects.earliest("pk").digest)
    path.chmod(0o644)
    path.write_bytes(b"altered")
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.FAILED
    assert "bytes" in dossier.failure
    assert list(Path(settings.DOSSIERS_DIR).glob("*")) == []


def test_without_a_key_the_row_says_why(told_case: Case, prosecutor: User) -> None:
    settings.SIGNING_KEY_FILE = ""
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert "signing key" in dossier.failure
    assert dossiers.request(told_case, actor=prosecutor).number == 2


def test_an_unexpected_error_is_recorded_and_seen(
    told_case: Case, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = dossiers.request(told_case, actor=prosecutor)
    monkeypatch.setattr("evidence.dossier.pages.build", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.FAILED


def test_one_dossier_at_a_time_until_it_falls_silent(case: Case, investigator: User) -> None:
    dossiers.request(case, actor=investigator)
    with pytest.raises(Conflict):
        dossiers.request(case, actor=investigator)
    with clock.telling(clock.now() + dossiers.SILENT * 2):
        assert dossiers.request(case, actor=investigator).number == 2


def test_who_lost_the_right_before_the_build_gets_nothing(
    told_case: Case, prosecutor: User, investigator: User
) -> None:
    dossier = dossiers.request(told_case, actor=prosecutor)
    row = told_case.user_grants.get(user=prosecutor)
    access.revoke(row, actor=investigator, reason="Moved")
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.FAILED


def test_who_may_ask(case: Case, custodian: User, outsider: User) -> None:
    with pytest.raises(NotAllowed):
        dossiers.request(case, actor=custodian)
    with pytest.raises(Http404):
        dossiers.request(case, actor=outsider)


@pytest.mark.parametrize("name", ["dossier-list", "dossier", "dossier-volume", "dossier-bundle"])
def test_who_may_open(
    name: str, issued: Dossier, custodian: User, outsider: User, prosecutor: User, sign_in: SignIn
) -> None:
    args = [issued.case.reference, *([1] if name != "dossier-list" else [])]
    args += [1] if name == "dossier-volume" else []
    page = reverse(f"evidence:{name}", args=args)
    assert sign_in(outsider).get(page).status_code == 404
    assert sign_in(custodian).get(page).status_code == 403
    assert sign_in(prosecutor).get(page).status_code == 200


def test_a_sensitive_dossier_is_hidden_with_its_material(
    told_case: Case, prosecutor: User, investigator: User
) -> None:
    exhibit = told_case.exhibits.earliest("pk")
    dossier_case.photograph(exhibit, investigator, 99, is_sensitive=True)
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.has_sensitive
    assert dossiers.find(prosecutor, told_case.reference, 1) == dossier


def test_the_page_asks_for_a_dossier_and_the_worker_builds_it(
    told_case: Case,
    prosecutor: User,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = reverse("evidence:dossier-list", args=[told_case.reference])
    browser = sign_in(prosecutor)
    assert "no charge sheet" not in browser.get(page).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(page, {"addressed_to": "Court <3>", "parts": ["charges"]})
    answer = browser.get(answer["Location"])
    assert "Download the bundle" in answer.text
    assert "Court &lt;3&gt;" in answer.text
    assert Dossier.objects.get().state == Dossier.State.ISSUED


def test_a_waiting_dossier_is_polled_and_a_failed_one_says_why(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    dossier = dossiers.request(case, actor=investigator)
    page = reverse("evidence:dossier", args=[case.reference, 1])
    browser = sign_in(investigator)
    assert 'hx-trigger="every 2s"' in browser.get(page).text
    dossiers.build(dossier)
    answer = browser.get(page).text
    assert "signing key" in answer
    assert 'hx-trigger="every' not in answer


def test_the_same_queries_for_3_and_30_dossiers(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    page = reverse("evidence:dossier-list", args=[case.reference])
    browser = sign_in(investigator)
    counts = []
    for number in (3, 30):
        for _ in range(number - case.dossiers.count()):
            dossiers.build(dossiers.request(case, actor=investigator))
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_custody_that_goes_on_meanwhile_is_read_again(
    told_case: Case, prosecutor: User, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = custody.chains, []

    def chains(rows: list[object]) -> list[custody.Chain]:
        calls.append(1)
        if len(calls) == 1:
            exhibit = told_case.exhibits.latest("pk")
            assert exhibit.holder is not None
            custody.examine(exhibit, actor=exhibit.holder, note="Looked at again")
        return real(rows)  # type: ignore[arg-type]

    monkeypatch.setattr("evidence.custody.chains", chains)
    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.failure == ""
    assert len(calls) == 2

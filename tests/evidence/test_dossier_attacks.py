"""Dossiers under hostile hands: files put in the way, workers killed, rows and files edited."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from casework import access, clock, roles
from casework.errors import RuleBroken
from casework.models import Case, User
from evidence.dossier.snapshot import Snapshot
from evidence.issuing import dossiers, previews, storing
from evidence.models import Dossier
from evidence.signing import turns
from search.demo.certificates import Made
from tests.evidence.signing_scenes import built, root, sign_all, sign_one, small_case  # noqa: F401

Commit = Callable[..., AbstractContextManager[list[Any]]]
AGAIN = "Make the bundle again"


def page(dossier: Dossier, name: str = "", *more: int) -> str:
    keys = [dossier.case.reference, dossier.number, *more]
    return reverse(f"evidence:dossier{name}", args=keys)


def in_the_way(case: Case) -> list[Path]:
    """The files of a dossier 1 whose row is lost, as after a database was put back."""
    name = f"{case.reference}-D1"
    folder = storing.folder_of(name)
    folder.mkdir(parents=True)
    found = [folder / "volume-1.pdf", storing.bundle_path(name)]
    for path in found:
        path.write_bytes(b"issued")
    return found


def test_what_was_issued_before_the_database_was_put_back_is_not_removed(
    small_case: Case,  # noqa: F811
    prosecutor: User,
) -> None:
    there = in_the_way(small_case)
    dossier = dossiers.request(small_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.FAILED
    assert "exists already" in dossier.failure
    assert [path.read_bytes() for path in there] == [b"issued"] * 2
    second = dossiers.request(small_case, actor=prosecutor)
    dossiers.build(second)
    second.refresh_from_db()
    assert (second.number, second.state) == (2, Dossier.State.ISSUED)


def test_stopping_removes_no_files_of_another(
    small_case: Case,  # noqa: F811
    prosecutor: User,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    there = in_the_way(small_case)
    dossier = dossiers.request(small_case, actor=prosecutor)
    with django_capture_on_commit_callbacks(execute=True):
        dossiers.stop(dossier, actor=prosecutor)
    assert [path.read_bytes() for path in there] == [b"issued"] * 2


def test_bundles_half_packed_by_killed_workers_go(built: Dossier, root: Made) -> None:  # noqa: F811
    left = [storing.beside_bundle(built.name) for _try in range(2)]
    left[1] = left[1].with_name(f"{left[1].name}.part")
    for path in left:
        path.write_bytes(b"half")
    sign_all(built, root)
    dossiers.issue(built)
    assert not any(path.exists() for path in left)
    assert dossiers.bundle_path(Dossier.objects.get(pk=built.pk)).is_file()


def test_they_go_when_it_is_stopped_too(
    built: Dossier,  # noqa: F811
    prosecutor: User,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    left = storing.beside_bundle(built.name)
    left.write_bytes(b"half")
    with django_capture_on_commit_callbacks(execute=True):
        dossiers.stop(built, actor=prosecutor)
    assert not left.exists()
    assert not storing.folder_of(built.name).exists()


def silent(dossier: Dossier) -> None:
    """As if a worker had been killed, with no time to say so."""
    dossier.refresh_from_db()
    rows = Dossier.objects.filter(pk=dossier.pk, state=Dossier.State.BUILT)
    assert rows.update(told_at=clock.now() - timedelta(minutes=20)) == 1


def test_a_bundle_whose_worker_was_killed_is_made_again_from_the_page(
    built: Dossier,  # noqa: F811
    root: Made,  # noqa: F811
    prosecutor: User,
    sign_in: Callable[[User], Client],
) -> None:
    sign_all(built, root)
    browser = sign_in(prosecutor)
    assert AGAIN not in browser.get(page(built)).text
    assert browser.post(page(built, "-retry")).status_code == 409  # it is under way
    silent(built)
    assert AGAIN in browser.get(page(built)).text
    browser.post(page(built, "-retry"))
    built.refresh_from_db()
    assert built.state in (Dossier.State.BUILT, Dossier.State.ISSUED)
    assert AGAIN not in browser.get(page(built)).text


def test_so_is_one_that_nobody_signs(
    small_case: Case,  # noqa: F811
    prosecutor: User,
    sign_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = dossiers.request(small_case, actor=prosecutor)
    with monkeypatch.context() as killed:
        killed.setattr(dossiers, "issue", lambda dossier: None)
        dossiers.build(dossier)
    silent(dossier)
    assert AGAIN in sign_in(prosecutor).get(page(dossier)).text
    turns.retry(Dossier.objects.get(pk=dossier.pk), actor=prosecutor)
    dossiers.issue_signed(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.ISSUED


def test_a_volume_whose_signature_was_taken_off_is_not_issued(built: Dossier, root: Made) -> None:  # noqa: F811
    sign_one(built, root)
    for volume in built.volumes.all():
        path = storing.absolute(volume.path)
        data = path.read_bytes()[: volume.unsigned_size]
        path.chmod(0o600)
        path.write_bytes(data)
        built.volumes.filter(pk=volume.pk).update(digest=hashlib.sha256(data).hexdigest())
    built.refresh_from_db()
    sign_all(built, root)
    with pytest.raises(RuleBroken, match="Tell the administrator"):
        dossiers.issue(built)


def test_a_changed_file_is_not_handed_out(
    built: Dossier,  # noqa: F811
    root: Made,  # noqa: F811
    prosecutor: User,
    sign_in: Callable[[User], Client],
) -> None:
    sign_all(built, root)
    dossiers.issue_signed(built)
    built.refresh_from_db()
    browser = sign_in(prosecutor)
    volume = built.volumes.get()
    for path, at in (
        (storing.absolute(volume.path), page(built, "-volume", 1)),
        (dossiers.bundle_path(built), page(built, "-bundle")),
    ):
        assert browser.get(at).status_code == 200
        path.chmod(0o600)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        assert browser.get(at).status_code == 409
    digest = hashlib.sha256(storing.absolute(volume.path).read_bytes()).hexdigest()
    built.volumes.update(digest=digest)  # whoever edits the disk can edit the row
    assert browser.get(page(built, "-volume", 1)).status_code == 409


def test_a_preview_is_closed_to_who_may_see_sensitive_things_no_more(
    small_case: Case,  # noqa: F811
    investigator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Snapshot, "has_sensitive", property(lambda self: True))
    asked = previews.ask(small_case, actor=investigator)
    previews.run(small_case, investigator, asked.run)
    assert previews.volume_path(small_case, investigator, 1).is_file()
    real = access.can
    monkeypatch.setattr(
        access, "can", lambda user, case, act: act != roles.SENSITIVE and real(user, case, act)
    )
    with pytest.raises(Http404):
        previews.volume_path(small_case, investigator, 1)

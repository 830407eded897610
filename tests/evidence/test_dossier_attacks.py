"""Dossiers under hostile hands: files put in the way, workers killed, rows and files edited."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from casework.models import Case, User
from evidence.issuing import dossiers, storing
from evidence.models import Dossier
from search.demo.certificates import Made
from tests.evidence.signing_scenes import built, root, sign_all, small_case  # noqa: F401

Commit = Callable[..., AbstractContextManager[list[Any]]]


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

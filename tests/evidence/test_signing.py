"""Signing a dossier in turn: who may, what is written, what pyHanko and pdfsig say of it."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.http import Http404
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from casework import access
from casework.errors import Conflict, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.issuing import dossiers, storing
from evidence.models import Dossier
from evidence.signing import checking, turns, volumes
from evidence.verifier import cli
from search.demo import certificates
from search.demo.certificates import Made
from tests.evidence import signing_scenes as scenes
from tests.evidence import verapdf
from tests.evidence.signing_scenes import built, root, small_case
from tests.evidence.stamp_authority import Authority, authority

__all__ = ["authority", "built", "root", "small_case"]


@pytest.fixture
def signed(
    built: Dossier, root: Made, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Dossier:
    with django_capture_on_commit_callbacks(execute=True):
        scenes.sign_all(built, root)
    built.refresh_from_db()
    return built


def paths(dossier: Dossier) -> list[Path]:
    return [storing.absolute(volume.path) for volume in dossier.volumes.all()]


def test_both_sign_and_the_bundle_is_made_after_the_last(signed: Dossier, ledger_key: Path) -> None:
    assert signed.state == Dossier.State.ISSUED, signed.failure
    assert cli.main([str(dossiers.bundle_path(signed)), "--key", str(ledger_key)]) == 0
    acts = AuditEntry.objects.filter(case=signed.case, action="dossier.sign")
    assert acts.count() == 2


def test_the_signed_file_begins_with_the_bytes_of_the_build(built: Dossier, root: Made) -> None:
    before = [path.read_bytes() for path in paths(built)]
    scenes.sign_all(built, root)
    after = [path.read_bytes() for path in paths(built)]
    assert all(new.startswith(old) and new != old for old, new in zip(before, after, strict=True))


def test_pyhanko_finds_both_signatures_whole_valid_and_trusted(signed: Dossier, root: Made) -> None:
    for path in paths(signed):
        seen = checking.examine(path, [root.certificate])
        assert len(seen) == 2
        for one in seen:
            assert (one.is_intact, one.is_valid, one.is_trusted, one.is_whole) == (True,) * 4
        assert seen[0].reason == f"{scenes.INVESTIGATES}, dossier {signed.name}"


def test_another_root_is_not_trusted(signed: Dossier) -> None:
    seen = checking.examine(paths(signed)[0], [certificates.root("Another").certificate])
    assert [one.is_trusted for one in seen] == [False, False]
    assert [one.is_valid for one in seen] == [True, True]


def test_pdfsig_agrees(signed: Dossier) -> None:
    if shutil.which("pdfsig") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("pdfsig is missing: signatures cannot be checked with it")
        pytest.skip("pdfsig (poppler-utils) is not installed")
    told = subprocess.run(
        ["pdfsig", "-nocert", str(paths(signed)[0])], capture_output=True, text=True, check=False
    ).stdout
    assert told.count("Signature is Valid") == 2
    assert told.count("ETSI.CAdES.detached") == 2


def test_a_signed_volume_stays_archival(signed: Dossier) -> None:
    assert verapdf.broken_rules(paths(signed)) == {path: [] for path in paths(signed)}


def test_a_page_put_behind_the_signatures_is_found(
    signed: Dossier, root: Made, tmp_path: Path
) -> None:
    """An increment leaves every signed byte as it was, and still changes what is read."""
    spoiled = tmp_path / "spoiled.pdf"
    with paths(signed)[0].open("rb") as read, spoiled.open("wb") as out:
        writer = IncrementalPdfFileWriter(read, strict=False)
        turn(writer)
        writer.write(out)  # type: ignore[no-untyped-call]
    seen = checking.examine(spoiled, [root.certificate])
    assert [one.is_valid for one in seen] == [True, True]
    assert [one.is_whole for one in seen] == [False, False]


def turn(writer: Any) -> None:
    page, _box = writer.find_page_for_modification(0)
    page.get_object()["/Rotate"] = generic.NumberObject(180)  # type: ignore[no-untyped-call]
    writer.update_container(page.get_object())


def test_the_seal_of_the_agency_comes_last(
    built: Dossier,
    root: Made,
    tmp_path: Path,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    seal_with(settings, tmp_path, certificates.make("Wildlife Service", root))
    with django_capture_on_commit_callbacks(execute=True):
        scenes.sign_all(built, root)
    built.refresh_from_db()
    seen = checking.examine(paths(built)[0], [root.certificate])
    assert [one.name for one in seen][-1] == "Wildlife Service"
    assert [(one.is_valid, one.is_whole, one.is_trusted) for one in seen] == [(True,) * 3] * 3
    assert (built.state, leftovers(built)) == (Dossier.State.ISSUED, [])
    assert AuditEntry.objects.filter(action="dossier.seal").count() == 1


def seal_with(
    settings: Settings, folder: Path, made: Made, passphrase: str = scenes.PASSPHRASE
) -> None:
    (folder / "seal.p12").write_bytes(made.packed(scenes.PASSPHRASE))
    (folder / "seal.txt").write_text(f"{passphrase}\n")
    settings.CERTIFICATE_FILE = str(folder / "seal.p12")
    settings.CERTIFICATE_PASSPHRASE_FILE = str(folder / "seal.txt")


def test_a_dossier_that_nobody_signs_is_sealed(
    small_case: Case, prosecutor: User, root: Made, tmp_path: Path, settings: Settings
) -> None:
    seal_with(settings, tmp_path, certificates.make("Wildlife Service", root))
    dossier = dossiers.request(small_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.ISSUED
    (one,) = checking.examine(paths(dossier)[0], [root.certificate])
    assert one.is_whole
    assert one.is_trusted


def test_a_seal_that_does_not_open_is_told_on_the_row(
    built: Dossier,
    root: Made,
    tmp_path: Path,
    prosecutor: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    seal_with(settings, tmp_path, certificates.make("Wildlife Service", root), "another")
    with django_capture_on_commit_callbacks(execute=True):
        scenes.sign_all(built, root)
    built.refresh_from_db()
    assert "passphrase" in built.failure
    seal_with(settings, tmp_path, certificates.make("Wildlife Service", root))
    turns.retry(built, actor=prosecutor)
    built.refresh_from_db()
    assert built.state == Dossier.State.ISSUED


def test_a_changed_byte_breaks_both_signatures(signed: Dossier, tmp_path: Path) -> None:
    data = bytearray(paths(signed)[0].read_bytes())
    place = data.index(b"stream") + 40
    data[place] ^= 1
    spoiled = tmp_path / "spoiled.pdf"
    spoiled.write_bytes(data)
    assert [one.is_intact for one in checking.examine(spoiled)] == [False, False]


def test_a_stamp_of_a_real_authority(
    built: Dossier, root: Made, authority: Authority, settings: Settings
) -> None:
    scenes.sign_all(built, root)
    stamps = checking.read_roots(str(authority.certificates))
    for one in checking.examine(paths(built)[0], [root.certificate], stamps):
        assert one.stamped_at is not None
        assert one.is_stamp_trusted
    row = built.signatures.earliest("turn")
    assert row.time_stamped_at is not None
    assert row.authority == settings.TIMESTAMP_URL


def test_a_silent_authority_is_told_and_can_be_done_without(
    built: Dossier, root: Made, authority: Authority, investigator: User
) -> None:
    authority.is_silent = True
    opened = scenes.credentials("Amina Wekesa", root)
    with pytest.raises(volumes.NotStamped):
        turns.sign(built, opened, actor=investigator)
    assert leftovers(built) == []
    turns.sign(built, opened, actor=investigator, with_stamp=False)
    assert built.signatures.earliest("turn").time_stamped_at is None


def leftovers(dossier: Dossier) -> list[Path]:
    """Files of volumes that no row names."""
    return sorted(set(storing.folder_of(dossier.name).glob("*.pdf")) - set(paths(dossier)))


def test_nobody_signs_out_of_turn(built: Dossier, root: Made, prosecutor: User) -> None:
    with pytest.raises(turns.NotYourTurn):
        turns.sign(built, scenes.credentials("Pia", root), actor=prosecutor)


def test_nobody_signs_twice(built: Dossier, root: Made, investigator: User) -> None:
    opened = scenes.credentials("Amina Wekesa", root)
    turns.sign(built, opened, actor=investigator)
    with pytest.raises(Conflict):
        turns.sign(built, opened, actor=investigator)


def test_who_lost_the_right_does_not_sign(
    built: Dossier, root: Made, investigator: User, prosecutor: User
) -> None:
    turns.sign(built, scenes.credentials("Amina Wekesa", root), actor=investigator)
    access.revoke(
        built.case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved on"
    )
    with pytest.raises(Http404):
        turns.sign(built, scenes.credentials("Pia", root), actor=prosecutor)


def test_the_old_volumes_go_when_the_new_ones_stand(signed: Dossier) -> None:
    assert all(files.digest_of(storing.absolute(v.path)) == v.digest for v in signed.volumes.all())
    assert leftovers(signed) == []


def test_a_damaged_volume_is_not_signed(built: Dossier, root: Made, investigator: User) -> None:
    path = paths(built)[0]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RuleBroken, match="not the one that was built"):
        turns.sign(built, scenes.credentials("Amina Wekesa", root), actor=investigator)


def test_refusing_stops_the_dossier_with_its_reason(built: Dossier, investigator: User) -> None:
    with pytest.raises(RuleBroken):
        turns.refuse(built, actor=investigator, reason=" ")
    turns.refuse(built, actor=investigator, reason="Exhibit 2 is not mine")
    built.refresh_from_db()
    assert built.state == Dossier.State.STOPPED
    assert "Exhibit 2 is not mine" in built.failure
    with pytest.raises(turns.NotYourTurn):
        turns.refuse(built, actor=investigator, reason="Again")


def test_a_bundle_that_failed_is_tried_again(
    built: Dossier,
    root: Made,
    prosecutor: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    packing = storing.folder_of(built.name) / "packing.json"
    hidden = packing.rename(packing.with_name("hidden"))
    with django_capture_on_commit_callbacks(execute=True):
        scenes.sign_all(built, root)
    built.refresh_from_db()
    assert (built.state, bool(built.failure)) == (Dossier.State.BUILT, True)
    hidden.rename(packing)
    turns.retry(built, actor=prosecutor)
    built.refresh_from_db()
    assert built.state == Dossier.State.ISSUED
    with pytest.raises(Conflict):
        turns.retry(built, actor=prosecutor)


def test_a_seal_or_roots_that_cannot_be_read_are_told_at_the_start(
    settings: Settings, tmp_path: Path
) -> None:
    seal_with(settings, tmp_path, certificates.make("Wildlife Service"), "another")
    settings.TRUST_ROOTS = str(tmp_path / "absent.pem")
    told = {message.id for message in run_checks(tags=["casework"])}
    assert {"evidence.E008", "evidence.W005"} <= told
    seal_with(settings, tmp_path, certificates.make("Wildlife Service"))
    settings.TRUST_ROOTS = ""
    told = {message.id for message in run_checks(tags=["casework"])}
    assert not {"evidence.E008", "evidence.W005"} & told


def test_a_changed_page_in_the_bundle_is_named_by_its_volume(
    signed: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(dossiers.bundle_path(signed).read_bytes())
    data[data.index(b"%PDF") + 5000] ^= 1
    changed = tmp_path / "changed.zip"
    changed.write_bytes(data)
    assert cli.main([str(changed)]) == 1
    assert f"/data/dossier/{signed.name}-dossier-1.pdf" in capsys.readouterr().out

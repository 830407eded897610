"""`verify_files` re-hashes the store and names what is missing or altered."""

import errno
import json
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command

from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.filestore import file_check
from evidence.management.commands import verify_files
from evidence.models import Attachment, StoredFile
from tests.evidence.acts import tusks
from tests.evidence.pictures import jpeg, upload


@pytest.fixture
def photo(case: Case, investigator: User) -> Attachment:
    exhibit = tusks(case, investigator)
    return files.attach(
        case, upload=upload(jpeg()), kind="photograph", exhibit=exhibit, actor=investigator
    )


def verify(*options: str) -> tuple[int, str]:
    """Exit status and what was printed."""
    out = StringIO()
    try:
        call_command("verify_files", *options, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_whole_files_are_counted(photo: Attachment) -> None:
    assert verify() == (0, "1 files intact, 0 missing or altered\n")


def test_one_altered_byte_is_named_with_its_case_and_exhibit(photo: Attachment) -> None:
    path = files.path_of(photo.file.digest)
    path.chmod(0o640)
    path.write_bytes(b"\x00" + path.read_bytes()[1:])
    status, said = verify()
    assert status == 1
    assert f"altered: {photo.file.digest}" in said
    assert f"{photo.case.reference}/E1: photo.jpg" in said


def test_a_missing_file_is_named(photo: Attachment) -> None:
    files.path_of(photo.file.digest).unlink()
    status, said = verify("--json")
    assert status == 1
    (fault,) = json.loads(said)["faults"]
    assert (fault["what"], fault["digest"]) == ("missing", photo.file.digest)


def test_a_file_without_a_row_is_named_and_harmless(photo: Attachment) -> None:
    stray = files.path_of("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    status, said = verify()
    assert status == 0
    assert "without a row: abab" in said


def several(case: Case, actor: User, number: int = 4) -> list[Attachment]:
    return [
        files.attach(case, upload=upload(jpeg(10 + n, 10)), kind="photograph", actor=actor)
        for n in range(number)
    ]


def spoil(attachment: Attachment) -> None:
    path = files.path_of(attachment.file.digest)
    path.chmod(0o640)
    path.write_bytes(b"spoilt" + path.read_bytes()[6:])


def stop_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a check that is stopped like by a kill: it saved its place after each file."""
    seen = 0

    def look(stored: StoredFile) -> file_check.Fault | None:
        nonlocal seen
        seen += 1
        if seen > number:
            raise KeyboardInterrupt
        return looked(stored)

    looked = file_check.look_at
    monkeypatch.setattr(file_check, "SECONDS_BETWEEN_SAVES", 0.0)
    with monkeypatch.context() as patch:
        patch.setattr(file_check, "look_at", look)
        with pytest.raises(KeyboardInterrupt):
            verify()


def test_a_stopped_check_goes_on_where_it_came_to(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(several(case, investigator)[0])
    stop_after(2, monkeypatch)
    looked = mock.Mock(side_effect=file_check.look_at)
    monkeypatch.setattr(file_check, "look_at", looked)
    status, said = verify("--resume", "--json")
    told = json.loads(said)
    assert (status, looked.call_count) == (1, 2)
    assert (told["intact"], told["broken"], told["resumed_after"]) == (3, 1, 2)
    assert [fault["what"] for fault in told["faults"]] == ["altered"]  # found before the stop


@pytest.mark.parametrize("options", [(), ("--restart",)])
def test_without_being_told_to_go_on_it_begins_anew(
    options: tuple[str, ...],
    case: Case,
    investigator: User,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    several(case, investigator)
    stop_after(2, monkeypatch)
    status, said = verify(*options)
    assert (status, said) == (0, "4 files intact, 0 missing or altered\n")
    assert ("stopped after 2 files" in capsys.readouterr().err) == (not options)


def test_progress_tells_files_bytes_rate_and_what_is_left(
    case: Case,
    investigator: User,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    several(case, investigator, 3)
    monkeypatch.setattr(file_check, "SECONDS_BETWEEN_SAVES", 0.0)
    monkeypatch.setattr(verify_files, "SECONDS_BETWEEN_LINES", 0.0)
    verify()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("1 of 3 files, ")
    assert "/s, " in lines[0]
    assert lines[0].endswith(" left")


def test_the_outcome_is_audited_and_a_fault_stays_until_it_is_mended(
    case: Case, investigator: User
) -> None:
    kept, *_others = several(case, investigator, 2)
    whole = files.path_of(kept.file.digest).read_bytes()
    spoil(kept)
    verify()
    verify()
    assert [row.what for row in file_check.open_faults()] == ["altered"]
    assert AuditEntry.objects.filter(action="file.fault", case=case).count() == 1
    outcome = AuditEntry.objects.filter(action="file.check").order_by("-pk")[0]
    assert (outcome.detail["intact"], outcome.detail["broken"]) == (1, 1)
    files.path_of(kept.file.digest).write_bytes(whole)
    assert verify()[0] == 0
    assert not file_check.open_faults().exists()
    assert AuditEntry.objects.filter(action="file.whole", case=case).count() == 1


def test_a_file_that_the_disk_does_not_give_is_named(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(case, investigator, 1)

    def refuse(path: Path) -> str:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "digest_of", refuse)
    status, said = verify()
    assert status == 1
    assert said.startswith("unreadable: ")


def test_rows_are_read_page_by_page(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(case, investigator, 5)
    monkeypatch.setattr(file_check, "ROWS", 2)
    assert verify() == (0, "5 files intact, 0 missing or altered\n")

"""`verify_files` re-hashes the store and names what is missing or altered."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from casework.models import Case, User
from evidence import files
from evidence.models import Attachment
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

"""Files are durable, named by their digest, never overwritten, and refused with a reason."""

import hashlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import Settings

from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.filestore import file_check, uploads
from evidence.models import Attachment, StoredFile
from tests.evidence.pictures import jpeg, upload


@pytest.mark.django_db(transaction=True)
def test_the_bytes_are_kept_under_their_digest(investigator: User) -> None:
    stored = files.store(upload(jpeg()), actor=investigator)
    path = files.path_of(stored.digest)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == stored.digest
    assert path.stat().st_mode & 0o222 == 0
    assert stored.media_type == "image/jpeg"
    assert not list(uploads.incoming_folder().glob("*"))


def test_the_same_bytes_are_stored_once(investigator: User) -> None:
    first = files.store(upload(jpeg()), actor=investigator)
    written = files.path_of(first.digest).stat().st_mtime_ns
    assert files.store(upload(jpeg()), actor=investigator) == first
    assert files.path_of(first.digest).stat().st_mtime_ns == written


def test_a_damaged_file_is_never_overwritten(investigator: User) -> None:
    path = files.path_of(files.store(upload(jpeg()), actor=investigator).digest)
    path.chmod(0o640)
    path.write_bytes(b"altered")
    with pytest.raises(files.Damaged):
        files.store(upload(jpeg()), actor=investigator)
    assert path.read_bytes() == b"altered"


def test_an_empty_file_is_refused(case: Case, investigator: User) -> None:
    with pytest.raises(files.Refused, match="is empty"):
        files.attach(case, upload=upload(b""), kind="photograph", actor=investigator)
    assert not Attachment.objects.exists()


def test_a_file_past_the_limit_is_refused(
    case: Case, investigator: User, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(files.Refused, match="larger than"):
        files.attach(case, upload=upload(b"x" * 11), kind="other", actor=investigator)
    assert not StoredFile.objects.exists()


def test_a_file_that_lies_about_its_type_is_kept_and_said_so(
    case: Case, investigator: User
) -> None:
    kept = files.attach(
        case, upload=upload(b"MZ\x90\x00 not a picture"), kind="photograph", actor=investigator
    )
    assert kept.file.media_type == "application/x-msdownload"
    assert kept.has_false_type


def test_the_name_is_cleaned_and_never_a_path(case: Case, investigator: User) -> None:
    kept = files.attach(
        case, upload=upload(jpeg(), "../../a\u202egpj.exe"), kind="photograph", actor=investigator
    )
    assert kept.name == "agpj.exe"
    assert files.path_of(kept.file.digest).name == kept.file.digest


@pytest.mark.parametrize("digest", ["../../../etc/passwd", "A" * 64, "", "ab/cd"])
def test_only_a_digest_becomes_a_path(digest: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.path_of(digest)


def test_a_prosecutor_may_not_attach(case: Case, prosecutor: User) -> None:
    with pytest.raises(NotAllowed):
        files.attach(case, upload=upload(jpeg()), kind="photograph", actor=prosecutor)
    assert not StoredFile.objects.exists()


def test_attaching_is_audited(case: Case, investigator: User) -> None:
    kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    entry = AuditEntry.objects.get(action="file.attach")
    assert entry.detail["digest"] == kept.file.digest


def test_a_photograph_is_not_taken_in_the_future(case: Case, investigator: User) -> None:
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="camera"):
        files.attach(
            case, upload=upload(jpeg()), kind="photograph", actor=investigator, taken_at=later
        )


def test_a_kill_before_the_row_leaves_whole_bytes_that_can_be_sent_again(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(StoredFile.objects, "get_or_create", killed)
        with pytest.raises(KeyboardInterrupt):
            files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    assert len(list(file_check.unnamed())) == 1
    files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    assert list(file_check.unnamed()) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_bytes_behind(case: Case, investigator: User) -> None:
    def fail() -> None:
        with transaction.atomic():
            files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
            raise DatabaseError("gone")

    with pytest.raises(DatabaseError):
        fail()
    assert files.settle() == 1
    assert list(file_check.unnamed()) == []
    files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    assert files.settle() == 0


def leave_behind(content: bytes) -> None:
    """What a kill leaves whose row was committed: the bytes have two names."""
    with uploads.Incoming() as left:
        left.write(content)
        left.is_owed = True


@pytest.mark.django_db(transaction=True)
def test_sweeping_up_spares_bytes_that_a_record_names(case: Case, investigator: User) -> None:
    kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    leave_behind(jpeg())
    assert files.settle() == 1
    assert files.path_of(kept.file.digest).is_file()


@pytest.mark.django_db(transaction=True)
def test_sweeping_up_waits_for_an_act_that_is_not_yet_committed(
    case: Case, investigator: User
) -> None:
    with transaction.atomic():
        kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
        assert files.settle() == 0
    assert files.settle() == 0
    assert files.path_of(kept.file.digest).is_file()
    assert not list(uploads.incoming_folder().iterdir())


@pytest.mark.django_db
def test_a_killed_upload_leaves_nothing_under_a_final_name(settings: Settings) -> None:
    program = (
        "import os, sys; from pathlib import Path; from django.conf import settings;"
        "settings.configure(FILES_DIR=Path(sys.argv[1]));"
        "from evidence.filestore import uploads; f = uploads.Incoming(); f.write(b'half');"
        "f.flush(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(settings.FILES_DIR)], check=False)
    (left,) = settings.FILES_DIR.rglob("upload-*")
    assert left.parent.name == "incoming"
    with uploads.Incoming():  # another upload is on its way: nothing is touched
        assert files.settle() == 0
    assert files.settle() == 1
    assert not list(settings.FILES_DIR.rglob("upload-*"))


def test_a_file_system_without_links_keeps_the_bytes_too(
    investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, source: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    stored = files.store(upload(jpeg()), actor=investigator)
    assert files.digest_of(files.path_of(stored.digest)) == stored.digest
    assert not list(files.path_of(stored.digest).parent.glob("*.part"))


def test_what_is_said_of_a_file_may_change_and_is_audited(case: Case, investigator: User) -> None:
    kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    files.amend(kept, caption="The seal", kind="document", is_sensitive=True, actor=investigator)
    kept.refresh_from_db()
    assert (kept.caption, kept.is_sensitive) == ("The seal", True)
    assert AuditEntry.objects.filter(action="file.amend").count() == 1


def test_a_file_that_was_hidden_meanwhile_is_not_shown_again_by_a_caption(
    case: Case, investigator: User
) -> None:
    kept = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    read_before = Attachment.objects.get(pk=kept.pk)
    files.amend(kept, caption="", kind="photograph", is_sensitive=True, actor=investigator)
    with pytest.raises(Conflict):
        files.amend(
            read_before, caption="The seal", kind="photograph", is_sensitive=False,
            actor=investigator,
        )  # fmt: skip
    kept.refresh_from_db()
    assert kept.is_sensitive

"""From a file that is attached to its words in the index: waiting, read, failed, read again."""

import pytest
from django.core.management import call_command

from casework.models import Case, User
from evidence import files
from evidence.models import Attachment
from search import sync
from search.models import FileText
from search.reading import extraction, keeping, pictures, working
from search.reading.extraction import Found
from tests.evidence.pictures import jpeg, upload
from tests.search.conftest import Find

pytestmark = pytest.mark.django_db
LETTER = b"Forty bags of tamarind for the godown at Shimanzi"


def attach(case: Case, actor: User, content: bytes = LETTER, **fields: object) -> Attachment:
    sent = upload(content, "letter.txt", "text/plain")
    return files.attach(case, upload=sent, kind="document", actor=actor, **fields)  # type: ignore[arg-type]


def words_of(attachment: Attachment) -> FileText:
    return FileText.objects.get(file=attachment.file_id)


def test_an_attached_file_waits_and_is_found_once_it_is_read(
    case: Case, investigator: User, find: Find
) -> None:
    sync.rebuild()
    letter = attach(case, investigator)
    assert words_of(letter).state == "waiting"
    assert working.work() == 1
    sync.catch_up()
    assert words_of(letter).state == "read"
    assert find(investigator, "godown") == {"file: letter.txt"}


def test_a_file_in_several_cases_is_read_once_and_found_in_each(
    case: Case, investigator: User, find: Find
) -> None:
    sync.rebuild()
    attach(case, investigator)
    attach(case, investigator, caption="again")
    assert working.work() == 1
    sync.catch_up()
    assert FileText.objects.count() == 1
    assert len(find(investigator, "godown")) == 1  # of one name
    assert not [key for keys in sync.drift().values() for key in keys if key.startswith("file:")]


def test_words_of_a_sensitive_file_are_found_by_the_trusted_alone(
    case: Case, investigator: User, custodian: User, outsider: User, find: Find
) -> None:
    sync.rebuild()
    attach(case, investigator, is_sensitive=True)
    working.work()
    sync.catch_up()
    assert find(investigator, "godown") == {"file: letter.txt"}
    assert find(custodian, "godown") == set()
    assert find(outsider, "godown") == set()


def test_a_failure_is_tried_three_times_and_blocks_nobody(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = attach(case, investigator, b"broken"), attach(case, investigator)
    real = extraction.read

    def read(stored: object) -> Found:
        return Found(reason="crash") if stored == broken.file else real(stored)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "read", read)
    assert working.work() == 4
    assert (words_of(broken).state, words_of(broken).reason) == ("unread", "crash")
    assert (words_of(broken).attempts, words_of(whole).state) == (3, "read")


def test_a_reader_killed_with_its_process_is_given_up_after_three_attempts(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = attach(case, investigator)

    def killed(stored: object) -> Found:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(extraction, "read", killed)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                working.work()
    assert working.work() == 1
    assert (words_of(letter).state, words_of(letter).reason) == ("unread", "crash")


def test_a_picture_waits_for_the_day_it_can_be_read(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = attach(case, investigator, jpeg(400, 100))
    monkeypatch.setattr(pictures, "version", lambda: "")
    working.work()
    assert (words_of(photo).state, words_of(photo).reason) == ("unread", "no_ocr")
    monkeypatch.setattr(pictures, "version", lambda: "5.0")
    monkeypatch.setattr(pictures, "of_picture", lambda stored, path: "MANIFEST of the vessel")
    call_command("read_files", verbosity=0)
    assert words_of(photo).state == "read"
    assert [page.place for page in words_of(photo).pages.all()] == ["picture:"]


def test_read_files_reads_what_was_attached_before(case: Case, investigator: User) -> None:
    letter = attach(case, investigator)
    FileText.objects.all().delete()
    call_command("read_files", verbosity=0)
    assert words_of(letter).state == "read"


def test_read_again_keeps_the_words_until_they_are_replaced(case: Case, investigator: User) -> None:
    letter = attach(case, investigator)
    working.work()
    keeping.want_again()
    assert words_of(letter).pages.count() == 1
    call_command("read_files", "--again", verbosity=0)
    assert words_of(letter).pages.count() == 1

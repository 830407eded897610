"""The pages of a redacted copy: who may, what is marked, made, looked at and recorded."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import access
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, CaseUserGrant, User
from evidence import files
from evidence.disclosure import things
from evidence.filestore import restricted
from evidence.models import Attachment, Derivation, Redaction
from evidence.redaction import carrying_out, engine, marking, redactions
from tests.evidence import redaction_scenes as scenes
from tests.evidence.acts import text
from tests.evidence.pictures import jpeg, upload
from tests.evidence.redaction_scenes import CANARY

SignIn = Callable[[User], Client]
PAPER = "application/pdf"


def attached(case: Case, actor: User, content: bytes, *, is_sensitive: bool = False) -> Attachment:
    sent = upload(content, "statement.pdf", PAPER)
    return files.attach(case, upload=sent, kind="document", actor=actor, is_sensitive=is_sensitive)


@pytest.fixture
def statement(case: Case, investigator: User) -> Attachment:
    return attached(case, investigator, scenes.everywhere())


@pytest.fixture
def begun(statement: Attachment, prosecutor: User) -> Redaction:
    return redactions.begin(statement, purpose="Disclosure", actor=prosecutor)


@pytest.fixture
def made(begun: Redaction, prosecutor: User) -> Redaction:
    marking.mark(begun, words=CANARY, ground="Safety of a witness", actor=prosecutor)
    return carried_out(begun, prosecutor)


def carried_out(redaction: Redaction, actor: User) -> Redaction:
    redactions.ask(redaction, actor=actor)
    redaction.refresh_from_db()
    carrying_out.carry_out(redaction, actor=actor)
    redaction.refresh_from_db()
    return redaction


def address(redaction: Redaction, page: int = 1) -> str:
    reference = redaction.original.case.reference
    return reverse("evidence:redaction", args=[reference, redaction.pk]) + f"?page={page}"


def test_the_copy_is_a_file_that_names_its_original(made: Redaction) -> None:
    assert made.failure == ""
    copy = made.result
    assert copy is not None
    assert copy.name == f"redacted-{made.pk}.pdf"
    row = Derivation.objects.get(attachment=copy)
    assert (row.original, row.kind) == (made.original, Derivation.Kind.REDACTED)
    content = files.path_of(copy.file.digest).read_bytes()
    assert CANARY.encode() not in content


def test_the_original_is_untouched(made: Redaction) -> None:
    content = files.path_of(made.original.file.digest).read_bytes()
    assert content == scenes.everywhere() or CANARY.encode() in content


def test_words_are_found_before_anything_is_done(begun: Redaction, prosecutor: User) -> None:
    row = marking.mark(begun, words=CANARY.upper(), ground="A child", actor=prosecutor)
    assert row.found == [[1, 1]]
    assert row.times == 1


def test_a_copy_may_leave_only_when_somebody_has_looked(made: Redaction, prosecutor: User) -> None:
    assert things.ready_copies(made.case, prosecutor) == {}
    redactions.look(made, actor=prosecutor)
    ready = things.ready_copies(made.case, prosecutor)
    assert made.result is not None
    assert {key: one.copy.digest for key, one in ready.items()} == {
        made.original_id: made.result.file.digest
    }
    made.refresh_from_db()
    assert made.looked_by == prosecutor


def test_the_newest_copy_counts(made: Redaction, prosecutor: User) -> None:
    redactions.look(made, actor=prosecutor)
    second = redactions.again(made, actor=prosecutor)
    assert [mark.words for mark in second.marks.all()] == [CANARY]
    marking.mark(second, page=2, ground="A child", actor=prosecutor)
    second = carried_out(second, prosecutor)
    redactions.look(second, actor=prosecutor)
    ready = things.ready_copies(made.case, prosecutor)
    assert second.result is not None
    assert {key: one.copy.digest for key, one in ready.items()} == {
        made.original_id: second.result.file.digest
    }
    assert made.marks.count() == 1


def test_what_was_carried_out_stays(made: Redaction, prosecutor: User) -> None:
    with pytest.raises(Conflict):
        marking.mark(made, page=1, ground="A child", actor=prosecutor)
    with pytest.raises(Conflict):
        marking.unmark(made.marks.get(), actor=prosecutor)
    with pytest.raises(Conflict):
        redactions.ask(made, actor=prosecutor)


def test_a_second_worker_makes_no_second_copy(made: Redaction, prosecutor: User) -> None:
    carrying_out.carry_out(made, actor=prosecutor)
    assert Derivation.objects.filter(original=made.original).count() == 1


def test_a_copy_without_a_mark_that_was_made_meanwhile_is_not_kept(
    begun: Redaction, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker had been silent, so the marks were open again; then it came back."""
    marking.mark(begun, page=1, ground="A child", actor=prosecutor)
    report = ({"pages": 2, "drawn": [1]}, scenes.paper(["Copy"]))

    def make(redaction: Redaction) -> object:
        monkeypatch.setattr(redactions, "SILENT", timedelta(0))
        marking.mark(redaction, page=2, ground="Safety of a witness", actor=prosecutor)
        return report

    monkeypatch.setattr(engine, "redacted", make)
    made = carried_out(begun, prosecutor)
    assert (made.result, made.done_at, made.asked_at) == (None, None, None)
    assert "marks were changed" in made.failure


def test_the_copy_of_a_sensitive_file_stays_hidden_until_it_was_looked_at(
    case: Case, investigator: User, prosecutor: User, custodian: User
) -> None:
    hidden = attached(case, investigator, scenes.paper([CANARY]), is_sensitive=True)
    begun = redactions.begin(hidden, purpose="", actor=prosecutor)
    marking.mark(begun, words=CANARY, ground="A child", actor=prosecutor)
    made = carried_out(begun, prosecutor)
    seen = Attachment.objects.visible_to(custodian)
    assert not seen.filter(redacted_by=made).exists()
    redactions.look(made, actor=prosecutor)
    assert seen.filter(redacted_by=made).exists()
    assert things.ready_copies(case, custodian) == {}


def test_nothing_is_made_of_nothing(begun: Redaction, prosecutor: User) -> None:
    with pytest.raises(RuleBroken):
        redactions.ask(begun, actor=prosecutor)


@pytest.mark.parametrize(
    "place",
    [
        {"page": 3}, {"page": 0}, {"box": (0, 0, 10, 10)}, {"words": "."}, {"words": "a"},
        {"page": 1, "box": (9000, 0, 2000, 10)}, {"page": 1, "box": (0, 0, 0, 10)},
        {"page": 1, "words": "tusk"},
    ],
)  # fmt: skip
def test_a_mark_that_covers_nothing_is_refused(
    begun: Redaction, prosecutor: User, place: dict[str, object]
) -> None:
    with pytest.raises(RuleBroken):
        marking.mark(begun, ground="A child", actor=prosecutor, **place)  # type: ignore[arg-type]
    assert begun.marks.count() == 0


def test_a_mark_is_taken_back_and_remembered(begun: Redaction, prosecutor: User) -> None:
    row = marking.mark(begun, page=1, box=(1, 1, 50, 50), ground="A child", actor=prosecutor)
    marking.unmark(row, actor=prosecutor)
    assert begun.marks.count() == 0
    assert [one.history_type for one in row.history.model.objects.all()] == ["-", "+"]


def test_only_papers_and_pictures_that_open(
    case: Case, prosecutor: User, investigator: User
) -> None:
    for content in (b"just words", b"%PDF-1.4 nothing"):
        with pytest.raises(RuleBroken):
            redactions.begin(attached(case, investigator, content), purpose="", actor=prosecutor)
    assert not Redaction.objects.exists()


def test_a_long_document_can_be_begun_all_the_same(
    statement: Attachment, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_asked: object, **_more: object) -> bytes:
        raise restricted.Failed("time")

    monkeypatch.setattr(restricted, "told", slow)
    begun = redactions.begin(statement, purpose="", actor=prosecutor)
    assert begun.findings == {"pages": 2}


def test_a_failure_is_said_and_the_marks_can_be_changed(
    begun: Redaction, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    marking.mark(begun, page=1, ground="A child", actor=prosecutor)
    monkeypatch.setattr(engine, "LARGEST", 10)
    done = carried_out(begun, prosecutor)
    assert "larger" in done.failure
    assert done.result is None
    marking.mark(done, page=2, ground="A child", actor=prosecutor)


def test_who_may(statement: Attachment, custodian: User, outsider: User, manager: User) -> None:
    with pytest.raises(NotAllowed):
        redactions.begin(statement, purpose="", actor=custodian)
    with pytest.raises(Http404):
        redactions.begin(statement, purpose="", actor=outsider)


def test_who_reads_the_case_makes_no_copies(
    colleague: User, begun: Redaction, sign_in: SignIn
) -> None:
    assert sign_in(colleague).get(address(begun)).status_code == 403


def test_everything_is_on_record_but_the_words(made: Redaction, prosecutor: User) -> None:
    rows = AuditEntry.objects.filter(action__startswith="redaction.")
    said = [row.action for row in rows.order_by("pk")]
    assert said == ["redaction.begin", "redaction.mark", "redaction.ask", "redaction.carry_out"]
    assert CANARY not in str(list(rows.values_list("detail", flat=True)))


def test_the_page_marks_makes_and_shows(
    begun: Redaction, prosecutor: User, sign_in: SignIn, django_capture_on_commit_callbacks: object
) -> None:
    browser = sign_in(prosecutor)
    box = {"box-left": "10", "box-top": "5.5", "box-width": "20", "box-height": "3",
           "box-ground": "A child", "do": "box"}  # fmt: skip
    assert browser.post(address(begun), box).status_code == 302
    mark = begun.marks.get()
    assert (mark.left, mark.top, mark.width, mark.height) == (1000, 550, 2000, 300)
    sent = {"words-words": CANARY, "words-ground": "A child", "do": "words"}
    assert browser.post(address(begun), sent).status_code == 302
    page = text(browser.get(address(begun)))
    assert "Found on page 1 (once)" in page
    assert "A child" in page
    carried_out(begun, prosecutor)
    page = text(browser.get(address(begun)))
    assert "Nobody has looked at the copy yet." in page
    assert "in no text, name or hidden place" in page
    assert "looked" in text(browser.post(address(begun), {"do": "look"}))
    done = {"do": "look", "look-has_looked": "on"}
    assert browser.post(address(begun), done).status_code == 302
    assert "May be disclosed" in text(browser.get(address(begun)))


def test_what_was_typed_stays_and_says_why(
    begun: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    sent = {"box-left": "90", "box-top": "0", "box-width": "20", "box-height": "3",
            "box-ground": "A child", "do": "box"}  # fmt: skip
    answer = sign_in(prosecutor).post(address(begun), sent)
    assert answer.status_code == 200
    assert "must lie on the page" in text(answer)
    assert 'value="90"' in answer.content.decode()


def test_a_box_that_was_drawn_stays_where_the_whole_page_needs_its_ground(
    begun: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    sent = {"box-left": "12", "box-top": "3", "box-width": "20", "box-height": "4",
            "box-ground": "", "do": "page"}  # fmt: skip
    said = sign_in(prosecutor).post(address(begun), sent).content.decode()
    assert 'value="12"' in said
    assert 'id="id_box-ground_error"' in said


def test_words_that_are_nowhere_are_said_to_be_nowhere(
    begun: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    browser = sign_in(prosecutor)
    sent = {"words-words": "nowhere at all", "words-ground": "A child", "do": "words"}
    assert "found nowhere in the text" in text(browser.post(address(begun), sent, follow=True))
    sent["words-words"] = CANARY
    assert "The words are marked." in text(browser.post(address(begun), sent, follow=True))


def test_the_page_that_watches_the_making_shows_the_copy_when_it_is_made(
    begun: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    browser = sign_in(prosecutor)
    marking.mark(begun, words=CANARY, ground="Safety of a witness", actor=prosecutor)
    redactions.ask(begun, actor=prosecutor)
    asks = {"HX-Request": "true", "HX-Target": "work",
            "HX-Current-URL": f"http://testserver{address(begun)}"}  # fmt: skip
    where = address(begun).partition("?")[0]
    assert "The copy is being made" in text(browser.get(where, headers=asks))
    carrying_out.carry_out(begun, actor=prosecutor)
    assert browser.get(where, headers=asks).headers["HX-Refresh"] == "true"


def test_waiting_for_the_copy_is_no_look_at_the_original(
    begun: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    marking.mark(begun, words=CANARY, ground="Safety of a witness", actor=prosecutor)
    redactions.ask(begun, actor=prosecutor)
    sign_in(prosecutor).get(address(begun))
    assert not AuditEntry.objects.filter(action="redaction.view").exists()


def test_both_sides_are_shown_as_pictures(
    made: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    browser = sign_in(prosecutor)
    for side, status in (("original", 200), ("copy", 200), ("other", 404)):
        where = reverse(
            "evidence:redaction-page", args=[made.original.case.reference, made.pk, side, 1]
        )
        assert browser.get(where).status_code == status


def test_opening_the_page_is_on_record(begun: Redaction, prosecutor: User, sign_in: SignIn) -> None:
    sign_in(prosecutor).get(address(begun, 2))
    row = AuditEntry.objects.get(action="redaction.view")
    assert row.detail["page"] == 2


def test_a_photograph_loses_what_is_marked(
    case: Case, investigator: User, prosecutor: User
) -> None:
    kept = files.attach(
        case, upload=upload(jpeg(turned=True)), kind="photograph", actor=investigator
    )
    begun = redactions.begin(kept, purpose="", actor=prosecutor)
    marking.mark(begun, page=1, box=(0, 0, 5000, 10000), ground="A child", actor=prosecutor)
    with pytest.raises(RuleBroken):
        marking.mark(begun, words="tusk", ground="A child", actor=prosecutor)
    made = carried_out(begun, prosecutor)
    assert made.failure == ""
    assert made.result is not None
    content = files.path_of(made.result.file.digest).read_bytes()
    assert b"secret" not in content
    assert b"Exif" not in content


def test_many_marks_cost_no_more_queries(
    begun: Redaction, prosecutor: User, sign_in: SignIn
) -> None:
    browser, counts = sign_in(prosecutor), []
    begin = reverse(
        "evidence:redaction-begin", args=[begun.original.case.reference, begun.original_id]
    )
    for more in (3, 27):
        for number in range(more):
            marking.mark(begun, page=1, box=(number, 1, 50, 50), ground="A child", actor=prosecutor)
            Redaction.objects.create(original=begun.original, begun_by=prosecutor)
        for where in (address(begun), begin):
            browser.get(where)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(where).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_a_person_who_lost_the_right_makes_nothing(
    begun: Redaction, prosecutor: User, investigator: User
) -> None:
    marking.mark(begun, page=1, ground="A child", actor=prosecutor)
    redactions.ask(begun, actor=prosecutor)
    for row in CaseUserGrant.objects.filter(user=prosecutor):
        access.revoke(row, actor=investigator, reason="Moved")
    carrying_out.carry_out(Redaction.objects.get(pk=begun.pk), actor=prosecutor)
    begun.refresh_from_db()
    assert begun.result is None
    assert begun.failure

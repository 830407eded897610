"""Certificates of a case: recorded as facts, replaced by new rows, listed while missing."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

from casework import access, clock, seizures
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import Case, Code, User
from evidence import exhibits, files
from evidence.filestore import acquisitions, copies, uploads
from evidence.filestore.uploads import HashedUpload
from evidence.models import Attachment, Certificate, Exhibit
from evidence.papers import certificate_book, certificates
from evidence.papers.certificates import Statement
from evidence.papers.certificates_required import Need
from tests.evidence import scenes
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]
WHO = Statement(given_by="Cpl Juma Barasa", position="Scenes of crime officer")


def paper(name: str = "signed.pdf") -> HashedUpload:
    return uploads.receive(BytesIO(b"%PDF-1.4 signed " + name.encode()), name, "application/pdf")


@pytest.fixture
def tusk(case: Case, investigator: User, faces: None) -> Exhibit:
    return scenes.exhibit(case, investigator)


@pytest.fixture
def photograph(case: Case, tusk: Exhibit, investigator: User) -> Attachment:
    picture = upload(jpeg(30, 20), "IMG_1.jpg", "image/jpeg")
    return files.attach(case, upload=picture, kind="photograph", exhibit=tusk, actor=investigator)


def need(case: Case, user: User, kind: str) -> Need:
    access.require(user, case, "view")
    (found,) = certificate_book.read(case, user).needs(kind)
    return found


def record(case: Case, user: User, kind: str, statement: Statement = WHO) -> Certificate:
    key = need(case, user, kind).key
    chosen = certificates.kind_of(kind)
    return certificates.record(case, kind=chosen, statement=statement, covers=[key], actor=user)


def states(case: Case, user: User) -> dict[str, str]:
    access.require(user, case, "view")
    book = certificate_book.read(case, user)
    return {line.need.kind: line.state for line in book.lines}


def test_a_photograph_and_a_weight_are_listed_as_wanting_certificates(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    found = states(case, investigator)
    assert found == {"photographic": "missing", "electronic": "missing", "weighing": "missing"}


def test_the_signed_paper_comes_back_and_the_certificate_stands(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    drafted = record(case, investigator, "photographic")
    assert states(case, investigator)["photographic"] == "draft"
    signed = certificates.sign(drafted, signed_on=clock.today(), paper=paper(), actor=investigator)
    assert states(case, investigator)["photographic"] == "present"
    assert signed.paper is not None
    assert certificates.versions(signed) == [drafted]


def test_an_electronic_certificate_names_what_it_does_not_state(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    said = Statement(given_by="Cpl Barasa", position="Officer", is_responsible=True)
    row = record(case, investigator, "electronic", said)
    assert states(case, investigator)["electronic"] == "wanting"
    assert "working properly at that time" in certificate_book.unstated(row)


def test_a_weighing_certificate_takes_scale_and_day_from_the_weighing(
    case: Case, tusk: Exhibit, investigator: User
) -> None:
    row = record(case, investigator, "weighing")
    assert (row.device_number, row.done_on) == ("KP-118", need(case, investigator, "weighing").day)


def test_an_old_version_cannot_be_changed_again(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    old = record(case, investigator, "photographic")
    keys = certificates.covers_of(old)
    certificates.amend(old, statement=WHO, covers=keys, reason="Rank", actor=investigator)
    with pytest.raises(Conflict):
        certificates.amend(old, statement=WHO, covers=keys, reason="Again", actor=investigator)


def test_what_was_taken_back_counts_no_more(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    row = record(case, investigator, "photographic")
    certificates.withdraw(row, reason="Of another camera", actor=investigator)
    assert states(case, investigator)["photographic"] == "missing"


def test_a_certificate_covers_something_that_its_writer_may_see(
    case: Case, photograph: Attachment, investigator: User, prosecutor: User
) -> None:
    kind = certificates.kind_of("photographic")
    with pytest.raises(RuleBroken):
        certificates.record(case, kind=kind, statement=WHO, covers=["file-0"], actor=investigator)
    with pytest.raises(NotAllowed):
        certificates.record(case, kind=kind, statement=WHO, covers=["file-0"], actor=prosecutor)


def test_a_certificate_of_a_restricted_exhibit_is_as_hidden_as_the_exhibit(
    case: Case, tusk: Exhibit, photograph: Attachment, investigator: User, custodian: User
) -> None:
    row = record(case, investigator, "photographic")
    signed = certificates.sign(row, signed_on=clock.today(), paper=paper(), actor=investigator)
    assert set(Certificate.objects.visible_to(custodian)) == {row, signed}
    with_exhibit = Exhibit.objects.filter(pk=tusk.pk)
    with_exhibit.update(is_restricted=True)
    assert not Certificate.objects.visible_to(custodian).exists()
    assert set(Certificate.objects.visible_to(investigator)) == {row, signed}
    assert states(case, custodian) == {}


def test_the_paper_of_a_restricted_exhibit_is_kept_as_sensitive(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    files.amend(photograph, caption="", kind="photograph", is_sensitive=True, actor=investigator)
    row = record(case, investigator, "photographic")
    signed = certificates.sign(row, signed_on=clock.today(), paper=paper(), actor=investigator)
    assert signed.paper is not None
    assert signed.paper.is_sensitive


def test_the_page_lists_what_is_missing_and_leads_to_the_form(
    sign_in: SignIn, case: Case, photograph: Attachment, investigator: User, prosecutor: User
) -> None:
    url = f"/cases/{case.reference}/certificates/"
    assert "Without it the court may refuse" in sign_in(investigator).get(url).content.decode()
    shown = sign_in(prosecutor).get(url).content.decode()
    assert "IMG_1.jpg" in shown
    assert "certificates/add/" not in shown


def test_the_form_records_and_the_draft_is_a_paper_to_sign(
    sign_in: SignIn, case: Case, photograph: Attachment, investigator: User
) -> None:
    browser = sign_in(investigator)
    base = f"/cases/{case.reference}/certificates/"
    typed = {
        "covers": [need(case, investigator, "electronic").key],
        "given_by": "Cpl Juma <Barasa>", "position": "Officer", "produced": "Taken at Gate 9",
        "kept": "On the card until it was copied", "device": "Camera", "is_responsible": "on",
        "is_regularly_used": "on", "is_regularly_fed": "on", "was_working": "on",
        "is_derived": "on",
    }  # fmt: skip
    answer = browser.post(base + "add/electronic/", typed)
    assert answer.status_code == 302, answer.content.decode()
    draft = browser.get(answer["Location"] + "draft/")
    text = pypdfium2.PdfDocument(draft.content)[0].get_textpage().get_text_range()
    assert "no certificate until" in text
    assert "Cpl Juma <Barasa>" in text
    assert draft.content == browser.get(answer["Location"] + "draft/").content


def test_what_was_typed_stays_when_nothing_is_covered(
    sign_in: SignIn, case: Case, photograph: Attachment, investigator: User
) -> None:
    url = f"/cases/{case.reference}/certificates/add/photographic/"
    answer = sign_in(investigator).post(url, {"given_by": "Cpl Barasa", "position": "Officer"})
    page = answer.content.decode()
    assert "Choose at least one thing that it covers." in page
    assert 'value="Cpl Barasa"' in page


def test_a_sample_of_a_file_of_another_case_is_never_covered(
    case: Case, photograph: Attachment, investigator: User, outsider: User, sign_in: SignIn
) -> None:
    row = record(case, investigator, "photographic")
    url = f"/cases/{case.reference}/certificates/{row.pk}/"
    assert sign_in(outsider).get(url).status_code == 404
    assert exhibits.named(outsider, case, "E1") is None


def test_the_files_of_a_restricted_exhibit_are_not_counted_in_the_opened_case(
    case: Case, tusk: Exhibit, photograph: Attachment, custodian: User
) -> None:
    access.require(custodian, case, "view")
    assert list(Attachment.objects.of_case(case)) == [photograph]
    Exhibit.objects.filter(pk=tusk.pk).update(is_restricted=True)
    assert not Attachment.objects.of_case(case).exists()


def test_a_copy_on_the_way_needs_its_own_until_it_is_taken_back(
    case: Case, photograph: Attachment, investigator: User
) -> None:
    hop = copies.record(
        photograph, copies.Copy("Telephone", "Laptop", "Sgt Wekesa", clock.now()),
        actor=investigator,
    )  # fmt: skip
    access.require(investigator, case, "view")
    wanted = certificate_book.read(case, investigator).needs("electronic")
    assert [one.position for one in wanted] == [None, hop.position]
    kind = certificates.kind_of("electronic")
    row = certificates.record(
        case, kind=kind, statement=WHO, covers=[wanted[1].key], actor=investigator
    )
    assert certificates.covers_of(row) == [wanted[1].key]
    copies.withdraw(hop, reason="Never made", actor=investigator)
    assert len(certificate_book.read(case, investigator).needs("electronic")) == 1


def test_a_document_that_came_out_of_a_telephone_needs_one_and_a_paper_none(
    case: Case, investigator: User
) -> None:
    files.attach(case, upload=paper("letter.pdf"), kind="document", actor=investigator)
    chat = files.attach(case, upload=paper("chat.pdf"), kind="document", actor=investigator)
    said = acquisitions.Statement(method="extraction", time_zone="Africa/Nairobi")
    acquisitions.acquire(chat, said, actor=investigator)
    assert need(case, investigator, "electronic").thing == "chat.pdf"


def test_a_dog_needs_a_certificate_of_that_day(case: Case, investigator: User) -> None:
    dog = Code.objects.get(kind="detection_method", code="dog")
    seizures.add(case, actor=investigator, seized_at=clock.now(), place="Gate 9",
                 detection_method=dog, items=[])  # fmt: skip
    said = Statement(given_by="Cpl Barasa", position="Handler", device="Invented Rex",
                     calibrated_on=clock.today())  # fmt: skip
    row = record(case, investigator, "detection_dog", said)
    certificates.sign(row, signed_on=clock.today(), paper=paper(), actor=investigator)
    assert states(case, investigator)["detection_dog"] == "present"

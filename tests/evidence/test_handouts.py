"""An exhibit with somebody without an account: signature, printed form, and taking it back."""

import base64
import io
import struct
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.errors import DomainError, NotAllowed
from casework.models import Case, User
from evidence import custody, waiting_number
from evidence.acts import handouts
from evidence.acts.handouts import Outside
from evidence.models import Attachment, Exhibit, HandOut
from tests.evidence.acts import address, send, text, tusks
from tests.evidence.pictures import jpeg, png, upload

SignIn = Callable[[User], Client]
CLERK = Outside("Asha Clerk", "CR-114", "Court registry")
DRAWN = "data:image/png;base64," + base64.b64encode(png(90, 30)).decode()
TYPED = {
    "to_name": "Asha Clerk", "to_number": "CR-114", "organisation": "Court registry",
    "purpose": "Production", "signed": "screen", "signature": DRAWN,
}  # fmt: skip
READ: dict[str, Any] = {"seal_number": "WS-M 006120", "seal_intact": True, "count": 24}


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def out(exhibit: Exhibit, actor: User, **details: Any) -> Any:
    values: Any = {"purpose": "Production", "is_signed_on_paper": True, **details}
    return handouts.hand_out(exhibit, to=CLERK, actor=actor, **values)


def test_the_chain_names_who_has_it(exhibit: Exhibit, investigator: User) -> None:
    drawn = upload(png(90, 30), "signature.png", "image/png")
    event = out(exhibit, investigator, signature=drawn, is_signed_on_paper=False)
    holder = custody.chain(exhibit).holder
    assert holder is not None
    assert (holder.name, holder.service_number, holder.agency) == (
        "Asha Clerk", "CR-114", "Court registry",
    )  # fmt: skip
    exhibit.refresh_from_db()
    assert exhibit.holder is None
    assert (event.seal_number, event.count, event.weight_mg) == ("WS-M 006120", 24, 206_850_000)
    assert event.file_digests == [drawn.digest]
    assert Attachment.objects.get(exhibit=exhibit).file.digest == drawn.digest
    assert custody.chain(exhibit).break_ is None


@pytest.mark.parametrize(
    ("to", "details", "field"),
    [
        (Outside("", "1", "Court"), {}, "to_name"),
        (Outside("A", " ", "Court"), {}, "to_number"),
        (Outside("A", "1", ""), {}, "organisation"),
        (CLERK, {"purpose": ""}, "purpose"),
        (CLERK, {"is_signed_on_paper": False}, "signature"),
        (CLERK, {"expected_back_on": clock.today() - timedelta(days=1)}, "expected_back_on"),
    ],
)
def test_what_must_be_known(
    to: Outside, details: Any, field: str, exhibit: Exhibit, investigator: User
) -> None:
    values: Any = {"purpose": "Production", "is_signed_on_paper": True} | details
    with pytest.raises(DomainError) as caught:
        handouts.hand_out(exhibit, to=to, actor=investigator, **values)
    assert caught.value.field == field
    assert exhibit.custody.count() == 1


def test_while_it_is_out_only_the_court_sees_it(
    exhibit: Exhibit, investigator: User, custodian: User, prosecutor: User
) -> None:
    out(exhibit, investigator)
    with pytest.raises(DomainError, match="It is with Asha Clerk"):
        custody.offer(exhibit, to=custodian, actor=investigator)
    produced = custody.produce(exhibit, place="Court 3", actor=prosecutor)
    assert produced.from_name == "Asha Clerk"


def test_it_is_read_when_it_comes_back(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    event = out(exhibit, investigator)
    with pytest.raises(DomainError, match="you counted 23") as caught:
        handouts.take_back(event, actor=custodian, **READ | {"count": 23})
    assert caught.value.field == "discrepancy"
    back = handouts.take_back(
        event, actor=custodian, discrepancy="One kept by the court", **READ | {"count": 23}
    )
    assert (back.answers, back.from_name, back.to_user) == (event, "Asha Clerk", custodian)
    exhibit.refresh_from_db()
    assert exhibit.holder == custodian
    with pytest.raises(DomainError, match="taken back already"):
        handouts.take_back(event, actor=custodian, **READ)


def test_who_takes_it_back(
    case: Case, custodian: User, prosecutor: User, investigator: User
) -> None:
    kept = tusks(case, custodian)
    event = out(kept, custodian)
    with pytest.raises(NotAllowed):
        handouts.take_back(event, actor=prosecutor, **READ)
    handouts.take_back(event, actor=investigator, **READ)  # leads the case


def test_what_is_late_and_what_lacks_its_paper(exhibit: Exhibit, investigator: User) -> None:
    event = out(exhibit, investigator, expected_back_on=clock.today())
    assert [row.event for row in handouts.open_of(investigator)] == [event]
    with clock.telling(clock.now() + timedelta(days=2)):
        assert [row.event for row in handouts.overdue_of(investigator)] == [event]
        assert waiting_number.number(investigator) == 2
    assert [row.event for row in handouts.without_paper(investigator)] == [event]
    custody.enclose(event, note="Signed form", file_digests=["a" * 64], actor=investigator)
    assert waiting_number.number(investigator) == 0
    assert not handouts.without_paper(investigator).exists()
    handouts.take_back(event, actor=investigator, **READ)
    assert not handouts.open_of(investigator).exists()


def test_the_page_keeps_the_drawing(exhibit: Exhibit, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    assert send(browser, "custody-hand-out", exhibit, TYPED).status_code == 302
    event = exhibit.custody.get(sequence=2)
    kept = Attachment.objects.get(exhibit=exhibit)
    assert event.file_digests == [kept.file.digest]
    assert kept.caption == "Signature of Asha Clerk, event 2"
    page = text(browser.get(address("exhibit", exhibit)))
    assert "It is with Asha Clerk, Court registry." in page
    assert address("custody-take-back", exhibit) in page


@pytest.mark.parametrize(
    "drawn",
    [
        "", "x", "data:image/png;base64,!!", "data:image/png;base64,AAAA",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64," + base64.b64encode(jpeg()).decode(),
        "data:image/png;base64,"
        + base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0").decode(),
    ],
)  # fmt: skip
def test_a_drawing_that_is_none_is_refused(
    drawn: str, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    typed = {**TYPED, "signature": drawn}
    page = text(send(sign_in(investigator), "custody-hand-out", exhibit, typed))
    assert "sign" in page
    assert "Asha Clerk" in page
    assert not HandOut.objects.exists()
    assert not Attachment.objects.exists()


def test_the_list_of_mistakes_leads_to_where_they_sign(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    unsigned = {**TYPED, "signature": ""}
    page = send(sign_in(investigator), "custody-hand-out", exhibit, unsigned).content.decode()
    assert '<a href="#id_signature_field">Signature: Let them sign' in page
    assert 'id="id_signature_field" tabindex="-1"' in page


def test_the_printed_form_says_what_the_event_says(
    exhibit: Exhibit, investigator: User, outsider: User, sign_in: SignIn, faces: None
) -> None:
    send(sign_in(investigator), "custody-hand-out", exhibit, TYPED)
    url = reverse("evidence:hand-out-form", args=[exhibit.case.reference, exhibit.label, 2])
    answer: Any = sign_in(investigator).get(url)
    assert answer["Content-Type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(paper) == 1
    said = paper[0].get_textpage().get_text_range()
    for words in ("Asha Clerk", "CR-114", "WS-M 006120", "206.85", "Twenty-four tusk pieces"):
        assert words in " ".join(said.replace("\xa0", " ").split())
    assert sign_in(outsider).get(url).status_code == 404
    assert sign_in(investigator).get(url.replace("/2/", "/1/")).status_code == 404


def pictures(browser: Client, exhibit: Exhibit) -> int:
    url = reverse("evidence:hand-out-form", args=[exhibit.case.reference, exhibit.label, 2])
    answer: Any = browser.get(url)
    paper = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer.streaming_content)))
    return sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in paper[0].get_objects())


def test_a_photograph_called_signature_is_nobodys_signature(
    case: Case, exhibit: Exhibit, investigator: User, sign_in: SignIn, faces: None
) -> None:
    browser = sign_in(investigator)
    forged = SimpleUploadedFile("signature.png", png(80, 20), "image/png")
    on_paper = {**TYPED, "signed": "paper", "signature": "", "photographs": forged}
    assert send(browser, "custody-hand-out", exhibit, on_paper).status_code == 302
    signed = tusks(case, investigator)
    assert send(browser, "custody-hand-out", signed, TYPED).status_code == 302
    assert (pictures(browser, exhibit), pictures(browser, signed)) == (
        1,
        2,
    )  # the code, and the drawing


def test_a_drawing_that_would_fill_the_memory_is_left_off_the_form(
    exhibit: Exhibit, investigator: User, sign_in: SignIn, faces: None
) -> None:
    bomb = bytearray(png(90, 30))
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    drawn = upload(bytes(bomb), "signature.png", "image/png")
    out(exhibit, investigator, signature=drawn, is_signed_on_paper=False)
    assert pictures(sign_in(investigator), exhibit) == 1  # the code alone


def test_the_signed_form_is_scanned_back(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    send(browser, "custody-hand-out", exhibit, {**TYPED, "signed": "paper", "signature": ""})
    page = text(browser.get(address("exhibit", exhibit)))
    assert "add the scan" in page
    scan = SimpleUploadedFile("form.jpg", jpeg(), "image/jpeg")
    typed = {"event": "2", "note": "Form signed by both", "photographs": scan}
    assert send(browser, "custody-enclose", exhibit, typed).status_code == 302
    added = exhibit.custody.get(sequence=3)
    assert (added.kind, added.corrects) == ("enclosed", exhibit.custody.get(sequence=2))
    assert "add the scan" not in text(browser.get(address("exhibit", exhibit)))


def test_the_page_takes_it_back(exhibit: Exhibit, investigator: User, sign_in: SignIn) -> None:
    out(exhibit, investigator)
    browser = sign_in(investigator)
    page = text(browser.get(address("custody-take-back", exhibit)))
    assert "006120" not in page  # what was handed out is not shown before the reading
    read = {"seal_number": "wsm006120", "seal_intact": "yes", "count": "24"}
    assert send(browser, "custody-take-back", exhibit, read).status_code == 302
    assert exhibit.custody.get(sequence=3).kind == "taken_back"

"""Loss, finding and damage: who may say so, what it needs, and what it stops."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client

from casework.errors import DomainError
from casework.models import Case, User
from evidence import custody
from evidence.acts import incidents
from evidence.models import Attachment, Exhibit
from tests.evidence.acts import address, send, text, tusks
from tests.evidence.pictures import jpeg

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def test_what_is_missing_is_not_handed_over_until_it_is_found(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    incidents.report_loss(exhibit, note="Not on shelf 4", actor=custodian)
    exhibit.refresh_from_db()
    assert exhibit.holder == investigator
    for act in (custody.offer, custody.examine):
        more: Any = {"to": custodian} if act is custody.offer else {}
        with pytest.raises(DomainError, match="reported missing"):
            act(exhibit, actor=investigator, **more)
    with pytest.raises(DomainError, match="already"):
        incidents.report_loss(exhibit, note="Still not", actor=investigator)
    incidents.report_found(exhibit, note="On shelf 5, by me", actor=custodian)
    custody.offer(exhibit, to=custodian, actor=investigator)


def test_what_is_lost_on_the_way_is_not_acknowledged(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    incidents.report_loss(exhibit, note="Not in the van", actor=investigator)
    read: Any = {"seal_number": "WS-M 006120", "count": 24}
    with pytest.raises(DomainError, match="reported missing"):
        custody.acknowledge(offer, actor=custodian, **read)
    incidents.report_found(exhibit, note="Under the seat", actor=investigator)
    custody.acknowledge(offer, actor=custodian, **read)


def test_a_report_says_what_is_known(exhibit: Exhibit, investigator: User) -> None:
    for act in (incidents.report_loss, incidents.report_damage):
        with pytest.raises(DomainError) as caught:
            act(exhibit, actor=investigator)
        assert caught.value.field == "note"
    with pytest.raises(DomainError) as caught:
        incidents.report_damage(exhibit, note="Cracked", actor=investigator)
    assert caught.value.field == "photographs"
    with pytest.raises(DomainError, match="not reported missing"):
        incidents.report_found(exhibit, note="Here", actor=investigator)


def test_who_may_report(exhibit: Exhibit, auditor: User, outsider: User) -> None:
    with pytest.raises(DomainError):
        incidents.report_loss(exhibit, note="Gone", actor=auditor)
    with pytest.raises(Http404):
        incidents.report_loss(exhibit, note="Gone", actor=outsider)


def test_damage_is_photographed_on_the_page(
    exhibit: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    browser, typed = sign_in(custodian), {"note": "One tip is broken off"}
    assert "photograph of the damage" in text(send(browser, "custody-damage", exhibit, typed))
    note = SimpleUploadedFile("note.txt", b"no picture", "text/plain")
    page = text(send(browser, "custody-damage", exhibit, {**typed, "photographs": note}))
    assert "photograph of the damage" in page
    assert not Attachment.objects.filter(exhibit=exhibit).exists()
    picture = SimpleUploadedFile("tip.jpg", jpeg(), "image/jpeg")
    answer = send(browser, "custody-damage", exhibit, {**typed, "photographs": picture})
    assert answer.status_code == 302
    page = text(browser.get(address("exhibit", exhibit)))
    assert "Damage reported" in page
    assert "tip.jpg" in page


def test_a_missing_exhibit_says_so_on_its_page(
    exhibit: Exhibit, custodian: User, investigator: User, sign_in: SignIn
) -> None:
    send(sign_in(custodian), "custody-loss", exhibit, {"note": "Not on shelf 4"})
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "is reported missing since" in page
    assert "Offer it" not in page
    assert address("custody-found", exhibit) in page
    assert address("custody-loss", exhibit) not in page


def test_a_refused_act_keeps_no_file(exhibit: Exhibit, custodian: User, sign_in: SignIn) -> None:
    picture = SimpleUploadedFile("seal.jpg", jpeg(), "image/jpeg")
    typed = {"purpose": "Species", "photographs": picture}
    page = text(send(sign_in(custodian), "custody-examine", exhibit, typed))
    assert "Only the holder can do this." in page
    assert not Attachment.objects.exists()
    assert exhibit.custody.count() == 1


def test_a_prosecutor_brings_a_paper_of_the_production(
    exhibit: Exhibit, prosecutor: User, sign_in: SignIn
) -> None:
    paper = SimpleUploadedFile("order.pdf", b"%PDF-1.4 order", "application/pdf")
    typed = {"place": "Court 3", "purpose": "MFI-7", "photographs": paper}
    assert send(sign_in(prosecutor), "custody-produce", exhibit, typed).status_code == 302
    kept = Attachment.objects.get(exhibit=exhibit)
    assert (kept.kind, exhibit.custody.get(sequence=2).file_digests) == (
        "document",
        [kept.file.digest],
    )

"""Service of a dossier: on record once, corrected beside it, and asked for as of a day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import clock
from casework.errors import RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import custody, files
from evidence.disclosure import choices, served, service
from evidence.disclosure.decisions import Choice
from evidence.issuing import dossiers
from evidence.models import DisclosureService, Dossier
from tests.evidence import disclosure_scenes, dossier_case
from tests.evidence.disclosure_scenes import disclosed
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]


@pytest.fixture
def issued(told_case: Case, prosecutor: User) -> Dossier:
    return disclosed(told_case, prosecutor)


def serve(dossier: Dossier, actor: User, who: str = "A. Lawyer", **more: Any) -> DisclosureService:
    values: dict[str, Any] = {"means": "hand", "served_at": clock.now(), **more}
    return service.record(dossier, actor=actor, recipient=who, **values)


def states(case: Case, user: User, who: str = "") -> dict[str, str]:
    rows = served.services(case, user, clock.today(), who)
    return {line.key: line.state for line in served.lines(case, user, rows)}


def test_service_is_recorded_with_its_receipt(
    issued: Dossier, prosecutor: User, sign_in: SignIn
) -> None:
    page = reverse("evidence:dossier-service-add", args=[issued.case.reference, issued.number])
    now = timezone.localtime(clock.now())
    sent = {
        "recipient": "A. Lawyer", "capacity": "counsel", "means": "hand", "note": "",
        "served_at_0": f"{now:%Y-%m-%d}", "served_at_1": f"{now:%H:%M}", "place": "Registry",
        "receipt": SimpleUploadedFile("receipt.jpg", jpeg(), "image/jpeg"),
    }  # fmt: skip
    client = sign_in(prosecutor)
    assert f"Service of disclosure {issued.number}" in client.get(page).content.decode()
    answer = client.post(page, sent)
    assert answer.status_code == 302
    shown = client.get(reverse("evidence:dossier", args=[issued.case.reference, issued.number]))
    assert "A. Lawyer" in shown.content.decode()
    assert str(issued.services.get().receipt) == "receipt.jpg"
    assert AuditEntry.objects.filter(action="dossier.serve").count() == 1


def test_a_receipt_of_two_files_is_refused_and_not_cut_to_one(
    issued: Dossier, prosecutor: User, sign_in: SignIn
) -> None:
    page = reverse("evidence:dossier-service-add", args=[issued.case.reference, issued.number])
    two = [SimpleUploadedFile(f"{n}.jpg", jpeg(20 + n, 20), "image/jpeg") for n in (1, 2)]
    client = sign_in(prosecutor)
    assert 'type="file" name="receipt" multiple' not in client.get(page).content.decode()
    answer = client.post(page, {"recipient": "A. Lawyer", "means": "hand", "receipt": two})
    assert "Choose one file. Several pages go into one PDF." in answer.content.decode()
    assert not issued.services.exists()


def test_the_receipt_of_a_service_is_not_waiting_to_be_served(
    issued: Dossier, prosecutor: User, investigator: User
) -> None:
    other = files.attach(
        issued.case, upload=upload(jpeg(22, 20)), kind="document", actor=investigator
    )
    receipt = serve(issued, prosecutor, upload=upload(jpeg(21, 20))).receipt
    assert receipt is not None
    new = {key for key, state in states(issued.case, prosecutor).items() if state == "new"}
    assert f"file:{other.file.digest}" in new
    assert f"file:{receipt.file.digest}" not in new


def test_service_is_in_the_story_of_the_case(
    issued: Dossier, prosecutor: User, sign_in: SignIn
) -> None:
    made = serve(issued, prosecutor)
    page = reverse("casework:case", args=[issued.case.reference]) + "?kind=court"
    shown = sign_in(prosecutor).get(page).content.decode()
    assert "A. Lawyer" in shown
    service.take_back(made, correction="Never went out", actor=prosecutor)
    assert "A. Lawyer" not in sign_in(prosecutor).get(page).content.decode()


def test_what_was_taken_back_stays_on_the_page_with_its_reason(
    issued: Dossier, prosecutor: User, sign_in: SignIn
) -> None:
    service.take_back(serve(issued, prosecutor), correction="Never went out", actor=prosecutor)
    page = reverse("evidence:dossier", args=[issued.case.reference, issued.number])
    shown = sign_in(prosecutor).get(page).content.decode()
    assert "Not served on anybody yet." in shown
    assert "Taken back:" in shown
    assert "Never went out" in shown


def test_what_cannot_be_is_refused(issued: Dossier, case: Case, prosecutor: User) -> None:
    with pytest.raises(RuleBroken, match="future"):
        serve(issued, prosecutor, served_at=clock.now() + timedelta(hours=1))
    with pytest.raises(RuleBroken, match="issued later"):
        serve(issued, prosecutor, served_at=clock.now() - timedelta(hours=1))
    waiting = dossiers.request(case, actor=prosecutor)
    with pytest.raises(RuleBroken, match="issued dossier"):
        serve(waiting, prosecutor)


def test_a_correction_stands_and_the_earlier_entry_stays(issued: Dossier, prosecutor: User) -> None:
    first = serve(issued, prosecutor)
    values: dict[str, Any] = {"recipient": "B. Lawyer", "means": "court", "served_at": clock.now()}
    made = service.correct(first, correction="Wrong name", actor=prosecutor, **values)
    assert [row.recipient for row in issued.services.standing()] == ["B. Lawyer"]
    assert issued.services.count() == 2
    with pytest.raises(RuleBroken, match="corrected already"):
        service.take_back(first, correction="Again", actor=prosecutor)
    service.take_back(made, correction="Never went out", actor=prosecutor)
    assert not issued.services.standing().exists()


def test_the_past_is_as_it_was_known(issued: Dossier, prosecutor: User) -> None:
    """What was taken back later counted on the day before."""
    first = serve(issued, prosecutor)
    today = clock.today()
    with clock.telling(clock.now() + timedelta(days=3)):
        service.take_back(first, correction="Never went out", actor=prosecutor)
        assert not served.services(issued.case, prosecutor, clock.today()).exists()
        assert served.services(issued.case, prosecutor, today).count() == 1


def test_the_comparison_says_what_changed(
    issued: Dossier, investigator: User, custodian: User, prosecutor: User
) -> None:
    case = issued.case
    serve(issued, prosecutor)
    assert set(states(case, prosecutor).values()) == {served.SAME}
    dossier_case.handed_over(case, investigator, custodian, 9)
    custody.examine(case.exhibits.get(label="E1"), actor=custodian, place="Shed", note="Looked")
    hidden = Choice(key="exhibit:E2", treatment="withheld", ground="No bearing on the charges")
    choices.save(case, [hidden], actor=prosecutor)
    photo = case.exhibits.get(label="E3").attachments.get()
    disclosure_scenes.redacted(photo, prosecutor, jpeg(22, 22))
    found = states(case, prosecutor)
    assert found["exhibit:E4"] == served.NEW
    assert found["exhibit:E1"] == served.CHANGED
    assert found["exhibit:E2"] == served.WITHHELD
    assert found[f"file:{photo.file.digest}"] == served.REDACTED
    assert found["exhibit:E3"] == served.SAME


def test_each_recipient_has_what_they_were_served(issued: Dossier, prosecutor: User) -> None:
    accused = issued.case.accused.earliest("number")
    serve(issued, prosecutor, accused=accused)
    names = [key for key, _label in served.recipients(issued.case, prosecutor)]
    assert names == [f"A{accused.number}"]
    assert states(issued.case, prosecutor, who=names[0])
    assert not states(issued.case, prosecutor, who="A99")
    assert not states(issued.case, prosecutor, who="Nobody")


def test_the_page_and_its_csv(issued: Dossier, prosecutor: User, sign_in: SignIn) -> None:
    serve(issued, prosecutor, "=A. Lawyer")
    case, client = issued.case, sign_in(prosecutor)
    shown = client.get(reverse("evidence:disclosure-served", args=[case.reference]))
    assert "E1 Tusk 1" in shown.content.decode()
    answer = client.get(reverse("evidence:disclosure-served-csv", args=[case.reference]))
    rows = answer.content.decode().splitlines()
    assert any(row.startswith("E1 Tusk 1,As served,Served whole,") for row in rows)
    assert AuditEntry.objects.filter(action="disclosure.export").count() == 1
    asked = {"on": "2999-01-01"}
    page = client.get(reverse("evidence:disclosure-served", args=[case.reference]), asked)
    assert "This day has not come yet." in page.content.decode()


def test_the_same_queries_however_much_was_served(
    issued: Dossier, investigator: User, custodian: User, prosecutor: User, sign_in: SignIn
) -> None:
    case, client, counts = issued.case, sign_in(prosecutor), []
    pages = [
        reverse("evidence:disclosure-served", args=[case.reference]),
        reverse("evidence:disclosure", args=[case.reference]),
        reverse("evidence:dossier", args=[case.reference, issued.number]),
    ]
    serve(issued, prosecutor)
    for things in (0, 10):
        for number in range(things):
            dossier_case.handed_over(case, investigator, custodian, 20 + number)
            serve(issued, prosecutor, f"Lawyer {number}")
        for page in pages:
            client.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""What goes to a laboratory and comes back, and the alarm of a finding against the charge."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from casework import access, clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, Charge, Taxon, User
from evidence import case_page, custody, waiting_number
from evidence.filestore import uploads
from evidence.filestore.uploads import HashedUpload
from evidence.models import Exhibit, Finding, LaboratoryReport, LaboratoryRequest
from evidence.papers import alarms, laboratory, laboratory_page
from evidence.papers.laboratory import Found, Packed
from evidence.reading import all_of
from tests.casework import court_stories as court
from tests.evidence import scenes

SignIn = Callable[[User], Client]


def paper() -> HashedUpload:
    return uploads.receive(BytesIO(b"%PDF-1.4 report"), "report.pdf", "application/pdf")


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> court.Pair:
    return court.Pair(investigator, prosecutor)


@pytest.fixture
def tusk(case: Case, investigator: User) -> Exhibit:
    return scenes.exhibit(case, investigator)


def send(case: Case, actor: User, *exhibits: Exhibit, due: int = 30) -> LaboratoryRequest:
    to = laboratory.laboratory(name="Invented Laboratory", actor=actor)
    today = clock.today()
    return laboratory.send(
        case, to=to, question="Which species?",
        items=[Packed(one, "WS-M 006120") for one in exhibits],
        sent_by="Sgt Wekesa", carried_by="Cpl Barasa", sent_on=today,
        due_on=today + timedelta(days=due), actor=actor,
    )  # fmt: skip


def report(
    request: LaboratoryRequest, actor: User, species: str, *, reason: str = "", **more: object
) -> LaboratoryReport:
    found = [Found(item, species, **more) for item in request.items.all()]  # type: ignore[arg-type]
    return laboratory.report(
        request, expert="Dr Rono", reported_on=clock.today(), findings=found, actor=actor,
        reason=reason, paper=paper(),
    )  # fmt: skip


@pytest.fixture
def charge(case: Case, tusk: Exhibit, pair: court.Pair) -> Charge:
    """Charged as elephant, about E1."""
    today = clock.today()
    trial = court.opened(court.accepted(case, pair, day=today), pair, day=today)
    (made,) = court.count_in(trial, court.accuse(case, pair, "Benson Tsofa"), pair, day=today)
    court.file_sheet(trial, pair, day=today)
    elephant = Taxon.objects.get(scientific_name="Loxodonta africana")
    alarms.name_species(made.count, taxon=elephant, exhibits=[tusk], actor=pair.prosecutor)
    made.refresh_from_db()
    return made


def row(case: Case, user: User) -> laboratory_page.Row:
    access.require(user, case, "view")
    return laboratory_page.read(case, user)[0]


def compared(case: Case, user: User) -> list[alarms.Compared]:
    access.require(user, case, "view")
    return alarms.of(case, user)


def test_a_thing_that_was_not_handed_over_is_said_so(
    case: Case, tusk: Exhibit, investigator: User, custodian: User
) -> None:
    send(case, investigator, tusk)
    assert row(case, investigator).not_handed_over == ["E1"]
    offer = custody.offer(tusk, to=custodian, actor=investigator)
    custody.acknowledge(offer, actor=custodian, seal_number="WS-M 006120", count=1,
                        weight_mg=4_200_000, scale="KP-118")  # fmt: skip
    item = row(case, investigator).items[0]
    assert "Joseph Kilonzi" in item.handed_over
    assert "event 3" in item.handed_over


def test_a_request_is_sent_then_received_then_reported(
    case: Case, tusk: Exhibit, investigator: User
) -> None:
    request = send(case, investigator, tusk)
    assert row(case, investigator).state == "sent"
    laboratory.receive(request, received_by="A. Clerk", received_on=clock.today(), is_intact=True,
                       actor=investigator)  # fmt: skip
    assert row(case, investigator).state == "received"
    report(request, investigator, "Loxodonta africana")
    assert row(case, investigator).state == "reported"


def test_a_report_that_does_not_come_in_time_is_overdue(
    case: Case, tusk: Exhibit, investigator: User
) -> None:
    then = clock.now() - timedelta(days=40)
    with clock.telling(then):
        send(case, investigator, tusk, due=10)
    assert row(case, investigator).state == "overdue"


def test_a_broken_seal_needs_words(case: Case, tusk: Exhibit, investigator: User) -> None:
    request = send(case, investigator, tusk)
    with pytest.raises(RuleBroken):
        laboratory.receive(request, received_by="A. Clerk", received_on=clock.today(),
                           is_intact=False, actor=investigator)  # fmt: skip


def test_hippopotamus_teeth_charged_as_elephant_ivory_raise_an_alarm(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User, prosecutor: User
) -> None:
    report(send(case, investigator, tusk), investigator, "Hippopotamus")
    (found,) = compared(case, prosecutor)
    assert found.is_alarm
    assert "Hippopotamus amphibius" in found.sentence
    assert "Appendix" in found.listing or "II" in found.listing
    assert list(alarms.contradicted(all_of(prosecutor))) == [charge.count]
    assert waiting_number.number(prosecutor) == 1


@pytest.mark.parametrize(
    ("species", "relation"),
    [
        ("Loxodonta africana", "agrees"),
        ("ndovu", "agrees"),
        ("Loxodonta sp.", "weaker"),
        ("Elephantidae", "weaker"),
        ("Elephas maximus", "contradicts"),
        ("Ivory of some kind", "unclear"),
    ],
)
def test_a_finding_is_held_against_the_charge_by_its_taxon(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User, species: str, relation: str
) -> None:
    report(send(case, investigator, tusk), investigator, species)
    assert [one.relation for one in compared(case, investigator)] == [relation]
    is_alarm = relation == "contradicts"
    assert alarms.contradicted(all_of(investigator)).exists() == is_alarm


def test_a_finding_in_a_sample_speaks_for_what_it_was_taken_from(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User
) -> None:
    from evidence import exhibits
    from evidence.exhibits import Thing

    thing = Thing(kind=tusk.kind, description="Sawdust", label=exhibits.next_part(tusk))
    sample = exhibits.take_sample(tusk, thing, actor=investigator)
    report(send(case, investigator, sample), investigator, "Hippopotamus amphibius")
    assert compared(case, investigator)[0].is_alarm
    assert alarms.contradicted(all_of(investigator)).exists()


def test_a_finding_about_another_exhibit_is_not_the_counts(
    case: Case, charge: Charge, investigator: User
) -> None:
    other = scenes.exhibit(case, investigator)
    report(send(case, investigator, other), investigator, "Hippopotamus amphibius")
    assert compared(case, investigator) == []


def test_a_report_that_could_not_tell_contradicts_nothing(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User
) -> None:
    report(send(case, investigator, tusk), investigator, "", certainty=Finding.Certainty.OPEN)
    assert [one.relation for one in compared(case, investigator)] == ["open"]


def test_the_prosecutor_answers_and_the_finding_stays(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User, prosecutor: User
) -> None:
    report(send(case, investigator, tusk), investigator, "Hippopotamus amphibius")
    (finding,) = Finding.objects.all()
    values = {"how": "explained", "note": "A second report is ordered", "decided_on": clock.today()}
    with pytest.raises(NotAllowed):
        alarms.answer(charge.count, finding, actor=investigator, **values)  # type: ignore[arg-type]
    alarms.answer(charge.count, finding, actor=prosecutor, **values)  # type: ignore[arg-type]
    (found,) = compared(case, prosecutor)
    assert (found.relation, found.is_alarm) == ("contradicts", False)
    assert not alarms.contradicted(all_of(prosecutor)).exists()
    with pytest.raises(RuleBroken):
        alarms.answer(charge.count, finding, actor=prosecutor, **values)  # type: ignore[arg-type]


def test_a_newer_report_takes_the_place_of_the_first(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User
) -> None:
    request = send(case, investigator, tusk)
    report(request, investigator, "Hippopotamus amphibius")
    with pytest.raises(RuleBroken):
        report(request, investigator, "Loxodonta africana")
    report(request, investigator, "Loxodonta africana", reason="Second examination")
    assert [one.relation for one in compared(case, investigator)] == ["agrees"]


def test_what_a_restricted_exhibit_is_stays_hidden(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User, custodian: User
) -> None:
    report(send(case, investigator, tusk), investigator, "Hippopotamus amphibius")
    Exhibit.objects.filter(pk=tusk.pk).update(is_restricted=True)
    access.require(custodian, case, "view")
    assert laboratory_page.read(case, custodian) == []
    assert alarms.of(case, custodian) == []
    assert not alarms.contradicted(all_of(custodian)).exists()
    assert not LaboratoryReport.objects.visible_to(custodian).exists()


def test_the_charge_sheet_shows_the_alarm_and_leads_to_the_answer(
    sign_in: SignIn, case: Case, charge: Charge, tusk: Exhibit, investigator: User, prosecutor: User
) -> None:
    report(send(case, investigator, tusk), investigator, "Hippopotamus amphibius")
    trial = charge.count.charge_sheet.proceeding_id
    base = f"/cases/{case.reference}/proceedings/{trial}/"
    page = sign_in(prosecutor).get(base + "charge-sheet/").content.decode()
    assert "Not answered." in page
    finding = Finding.objects.get()
    url = f"{base}counts/1/findings/{finding.pk}/answer/"
    assert url in page
    typed = {
        "how": "amended",
        "note": "Count 1 names hippopotamus now",
        "decided_on": clock.today(),
    }
    assert sign_in(prosecutor).post(url, typed).status_code == 302
    page = sign_in(prosecutor).get(base + "charge-sheet/").content.decode()
    assert "Count 1 names hippopotamus now" in page
    assert "Not answered." not in page


def test_the_pages_send_receive_and_report(
    sign_in: SignIn, case: Case, tusk: Exhibit, investigator: User, prosecutor: User, faces: None
) -> None:
    browser, today = sign_in(investigator), clock.today()
    base = f"/cases/{case.reference}/laboratory/"
    sent = {
        f"take_{tusk.pk}": "on", f"marks_{tusk.pk}": "Red 7", "name": "Invented Laboratory",
        "question": "Which species?", "sent_by": "Sgt W.", "carried_by": "Cpl <B.>",
        "sent_on": today, "due_on": "",
    }  # fmt: skip
    assert browser.post(base + "send/", sent).status_code == 302
    memo = pypdfium2.PdfDocument(browser.get(base + "1/memo/").content)[0]
    text = memo.get_textpage().get_text_range()
    assert "Red 7" in text
    assert "WS-M 006120" in text
    assert "Cpl <B.>" in text
    received = {"received_by": "A. Clerk", "received_on": today, "is_intact": "yes"}
    assert browser.post(base + "1/receive/", received).status_code == 302
    item = LaboratoryRequest.objects.get().items.get()
    reported = {
        "expert": "Dr Rono", "reported_on": today, f"item{item.pk}-certainty": "certain",
        f"item{item.pk}-taxon": "Loxodonta africana", f"item{item.pk}-method": "DNA",
    }  # fmt: skip
    answer = browser.post(base + "1/report/", reported)
    assert answer.status_code == 302, answer.content.decode()
    assert "Loxodonta africana" in sign_in(prosecutor).get(base + "1/").content.decode()


def test_what_is_gone_is_not_offered_for_sending(
    sign_in: SignIn, case: Case, tusk: Exhibit, investigator: User
) -> None:
    given = scenes.exhibit(case, investigator)
    custody.return_(
        given, to_name="Invented Lorries Ltd", authority="Order 7/80", actor=investigator
    )
    page = sign_in(investigator).get(f"/cases/{case.reference}/laboratory/send/").content.decode()
    assert f"take_{tusk.pk}" in page
    assert f"take_{given.pk}" not in page


def test_a_species_without_its_certainty_is_asked_for(
    sign_in: SignIn, case: Case, tusk: Exhibit, investigator: User
) -> None:
    item = send(case, investigator, tusk).items.get()
    typed = {"expert": "Dr Rono", "reported_on": clock.today(), f"item{item.pk}-taxon": "ndovu"}
    answer = sign_in(investigator).post(f"/cases/{case.reference}/laboratory/1/report/", typed)
    page = answer.content.decode()
    assert "Say how certain the expert is." in page
    assert "ndovu" in page


def lacks_of(case: Case, user: User) -> str:
    access.require(user, case, "view")
    return " | ".join(one.title for one in case_page.read(case, user).lacks)


def test_a_missing_report_is_listed_as_soon_as_the_case_is_charged(
    case: Case, tusk: Exhibit, pair: court.Pair, investigator: User
) -> None:
    assert "No scientific report" not in lacks_of(case, investigator)
    today = clock.today()
    trial = court.opened(court.accepted(case, pair, day=today), pair, day=today)
    court.count_in(trial, court.accuse(case, pair, "Benson Tsofa"), pair, day=today)
    court.file_sheet(trial, pair, day=today)
    case.refresh_from_db()
    assert "No scientific report on 1 exhibit" in lacks_of(case, investigator)
    report(send(case, investigator, tusk), investigator, "Loxodonta africana")
    assert "No scientific report" not in lacks_of(case, investigator)


def test_a_report_that_no_count_can_be_held_against_is_said_so(
    case: Case, tusk: Exhibit, pair: court.Pair, investigator: User
) -> None:
    today = clock.today()
    trial = court.opened(court.accepted(case, pair, day=today), pair, day=today)
    court.count_in(trial, court.accuse(case, pair, "Benson Tsofa"), pair, day=today)
    court.file_sheet(trial, pair, day=today)
    report(send(case, investigator, tusk), investigator, "Hippopotamus amphibius")
    case.refresh_from_db()
    assert "No count says of which species it is" in lacks_of(case, investigator)


def test_another_number_than_was_packed_is_told(
    case: Case, tusk: Exhibit, investigator: User
) -> None:
    to = laboratory.laboratory(name="Invented Laboratory", actor=investigator)
    request = laboratory.send(
        case, to=to, question="Which?", items=[Packed(tusk, count=24)], sent_by="A",
        carried_by="B", sent_on=clock.today(), actor=investigator,
    )  # fmt: skip
    report(request, investigator, "Loxodonta africana", count=23)
    assert row(case, investigator).items[0].differs == "23 counted, 24 packed."


def test_the_alarm_stands_on_the_case_and_on_the_prosecutors_home(
    sign_in: SignIn, case: Case, charge: Charge, tusk: Exhibit, investigator: User, prosecutor: User
) -> None:
    report(send(case, investigator, tusk), investigator, "Hippopotamus amphibius")
    case.refresh_from_db()
    said = "1 count says another species than the expert found"
    assert said in lacks_of(case, investigator)
    assert said in sign_in(investigator).get("/").content.decode()
    waits = "Count 1 says another species than the expert found"
    assert waits in sign_in(prosecutor).get("/").content.decode()


NAMES = (
    "Loxodonta africana", "Loxodonta", "Elephantidae", "Elephas maximus",
    "Hippopotamus amphibius", "Manis", "Manis temminckii",
)  # fmt: skip


def test_the_database_and_the_rule_agree_on_every_pair_of_names(
    case: Case, charge: Charge, tusk: Exhibit, investigator: User, prosecutor: User
) -> None:
    request, differing = send(case, investigator, tusk), []
    for found in NAMES:
        report(request, investigator, found, reason="Once more")
        for said in NAMES:
            taxon = Taxon.objects.get(scientific_name=said)
            alarms.name_species(charge.count, taxon=taxon, exhibits=[tusk], actor=prosecutor)
            by_rule = compared(case, prosecutor)[0].is_alarm
            if alarms.contradicted(all_of(prosecutor)).exists() != by_rule:
                differing.append((said, found))
    assert differing == []


def test_who_cannot_see_all_of_a_memo_does_not_replace_it(
    case: Case, tusk: Exhibit, investigator: User, custodian: User
) -> None:
    other = scenes.exhibit(case, investigator)
    memo = send(case, investigator, tusk, other)
    Exhibit.objects.filter(pk=other.pk).update(is_restricted=True)
    said: Any = {
        "to": memo.laboratory, "question": "Which?", "sent_by": "A", "carried_by": "B",
        "sent_on": memo.sent_on, "replaces": memo, "reason": "Seal misread",
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="may not see"):
        laboratory.send(case, items=[Packed(tusk)], actor=custodian, **said)
    laboratory.send(case, items=[Packed(tusk), Packed(other)], actor=investigator, **said)

"""Destruction: the court's order, the end of the appeal window, photographs, and two people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import clock
from casework.errors import DomainError, NotAllowed, RuleBroken
from casework.models import Case, Code, TimeLimit, User
from evidence import answers, custody
from evidence.acts import destruction
from evidence.in_court import lock, windows
from evidence.in_court.orders import Order
from evidence.models import Attachment, Exhibit
from tests.casework import court_stories as court
from tests.evidence.acts import address, send, text, tusks
from tests.evidence.pictures import jpeg

LONG_AGO = date(2020, 1, 5)
ORDER = Order("Court 3", "MISC 7", LONG_AGO, "Nobody was found; the order says so")
DONE: dict[str, Any] = {"note": "Crushed and burnt", "file_digests": ["a" * 64]}


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def refused(act: Any, *args: Any, **kwargs: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value


def test_the_second_person_ends_the_chain_with_an_account_of_their_own(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    exhibit.refresh_from_db()
    assert exhibit.holder == investigator
    assert list(answers.proposals_to(custodian)) == [asked]
    done = destruction.confirm(asked, account="I saw 24 pieces burn", actor=custodian)
    assert (done.recorder, done.from_user, done.answers) == (custodian, investigator, asked)
    assert "order MISC 7" in done.authority
    exhibit.refresh_from_db()
    assert exhibit.holder is None
    assert custody.chain(exhibit).break_ is None


def test_only_the_named_person_confirms(
    exhibit: Exhibit, investigator: User, custodian: User, prosecutor: User
) -> None:
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    for other in (investigator, prosecutor):
        fault = refused(destruction.confirm, asked, account="Seen", actor=other)
        assert isinstance(fault, NotAllowed)
    assert refused(destruction.confirm, asked, account=" ", actor=custodian).field == "account"


def test_until_then_it_is_not_handed_over_and_can_be_taken_back(
    exhibit: Exhibit, investigator: User, custodian: User, prosecutor: User
) -> None:
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    fault = refused(custody.offer, exhibit, to=prosecutor, actor=investigator)
    assert "destruction waits for Joseph Kilonzi" in str(fault)
    custody.withdraw(asked, reason="Wrong pallet", actor=investigator)
    custody.offer(exhibit, to=prosecutor, actor=investigator)


def test_the_second_person_may_refuse(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    custody.refuse(asked, reason="I was not there", actor=custodian)
    assert list(answers.refusals_to(investigator)) == [asked.answer]


@pytest.mark.parametrize(
    ("order", "details", "field"),
    [
        (Order("", "7", LONG_AGO, "-"), {}, "court"),
        (Order("Court 3", " ", LONG_AGO, "-"), {}, "order_number"),
        (Order("Court 3", "7", date(2999, 1, 1), "-"), {}, "ordered_on"),
        (Order("Court 3", "7", LONG_AGO), {}, "no_proceeding"),
        (ORDER, {"note": ""}, "note"),
        (ORDER, {"file_digests": []}, "photographs"),
    ],
)
def test_what_must_be_there(
    order: Order, details: Any, field: str, exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    values = DONE | details
    act = destruction.propose
    fault = refused(act, exhibit, second=custodian, order=order, actor=investigator, **values)
    assert fault.field == field
    assert exhibit.custody.count() == 1


def test_the_two_are_two(exhibit: Exhibit, investigator: User, outsider: User) -> None:
    for other in (investigator, outsider):
        fault = refused(
            destruction.propose, exhibit, second=other, order=ORDER, actor=investigator, **DONE
        )
        assert fault.field == "second"


def test_while_an_appeal_is_possible_the_first_day_is_named(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    order = Order("Court 3", "7", yesterday, "Nobody charged")
    fault = refused(
        destruction.propose, exhibit, second=custodian, order=order, actor=investigator, **DONE
    )
    first = yesterday + timedelta(days=15)
    assert fault.field == "happened_at"
    assert str(first.day) in str(fault)
    found = lock.reasons(exhibit, investigator, order=order)
    assert [(reason.code, reason.possible_from) for reason in found] == [("window", first)]


def test_the_days_are_those_in_force_on_the_day_of_the_decision(db: None) -> None:
    TimeLimit.objects.filter(code__in=("appeal", "prosecution_appeal")).update(
        valid_to=date(2023, 12, 31)
    )
    TimeLimit.objects.create(
        code="appeal", label="Appeal", starts="judgment", amount=30, valid_from=date(2024, 1, 1),
        source="A new act",
    )  # fmt: skip
    assert windows.free_from(date(2023, 6, 1)) == date(2023, 6, 16)
    assert windows.free_from(date(2024, 6, 1)) == date(2024, 7, 2)


def test_days_that_people_wrote_in_the_older_list_count_where_they_are_more(db: None) -> None:
    row = Code.objects.get(kind="appeal_days")
    Code.objects.filter(pk=row.pk).update(code="40")  # as a file loads it: nobody's word
    assert windows.free_from(date(2024, 6, 1)) == date(2024, 6, 16)
    row.code = "21"
    row.save()
    assert windows.free_from(date(2024, 6, 1)) == date(2024, 6, 23)
    row.code = "7"
    row.save()
    assert windows.free_from(date(2024, 6, 1)) == date(2024, 6, 16)


def test_without_a_time_limit_the_older_list_stands_in_and_else_somebody_is_asked(db: None) -> None:
    TimeLimit.objects.all().delete()
    assert windows.free_from(date(2024, 6, 1)) == date(2024, 6, 16)
    Code.objects.filter(kind="appeal_days").delete()
    with pytest.raises(RuleBroken, match="legal officer"):
        windows.free_from(date(2024, 6, 1))


def test_a_case_before_the_court_waits_for_it(investigator: User, prosecutor: User) -> None:
    pair = court.Pair(investigator, prosecutor)
    case = court.accepted(court.seized(pair), pair)
    trial = court.opened(case, pair)
    charged = court.count_in(trial, court.accuse(case, pair, "Benson Tsofa"), pair)
    court.file_sheet(trial, pair)
    court.plead(charged, pair)
    exhibit = tusks(case, investigator)
    order = Order("Court 3", "7", court.DECIDED)
    assert "not decided yet" in lock.reasons(exhibit, order=order)[0].text
    court.decide({charged[0]: "acquitted"}, pair)
    assert lock.reasons(exhibit, order=order) == []
    early = lock.reasons(exhibit, order=order, on=court.DECIDED + timedelta(days=14))
    assert early[0].possible_from == court.DECIDED + timedelta(days=15)


def test_an_offer_is_not_a_proposal_nor_a_proposal_an_offer(
    case: Case, exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    assert "No destruction is proposed" in str(
        refused(destruction.confirm, offer, account="I saw it burn", actor=custodian)
    )
    other = tusks(case, investigator)
    asked = destruction.propose(other, second=custodian, order=ORDER, actor=investigator, **DONE)
    fault = refused(custody.acknowledge, asked, actor=custodian, seal_number="WS-M 006120")
    assert "its destruction waits" in str(fault)
    assert other.custody.count() == 2


def test_a_trial_without_a_charge_is_waited_for(
    investigator: User, prosecutor: User, sign_in: Any
) -> None:
    pair = court.Pair(investigator, prosecutor)
    case = court.accepted(court.seized(pair), pair)
    court.opened(case, pair)
    exhibit = tusks(case, investigator)
    found = lock.reasons(exhibit, order=Order("Court 3", "7", LONG_AGO))
    assert [reason.code for reason in found] == ["uncharged"]
    explained = Order("Court 3", "7", LONG_AGO, "The only suspect died before plea")
    assert lock.reasons(exhibit, order=explained) == []
    page = text(sign_in(investigator).get(address("custody-destroy", exhibit)))
    assert "no_proceeding" in page


def test_an_appeal_between_proposal_and_act_stops_the_confirmation(
    investigator: User, colleague: User, prosecutor: User
) -> None:
    pair = court.Pair(investigator, prosecutor)
    case = court.accepted(court.seized(pair), pair)
    trial = court.opened(case, pair)
    charged = court.count_in(trial, court.accuse(case, pair, "Benson Tsofa"), pair)
    court.file_sheet(trial, pair)
    court.plead(charged, pair)
    court.decide({charged[0]: "acquitted"}, pair)
    exhibit = tusks(case, investigator)
    order = Order("Court 3", "7", court.DECIDED)
    first = destruction.propose(exhibit, second=colleague, order=order, actor=investigator, **DONE)
    appeal = court.appeal(trial, pair)
    fault = refused(destruction.confirm, first, account="I saw it", actor=colleague)
    assert "appeal in this case is not decided" in str(fault)
    later = clock.today() + timedelta(days=1)  # lodged after the act, which stays a fact
    case.proceedings.filter(pk=appeal.pk).update(opened_on=later)
    destruction.confirm(first, account="I saw it burn", actor=colleague)
    assert exhibit.custody.count() == 3


def test_the_pages_ask_for_photographs_and_keep_them(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    browser: Client = sign_in(investigator)
    typed: dict[str, Any] = {
        "court": "Court 3", "order_number": "7", "ordered_on": "2020-01-05", "note": "Burnt",
        "no_proceeding": "Nobody charged", "second": custodian.pk,
    }  # fmt: skip
    assert "at least one photograph" in text(send(browser, "custody-destroy", exhibit, typed))
    typed["photographs"] = SimpleUploadedFile("fire.jpg", jpeg(), "image/jpeg")
    assert send(browser, "custody-destroy", exhibit, typed).status_code == 302
    kept = Attachment.objects.get(exhibit=exhibit)
    assert exhibit.custody.get(sequence=2).file_digests == [kept.file.digest]
    page = text(sign_in(custodian).get(address("exhibit", exhibit)))
    assert "Confirm the destruction" in page
    assert "waits for Joseph Kilonzi" in page
    answer = send(sign_in(custodian), "custody-confirm", exhibit, {"account": "I saw it burn"})
    assert answer.status_code == 302
    exhibit.refresh_from_db()
    assert exhibit.holder is None


def test_the_second_person_reads_what_was_done_before_confirming(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    browser: Client = sign_in(investigator)
    typed: dict[str, Any] = {
        "court": "Court 3", "order_number": "MISC 7", "ordered_on": "2020-01-05",
        "note": "Burnt in the kiln at Site 69", "no_proceeding": "-", "second": custodian.pk,
        "photographs": SimpleUploadedFile("fire.jpg", jpeg(), "image/jpeg"),
    }  # fmt: skip
    send(browser, "custody-destroy", exhibit, typed)
    picture = Attachment.objects.get(exhibit=exhibit)
    for page in ("custody-confirm", "custody-refuse"):
        shown = text(sign_in(custodian).get(address(page, exhibit)))
        assert "Burnt in the kiln at Site 69" in shown
        assert "Court 3, order MISC 7" in shown
        assert "Amina Wekesa" in shown
        assert "WS-M 006120" in shown
        assert f"files/{picture.pk}/image/" in shown
    assert address("custody-refuse", exhibit) in text(
        sign_in(custodian).get(address("custody-confirm", exhibit))
    )


def test_the_pages_of_a_proposal_speak_of_a_destruction_not_of_a_handover(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    asking = text(sign_in(investigator).get(address("custody-destroy", exhibit)))
    assert "you can take the proposal back" in asking
    assert "cannot be taken back" not in asking
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    back = text(sign_in(investigator).get(address("custody-withdraw", exhibit)))
    assert "Take the proposal to destroy E1 back?" in back
    assert "offer" not in back.split("<h1", 1)[1]
    refusing = text(sign_in(custodian).get(address("custody-refuse", exhibit)))
    assert "Refuse to confirm the destruction of E1?" in refusing
    assert "Why you do not confirm it" in refusing
    assert "Seal (optional)" not in refusing
    custody.refuse(asked, reason="I was not there", actor=custodian)
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "Joseph Kilonzi did not confirm its destruction." in page
    assert "the destruction proposed by Sgt Amina Wekesa in event 2" in page
    assert "did not take it" not in page
    assert "did not confirm the destruction of E1" in text(sign_in(investigator).get("/"))


def test_a_proposal_taken_back_is_not_called_an_offer(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    custody.withdraw(asked, reason="Wrong pallet", actor=investigator)
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "Proposal withdrawn" in page
    assert "Offer withdrawn" not in page


def test_while_the_second_person_is_asked_no_order_is_asked_for_again(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    before = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "No order of a court about it is on record." in before
    destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    for user in (investigator, custodian):
        page = text(sign_in(user).get(address("exhibit", exhibit)))
        assert "No order of a court about it is on record." not in page
        assert "Court 3, order MISC 7" in page.split('id="kept"', 1)[1]


def test_the_holder_sees_at_home_whom_a_destruction_waits_for(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    waits = text(sign_in(investigator).get("/")).split('id="asked"', 1)[1]
    assert "Destruction of E1" in waits.split("</section>", 1)[0]


def test_what_ended_is_told_in_its_own_words(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: Any
) -> None:
    asked = destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    destruction.confirm(asked, account="I saw 24 pieces burn", actor=custodian)
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "destroyed, or handed to the state" in page
    assert "returned or disposed of" not in page

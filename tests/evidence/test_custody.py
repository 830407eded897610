"""The acts of custody: what each writes, and what each refuses with what advice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from casework import access, people
from casework.errors import Conflict, DomainError, NotAllowed
from casework.models import AuditEntry, Case, Code, User
from evidence import custody, exhibits
from evidence.exhibits import Thing
from evidence.models import CustodyEvent, Exhibit

Register = Callable[..., Exhibit]
TUSKS: dict[str, Any] = {"seal_number": "KWS 000318", "count": 41, "weight_mg": 412_500_000}


@pytest.fixture
def register(case: Case, investigator: User) -> Register:
    def make(**thing: Any) -> Exhibit:
        kind = Code.objects.filter(kind="exhibit_kind").first()
        values = {"kind": kind, "description": "Tusks", **TUSKS, "scale": "MSA-2", **thing}
        return exhibits.register(case, Thing(**values), actor=investigator)

    return make


@pytest.fixture
def tusks(register: Register) -> Exhibit:
    return register(scale_calibrated_on=date(2026, 1, 9))


@pytest.fixture
def offer(tusks: Exhibit, investigator: User, custodian: User) -> CustodyEvent:
    return custody.offer(tusks, to=custodian, actor=investigator, purpose="Storage")


def refused(act: Callable[..., object], *args: Any, **values: Any) -> DomainError:
    """The refusal of an act, and that it wrote nothing."""
    before = CustodyEvent.objects.count()
    with pytest.raises(DomainError) as caught:
        act(*args, **values)
    assert CustodyEvent.objects.count() == before
    return caught.value


def test_registering_begins_the_chain(tusks: Exhibit, investigator: User) -> None:
    event = tusks.custody.get()
    assert (event.sequence, event.kind, event.previous_digest) == (1, "seized", "")
    assert event.label == str(tusks)
    assert (event.to_name, event.to_number) == ("Sgt Amina Wekesa", "SN-investigator")
    assert tusks.holder == investigator
    assert AuditEntry.objects.filter(action="custody.seized", subject_text=str(tusks)).exists()


def test_a_chain_begins_once(tusks: Exhibit, investigator: User) -> None:
    assert "already" in str(refused(custody.seize, tusks, actor=investigator))


def test_an_offer_carries_what_the_chain_says_last(offer: CustodyEvent, tusks: Exhibit) -> None:
    assert {name: getattr(offer, name) for name in TUSKS} == TUSKS
    assert custody.chain(tusks).holder == custody.chain(tusks).events[0].plain.receiver


def test_the_exhibit_changes_hands_when_it_is_acknowledged(
    offer: CustodyEvent, tusks: Exhibit, investigator: User, custodian: User
) -> None:
    tusks.refresh_from_db()
    assert tusks.holder == investigator
    taken = custody.acknowledge(offer, actor=custodian, place="Store, shelf 4", **TUSKS)
    tusks.refresh_from_db()
    assert (tusks.holder, tusks.storage_place) == (custodian, "Store, shelf 4")
    assert (taken.answers, taken.from_name, taken.discrepancy) == (offer, "Sgt Amina Wekesa", "")


def test_a_refused_exhibit_stays_with_the_giver(
    offer: CustodyEvent, tusks: Exhibit, investigator: User, custodian: User
) -> None:
    assert refused(custody.refuse, offer, reason=" ", actor=custodian).field == "reason"
    custody.refuse(offer, reason="The seal is cut", actor=custodian)
    tusks.refresh_from_db()
    assert tusks.holder == investigator
    assert custody.chain(tusks).open_offer is None


def test_an_offer_is_taken_back_by_its_giver_only(
    offer: CustodyEvent, tusks: Exhibit, investigator: User, custodian: User
) -> None:
    refused(custody.withdraw, offer, reason="Mistake", actor=custodian)
    custody.withdraw(offer, reason="Wrong person", actor=investigator)
    custody.offer(tusks, to=custodian, actor=investigator)


def test_an_offer_is_answered_once(offer: CustodyEvent, custodian: User) -> None:
    custody.refuse(offer, reason="Full", actor=custodian)
    assert isinstance(refused(custody.acknowledge, offer, actor=custodian, **TUSKS), Conflict)
    assert isinstance(refused(custody.refuse, offer, reason="x", actor=custodian), Conflict)


def test_only_the_person_it_is_offered_to_answers(
    offer: CustodyEvent, investigator: User, prosecutor: User
) -> None:
    for actor in (investigator, prosecutor):
        assert isinstance(refused(custody.acknowledge, offer, actor=actor, **TUSKS), NotAllowed)
        assert isinstance(refused(custody.refuse, offer, reason="x", actor=actor), NotAllowed)


def test_only_the_holder_offers(tusks: Exhibit, custodian: User, prosecutor: User) -> None:
    refusal = refused(custody.offer, tusks, to=prosecutor, actor=custodian)
    assert "Sgt Amina Wekesa holds this exhibit" in str(refusal)


def test_the_lead_offers_for_a_holder_who_has_left(
    case: Case, tusks: Exhibit, investigator: User, custodian: User, manager: User
) -> None:
    access.grant(case, role="lead", to=manager, actor=investigator, reason="Takes over")
    refused(custody.offer, tusks, to=custodian, actor=manager)
    people.deactivate(investigator, actor=manager, reason="Left the service")
    offered = custody.offer(tusks, to=custodian, actor=manager)
    assert (offered.from_name, offered.recorder_name) == ("Sgt Amina Wekesa", "Supt Daniel Tarus")


def test_a_receiver_must_be_an_active_member_of_the_team(
    case: Case, tusks: Exhibit, investigator: User, custodian: User, outsider: User, auditor: User
) -> None:
    for person in (outsider, auditor):
        refusal = refused(custody.offer, tusks, to=person, actor=investigator)
        assert refusal.field == "to"
        assert "Ask the lead" in str(refusal)
    assert refused(custody.offer, tusks, to=investigator, actor=investigator).field == "to"
    people.deactivate(custodian, actor=investigator, reason="Left")
    assert "no longer works" in str(refused(custody.offer, tusks, to=custodian, actor=investigator))


def test_a_restricted_exhibit_goes_to_those_who_may_see_it(
    register: Register, investigator: User, custodian: User, prosecutor: User
) -> None:
    secret = register(is_restricted=True)
    refused(custody.offer, secret, to=custodian, actor=investigator)
    custody.offer(secret, to=prosecutor, actor=investigator)


def test_an_outsider_learns_nothing(tusks: Exhibit, outsider: User) -> None:
    with pytest.raises(Http404):
        custody.examine(tusks, actor=outsider)


def test_a_reader_may_not_act(tusks: Exhibit, auditor: User) -> None:
    assert isinstance(refused(custody.examine, tusks, actor=auditor), NotAllowed)


def test_while_it_is_offered_nothing_else_happens(
    offer: CustodyEvent, tusks: Exhibit, investigator: User, prosecutor: User
) -> None:
    refusal = refused(custody.offer, tusks, to=prosecutor, actor=investigator)
    assert "offered to Joseph Kilonzi" in str(refusal)
    refused(custody.examine, tusks, actor=investigator)
    refused(custody.produce, tusks, actor=prosecutor)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"seal_number": "KWS 000319"}, "Seal KWS 000318 was offered, you read KWS 000319"),
        ({"seal_intact": False}, "The seal is not intact"),
        ({"count": 40}, "41 were offered, you counted 40"),
        ({"weight_mg": 410_000_000}, "412.5 kg was offered, you weighed 410 kg"),
    ],
)
def test_what_differs_has_to_be_explained(
    offer: CustodyEvent, custodian: User, found: dict[str, Any], told: str
) -> None:
    values = TUSKS | found
    refusal = refused(custody.acknowledge, offer, actor=custodian, **values)
    assert refusal.field == "discrepancy"
    assert told in str(refusal)
    values |= {"discrepancy": " Dried on the way "}
    taken = custody.acknowledge(offer, actor=custodian, **values)
    assert taken.discrepancy == "Dried on the way"


def test_a_difference_within_the_tolerance_is_none(offer: CustodyEvent, custodian: User) -> None:
    near = TUSKS | {"weight_mg": 412_500_000 - 2_062_500}
    taken = custody.acknowledge(offer, actor=custodian, **near)
    assert (taken.tolerance_mg, taken.discrepancy) == (2_062_500, "")


def test_the_offered_seal_has_to_be_read(offer: CustodyEvent, custodian: User) -> None:
    assert refused(custody.acknowledge, offer, actor=custodian).field == "seal_number"


def test_times_in_the_wrong_order_are_refused(tusks: Exhibit, investigator: User) -> None:
    now = timezone.now()
    for wrong, told in (
        (now + timedelta(hours=1), "future"),
        (now - timedelta(hours=1), "before the last event"),
    ):
        refusal = refused(custody.examine, tusks, actor=investigator, happened_at=wrong)
        assert refusal.field == "happened_at"
        assert told in str(refusal)


def test_a_time_without_seconds_is_taken_as_typed(tusks: Exhibit, investigator: User) -> None:
    minute = timezone.now().replace(second=0, microsecond=0)
    assert custody.examine(tusks, actor=investigator, happened_at=minute).happened_at == minute


def test_a_late_record_is_taken_and_shown(case: Case, investigator: User) -> None:
    kind = Code.objects.filter(kind="exhibit_kind").first()
    assert kind
    made = exhibits.register(
        case,
        Thing(kind=kind, description="Telephone"),
        actor=investigator,
        happened_at=timezone.now() - timedelta(days=3),
    )
    late = custody.chain(made).events[0].recorded_late_by
    assert late is not None
    assert late.days == 3


def test_plain_acts_follow_one_another(tusks: Exhibit, investigator: User) -> None:
    custody.seal(tusks, seal_number="KWS 000320", actor=investigator)
    custody.examine(tusks, seal_intact=True, new_seal_number="KWS 000321", actor=investigator)
    custody.reweigh(tusks, weight_mg=411_000_000, scale="LAB-1", actor=investigator)
    custody.copy(tusks, file_digests=["b" * 64, "a" * 64], actor=investigator)
    custody.produce(tusks, place="Court 2", actor=investigator)
    chain = custody.chain(tusks)
    assert [event.kind for event in chain.events][1:] == [
        "sealed",
        "examined",
        "reweighed",
        "copied",
        "produced",
    ]
    assert chain.standing.seal_number == "KWS 000321"
    assert (chain.standing.count, chain.standing.weight_mg) == (41, 411_000_000)
    assert chain.break_ is None


def test_what_an_act_is_about_must_be_said(tusks: Exhibit, investigator: User) -> None:
    assert refused(custody.seal, tusks, actor=investigator).field == "seal_number"
    assert refused(custody.reweigh, tusks, actor=investigator).field == "weight_mg"
    no_scale = refused(custody.reweigh, tusks, weight_mg=1, actor=investigator)
    assert no_scale.field == "scale"
    first = tusks.custody.get()
    assert refused(custody.correct, first, actor=investigator).field == "note"


def test_a_sample_begins_a_chain_of_its_own(
    tusks: Exhibit, register: Register, case: Case, investigator: User
) -> None:
    part = Exhibit.objects.create(
        case=case, label="E1/S1", kind=tusks.kind, parent=tusks, registered_by=investigator
    )
    taken = custody.sample(tusks, parts=[part], actor=investigator, place="Laboratory")
    first = part.custody.get()
    assert taken.related == [str(part.identifier)]
    assert (first.kind, first.related) == ("sampled", [str(tusks.identifier)])
    part.refresh_from_db()
    assert part.holder == investigator
    refused(custody.sample, tusks, parts=[register()], actor=investigator)


def test_a_correction_names_what_it_corrects(tusks: Exhibit, custodian: User) -> None:
    first = tusks.custody.get()
    made = custody.correct(first, note="Counted again: 42", count=42, actor=custodian)
    assert (made.corrects, made.kind) == (first, "corrected")
    assert custody.chain(tusks).standing.count == 42


def test_a_return_names_the_owner_and_the_order(tusks: Exhibit, investigator: User) -> None:
    act = custody.return_
    assert refused(act, tusks, to_name="Owner", actor=investigator).field == "authority"
    done = act(tusks, to_name="Tamarind Reef Ltd", authority="Order 8", actor=investigator)
    assert (done.to_name, done.to_user) == ("Tamarind Reef Ltd", None)
    assert custody.chain(tusks).holder is None


@pytest.mark.parametrize(
    "text",
    ['"quotes" & <b>', "\u202eright to left", "x" * 300, "line\nbreak", "\u0000".strip("\0")],
)
def test_any_text_is_hashed_and_read_back(tusks: Exhibit, investigator: User, text: str) -> None:
    custody.examine(tusks, note=text, purpose=text[:300], actor=investigator)
    chain = custody.chain(tusks)
    assert chain.break_ is None
    assert chain.events[-1].plain.note == text.strip()


def test_a_text_too_long_or_a_negative_weight_writes_nothing(
    tusks: Exhibit, investigator: User
) -> None:
    from django.core.exceptions import ValidationError

    for wrong in ({"place": "x" * 201}, {"weight_mg": -1}, {"seal_number": "1" * 41}):
        with pytest.raises((ValidationError, DomainError)):
            custody.examine(tusks, actor=investigator, **wrong)
    assert tusks.custody.count() == 1


def test_the_chain_is_read_with_the_same_queries_at_3_and_30_events(
    tusks: Exhibit, investigator: User, django_assert_num_queries: Any
) -> None:
    for total in (3, 30):
        while tusks.custody.count() < total:
            custody.examine(tusks, actor=investigator)
        with django_assert_num_queries(1):
            assert len(custody.chain(tusks).events) == total


def test_waiting_offers_are_found(offer: CustodyEvent, custodian: User) -> None:
    waiting = CustodyEvent.objects.visible_to(custodian).awaiting_acknowledgement()
    assert list(waiting.filter(to_user=custodian)) == [offer]
    custody.refuse(offer, reason="Full", actor=custodian)
    assert not waiting.exists()


def test_what_has_left_is_not_produced_in_court(
    tusks: Exhibit, investigator: User, prosecutor: User
) -> None:
    custody.return_(tusks, to_name="Owner", authority="Order 7", actor=investigator)
    refusal = refused(custody.produce, tusks, actor=prosecutor)
    assert "Nobody holds this exhibit" in str(refusal.message)


def test_where_it_was_with_its_last_holder_is_past(
    tusks: Exhibit, investigator: User, custodian: User
) -> None:
    there = custody.offer(tusks, to=custodian, actor=investigator)
    custody.acknowledge(there, place="Store, shelf 4", actor=custodian, **TUSKS)
    assert custody.chain(tusks).kept_at == "Store, shelf 4"
    back = custody.offer(tusks, to=investigator, place="Store, shelf 4", actor=custodian)
    custody.acknowledge(back, actor=investigator, **TUSKS)
    assert custody.chain(tusks).kept_at == ""

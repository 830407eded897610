"""Two people write the same thing at once on PostgreSQL: who comes second is told of the first."""

import pytest

from casework import access, clock
from casework.models import Case, CaseUserGrant, Code, User
from evidence import custody
from evidence.acts import division
from evidence.disclosure import service
from evidence.exhibits import Thing
from evidence.models import (
    Attachment,
    DisclosureService,
    Dossier,
    Exhibit,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    Place,
)
from evidence.papers import certificates, laboratory
from evidence.papers.laboratory import Found, Packed
from evidence.store import moves, places
from tests.evidence import scenes
from tests.evidence.test_certificates import WHO, need, paper
from tests.race import meanwhile, needs_postgresql, race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    needs_postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def memo(case: Case, investigator: User) -> LaboratoryRequest:
    to = laboratory.laboratory(name="Invented Laboratory", actor=investigator)
    tusk = scenes.exhibit(case, investigator)
    return laboratory.send(
        case, to=to, question="Which species?", items=[Packed(tusk)], sent_by="Sgt Wekesa",
        carried_by="Cpl Barasa", sent_on=clock.today(), actor=investigator,
    )  # fmt: skip


def test_two_reports_on_one_memo_do_not_both_stand(
    memo: LaboratoryRequest, investigator: User
) -> None:
    def report(species: str) -> None:
        laboratory.report(
            memo, expert="Dr Rono", reported_on=clock.today(), actor=investigator,
            findings=[Found(memo.items.get(), species)],
        )  # fmt: skip

    second = meanwhile(
        lambda: report("Loxodonta africana"), lambda: report("Hippopotamus amphibius")
    )
    assert second == "rule-broken", "it was not asked why it takes the place of the first"
    assert LaboratoryReport.objects.standing().count() == 1


def test_two_receipts_of_one_memo_do_not_both_stand(
    memo: LaboratoryRequest, investigator: User
) -> None:
    def receive(by: str) -> None:
        laboratory.receive(
            memo, received_by=by, received_on=clock.today(), is_intact=True, actor=investigator
        )

    second = meanwhile(lambda: receive("Dr Rono"), lambda: receive("Mr Kilonzi"))
    assert second == "rule-broken"
    assert LaboratoryReceipt.objects.standing().count() == 1


def test_two_leads_do_not_take_each_other_off_a_case(
    case: Case, investigator: User, colleague: User
) -> None:
    access.grant(case, role="lead", to=colleague, actor=investigator, reason="Leads it, too")
    leads = CaseUserGrant.objects.filter(content_object=case, permission__codename="lead")
    first, last = leads.get(user=investigator), leads.get(user=colleague)
    second = meanwhile(
        lambda: access.revoke(first, actor=colleague, reason="Moved"),
        lambda: access.revoke(last, actor=investigator, reason="Moved"),
    )
    assert second == "rule-broken"
    assert leads.get() == last


def test_a_certificate_that_two_people_add_the_signed_paper_to_has_one_paper(
    case: Case, investigator: User
) -> None:
    scenes.exhibit(case, investigator)
    drafted = certificates.record(
        case, kind=certificates.kind_of("weighing"), statement=WHO, actor=investigator,
        covers=[need(case, investigator, "weighing").key],
    )  # fmt: skip

    def sign(name: str) -> None:
        signed_on = clock.today()
        certificates.sign(drafted, signed_on=signed_on, paper=paper(name), actor=investigator)

    assert meanwhile(lambda: sign("one.pdf"), lambda: sign("two.pdf")) == "conflict"
    assert [row.name for row in Attachment.objects.filter(case=case)] == ["one.pdf"]


def test_a_service_that_two_people_correct_is_corrected_once(case: Case, prosecutor: User) -> None:
    access.grant(case, role="lead", to=prosecutor, actor=prosecutor, reason="Serves")
    issued = Dossier.objects.create(
        case=case, number=1, state="issued", issued_at=clock.now(), requested_by=prosecutor
    )
    served = service.record(
        issued, recipient="Rehema Pole", means="hand", served_at=clock.now(), actor=prosecutor
    )
    second = meanwhile(
        lambda: service.take_back(served, correction="Not there", actor=prosecutor),
        lambda: service.correct(
            served, correction="By post", recipient="Rehema Pole", means="post",
            served_at=clock.now(), actor=prosecutor,
        ),
    )  # fmt: skip
    assert second == "rule-broken"
    assert DisclosureService.objects.count() == 2


@pytest.fixture
def room(custodian: User) -> Place:
    return places.add(kind="room", name="Room 2", actor=custodian)


@pytest.fixture
def kept(case: Case, investigator: User, custodian: User) -> Exhibit:
    offer = scenes.offer(case, investigator, custodian)
    read = {"seal_number": offer.seal_number, "count": 1, "weight_mg": 4_200_000}
    custody.acknowledge(offer, actor=custodian, **read)  # type: ignore[arg-type]
    return offer.exhibit


def test_nothing_is_put_into_a_place_while_it_is_closed(
    kept: Exhibit, room: Place, custodian: User
) -> None:
    second = meanwhile(
        lambda: places.close(room, actor=custodian),
        lambda: moves.move(kept, to=Place.objects.get(pk=room.pk), actor=custodian),
    )
    assert second == "rule-broken"
    assert not room.exhibits.exists()


def test_what_is_taken_to_a_place_by_its_name_does_not_land_in_a_closed_one(
    case: Case, room: Place, investigator: User, custodian: User
) -> None:
    offer = scenes.offer(case, investigator, custodian)
    read = {"seal_number": offer.seal_number, "count": 1, "weight_mg": 4_200_000}
    second = meanwhile(
        lambda: places.close(room, actor=custodian),
        lambda: custody.acknowledge(offer, actor=custodian, place=room.path, **read),  # type: ignore[arg-type]
    )
    assert second == "done"  # the thing is where it is: what the custodian wrote stands as words
    assert not room.exhibits.exists()
    assert Exhibit.objects.get(pk=offer.exhibit_id).storage_place == room.path


def test_a_place_is_not_closed_while_something_is_put_into_it(
    kept: Exhibit, room: Place, custodian: User
) -> None:
    second = meanwhile(
        lambda: moves.move(kept, to=room, actor=custodian),
        lambda: places.close(room, actor=custodian),
    )
    assert second == "rule-broken"
    assert Place.objects.get(exhibits=kept).is_active


def test_who_makes_two_of_one_label_at_once_is_told(case: Case, investigator: User) -> None:
    found = [scenes.exhibit(case, investigator) for _n in range(4)]
    kind = Code.objects.kind("exhibit_kind").earliest("position")
    whole = Thing(kind=kind, description="A sack", count=2, weight_mg=8_400_000, scale="KP-118")

    def combine(sources: list[Exhibit]) -> None:
        division.combine(sources, whole, actor=investigator, purpose="One sack")

    assert meanwhile(lambda: combine(found[:2]), lambda: combine(found[2:])) == "conflict"
    assert list(case.exhibits.filter(description="A sack").values_list("label", flat=True)) == [
        "E5"
    ]


def test_a_label_that_two_give_at_once_throws_nobody_out(case: Case, investigator: User) -> None:
    """Who registers holds the case; whoever combines writes of the same case as it commits."""
    found = [scenes.exhibit(case, investigator) for _n in range(2)]
    kind = Code.objects.kind("exhibit_kind").earliest("position")
    whole = Thing(kind=kind, description="A sack", count=2, weight_mg=8_400_000, scale="KP-118")
    second = meanwhile(
        lambda: division.combine(found, whole, actor=investigator, purpose="One sack"),
        lambda: scenes.exhibit(case, investigator),
    )
    assert second == "conflict"
    assert sorted(case.exhibits.values_list("label", flat=True)) == ["E1", "E2", "E3"]


def test_many_who_move_the_same_things_to_one_place_wait_in_turn(
    case: Case, room: Place, investigator: User
) -> None:
    """Each has them in an order of its own, and some move one thing alone."""
    things = [scenes.exhibit(case, investigator) for _n in range(8)]
    orders = [things, things[::-1], things[4:] + things[:4], things[-1:], things[:1], things[4:5]]
    left = iter(orders * 2)

    def move() -> None:
        moves.move_all(next(left), to=Place.objects.get(pk=room.pk), actor=investigator)

    outcomes = race(move, len(orders) * 2)
    assert set(outcomes) <= {"done", "rule-broken"}
    assert len(outcomes) == len(orders) * 2, "somebody was thrown out by the database"
    assert "done" in outcomes

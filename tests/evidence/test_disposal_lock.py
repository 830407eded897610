"""What keeps an exhibit: courts, other cases, holds, orders; for it and for what came out of it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from casework import charges, clock
from casework.errors import RuleBroken
from casework.models import Accused, Case, Charge, Code, CourtOrder, OrderedThing, User
from evidence import custody, exhibits
from evidence.acts import destruction, division, handouts
from evidence.acts.handouts import Outside
from evidence.exhibits import Thing
from evidence.in_court import holds, lock
from evidence.in_court.orders import Order
from evidence.models import Exhibit, ExhibitHold
from tests.casework import court_stories as court
from tests.evidence.acts import text, tusks

ORDER = Order("Court 3", "7", court.DECIDED)
NAIROBI = ZoneInfo("Africa/Nairobi")
DONE: dict[str, Any] = {"note": "Burnt", "file_digests": ["a" * 64]}


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> court.Pair:
    return court.Pair(investigator, prosecutor)


@pytest.fixture
def charge(pair: court.Pair) -> Charge:
    return court.charged(pair)[0]


def case_of(charge: Charge) -> Case:
    found: Case = charge.accused.case
    found.refresh_from_db()
    return found


def codes(exhibit: Exhibit, user: User | None = None, **fields: Any) -> list[str]:
    return [reason.code for reason in lock.reasons(exhibit, user, **({"order": ORDER} | fields))]


def ordered(exhibit: Exhibit, kind: str, actor: User, *, day: date = court.DECIDED) -> CourtOrder:
    order = CourtOrder(
        proceeding=exhibit.case.proceedings.earliest("pk"), made_on=day, recorded_by=actor,
        kind=Code.objects.get(kind="court_order", code=kind),
    )  # fmt: skip
    order.save()
    OrderedThing(order=order, exhibit=exhibit).save()
    return order


def test_a_co_accused_whose_trial_is_open_keeps_it(pair: court.Pair) -> None:
    first, _second = court.charged(pair, names=("Benson Tsofa", "Rehema Pole"))
    exhibit = tusks(case_of(first), pair.investigator)
    court.decide({first: "acquitted"}, pair)
    assert codes(exhibit) == ["undecided"]


def test_an_appeal_and_the_retrial_it_orders_keep_it(charge: Charge, pair: court.Pair) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    court.decide({charge: "convicted_trial"}, pair)
    brought = court.appeal(charge.count.charge_sheet.proceeding, pair)
    assert codes(exhibit) == ["appeal"]
    court.decide_appeal(brought, {charge: "retrial"}, pair)
    assert codes(exhibit) == ["retrial"]


def test_an_exhibit_is_not_returned_while_an_appeal_is_possible(
    charge: Charge, pair: court.Pair
) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    yesterday = clock.today() - timedelta(days=1)
    court.decide({charge: "acquitted"}, pair, day=yesterday)
    with pytest.raises(RuleBroken) as caught:
        custody.return_(exhibit, to_name="Owner", order=ORDER, actor=pair.investigator)
    assert caught.value.field == "happened_at"
    (reason,) = lock.reasons(exhibit, order=ORDER)
    assert reason.possible_from == yesterday + timedelta(days=15)
    with clock.telling(timezone.now() + timedelta(days=20)):
        custody.return_(exhibit, to_name="Owner", order=ORDER, actor=pair.investigator)


def test_without_an_order_nothing_of_a_case_in_court_is_returned(
    charge: Charge, pair: court.Pair
) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    court.decide({charge: "acquitted"}, pair)
    assert codes(exhibit, act=lock.RETURN, order=None) == ["no_order"]
    ordered(exhibit, "return", pair.prosecutor)
    assert codes(exhibit, act=lock.RETURN, order=None) == []
    assert codes(exhibit, act=lock.DESTROY) == ["order"]


def test_an_order_to_keep_it_stands_against_every_disposal(
    charge: Charge, pair: court.Pair
) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    court.decide({charge: "convicted_trial"}, pair)
    ordered(exhibit, "forfeiture", pair.prosecutor)
    ordered(exhibit, "keep", pair.prosecutor)
    assert codes(exhibit) == codes(exhibit, act=lock.RETURN) == ["order"]


def test_an_order_can_be_appealed_itself(charge: Charge, pair: court.Pair) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    court.decide({charge: "convicted_trial"}, pair)
    ordered(exhibit, "destruction", pair.prosecutor, day=clock.today())
    assert codes(exhibit, order=None) == ["window"]


def another(pair: court.Pair, exhibit: Exhibit) -> Case:
    """A charge of another case that names the exhibit."""
    case = court.accepted(court.seized(pair), pair)
    trial = court.opened(case, pair)
    accused = court.accuse(case, pair, "Chirchir Oduor")
    count = charges.add_count(
        trial.charge_sheets.get(), provision=court.provision(), offence_on=court.SEIZED,
        particulars="Dealt in it.", accused=accused, actor=pair.prosecutor,
    )  # fmt: skip
    count.exhibits.add(exhibit)
    return case


def test_a_charge_of_another_case_keeps_it_and_only_its_readers_learn_which(
    case: Case, pair: court.Pair, custodian: User
) -> None:
    exhibit = tusks(case, pair.investigator)
    other = another(pair, exhibit)
    told = {user: lock.reasons(exhibit, user, act=lock.RETURN) for user in
            (None, custodian, pair.prosecutor)}  # fmt: skip
    assert [reason.text for reason in told[None]] == ["Another case needs it."]
    assert told[custodian][0].case is None
    assert told[pair.prosecutor][0].case == other
    assert other.reference in told[pair.prosecutor][0].text


def test_parts_samples_and_what_is_combined_inherit(
    case: Case, pair: court.Pair, custodian: User
) -> None:
    whole = tusks(case, pair.investigator)
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    holds.place(whole, case=case, reason="DNA is compared", actor=pair.prosecutor)
    sample = exhibits.take_sample(
        whole, Thing(kind=kind, description="Shaving", label=exhibits.next_part(whole)),
        actor=pair.investigator,
    )  # fmt: skip
    other = tusks(case, pair.investigator)
    joined = division.combine(
        [sample, other], Thing(kind=kind, description="Box"), purpose="One box",
        discrepancy="Not weighed", actor=pair.investigator,
    )  # fmt: skip
    for thing in (whole, sample, joined):
        assert "hold" in codes(thing, act=lock.RETURN)
    assert "hold" not in codes(other, act=lock.RETURN)


def test_a_hold_of_another_case_is_placed_and_released_by_those_who_work_on_it(
    case: Case, pair: court.Pair, custodian: User, outsider: User
) -> None:
    exhibit = tusks(case, pair.investigator)
    other = court.seized(pair)
    with pytest.raises(RuleBroken) as caught:
        holds.place(exhibit, case=other, reason="Same seal", actor=custodian)
    assert caught.value.field == "case"
    row = holds.place(exhibit, case=other, reason="Same seal", actor=pair.investigator)
    with pytest.raises(RuleBroken, match="Another case needs it"):
        lock.check(exhibit, actor=custodian, act=lock.RETURN, on=clock.today())
    with pytest.raises(RuleBroken, match=f"Case {other.reference} needs it: Same seal"):
        custody.return_(exhibit, to_name="Owner", authority="Letter", actor=pair.investigator)
    holds.release(row, why="Compared", actor=pair.investigator)
    assert lock.reasons(exhibit, act=lock.RETURN) == []


def test_a_hold_on_a_whole_that_its_reader_may_not_see_binds_the_part_without_its_reason(
    case: Case, pair: court.Pair, custodian: User
) -> None:
    whole = tusks(case, pair.investigator)
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    sample = exhibits.take_sample(
        whole, Thing(kind=kind, description="Shaving", label=exhibits.next_part(whole)),
        actor=pair.investigator,
    )  # fmt: skip
    Exhibit.objects.filter(pk=whole.pk).update(is_restricted=True)
    holds.place(whole, case=case, reason="The informant named it", actor=pair.prosecutor)
    (told,) = [one for one in lock.reasons(sample, custodian) if one.code == "hold"]
    assert told.text == "It is kept for this case."
    assert "informant" in lock.reasons(sample, pair.prosecutor)[0].text


def test_a_hand_out_to_the_owner_or_to_an_accused_is_a_return(
    charge: Charge, pair: court.Pair
) -> None:
    case = case_of(charge)
    exhibit = tusks(case, pair.investigator)
    given: dict[str, Any] = {
        "actor": pair.investigator, "is_signed_on_paper": True, "purpose": "Release",
    }  # fmt: skip
    for person, is_owner in ((Outside("Zuri Owner", "ID 1", "Himself"), True),
                             (Outside("benson  TSOFA", "ID 2", "Himself"), False)):  # fmt: skip
        with pytest.raises(RuleBroken, match="not decided yet"):
            handouts.hand_out(exhibit, to=person, is_owner=is_owner, **given)
    clerk = Outside("Clerk", "C 1", "Court registry")
    assert handouts.hand_out(exhibit, to=clerk, **given).kind == "handed_out"


def test_the_page_says_what_keeps_it_and_places_a_hold(
    case: Case, investigator: User, custodian: User, sign_in: Any
) -> None:
    exhibit = tusks(case, investigator)
    url = f"/cases/{case.reference}/exhibits/{exhibit.label}/"
    browser: Client = sign_in(investigator)
    typed = {"case": case.pk, "reason": "The seal is compared"}
    assert browser.post(f"{url}holds/add/", typed).status_code == 302
    page = text(browser.get(url))
    assert "It is kept for this case: The seal is compared" in page
    assert "It must be kept." in text(browser.get(f"{url}return/"))
    row = ExhibitHold.objects.get()
    assert browser.post(f"{url}holds/{row.pk}/release/", {"why": "Done"}).status_code == 302
    assert sign_in(custodian).get(f"{url}holds/add/").status_code == 403


def test_a_hold_of_a_case_that_its_reader_may_not_see_is_not_named(
    case: Case, pair: court.Pair, custodian: User, sign_in: Any
) -> None:
    exhibit = tusks(case, pair.investigator)
    other = court.seized(pair)
    holds.place(exhibit, case=other, reason="Told by Zuri", actor=pair.investigator)
    url = f"/cases/{case.reference}/exhibits/{exhibit.label}/"
    page = text(sign_in(custodian).get(url))
    assert "Another case needs it." in page
    assert other.reference not in page
    assert "Told by Zuri" not in page


def test_what_came_after_the_act_does_not_keep_it_out_of_the_record(
    charge: Charge, pair: court.Pair, colleague: User
) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    court.decide({charge: "acquitted"}, pair)
    asked = destruction.propose(
        exhibit, second=colleague, order=ORDER, actor=pair.investigator, **DONE
    )
    with clock.telling(datetime.now(tz=timezone.get_current_timezone()) + timedelta(days=2)):
        holds.place(exhibit, case=exhibit.case, reason="Too late", actor=pair.investigator)
        destruction.confirm(asked, account="I saw it", actor=colleague)
    exhibit.refresh_from_db()
    assert exhibit.holder is None


def test_many_exhibits_are_asked_as_often_as_one(
    case: Case, pair: court.Pair, django_assert_max_num_queries: Any
) -> None:
    found = [tusks(case, pair.investigator) for _ in range(6)]
    with django_assert_max_num_queries(16):
        assert set(lock.of(found, pair.prosecutor)) == {one.pk for one in found}


def test_nobody_keeps_what_has_left(case: Case, pair: court.Pair) -> None:
    exhibit = tusks(case, pair.investigator)
    custody.return_(exhibit, to_name="Owner", authority="Letter 4", actor=pair.investigator)
    with pytest.raises(RuleBroken, match="Nobody holds it"):
        holds.place(exhibit, case=case, reason="Too late", actor=pair.investigator)


def test_accused_of_no_charge_need_nothing(case: Case, pair: court.Pair) -> None:
    exhibit = tusks(case, pair.investigator)
    Accused.objects.create(case=case, number=1, name="Zuri")
    assert lock.reasons(exhibit, act=lock.RETURN) == []


def test_a_day_before_the_trial_opens_no_way_round_it(charge: Charge, pair: court.Pair) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    early = clock.now()
    with clock.telling(early + timedelta(days=3)):
        holds.place(exhibit, case=exhibit.case, reason="DNA", actor=pair.prosecutor)
    with clock.telling(early + timedelta(days=5)):
        late: dict[str, Any] = {"actor": pair.investigator, "happened_at": early}
        with pytest.raises(RuleBroken, match="It is kept for this case"):
            custody.return_(exhibit, to_name="Owner", order=ORDER, **late)
        with pytest.raises(RuleBroken, match="It is kept for this case"):
            destruction.propose(exhibit, second=pair.prosecutor, order=ORDER, **late, **DONE)
        with pytest.raises(RuleBroken, match="It is kept for this case"):
            handouts.hand_out(
                exhibit, to=Outside("Zuri", "1", "Itself"), is_owner=True, purpose="Its own",
                is_signed_on_paper=True, **late,
            )  # fmt: skip


def test_an_order_about_one_thing_is_none_about_what_it_was_combined_with(
    charge: Charge, pair: court.Pair
) -> None:
    case = case_of(charge)
    one, other = tusks(case, pair.investigator), tusks(case, pair.investigator)
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    joined = division.combine(
        [one, other], Thing(kind=kind, description="Box"), purpose="One box",
        discrepancy="Not weighed", actor=pair.investigator,
    )  # fmt: skip
    court.decide({charge: "acquitted"}, pair)
    ordered(other, "keep", pair.prosecutor)
    ordered(one, "return", pair.prosecutor)
    assert codes(joined, act=lock.RETURN, order=None) == ["order"]
    ordered(other, "return", pair.prosecutor)
    assert codes(joined, act=lock.RETURN, order=None) == []


def test_what_was_combined_needs_an_order_about_each(charge: Charge, pair: court.Pair) -> None:
    case = case_of(charge)
    one, other = tusks(case, pair.investigator), tusks(case, pair.investigator)
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    joined = division.combine(
        [one, other], Thing(kind=kind, description="Box"), purpose="One box",
        discrepancy="Not weighed", actor=pair.investigator,
    )  # fmt: skip
    court.decide({charge: "acquitted"}, pair)
    ordered(one, "return", pair.prosecutor)
    assert codes(joined, act=lock.RETURN, order=None) == ["no_order"]
    ordered(joined, "return", pair.prosecutor)
    assert codes(joined, act=lock.RETURN, order=None) == []


def test_a_persons_own_zone_does_not_shorten_the_time_to_appeal(
    charge: Charge, pair: court.Pair
) -> None:
    exhibit = tusks(case_of(charge), pair.investigator)
    decided = clock.today() + timedelta(days=1)
    with clock.telling(timezone.now() + timedelta(days=1)):
        court.decide({charge: "acquitted"}, pair, day=decided)
    last = datetime.combine(decided + timedelta(days=14), time(20), tzinfo=NAIROBI)
    far = timezone.override("Pacific/Kiritimati")  # there it is the next day already
    with clock.telling(last), far, pytest.raises(RuleBroken, match="appeal is still possible"):
        custody.return_(exhibit, to_name="Owner", order=ORDER, actor=pair.investigator)
    with clock.telling(last + timedelta(hours=5)):
        custody.return_(exhibit, to_name="Owner", order=ORDER, actor=pair.investigator)

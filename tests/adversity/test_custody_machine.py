"""People do acts of custody in any order, right ones and wrong ones, and a reference tells which.

A wrong act is refused and changes nothing; each chain stands as the reference has it, and the
whole record verifies at the end of each story.
"""

import os
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from casework.models import Case, User
from evidence import custody, exhibits
from evidence.acts import destruction, division, handouts, incidents
from evidence.in_court.orders import Order
from evidence.models import CustodyEvent
from evidence.store import moves, places
from tests.adversity.custody_model import Thing, note, took
from tests.adversity.custody_story import Story

Kind = CustodyEvent.Kind
STORIES = int(os.environ.get("CASEWORK_TEST_STORIES", "25"))
ACTS = 25
ORDER = Order("Court 3", "MISC 7", date(2020, 1, 5), "Nobody was found; the order says so")
PICTURE = "a" * 64
CLERK = handouts.Outside("Asha Clerk", "CR-114", "Court registry")
Read = dict[str, Any]
people = st.integers(0, 6)
which = st.integers(0, 20)
yes_or_no = st.booleans()
drifts = st.sampled_from([0, 900, 15_000, 1_000_000])  # milligrams


class Custody(Story):
    @initialize(asked=st.sampled_from(["nothing", "taking", "destroying"]))
    def something_waits(self, asked: str) -> None:
        """Much of what may go wrong goes wrong while somebody has to answer."""
        if asked == "taking":
            self.offer(number=0, who=0, to=2, right=True)
        if asked == "destroying":
            self.propose(number=0, who=0, to=2, right=True, shown=True)

    @rule(number=which, who=people, right=yes_or_no, name=st.sampled_from(["examine", "copy"]))
    def look(self, number: int, who: int, right: bool, name: str) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        act = getattr(custody, name)
        may = self.reference.is_free_for(thing, actor)
        if self._try(may, lambda: act(thing.exhibit, actor=actor, note="Seen")):
            note(thing)

    @rule(number=which, who=people, right=yes_or_no, seal=st.sampled_from(["", "T1", "T2"]))
    def seal(self, number: int, who: int, right: bool, seal: str) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        may = bool(seal) and self.reference.is_free_for(thing, actor)
        if self._try(may, lambda: custody.seal(thing.exhibit, seal_number=seal, actor=actor)):
            note(thing, seal=seal)

    @rule(number=which, who=people, right=yes_or_no, doubled=yes_or_no, why=yes_or_no)
    def reweigh(self, number: int, who: int, right: bool, doubled: bool, why: bool) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        weight = (thing.weight or 1_000_000) * (2 if doubled else 1)
        differs = thing.weight is not None and weight - thing.weight > thing.allows
        may = self.reference.is_free_for(thing, actor) and (why or not differs)
        told: Read = {"discrepancy": "Mud was left on it"} if why else {}

        def act() -> CustodyEvent:
            scale: Read = {"weight_mg": weight, "scale": "ES-04"}
            return custody.reweigh(thing.exhibit, actor=actor, **told, **scale)

        if self._try(may, act):
            note(thing, weight=weight)

    @rule(number=which, who=people, to=people, right=yes_or_no)
    def offer(self, number: int, who: int, to: int, right: bool) -> None:
        thing = self._chosen(number)
        actor, receiver = self._actor(who, thing.holder, right), self.everybody[to]
        may = self.reference.may_offer(thing, actor, receiver)
        made = self._try(may, lambda: custody.offer(thing.exhibit, to=receiver, actor=actor))
        if made:
            self._ask(thing, made, receiver)

    @rule(number=which, who=people, to=people, right=yes_or_no, shown=yes_or_no)
    def propose(self, number: int, who: int, to: int, right: bool, shown: bool) -> None:
        """Its destruction; `shown`: with a photograph."""
        thing = self._chosen(number)
        actor, second = self._actor(who, thing.holder, right), self.everybody[to]
        may = shown and self.reference.may_offer(thing, actor, second)
        told: Read = {"note": "Burnt", "file_digests": [PICTURE] if shown else []}

        def act() -> CustodyEvent:
            return destruction.propose(
                thing.exhibit, second=second, order=ORDER, actor=actor, **told
            )

        if made := self._try(may, act):
            self._ask(thing, made, second)

    @precondition(lambda self: self.old_offers)
    @rule(number=which, who=people, right=yes_or_no, account=st.sampled_from(["I saw it", ""]))
    def confirm(self, number: int, who: int, right: bool, account: str) -> None:
        thing, proposal = self._an_offer(number, Kind.PROPOSED)
        actor = self._actor(who, thing.offered_to, right)
        may = bool(account) and self.reference.may_confirm(thing, proposal, actor)
        act = destruction.confirm
        if self._try(may, lambda: act(proposal, account=account, actor=actor)):
            took(thing, None)

    @precondition(lambda self: self.old_offers)
    @rule(number=which, who=people, right=yes_or_no, more=yes_or_no, why=yes_or_no, dried=drifts)
    def acknowledge(
        self, number: int, who: int, right: bool, more: bool, why: bool, dried: int
    ) -> None:
        """`dried`: how much lighter it came than it was offered, in milligrams."""
        thing, offer = self._an_offer(number, Kind.OFFERED)
        actor = self._actor(who, thing.offered_to, right)
        count = offer.count + 1 if more and offer.count else offer.count
        weight = max(offer.weight_mg - dried, 0) if offer.weight_mg is not None else None
        lost = (offer.weight_mg or 0) - (weight or 0)
        differs = count != offer.count or lost > thing.offered_allows
        may = self.reference.may_take(thing, offer, actor) and (why or not differs)
        read: Read = {"seal_number": offer.seal_number, "count": count, "weight_mg": weight}
        told: Read = {"discrepancy": "Counted twice"} if why else {}
        read |= {"scale": "ES-04"} if weight is not None else {}
        if self._try(may, lambda: custody.acknowledge(offer, actor=actor, **told, **read)):
            took(thing, actor, count=count, weight=weight)

    @precondition(lambda self: self.old_offers)
    @rule(number=which, who=people, right=yes_or_no, why=st.sampled_from(["", "Seal torn"]))
    def refuse(self, number: int, who: int, right: bool, why: str) -> None:
        thing, offer = self._an_offer(number, Kind.OFFERED)
        actor = self._actor(who, thing.offered_to, right)
        may = bool(why) and self.reference.may_refuse(thing, offer, actor)
        read: Read = {"seal_number": "X9", "count": 77}  # one side's word: nothing of it stands
        if self._try(may, lambda: custody.refuse(offer, reason=why, actor=actor, **read)):
            took(thing, thing.holder)

    @precondition(lambda self: self.old_offers)
    @rule(number=which, who=people, right=yes_or_no)
    def withdraw(self, number: int, who: int, right: bool) -> None:
        thing, offer = self._an_offer(number, Kind.OFFERED)
        actor = self._actor(who, thing.holder, right)
        may = self.reference.may_withdraw(thing, offer, actor)
        if self._try(may, lambda: custody.withdraw(offer, reason="Not today", actor=actor)):
            took(thing, thing.holder)

    @rule(number=which, who=people, right=yes_or_no, signed=yes_or_no)
    def hand_out(self, number: int, who: int, right: bool, signed: bool) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        may = signed and self.reference.is_free_for(thing, actor)

        def act() -> CustodyEvent:
            paper: Read = {"is_signed_on_paper": signed, "purpose": "Production"}
            return handouts.hand_out(thing.exhibit, to=CLERK, actor=actor, **paper)

        if out := self._try(may, act):
            took(thing, None, out=out, out_by=actor)

    @precondition(lambda self: any(thing.out for thing in self.reference.things))
    @rule(number=which, who=people, right=yes_or_no)
    def take_back(self, number: int, who: int, right: bool) -> None:
        out = [thing for thing in self.reference.things if thing.out]
        self.touched = thing = out[number % len(out)]
        actor, event = self._actor(who, thing.out_by, right), thing.out
        assert event
        may = self.reference.may_take_back(thing, actor)
        read: Read = {"seal_number": event.seal_number, "count": event.count}
        if self._try(may, lambda: handouts.take_back(event, actor=actor, **read)):
            took(thing, actor, out=None, out_by=None)

    @rule(number=which, who=people)
    def produce(self, number: int, who: int) -> None:
        thing, actor = self._chosen(number), self.everybody[who]
        may = self.reference.may_produce(thing, actor)
        if self._try(may, lambda: custody.produce(thing.exhibit, actor=actor, place="Court 3")):
            note(thing)

    @rule(number=which, who=people, found=yes_or_no)
    def report(self, number: int, who: int, found: bool) -> None:
        thing, actor = self._chosen(number), self.everybody[who]
        act = incidents.report_found if found else incidents.report_loss
        may = self.reference.may_report(thing, actor, found=found)
        if self._try(may, lambda: act(thing.exhibit, actor=actor, note="Shelf 4")):
            note(thing, is_lost=not found)

    @rule(number=which, who=people, right=yes_or_no)
    def move(self, number: int, who: int, right: bool) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        thing.exhibit.refresh_from_db()
        free = self.reference.is_free_for(thing, actor)
        may = free and thing.exhibit.place_id != self.store.pk and actor.agency == self.store.agency
        if self._try(may, lambda: moves.move(thing.exhibit, to=self.store, actor=actor)):
            note(thing)

    @rule(number=which, who=people, right=yes_or_no, whole=yes_or_no)
    def split(self, number: int, who: int, right: bool, whole: bool) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        count, weight = thing.count or 0, thing.weight or 0
        part = self._thing(count=1, weight_mg=1000)
        rest: Read = {"count": count - (1 if whole else 2), "weight_mg": weight - 1000}
        known = count > 1 and weight > 1000
        may = known and whole and self.reference.is_free_for(thing, actor)
        if not known:
            return
        made = self._try(may, lambda: division.split(thing.exhibit, [part], actor=actor, **rest))
        if made:
            note(thing, count=rest["count"], weight=rest["weight_mg"])
            self._know(Thing(made[0], thing.holder, "", 1, 1000))

    @rule(number=which, who=people, right=yes_or_no, least=drifts, why=yes_or_no)
    def declare(self, number: int, who: int, right: bool, least: int, why: bool) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        fits = why and thing.weight is not None and 0 < least < thing.weight
        may = fits and self.reference.is_free_for(thing, actor)
        told: Read = {"tolerance_mg": least, "reason": "Fresh horn dries" if why else " "}
        if self._try(may, lambda: custody.declare(thing.exhibit, actor=actor, **told)):
            note(thing, declared=least)

    @rule(number=which, who=people, right=yes_or_no, missing=drifts, why=yes_or_no)
    def sample(self, number: int, who: int, right: bool, missing: int, why: bool) -> None:
        """`missing`: what neither the sample nor the rest weighs, in milligrams."""
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        left = (thing.weight or 0) - 500 - missing
        if left <= 0:
            return
        may = self.reference.is_free_for(thing, actor) and (why or missing <= thing.allows)
        label = exhibits.next_part(thing.exhibit)
        shaving = self._thing(count=1, weight_mg=500, seal_number="P1", label=label)
        told: Read = {"discrepancy": "Dust was blown away"} if why else {}

        def act() -> Any:
            return exhibits.take_sample(
                thing.exhibit, shaving, weight_mg=left, scale="ES-04", actor=actor, **told
            )

        if part := self._try(may, act):
            note(thing, weight=left)
            self._know(Thing(part, thing.holder, "P1", 1, 500, events=3))

    @rule(number=which, who=people, shown=yes_or_no)
    def damage(self, number: int, who: int, shown: bool) -> None:
        thing, actor = self._chosen(number), self.everybody[who]
        may = shown and self.reference.may_damage(thing, actor)
        seen: Read = {"note": "Cracked", "file_digests": [PICTURE] if shown else []}
        if self._try(may, lambda: incidents.report_damage(thing.exhibit, actor=actor, **seen)):
            note(thing)

    @rule(number=which, other=which, who=people, right=yes_or_no)
    def combine(self, number: int, other: int, who: int, right: bool) -> None:
        one, two = self._chosen(number), self._chosen(other)
        actor = self._actor(who, one.holder, right)
        fits = [
            each for each in self.reference.things if self.reference.may_combine(one, each, actor)
        ]
        if right and fits:
            two = fits[other % len(fits)]
        if None in (one.count, two.count, one.weight, two.weight):
            return
        count, weight = one.count + two.count, one.weight + two.weight  # type: ignore[operator]
        whole = self._thing(count=count, weight_mg=weight, seal_number="C1")
        may = self.reference.may_combine(one, two, actor)
        both = [one.exhibit, two.exhibit]

        def act() -> Any:
            return division.combine(both, whole, actor=actor, purpose="One bag")

        if made := self._try(may, act):
            took(one, None)
            took(two, None)
            self._know(Thing(made, actor, "C1", count, weight))

    @rule(number=which, who=people, right=yes_or_no, order=st.sampled_from(["", "Order 7"]))
    def give_back(self, number: int, who: int, right: bool, order: str) -> None:
        thing = self._chosen(number)
        actor = self._actor(who, thing.holder, right)
        may = bool(order) and self.reference.is_free_for(thing, actor)

        def act() -> CustodyEvent:
            return custody.return_(thing.exhibit, to_name="Owner", actor=actor, authority=order)

        if self._try(may, act):
            took(thing, None)

    @rule(number=which, who=people)
    def correct(self, number: int, who: int) -> None:
        """Also: a chain that has begun does not begin again."""
        thing, actor = self._chosen(number), self.everybody[who]
        self._try(False, lambda: custody.seize(thing.exhibit, actor=actor))
        first = thing.exhibit.custody.get(sequence=1)
        may = actor in self.reference.handlers
        if self._try(may, lambda: custody.correct(first, actor=actor, note="Five, not four")):
            note(thing)


def test_any_order_of_acts_agrees_with_the_reference(
    case: Case,
    investigator: User,
    colleague: User,
    custodian: User,
    prosecutor: User,
    manager: User,
    auditor: User,
    outsider: User,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "ledger.pem")
    call_command("create_signing_key", stdout=StringIO())
    Custody.everybody = [
        investigator, colleague, custodian, prosecutor, manager, auditor, outsider,
    ]  # fmt: skip
    Custody.case, Custody.heads = case, Path(settings.HEADS_FILE)
    Custody.store = places.add(kind="shelf", name="Shelf 1", actor=custodian)
    run_state_machine_as_test(Custody, settings=short)


short = settings(
    max_examples=STORIES,
    stateful_step_count=ACTS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

"""Random walks of the machine against the real operations: the record explains every state."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from casework import charges, clock, outcomes, proceedings, stages
from casework.errors import RuleBroken
from casework.models import Case, Charge, Proceeding, User
from casework.procedure import gate, machine, record, standing, steps, transfers
from casework.procedure.position import Line, state
from casework.procedure.states import State, Step
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

PLEAS = {step: plea for plea, step in charges.STEP_OF_PLEA.items()}
STEPS = {step: kind for kind, step in steps.STEP_OF.items()}
VERDICTS = {step: decision for decision, step in gate.STEP_OF.items()}
RESULTS = {step: result for result, step in outcomes.STEP_AFTER.items()}
NEXT = {"magistrate": "high", "high": "appeal", "appeal": "supreme", "supreme": "supreme"}


class Walk:
    """One case, two accused on one count, a second trial beside it; a day passes at each step."""

    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair, self.dice = pair, random.Random(seed)
        case = stories.accepted(stories.seized(pair), pair)
        self.case, self.day = case, stories.FILED
        self.trial = stories.opened(case, pair)
        people = stories.accuse(case, pair, "Benson Tsofa", "Lucy Muriuki")
        self.charges = stories.count_in(self.trial, people, pair)
        stories.count_in(self.trial, people, pair)
        self.seen: list[tuple[int, date, State]] = []

    def line(self, charge: Charge) -> Line:
        return record.lines_of(self.case)[charge.pk]

    def court(self, charge: Charge) -> Proceeding:
        line = self.line(charge)
        if not line.courts:
            return stories.retried(
                Proceeding.objects.get(pk=line.decisions[-1].court), self.pair, day=self.day
            )
        return Proceeding.objects.get(pk=line.courts[-1])

    def choose(self) -> tuple[Charge, Step]:
        charge = self.dice.choice(self.charges)
        legal = machine.legal(state(self.line(charge)))
        if legal and self.dice.random() < 0.8:
            return charge, self.dice.choice(legal)
        return charge, self.dice.choice(list(Step))

    def take(self, charge: Charge, step: Step) -> None:
        self.day += timedelta(days=1)
        with clock.telling(stories.noon(self.day)):
            self.act(charge, step)()

    def act(self, charge: Charge, step: Step) -> Callable[[], object]:
        actor, day = self.pair.prosecutor, self.day
        if step == Step.FILE:
            sheet = charge.count.charge_sheet
            return lambda: charges.file_sheet(sheet, filed_on=day, actor=actor)
        if step == Step.SUBSTITUTE:
            return lambda: self.substitute(charge)
        if step == Step.SEVER:
            return lambda: stories.severed([charge], self.pair, day=day, number=f"S {day}")
        if step == Step.JOIN:
            return lambda: self.join(charge)
        if step in PLEAS:
            pleas = {charge: PLEAS[step]}
            return lambda: charges.enter_pleas(
                self.court(charge), pleas=pleas, entered_on=day, actor=actor
            )
        if step in STEPS:
            return lambda: steps.take(
                self.court(charge), kind=STEPS[step], happened_on=day, actor=actor,
                accused=charge.accused,
            )  # fmt: skip
        if step == Step.SENTENCE:
            return lambda: self.sentence(charge)
        if step in (Step.APPEAL, Step.CROSS_APPEAL):
            return lambda: self.appeal(charge, step)
        pending = self.line(charge).pending
        if step in RESULTS and (step not in VERDICTS or pending):
            return lambda: self.decide_appeal(charge, RESULTS[step])
        return lambda: outcomes.decide(
            self.court(charge), decisions={charge: VERDICTS[step]}, decided_on=day, actor=actor
        )

    def substitute(self, charge: Charge) -> None:
        mine = list(standing.live_charges(self.court(charge)).filter(count=charge.count))
        new = stories.amended(mine or [charge], self.pair, day=self.day)
        self.charges = [*self.charges, *new]

    def join(self, charge: Charge) -> None:
        place = self.line(charge).place
        to = self.case.proceedings.filter(kind="trial").exclude(pk=place).last()
        transfers.join(
            to or self.trial, charges=[charge], ordered_on=self.day, actor=self.pair.prosecutor
        )

    def sentence(self, charge: Charge) -> None:
        current = outcomes.current(charge)
        if current is None or state(self.line(charge)) == State.SENTENCED:
            raise RuleBroken("nothing to sentence")
        outcomes.sentence(current, imprisonment_days=365, actor=self.pair.prosecutor)

    def appeal(self, charge: Charge, step: Step) -> None:
        line = self.line(charge)
        parent = Proceeding.objects.get(pk=line.last.court if line.last else line.place)
        first = line.pending[0] if line.pending else None
        cross = Proceeding.objects.get(pk=first.court) if first else None
        if step == Step.CROSS_APPEAL and cross is None:
            raise RuleBroken("nothing to answer")
        other = "prosecution" if first and first.side == "defence" else "defence"
        proceedings.open_appeal(
            parent, court=stories.court(NEXT[parent.court.level]), charges=[charge],
            number=f"A {self.day}", opened_on=self.day, actor=self.pair.prosecutor,
            appellant_side=other, cross_to=cross if step == Step.CROSS_APPEAL else None,
        )  # fmt: skip

    def decide_appeal(self, charge: Charge, result: str) -> None:
        line = self.line(charge)
        last = line.pending[-1].court if line.pending else line.place
        appeal = Proceeding.objects.get(pk=last)
        outcomes.decide_appeal(
            appeal, results={charge: result}, decided_on=self.day, actor=self.pair.prosecutor
        )

    def check(self, charge: Charge, before: State, step: Step, refused: RuleBroken | None) -> None:
        now = state(self.line(charge))
        if refused is not None:
            assert now == before
            assert str(refused.message)
            return
        # A step of the trial is open while another charge of the accused has room for it.
        elsewhere = step in STEPS and machine.refusal(before, step) is not None
        assert now in machine.after(before, step) or (elsewhere and now == before), (
            before, step, now, self.line(charge),
        )  # fmt: skip
        self.seen.append((charge.pk, self.day, now))

    def check_the_past(self) -> None:
        """As at each day the record says what it said then; a sentence belongs to its verdict."""
        lines = record.lines_of(self.case)
        same = {State.SENTENCED: State.CONVICTED, State.FINAL: State.CONVICTED}
        for key, day, then in self.seen:
            found = state(lines[key], day)
            assert found == then or same.get(found) == then, (day, then, found)


SLOW = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 24)]


@pytest.mark.parametrize("seed", [*range(6), *SLOW])
def test_no_walk_ends_in_a_state_that_the_record_cannot_explain(
    investigator: User, prosecutor: User, seed: int
) -> None:
    walk = Walk(Pair(investigator, prosecutor), seed)
    for _n in range(25):
        charge, step = walk.choose()
        before = state(walk.line(charge))
        refused = None
        try:
            walk.take(charge, step)
        except RuleBroken as broken:
            refused = broken
        if machine.refusal(before, step) is not None and step not in STEPS:
            assert refused is not None, (before, step)
        walk.check(charge, before, step, refused)
        walk.case.refresh_from_db()
        status = stages.stage(record.states_of(walk.case).values())
        assert status is None or walk.case.status == status
    walk.check_the_past()
    assert isinstance(walk.case, Case)

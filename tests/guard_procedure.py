"""For the guard of pages: a trial with a step on record, whose charges are being amended."""

from typing import Any

from casework import clock
from casework.models import Accused, Case
from casework.procedure import amendments
from tests.casework import court_stories as court


def of_the_trial(case: Case, accused: Accused, pair: court.Pair) -> dict[str, Any]:
    """A third court file of the same accused."""
    today = clock.today()
    trial = court.opened(case, pair, number="CR 3", day=today)
    charges = court.count_in(trial, [accused], pair)
    court.file_sheet(trial, pair, day=today)
    court.plead(charges, pair, day=today)
    step = court.step(trial, "opened", pair, day=today)
    amendments.begin(trial, why="Another species", actor=pair.prosecutor)
    return {"tried": trial.pk, "version": 1, "step": step.pk, "standing": charges[0].count_id}

"""What may follow what for one charge: one table, from which illegal steps are refused.

Pure. `docs/procedure.md` draws the table; operations ask `refusal` and write nothing it refuses.
"""

from collections.abc import Iterable
from typing import Protocol

from django_stubs_ext import StrOrPromise

from casework.procedure import reasons
from casework.procedure.states import (
    AFTER_PLEA,
    APPEALED,
    BEFORE_CLOSE,
    CONVICTIONS,
    HEARD,
    OPEN,
    OTHER_ENDS,
    PLEADED,
    UNDECIDED,
    State,
    Step,
)

S, T = State, Step
Table = dict[tuple[State, Step], tuple[State, ...]]


class Lead(Protocol):
    def __call__(self, sources: Iterable[State], step: Step, *targets: State) -> None:
        """From each of these states the step leads to these; to none named: back to itself."""


def _table() -> Table:
    """Each legal step, and where it can lead; where to several, the record says to which."""
    table: Table = {(S.DRAFTED, T.FILE): (S.FILED,)}

    def lead(sources: Iterable[State], step: Step, *targets: State) -> None:
        table.update({(source, step): targets or (source,) for source in sources})

    _before_the_verdict(lead)
    _verdicts(lead)
    _appeals(lead)
    return table


def _before_the_verdict(lead: Lead) -> None:
    pleadable = (*UNDECIDED, S.RETRIAL_ORDERED)
    lead(pleadable, T.PLEAD_NOT_GUILTY, *AFTER_PLEA)
    lead(pleadable, T.PLEAD_GUILTY, S.PLEADED_GUILTY)
    lead((S.FILED, S.RETRIAL_ORDERED), T.PLEAD_NONE)
    lead(BEFORE_CLOSE, T.SUBSTITUTE, S.SUBSTITUTED)
    lead((S.FILED, *PLEADED), T.JOIN)
    lead((S.FILED, *PLEADED), T.SEVER)
    lead(HEARD, T.SEVER, S.PLEADED)  # heard anew in its own trial
    lead((*BEFORE_CLOSE, S.RETRIAL_ORDERED), T.DISCLOSE)
    lead((S.FILED, *PLEADED, S.RETRIAL_ORDERED), T.CONFER)
    lead((S.PLEADED, S.RETRIAL_ORDERED), T.OPEN, S.ON_TRIAL)
    lead((S.PLEADED, S.ON_TRIAL, S.RETRIAL_ORDERED), T.CLOSE_PROSECUTION, S.PROSECUTION_CLOSED)
    lead((S.PROSECUTION_CLOSED, S.CASE_TO_ANSWER), T.REOPEN, S.ON_TRIAL)
    lead((S.PROSECUTION_CLOSED,), T.CASE_TO_ANSWER, S.CASE_TO_ANSWER)
    lead((S.CASE_TO_ANSWER,), T.CLOSE_DEFENCE)
    lead((S.PROSECUTION_CLOSED, S.CASE_TO_ANSWER), T.SUBMIT)


def _verdicts(lead: Lead) -> None:
    tried = (S.PLEADED, *HEARD, S.RETRIAL_ORDERED)
    lead((S.PLEADED_GUILTY,), T.CONVICT_ON_PLEA, S.CONVICTED)
    lead(tried, T.CONVICT, S.CONVICTED)
    lead((S.PLEADED_GUILTY, *tried), T.ACQUIT, S.ACQUITTED)
    lead((S.PLEADED_GUILTY, *tried), T.NO_FINDING, S.NO_FINDING)
    lead((S.PROSECUTION_CLOSED,), T.NO_CASE, S.NO_CASE)
    still = tuple(state for state in OPEN if state != S.CASE_TO_ANSWER)
    lead(still, T.WITHDRAW, S.WITHDRAWN)
    lead([state for state in OPEN if state != S.FILED], T.WITHDRAW_BARRED, S.WITHDRAWN_BARRED)
    lead(OPEN, T.DISMISS, S.DISMISSED)
    lead((S.CONVICTED,), T.SENTENCE, S.SENTENCED, S.FINAL)
    lead((S.CONVICTION_APPEALED,), T.SENTENCE)  # appealed between the verdict and the sentence
    lead((*OPEN, S.CONVICTED, *APPEALED), T.ABATE, S.ABATED)


def _appeals(lead: Lead) -> None:
    lead(CONVICTIONS, T.APPEAL, S.CONVICTION_APPEALED)
    lead(OTHER_ENDS, T.APPEAL, S.ACQUITTAL_APPEALED)
    lead(APPEALED, T.CROSS_APPEAL)
    # While the other side's appeal waits, the charge stays appealed.
    stands = (S.SENTENCED, S.CONVICTED, S.CONVICTION_APPEALED, S.FINAL)
    lead((S.CONVICTION_APPEALED,), T.UPHOLD, *stands)
    lead((S.CONVICTION_APPEALED,), T.VARY_SENTENCE, S.CONVICTED, S.CONVICTION_APPEALED)
    lead((S.CONVICTION_APPEALED,), T.QUASH, S.ACQUITTED, S.ACQUITTAL_APPEALED, S.FINAL)
    lead((S.ACQUITTAL_APPEALED,), T.UPHOLD, *OTHER_ENDS, S.ACQUITTAL_APPEALED, S.FINAL)
    lead((S.ACQUITTAL_APPEALED,), T.CONVICT_ON_APPEAL, S.CONVICTED, S.CONVICTION_APPEALED)
    lead(APPEALED, T.ORDER_RETRIAL, S.RETRIAL_ORDERED)


TABLE = _table()


def legal(state: State) -> list[Step]:
    """The steps that are open in this state, in the order of the list."""
    return [step for step in Step if (state, step) in TABLE]


def after(state: State, step: Step) -> tuple[State, ...]:
    """Where the step can lead; empty where it is refused."""
    return TABLE.get((state, step), ())


def refusal(state: State, step: Step) -> StrOrPromise | None:
    """Why this step cannot be taken now, in a sentence; None where it can."""
    return None if (state, step) in TABLE else reasons.why_not(state, step)

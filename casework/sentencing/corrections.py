"""Correcting a sentence that was recorded wrongly: the decision is written again, with it."""

from typing import Any

from django.db import transaction

from casework import access, audit, outcomes, roles, stages
from casework.models import Charge, Outcome, Sentence, User
from casework.sentencing import recorded, sentences


@transaction.atomic
def correct(sentence: Sentence, *, why: str, actor: User, **values: Any) -> Sentence:
    """Write another sentence in the place of one recorded wrongly; both stay on record.

    A sentence belongs to one row of the decision, so the decision is superseded by one that says
    the same. Payments and time served stay with the charge.
    """
    charge = sentence.outcome.charge
    case = sentence.outcome.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    why = recorded.check_said(why)
    current = last(charge)
    if sentences.in_force(_line(charge)) != sentence or current is None:
        raise recorded.replaced()
    again = outcomes.correct(
        current, decision=current.decision, decided_on=current.decided_on, reason=why, actor=actor
    )
    row = outcomes.sentence(again, actor=actor, **values)
    audit.record("sentence.correct", actor=actor, case=case, subject=row, reason=why)
    return row


def _line(charge: Charge) -> list[Outcome]:
    return list(charge.outcomes.select_related("sentence").order_by("pk"))


def last(charge: Charge) -> Outcome | None:
    """The decision on a charge that stands."""
    row: Outcome | None = charge.outcomes.current().select_related("proceeding__case").first()
    return row

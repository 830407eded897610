"""Refuses what the state machine refuses, in words that name the charge and say what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.errors import RuleBroken
from casework.models import Charge, Outcome, Proceeding
from casework.procedure import machine
from casework.procedure.position import RETRIAL, Line, state
from casework.procedure.states import State, Step

Decision = Outcome.Decision
# What a trial or a retrial may decide, as steps of the machine.
STEP_OF: Mapping[str, Step] = {
    Decision.CONVICTED_PLEA: Step.CONVICT_ON_PLEA,
    Decision.CONVICTED_TRIAL: Step.CONVICT,
    Decision.ACQUITTED: Step.ACQUIT,
    Decision.NO_CASE: Step.NO_CASE,
    Decision.WITHDRAWN: Step.WITHDRAW,
    Decision.WITHDRAWN_BARRED: Step.WITHDRAW_BARRED,
    Decision.DISMISSED: Step.DISMISS,
    Decision.ABATED: Step.ABATE,
    Decision.NO_FINDING: Step.NO_FINDING,
}


def field_of(charge: Charge) -> str:
    """The field of a form's grid that stands for this charge."""
    return f"charge_{charge.pk}"


def refused(charge: Charge, why: StrOrPromise) -> RuleBroken:
    """The reason, said of this charge and beside its field."""
    message = _("Count %(count)s against A%(accused)s: %(why)s") % {
        "count": charge.count.number, "accused": charge.accused.number, "why": why,
    }  # fmt: skip
    return RuleBroken(message, field=field_of(charge))


def check(lines: Mapping[int, Line], charge: Charge, step: Step) -> State:
    """The state of the charge, where the step is open to it. Raises RuleBroken with the reason."""
    stands = state(lines[charge.pk])
    why = machine.refusal(stands, step)
    if why is not None:
        raise refused(charge, why)
    return stands


def check_court(lines: Mapping[int, Line], charge: Charge, court: Proceeding) -> None:
    """Refuse to record in one court file what belongs in another."""
    line = lines[charge.pk]
    if court.pk in line.courts:
        return
    if line.last is not None and line.last.decision == RETRIAL:
        raise refused(charge, _("It was sent back. Open the retrial, and record it there."))
    raise refused(charge, _("It belongs to another trial. Record it in that court file."))

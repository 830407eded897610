"""Operations on bail: what the court decided, with its conditions and sureties."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Accused, BailDecision, Code, Proceeding, User

LARGEST_AMOUNT = 10**15
GRANTS = ("granted_bond", "granted_cash", "granted_free", "varied")
ENDS = ("revoked", "forfeited")


@transaction.atomic
def decide(
    proceeding: Proceeding,
    *,
    accused: Accused,
    decision: Code,
    decided_on: date,
    actor: User,
    amount: int | None = None,
    currency: str = "KES",
    conditions: str = "",
    sureties: str = "",
) -> BailDecision:
    """What the court decided on bail; amounts in whole units of their currency."""
    bail = BailDecision(
        proceeding=proceeding, accused=accused, recorded_by=actor, recorded_at=clock.now()
    )
    fields = {
        "decision": decision, "decided_on": decided_on, "amount": amount, "currency": currency,
        "conditions": conditions, "sureties": sureties,
    }  # fmt: skip
    return _save(bail, fields, actor, "bail.decide")


@transaction.atomic
def correct(bail: BailDecision, *, why: str, actor: User, **fields: Any) -> BailDecision:
    """Correct what is recorded of a decision on bail; the history keeps what stood before."""
    if not why.strip():
        raise RuleBroken(_("Say what was wrong in the record."), field="correction")
    return _save(bail, fields, actor, "bail.correct", why.strip())


def _save(
    bail: BailDecision, fields: dict[str, Any], actor: User, action: str, why: str = ""
) -> BailDecision:
    case = bail.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    for name, value in fields.items():
        setattr(bail, name, value)
    _check(bail)
    bail.full_clean()
    audit.sign(bail, actor, why)
    bail.save()
    audit.record(action, actor=actor, case=case, subject=bail, reason=why)
    signals.changed.send(sender=Accused, instance=bail.accused)
    return bail


def _check(bail: BailDecision) -> None:
    stages.check_day(
        bail.decided_on, field="decided_on", after=bail.proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    if bail.accused.case_id != bail.proceeding.case_id:
        raise RuleBroken(_("Choose an accused of this case."), field="accused")
    if bail.decision.kind != "bail":
        raise RuleBroken(_("Choose one of the decisions on bail."), field="decision")
    if bail.amount is not None and not 0 < bail.amount <= LARGEST_AMOUNT:
        raise RuleBroken(_("Write the amount as a whole number above zero."), field="amount")

"""Operations on dealings: calls, payments and meetings between two parties, from a case's papers.

A dealing is visible with its case. Taking one back leaves it in the history and the audit.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import RuleBroken
from casework.models import Case, User
from kyc.diligence import fact_values
from kyc.models import Dealing, Party


@dataclass(frozen=True)
class Sum:
    """What was paid, in which currency (three letters)."""

    amount: Decimal
    currency: str


def nameable(user: access.Reader, case: Case) -> QuerySet[Party]:
    """Parties that may be named in this case: the register's, and those kept to it."""
    seen: QuerySet[Party] = Party.objects.visible_to(user)
    return seen.filter(Q(own_case__isnull=True) | Q(own_case=case))


@transaction.atomic
def add(
    case: Case,
    *,
    kind: str,
    giver: Party,
    receiver: Party,
    source: str,
    actor: User,
    happened_on: date | None = None,
    times: int = 1,
    paid: Sum | None = None,
    note: str = "",
) -> Dealing:
    """Record that `giver` called, paid or met `receiver`. Raises RuleBroken, NotAllowed."""
    access.require(actor, case, roles.EDIT)
    _check(case, kind, giver, receiver, happened_on, paid)
    dealing = Dealing(
        case=case,
        kind=kind,
        giver=giver,
        receiver=receiver,
        happened_on=happened_on,
        times=times,
        amount=paid.amount if paid else None,
        currency=paid.currency.strip().upper() if paid else "",
        source=fact_values.clean(source),
        note=note.strip(),
        recorded_by=actor,
    )
    audit.sign(dealing, actor)
    dealing.full_clean()
    dealing.save()
    audit.record("dealing.add", actor=actor, case=case, subject=dealing, kind=kind)
    return dealing


@transaction.atomic
def remove(dealing: Dealing, *, actor: User, reason: str) -> None:
    """Take back a dealing that was recorded by mistake; history and audit keep it."""
    access.require(actor, dealing.case, roles.EDIT)
    if not reason.strip():
        raise RuleBroken(_("Say why it is taken back."), field="reason")
    audit.record(
        "dealing.remove",
        actor=actor,
        case=dealing.case,
        subject=dealing,
        kind=dealing.kind,
        reason=reason,
    )
    audit.sign(dealing, actor, reason)
    dealing.delete()


def _check(
    case: Case,
    kind: str,
    giver: Party,
    receiver: Party,
    happened_on: date | None,
    paid: Sum | None,
) -> None:
    for field, party in (("giver", giver), ("receiver", receiver)):
        if party.own_case_id not in (None, case.pk):
            raise RuleBroken(_("Choose a party of the register."), field=field)
    if giver == receiver:
        raise RuleBroken(_("Nobody deals with themselves. Choose another."), field="receiver")
    if happened_on is not None and happened_on > clock.today():
        raise RuleBroken(_("This day lies in the future."), field="happened_on")
    if paid is None:
        return
    if kind != Dealing.Kind.PAYMENT:
        raise RuleBroken(_("Only a payment has an amount. Remove it."), field="amount")
    if paid.amount <= 0:
        raise RuleBroken(_("Write how much was paid."), field="amount")
    if not (paid.currency.isascii() and paid.currency.isalpha() and len(paid.currency) == 3):
        raise RuleBroken(_("Write the currency in three letters, such as KES."), field="currency")

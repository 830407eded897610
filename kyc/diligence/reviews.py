"""Decisions about parties under a checklist: with a reason, and due again on a day.

A decision is written once. What is stored of the checklist is what no case keeps, so that a
decision, which all readers of the party see, never gives a case away.
"""

from datetime import date

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from casework import audit, clock, row_digests
from casework.errors import NotAllowed, RuleBroken
from casework.models import User
from kyc import parties
from kyc.diligence import checklists, fact_values, standing
from kyc.models import Party, Review


@transaction.atomic
def decide(
    party: Party,
    *,
    regime: str,
    decision: str,
    reason: str,
    actor: User,
    next_review_on: date | None = None,
) -> Review:
    """Record what was decided and why; without a day it is due when the checklist says.

    Raises RuleBroken, NotAllowed.
    """
    if not parties.may_edit(actor, party):
        raise NotAllowed(_("Your position does not change the register of parties."))
    if party.merged_into is not None:
        raise RuleBroken(_("It was merged into another record. Decide there."))
    if regime not in standing.regimes():
        raise RuleBroken(_("Choose a checklist from the list."), field="regime")
    known = standing.of_register(party, regime)
    review = Review(
        party=party,
        regime=regime,
        decision=decision,
        reason=_reason(reason),
        standing=[
            {"code": line.want.code, "label": line.want.label, "state": line.state}
            for line in known.lines
        ],
        next_review_on=_due(next_review_on, regime),
        decided_by=actor,
        decided_at=clock.now(),
    )
    review.full_clean()
    review.save()
    audit.record(
        "party.review", actor=actor, case=party.own_case, subject=party, decision=decision,
        regime=regime, rows=row_digests.of([review]),
    )  # fmt: skip
    return review


def _reason(text: str) -> str:
    reason = fact_values.clean(text)
    if not reason:
        raise RuleBroken(_("Say why, so that the next reader need not ask you."), field="reason")
    return reason


def _due(day: date | None, regime: str) -> date | None:
    due = day or standing.next_review(regime)
    if due is not None and due <= clock.today():
        raise RuleBroken(_("The next review lies in the future."), field="next_review_on")
    return due


def overdue(found: "QuerySet[Party]") -> "QuerySet[Party]":
    """Of these parties those whose last decision is no longer in date, longest overdue first."""
    last = (
        Review.objects.filter(Q(party=OuterRef("pk")) | Q(party__merged_into=OuterRef("pk")))
        .order_by("-decided_at", "-pk")
        .values("next_review_on")[:1]
    )
    dated = found.annotate(due_on=Subquery(last))
    return dated.filter(due_on__lt=clock.today()).order_by("due_on", "name", "pk")


def told(review: Review) -> tuple[int, int, list[dict[str, str]]]:
    """How the register's checklist stood at a decision: verified, all, and the lines that were
    not."""
    lines = list(review.standing)
    open_lines = [line for line in lines if line["state"] != checklists.VERIFIED]
    return len(lines) - len(open_lines), len(lines), open_lines

"""What rests on a decision, and keeps its record from being corrected underneath it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from casework.models import Outcome, Plea, Proceeding
from casework.procedure import alternatives
from casework.procedure.position import Line

Decision = Outcome.Decision


def check(outcome: Outcome, line: Line, *, decision: str, decided_on: date) -> None:
    """Refuse a correction that what came after the decision leaves no room for.

    `line` is the charge's as it stands now; the caller holds the case's lock.
    """
    _check_appeals(outcome, line, decision, decided_on)
    _check_retrial(outcome, decision, decided_on)
    if decision != outcome.decision:
        _check_alternatives(outcome, decision)


def _check_appeals(outcome: Outcome, line: Line, decision: str, decided_on: date) -> None:
    """An appeal comes after the decision, and is about a conviction or about another end."""
    own = set(
        Proceeding.objects.filter(
            pk__in=[one.court for one in line.pending], parent=outcome.proceeding
        ).values_list("pk", flat=True)
    )
    brought = [one for one in line.pending if one.court in own]
    if any(one.day < decided_on for one in brought):
        raise RuleBroken(
            _("An appeal against it was brought before this day. Check both dates."),
            field="decided_on",
        )
    convicts = decision in Outcome.CONVICTIONS
    if brought and convicts != (outcome.decision in Outcome.CONVICTIONS):
        raise RuleBroken(
            _("An appeal against this decision is open. Record what the appeal decides first."),
            field="decision",
        )


def _check_retrial(outcome: Outcome, decision: str, decided_on: date) -> None:
    """The pleas and the court file of a retrial rest on the order."""
    if outcome.decision != Decision.RETRIAL:
        return
    files = Proceeding.objects.filter(parent=outcome.proceeding, kind=Proceeding.Kind.RETRIAL)
    since = Plea.objects.filter(charge=outcome.charge, recorded_at__gt=outcome.recorded_at)
    if decision != Decision.RETRIAL and since.exists():
        raise RuleBroken(_("A plea was entered in the retrial. The order to retry stands."))
    days = [*files.values_list("opened_on", flat=True), *since.values_list("entered_on", flat=True)]
    if decision == Decision.RETRIAL and any(day < decided_on for day in days):
        raise RuleBroken(
            _("The retrial began before this day. Check both dates."), field="decided_on"
        )


def _check_alternatives(outcome: Outcome, decision: str) -> None:
    """Two convictions in the alternative, or no finding without the other conviction."""
    charge = outcome.charge
    if outcome.proceeding.kind != Proceeding.Kind.APPEAL:
        alternatives.check(charge, decision, {})
    if outcome.decision not in Outcome.CONVICTIONS or decision in Outcome.CONVICTIONS:
        return
    beside = Outcome.objects.current().filter(
        charge__accused=charge.accused_id, charge__count__in=alternatives.of(charge.count),
        decision=Decision.NO_FINDING,
    )  # fmt: skip
    if beside.exists():
        raise RuleBroken(
            _("“No finding” on an alternative count rests on this conviction. Correct that first."),
            field="decision",
        )

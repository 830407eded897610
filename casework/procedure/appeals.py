"""What an appeal may be about: which charges, brought by whom, in time, answered by whom."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework import law
from casework.duties import periods
from casework.errors import RuleBroken
from casework.models import Charge, Outcome, Proceeding
from casework.procedure import gate, machine, record, standing
from casework.procedure.position import Line, state
from casework.procedure.states import Step

ABOUT_CONVICTIONS = ("conviction", "sentence", "both")
NOTHING = _("This court has decided nothing that stands. Record its decision first, then appeal.")
DEFENCE, PROSECUTION = "defence", "prosecution"


def decided_by(parent: Proceeding) -> list[Charge]:
    """The charges whose standing decision is this court's, and so may be taken higher."""
    stands = Outcome.objects.current().filter(proceeding=parent)
    return list(standing.of_case(parent.case).filter(pk__in=stands.values("charge")))


def check(
    parent: Proceeding,
    charges: Collection[Charge],
    *,
    side: str,
    about: str,
    cross_to: Proceeding | None,
) -> None:
    """Refuse an appeal that the record has no room for, with the reason.

    `charges` may be empty: then it is about all that `parent` decided, and one must be open to it.
    """
    _check_about(side, about)
    if cross_to is not None:
        _check_cross(parent, cross_to, side)
    lines = record.lines_of(parent.case)
    step = Step.CROSS_APPEAL if cross_to is not None else Step.APPEAL
    decided = {one.pk for one in decided_by(parent)}
    for charge in charges:
        if charge.pk not in lines:
            raise RuleBroken(_("This charge belongs to another case."))
        gate.check(lines, charge, step)
        if charge.pk not in decided:
            raise gate.refused(charge, _("The decision that stands is not this court's."))
        _check_kind(charge, lines[charge.pk], about)
    if not charges:
        said = [machine.refusal(state(lines[key]), step) for key in decided]
        if None not in said:
            raise RuleBroken((said and said[0]) or NOTHING)


def _check_about(side: str, about: str) -> None:
    if about == "acquittal" and side != PROSECUTION:
        raise RuleBroken(
            _("Only the prosecution appeals against an acquittal."), field="appellant_side"
        )
    if about in ("conviction", "both") and side != DEFENCE:
        raise RuleBroken(
            _("Only the defence appeals against a conviction. Choose the sentence."), field="about"
        )


def _check_cross(parent: Proceeding, cross_to: Proceeding, side: str) -> None:
    if cross_to.parent_id != parent.pk or cross_to.kind != Proceeding.Kind.APPEAL:
        raise RuleBroken(_("Choose an appeal against the same decision."), field="cross_to")
    if cross_to.appellant_side == side:
        raise RuleBroken(
            _("A cross-appeal is the other side's. Choose who brings it again."),
            field="appellant_side",
        )


def _check_kind(charge: Charge, line: Line, about: str) -> None:
    convicted = line.last is not None and line.last.convicts
    if about in ABOUT_CONVICTIONS and not convicted:
        raise gate.refused(charge, _("There is no conviction to appeal against."))
    if about == "acquittal" and convicted:
        raise gate.refused(charge, _("It is a conviction. Choose what the appeal is against."))


def appealable(parent: Proceeding) -> list[Charge]:
    """The charges of this court that an appeal or a cross-appeal may be about now."""
    lines = record.lines_of(parent.case)
    open_to = (Step.APPEAL, Step.CROSS_APPEAL)
    return [
        one
        for one in decided_by(parent)
        if any(machine.refusal(state(lines[one.pk]), step) is None for step in open_to)
    ]


def pending_below(parent: Proceeding) -> list[Proceeding]:
    """The appeals against this court's decisions that are still to be decided."""
    waiting = {
        brought.court for line in record.lines_of(parent.case).values() for brought in line.pending
    }
    rows = Proceeding.objects.filter(parent=parent, pk__in=waiting).select_related("court")
    return list(rows.order_by("opened_on", "pk"))


def last_day(parent: Proceeding, side: str) -> date | None:
    """The last day for this side to appeal against what the court last decided, if the law of
    that day sets one."""
    decided = Outcome.objects.current().filter(proceeding=parent).order_by("decided_on").last()
    if decided is None:
        return None
    code = "prosecution_appeal" if side == PROSECUTION else "appeal"
    limit = law.time_limit(code, decided.decided_on, country=parent.court.country)
    if limit is None:
        return None
    return periods.last_day(decided.decided_on, limit.amount, limit.unit)

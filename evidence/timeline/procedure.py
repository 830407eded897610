"""What the timeline says of the procedure: steps of a trial, charges severed or joined."""

from django.utils.translation import gettext as _

from casework.models import ChargeTransfer, TrialStep
from evidence.lacks import address
from evidence.timeline.moment import Moment


def step(row: TrialStep) -> Moment:
    case = row.proceeding.case.reference
    by = ". ".join(filter(None, (str(row.proceeding), row.note)))
    return Moment(
        row.happened_on, f"{row.get_kind_display()}.",
        (str(row.accused),) if row.accused else (), by=by,
        mark="open" if row.lacked else "full",
        url=address("casework:proceeding", case, row.proceeding_id),
    )  # fmt: skip


def transfer(row: ChargeTransfer) -> Moment:
    charge = f"A{row.charge.accused.number} {row.charge.count}"
    to = row.to_proceeding
    return Moment(
        row.ordered_on, f"{row.get_kind_display()}.", (charge,),
        _("to %(trial)s") % {"trial": to}, row.reason,
        url=address("casework:proceeding", to.case.reference, to.pk),
        key=("transfer", row.kind, row.ordered_on, to.pk), joint=" ",
    )  # fmt: skip

"""What the timeline says of warrants, assistance, deadlines that were met, and acts of a court on
exhibits."""

from django.utils.translation import gettext as _

from casework.models import AssistanceStep, Authority, Deadline
from evidence.lacks import address
from evidence.models import CourtMark
from evidence.timeline.moment import Moment

STEP_MARKS = {"answered": "full", "refused": "cross", "withdrawn": "later"}
COURT_MARKS = {"admitted": "full", "refused": "cross", "released": "later"}


def authority(row: Authority) -> Moment:
    by = str(row.court or "") or row.issuer
    return Moment(
        row.issued_on, f"{row.kind}.", (row.number,) if row.number else (), row.scope, by, "half",
        url=address("casework:authority", row.case.reference, row.pk), joint=": ",
    )  # fmt: skip


def executed(row: Authority) -> Moment:
    return Moment(
        row.executed_on or row.issued_on, _("Carried out."),
        (f"{row.kind} {row.number}".strip(),), row.result, "", "full",
        url=address("casework:authority", row.case.reference, row.pk), joint=": ",
    )  # fmt: skip


def step(row: AssistanceStep) -> Moment:
    request = row.request
    return Moment(
        row.happened_on, _("Assistance: %(state)s.") % {"state": row.get_state_display().lower()},
        (f"{request.partner}, {request.country}",), row.note, "",
        STEP_MARKS.get(row.state, "half"),
        url=address("casework:assistance", request.case.reference, request.pk), joint=": ",
    )  # fmt: skip


def deadline(row: Deadline) -> Moment:
    by = _("%(name)s says so") % {"name": row.done_by.get_full_name()} if row.done_by else ""
    return Moment(
        row.done_on or row.due_on, _("Done."), (row.title,), row.note, by,
        url=address("casework:deadline", row.case.reference, row.pk), joint=": ",
    )  # fmt: skip


def court_mark(row: CourtMark) -> Moment:
    through = _("through %(name)s") % {"name": row.witness} if row.witness else ""
    number = row.court_number
    return Moment(
        row.happened_on, f"{row.get_kind_display()}.",
        (f"{row.exhibit.label} {number}".strip(),), through, str(row.proceeding),
        COURT_MARKS.get(row.kind, "half"),
        url=address("evidence:exhibit", row.exhibit.case.reference, row.exhibit.label),
        key=("court-mark", row.kind, row.happened_on, row.proceeding_id, through),
    )  # fmt: skip

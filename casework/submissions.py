"""Operations on the file's way to the prosecutor: sending it, and what the prosecutor decides."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, stages
from casework.errors import RuleBroken
from casework.models import Case, Submission, User

SENDABLE = (
    Case.Status.RECORDED, Case.Status.INQUIRY, Case.Status.RETURNED, Case.Status.NOT_CHARGED,
)  # fmt: skip
STATUS_AFTER = {
    Submission.Decision.ACCEPTED: Case.Status.SUBMITTED,
    Submission.Decision.RETURNED: Case.Status.RETURNED,
    Submission.Decision.REFUSED: Case.Status.NOT_CHARGED,
}


@transaction.atomic
def submit(case: Case, *, to: User, actor: User, note: str = "") -> Submission:
    """Send the file to a prosecutor, who gets the role `prosecutor` on the case.

    Raises RuleBroken while another submission waits or the case is in court already.
    """
    access.require(actor, case, roles.SUBMIT)
    stages.lock(case)
    _check_sendable(case)
    if not to.is_active or to.position != User.Position.PROSECUTOR:
        raise RuleBroken(_("Choose a prosecutor who works here now."), field="to")
    submission = Submission(
        case=case, prosecutor=to, note=note, submitted_by=actor, submitted_at=clock.now()
    )
    submission.full_clean(exclude=["decided_by", "decided_at"])
    submission.save()
    audit.record("submission.send", actor=actor, case=case, subject=submission, to=str(to))
    reason = str(_("The file was sent for a decision"))
    access.grant(case, role="prosecutor", to=to, actor=actor, reason=reason)
    stages.set_status(case, Case.Status.SUBMITTED, actor=actor)
    return submission


def _check_sendable(case: Case) -> None:
    waiting = waiting_for(case)
    if waiting is not None:
        raise RuleBroken(
            _("The file is with %(name)s already. Wait for the decision.")
            % {"name": waiting.prosecutor}
        )
    if case.status not in SENDABLE:
        raise RuleBroken(
            _("This case is “%(status)s”: its file is with the prosecutor or in court already.")
            % {"status": case.get_status_display()}
        )


def waiting_for(case: Case) -> Submission | None:
    """The submission that nobody has decided yet."""
    waiting: Submission | None = (
        case.submissions.filter(decision=Submission.Decision.WAITING)
        .select_related("prosecutor", "submitted_by")
        .first()
    )
    return waiting


@transaction.atomic
def decide(submission: Submission, *, decision: str, actor: User, reason: str = "") -> Submission:
    """Accept the file, return it with queries, or refuse to charge. The case's status follows."""
    case = submission.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    submission.refresh_from_db()
    if submission.decision != Submission.Decision.WAITING:
        raise RuleBroken(_("This file has been decided on already. Read the decision again."))
    if decision not in STATUS_AFTER:
        raise RuleBroken(_("Choose what becomes of the file."), field="decision")
    if decision != Submission.Decision.ACCEPTED and not reason.strip():
        raise RuleBroken(_("Say why, so that the investigator knows what to do."), field="reason")
    submission.decision, submission.reason = decision, reason
    submission.decided_by, submission.decided_at = actor, clock.now()
    submission.full_clean()
    submission.save()
    audit.record(
        f"submission.{decision}", actor=actor, case=case, subject=submission, reason=reason
    )
    stages.set_status(case, STATUS_AFTER[Submission.Decision(decision)], actor=actor, reason=reason)
    return submission


def is_accepted(case: Case) -> bool:
    """Whether the last word of a prosecutor on the file was yes."""
    last = case.submissions.first()
    return last is not None and last.decision == Submission.Decision.ACCEPTED

"""Operations on the file's way to the prosecutor: sending it, the decision, queries and answers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework import access, audit, clock, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Case, Code, Submission, SubmissionQuery, User

SENDABLE = (
    Case.Status.RECORDED, Case.Status.INQUIRY, Case.Status.RETURNED, Case.Status.NOT_CHARGED,
)  # fmt: skip
STATUS_AFTER = {
    Submission.Decision.ACCEPTED: Case.Status.SUBMITTED,
    Submission.Decision.RETURNED: Case.Status.RETURNED,
    Submission.Decision.REFUSED: Case.Status.NOT_CHARGED,
}
MOST_QUERIES = 50
Decision = Submission.Decision


@transaction.atomic
def submit(case: Case, *, to: User, actor: User, note: str = "", despite: str = "") -> Submission:
    """Send the file to a prosecutor, who gets the role `prosecutor` on the case.

    Raises RuleBroken while another submission waits, while queries of the last one have no answer
    and no reason is given (`despite`), or when the case is in court already.
    """
    access.require(actor, case, roles.SUBMIT)
    stages.lock(case)
    _check_sendable(case)
    if not to.is_active or to.position != User.Position.PROSECUTOR:
        raise RuleBroken(_("Choose a prosecutor who works here now."), field="to")
    unanswered = _check_answered(case, despite)
    if unanswered:
        kept = _("Sent with queries open: %(why)s") % {"why": despite.strip()}
        note = "\n".join(filter(None, [note, str(kept)]))
    submission = Submission(
        case=case, prosecutor=to, note=note, submitted_by=actor, submitted_at=clock.now()
    )
    submission.full_clean(exclude=["decided_by", "decided_at"])
    submission.save()
    audit.record(
        "submission.send", actor=actor, case=case, subject=submission, to=str(to),
        unanswered=unanswered,
    )  # fmt: skip
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


def _check_answered(case: Case, despite: str) -> int:
    number = open_queries(case)
    if number and not despite.strip():
        raise RuleBroken(
            ngettext(
                "%(n)d query has no answer. Answer it, or say why the file goes without.",
                "%(n)d queries have no answer. Answer them, or say why the file goes without.",
                number,
            )
            % {"n": number},
            field="despite",
        )
    return number


def open_queries(case: Case) -> int:
    """How many queries of the last decision have no answer yet."""
    last = case.submissions.first()
    return last.queries.filter(answered_at__isnull=True).count() if last is not None else 0


def waiting_for(case: Case) -> Submission | None:
    """The submission that nobody has decided yet."""
    waiting: Submission | None = (
        case.submissions.filter(decision=Decision.WAITING)
        .select_related("prosecutor", "submitted_by")
        .first()
    )
    return waiting


@transaction.atomic
def decide(
    submission: Submission,
    *,
    decision: str,
    actor: User,
    reason: str = "",
    cause: Code | None = None,
    has_evidence: bool | None = None,
    is_in_public_interest: bool | None = None,
    queries: Iterable[str] = (),
) -> Submission:
    """Accept the file, return it with queries, or refuse to charge. The case's status follows.

    A returned file carries its queries; a refusal its coded cause and a reason in words.
    """
    case = submission.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    submission.refresh_from_db()
    if submission.decision != Decision.WAITING:
        raise RuleBroken(_("This file has been decided on already. Read the decision again."))
    submission.decision, submission.reason, submission.cause = decision, reason, cause
    submission.has_evidence = has_evidence
    submission.is_in_public_interest = is_in_public_interest
    submission.decided_by, submission.decided_at = actor, clock.now()
    asked = [question.strip() for question in queries if question.strip()]
    _check_decision(submission, asked)
    submission.full_clean()
    submission.save()
    _ask(submission, asked, actor)
    audit.record(
        f"submission.{decision}", actor=actor, case=case, subject=submission, reason=reason,
        cause=cause.code if cause else "", queries=len(asked),
    )  # fmt: skip
    stages.set_status(case, STATUS_AFTER[Decision(decision)], actor=actor, reason=reason)
    return submission


def _check_decision(submission: Submission, queries: list[str]) -> None:
    decision, cause = submission.decision, submission.cause
    if decision not in STATUS_AFTER:
        raise RuleBroken(_("Choose what becomes of the file."), field="decision")
    if cause is not None and cause.kind != "charging_reason":
        raise RuleBroken(_("Choose one of the reasons."), field="cause")
    if decision == Decision.ACCEPTED:
        _check_accepted(submission, queries)
    if decision == Decision.RETURNED and not queries:
        raise RuleBroken(
            _("Write at least one query, so that the investigator knows what to do."),
            field="queries",
        )
    if len(queries) > MOST_QUERIES:
        raise RuleBroken(_("Ask at most fifty queries at once."), field="queries")
    if decision == Decision.REFUSED and cause is None:
        raise RuleBroken(_("Choose the reason that comes nearest."), field="cause")
    if decision == Decision.REFUSED and not submission.reason.strip():
        raise RuleBroken(_("Say why, so that the investigator knows what to do."), field="reason")


def _check_accepted(submission: Submission, queries: list[str]) -> None:
    for name in ("has_evidence", "is_in_public_interest"):
        if getattr(submission, name) is False:
            raise RuleBroken(
                _("A file is accepted when the answer is yes. Return it or refuse it."), field=name
            )
    if queries:
        raise RuleBroken(
            _("An accepted file does not go back. Return it with the queries."), field="queries"
        )


def _ask(submission: Submission, questions: list[str], actor: User) -> None:
    for number, question in enumerate(questions, start=1):
        query = SubmissionQuery(submission=submission, number=number, question=question)
        query.full_clean(exclude=["answered_by", "answered_at"])
        audit.sign(query, actor)
        query.save()


@transaction.atomic
def answer(query: SubmissionQuery, *, answer: str, actor: User) -> SubmissionQuery:
    """The investigator's answer to a query; it may be changed until the file is sent again."""
    case = query.submission.case
    access.require(actor, case, roles.SUBMIT)
    stages.lock(case)
    if query.submission.pk != case.submissions.values_list("pk", flat=True).first():
        raise RuleBroken(_("The file has been sent again. Its earlier queries are closed."))
    if not answer.strip():
        raise RuleBroken(_("Write the answer."), field="answer")
    query.answer, query.answered_by, query.answered_at = answer.strip(), actor, clock.now()
    query.full_clean()
    audit.sign(query, actor)
    query.save()
    audit.record("submission.answer", actor=actor, case=case, subject=query, number=query.number)
    signals.changed.send(sender=Case, instance=case)
    return query


def is_accepted(case: Case) -> bool:
    """Whether the last word of a prosecutor on the file was yes."""
    last = case.submissions.first()
    return last is not None and last.decision == Decision.ACCEPTED

"""The stages one file went through: sent, decided, asked, answered, and how long each took."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casework import clock
from casework.charging.stage import MARKS, WITH_WHOM, Stage
from casework.models import Case, ChargeSheet, Submission, SubmissionQuery


@dataclass(frozen=True)
class Round:
    """One time the file was sent: the decision on it, and the answers to its queries."""

    submission: Submission
    queries: tuple[SubmissionQuery, ...]
    is_last: bool
    next_at: datetime | None  # when the file was sent again

    @property
    def mark(self) -> str:
        return {"waiting": "half", "accepted": "full"}.get(self.submission.decision, "cross")

    @property
    def is_waiting(self) -> bool:
        return self.submission.decision == Submission.Decision.WAITING

    @property
    def decided_after(self) -> timedelta:
        """How long the decision took, or has taken so far."""
        return (self.submission.decided_at or clock.now()) - self.submission.submitted_at

    @property
    def open_queries(self) -> int:
        return sum(query.answered_at is None for query in self.queries)

    @property
    def back_after(self) -> timedelta | None:
        """How long until the file came back; until the last answer where it has not yet."""
        decided = self.submission.decided_at
        if decided is None or self.submission.decision != Submission.Decision.RETURNED:
            return None
        return (self.next_at or clock.now()) - decided

    @property
    def may_be_answered(self) -> bool:
        return self.is_last and bool(self.queries)


def rounds(case: Case) -> list[Round]:
    """The last one first; three queries."""
    rows = case.submissions.select_related(
        "prosecutor", "submitted_by", "decided_by", "cause"
    ).prefetch_related("queries__answered_by")
    found, later = [], None
    for row in rows:
        is_last = later is None
        found.append(Round(row, tuple(row.queries.all()), is_last, later))
        later = row.submitted_at
    return found


@dataclass(frozen=True)
class Now:
    """The stage a file is in, with whom, and since when."""

    stage: Stage
    since: datetime

    @property
    def mark(self) -> str:
        return MARKS[self.stage]

    @property
    def with_whom(self) -> str:
        return str(WITH_WHOM[self.stage])

    @property
    def waiting(self) -> timedelta:
        return clock.now() - self.since


def of_case(case: Case) -> Now | None:
    """None once the charges are filed: from then on the court has the case."""
    if ChargeSheet.objects.filter(proceeding__case=case, filed_on__isnull=False).exists():
        return None
    last = case.submissions.prefetch_related("queries").first()
    if last is None:
        return Now(Stage.INVESTIGATED, case.created_at)
    decided = last.decided_at or last.submitted_at
    if last.decision != Submission.Decision.RETURNED:
        plain = {"waiting": Stage.WAITING, "accepted": Stage.ACCEPTED, "refused": Stage.REFUSED}
        return Now(plain[last.decision], decided)
    answered = [query.answered_at for query in last.queries.all()]
    if all(answered) and answered:
        return Now(Stage.ANSWERED, max(answered))
    return Now(Stage.RETURNED, decided)

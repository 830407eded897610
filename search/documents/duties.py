"""Documents of what others are asked for and give: the file at the prosecutor's, warrants and
orders, assistance of other states, deadlines."""

from django.db.models import Prefetch

from casework.models import (
    AssistanceRequest,
    AssistanceStep,
    Authority,
    Deadline,
    Submission,
    SubmissionQuery,
)
from search.documents.content import Content, Need, Source, moment, parts, present
from search.documents.words import choice, values


def _need(is_sensitive: bool) -> Need:
    return Need.SENSITIVE if is_sensitive else Need.VIEW


def read_submission(submission: Submission) -> Content:
    queries: list[SubmissionQuery] = list(submission.queries.all())
    decision = choice(submission, "decision")
    return Content(
        case=submission.case_id,
        title=f"{submission.prosecutor.name}, {submission.case.reference}",
        parts=parts(
            ("decision", decision),
            ("reason", [submission.cause.label if submission.cause else "", submission.reason]),
            ("query", [query.question for query in queries]),
            ("answer", [query.answer for query in queries]),
            ("note", submission.note),
        ),
        date=submission.submitted_at,
        names=(submission.prosecutor.name,),
        values=values(kind=decision),
    )


def read_authority(authority: Authority) -> Content:
    court = authority.court.name if authority.court else ""
    accused = authority.accused.name if authority.accused else ""
    return Content(
        case=authority.case_id,
        title=" ".join(present(authority.kind.label, authority.number)),
        parts=parts(
            ("scope", authority.scope),
            ("executed", authority.result),
            ("accused", accused),
            ("issuer", present(court, authority.issuer)),
            ("number", authority.number),
        ),
        date=moment(authority.issued_on),
        identifiers=present(authority.number),
        need=_need(authority.is_sensitive),
        names=present(authority.issuer, accused),
        values=values(kind=authority.kind.label, court=court),
    )


def read_assistance(request: AssistanceRequest) -> Content:
    steps: list[AssistanceStep] = list(request.steps.all())
    return Content(
        case=request.case_id,
        title=f"{request.partner} ({request.country})",
        parts=parts(
            ("asked", request.what),
            ("form", [request.form.label, request.form_note]),
            ("through", request.through),
            ("number", request.their_number),
            ("standing", choice(request, "state")),
            ("step", [step.note for step in steps]),
        ),
        date=moment(request.sent_on) if request.sent_on else request.recorded_at,
        identifiers=present(request.their_number),
        need=_need(request.is_sensitive),
        names=present(request.partner, request.through),
        values=values(country=request.country),
    )


def read_deadline(deadline: Deadline) -> Content:
    assigned = deadline.assigned_to.name if deadline.assigned_to else ""
    return Content(
        case=deadline.case_id,
        title=deadline.title,
        parts=parts(
            ("note", deadline.note),
            ("assigned", assigned),
            ("accused", deadline.accused.name if deadline.accused else ""),
            ("court_file", deadline.proceeding.number if deadline.proceeding else ""),
        ),
        date=moment(deadline.due_on),
        names=present(assigned),
        values=values(officer=assigned),
    )


SOURCES = (
    Source(
        "submission",
        lambda: Submission.objects.select_related("case", "prosecutor", "cause").prefetch_related(
            "queries"
        ),
        "case",
        read_submission,
    ),
    Source(
        "authority",
        lambda: Authority.objects.select_related("case", "kind", "court", "accused"),
        "case",
        read_authority,
    ),
    Source(
        "assistance",
        lambda: AssistanceRequest.objects.select_related("case", "form").prefetch_related(
            Prefetch("steps", AssistanceStep.objects.order_by("pk"))
        ),
        "case",
        read_assistance,
    ),
    Source(
        "deadline",
        lambda: Deadline.objects.select_related("case", "assigned_to", "accused", "proceeding"),
        "case",
        read_deadline,
    ),
)

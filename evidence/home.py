"""What waits for a person, read in a fixed number of queries: the first screen of the product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.models import Case, CaseUserGrant, Hearing, Submission, User
from evidence import lacks
from evidence.lacks import Lack, address, open_offers
from evidence.models import CustodyEvent

LATE_AFTER = timedelta(days=2)
LATE_DECISION_AFTER = timedelta(days=14)
COURT_DAYS = 7
MOST_ROWS = 50
MOST_CASES = 8
MOST_CHANGES = 8
WORKING_ROLES = ("lead", "investigator", "custodian", "prosecutor", "supervisor")


@dataclass(frozen=True)
class ToDo:
    """One act that this person, and nobody else, is expected to do."""

    mark: str
    title: str
    why: str
    reference: str
    since: datetime
    url: str
    verb: str
    is_late: bool
    key: str = ""


@dataclass(frozen=True)
class Asked:
    """Something this person asked of somebody who has not answered."""

    what: str
    who: str
    reference: str
    since: datetime
    url: str


@dataclass(frozen=True)
class CaseLacks:
    case: Case
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Home:
    late: tuple[ToDo, ...]
    waiting: tuple[ToDo, ...]
    asked: tuple[Asked, ...]
    hearings: tuple[Hearing, ...]
    cases: tuple[CaseLacks, ...]
    changes: tuple[CustodyEvent, ...]

    @property
    def number(self) -> int:
        return len(self.late) + len(self.waiting)


def read(user: User) -> Home:
    """The first screen of one person."""
    todo = sorted(_todo(user), key=lambda row: row.since)
    return Home(
        late=tuple(row for row in todo if row.is_late),
        waiting=tuple(row for row in todo if not row.is_late),
        asked=tuple(_asked(user)),
        hearings=tuple(_this_week(user)),
        cases=tuple(_my_cases(user)),
        changes=tuple(_changes(user)),
    )


def offers_to(user: User) -> QuerySet[CustodyEvent]:
    """Handovers that wait for this person's answer."""
    return open_offers(user).filter(to_user=user)


def submissions_to(user: User) -> QuerySet[Submission]:
    """Files that wait for this prosecutor's decision."""
    rows: QuerySet[Submission] = Submission.objects.visible_to(user).filter(
        prosecutor=user, decision=Submission.Decision.WAITING
    )
    return rows


def _todo(user: User) -> Iterator[ToDo]:
    offers = offers_to(user).select_related("exhibit__case")
    yield from (_to_acknowledge(offer) for offer in offers[:MOST_ROWS])
    files = submissions_to(user).select_related("case", "submitted_by")
    yield from (_to_decide(file) for file in files[:MOST_ROWS])
    past = Hearing.objects.visible_to(user).filter(
        Q(proceeding__prosecutor=user) | Q(proceeding__case__lead_officer=user),
        state=Hearing.State.LISTED,
        starts_at__lt=timezone.now(),
    )
    hearings = past.select_related("proceeding__case", "proceeding__court", "kind")
    yield from (_to_report(hearing) for hearing in hearings[:MOST_ROWS])
    returned = Case.objects.visible_to(user).filter(lead_officer=user, status=Case.Status.RETURNED)
    yield from (_to_answer(case) for case in returned[:MOST_ROWS])


def _is_late(since: datetime, after: timedelta = LATE_AFTER) -> bool:
    return timezone.now() - since > after


def _to_acknowledge(offer: CustodyEvent) -> ToDo:
    case = offer.exhibit.case
    title = _("Acknowledge %(label)s from %(giver)s") % {
        "label": offer.exhibit.label,
        "giver": offer.from_name,
    }
    url = address("evidence:custody-acknowledge", case.reference, offer.exhibit.label)
    return ToDo(
        "half", title, f"{offer.exhibit.description}. {offer.purpose}".strip(" ."), case.reference,
        offer.happened_at, url or address("evidence:exhibit", case.reference, offer.exhibit.label),
        _("Acknowledge"), _is_late(offer.happened_at), "a",
    )  # fmt: skip


def _to_decide(file: Submission) -> ToDo:
    title = _("Decide on the file of %(person)s") % {"person": file.submitted_by}
    return ToDo(
        "half", title, file.case.title, file.case.reference, file.submitted_at,
        address("casework:submission-decide", file.case.reference), _("Decide"),
        _is_late(file.submitted_at, LATE_DECISION_AFTER),
    )  # fmt: skip


def _to_report(hearing: Hearing) -> ToDo:
    case = hearing.proceeding.case
    title = _("Say what happened: %(kind)s") % {"kind": hearing.kind}
    url = address("casework:hearing-record", case.reference, hearing.pk)
    return ToDo(
        "open", title, f"{hearing.proceeding.court}. {case.title}", case.reference,
        hearing.starts_at, url or address("casework:case-hearings", case.reference),
        _("Record"), is_late=True,
    )  # fmt: skip


def _to_answer(case: Case) -> ToDo:
    return ToDo(
        "open", _("Answer the queries of the prosecutor"), case.title, case.reference,
        case.changed_at,
        address("casework:case", case.reference), _("Open"), _is_late(case.changed_at),
    )  # fmt: skip


def _asked(user: User) -> Iterator[Asked]:
    given = open_offers(user).filter(Q(from_user=user) | Q(recorder=user)).exclude(to_user=user)
    for offer in given.select_related("exhibit__case").order_by("happened_at")[:MOST_ROWS]:
        reference, label = offer.exhibit.case.reference, offer.exhibit.label
        what = _("Handover of %(label)s") % {"label": label}
        url = address("evidence:exhibit", reference, label)
        yield Asked(what, offer.to_name, reference, offer.happened_at, url)
    sent = Submission.objects.visible_to(user).filter(
        submitted_by=user, decision=Submission.Decision.WAITING
    )
    for file in sent.select_related("case", "prosecutor").order_by("submitted_at")[:MOST_ROWS]:
        url = address("casework:case", file.case.reference)
        who = str(file.prosecutor)
        yield Asked(_("Decision to charge"), who, file.case.reference, file.submitted_at, url)


def _this_week(user: User) -> QuerySet[Hearing]:
    start = timezone.now()
    rows: QuerySet[Hearing] = Hearing.objects.visible_to(user).filter(
        state=Hearing.State.LISTED,
        starts_at__gte=start,
        starts_at__lt=start + timedelta(days=COURT_DAYS),
    )
    return rows.select_related("proceeding__case", "proceeding__court", "kind")[:MOST_CASES]


def _my_cases(user: User) -> Iterator[CaseLacks]:
    """The open cases that this person works on, the ones that lack most first."""
    worked_on = CaseUserGrant.objects.live().filter(
        user=user, permission__codename__in=WORKING_ROLES
    )
    mine = (
        Case.objects.visible_to(user)
        .exclude(status__in=lacks.ENDED)
        .filter(pk__in=worked_on.values("content_object"))
    )
    lately: list[int] = list(mine.order_by("-changed_at").values_list("pk", flat=True)[:MOST_CASES])
    counted: Any = lacks.annotate(Case.objects.filter(pk__in=lately), user)
    rows = [CaseLacks(case, tuple(lacks.of(case))) for case in counted]
    yield from sorted(rows, key=lambda row: -len(row.lacks))


def _changes(user: User) -> QuerySet[CustodyEvent]:
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).exclude(recorder=user)
    return rows.select_related("exhibit__case").order_by("-recorded_at", "-pk")[:MOST_CHANGES]

"""What waits for a person, read in a fixed number of queries: the first screen of the product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.days import stalled
from casework.days.stalled import Stalled
from casework.duties.due import Due
from casework.models import Case, CaseUserGrant, Hearing, Proceeding, Submission, User
from evidence import gap_lacks, gaps, lacks, waiting
from evidence.days import board
from evidence.days.readiness import Ready
from evidence.duties import home_duties
from evidence.filestore import file_list
from evidence.lacks import Lack, address, unanswered
from evidence.models import Attachment, CustodyEvent, Exhibit
from evidence.proof import proof_lacks
from evidence.reading import all_of
from evidence.waiting import ToDo

MOST_STALLED = 4  # the page of what stands still reads on
MOST_CASES = 8
MOST_CHANGES = 8
MOST_CHAINS = 200  # of what this person holds; the work list reads on
LATELY = timedelta(days=30)
WORKING_ROLES = ("lead", "investigator", "custodian", "prosecutor", "supervisor")


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
    court: tuple[Ready, ...]  # the hearings of the week, with what they need
    stalled: tuple[Stalled, ...]  # court files of this person's that stand still
    due: tuple[Due, ...]  # what the law and others want by a day
    cases: tuple[CaseLacks, ...]
    changes: tuple[CustodyEvent, ...]
    chains: tuple[Lack, ...]
    faulty: tuple[Attachment, ...]  # files that a check found not whole

    @property
    def hearings(self) -> tuple[Hearing, ...]:
        return tuple(row.hearing for row in self.court)

    @property
    def number(self) -> int:
        return len(self.late) + len(self.waiting)


def read(user: User) -> Home:
    """The first screen of one person."""
    todo = sorted(waiting.of(user), key=lambda row: row.since)
    return Home(
        late=tuple(row for row in todo if row.is_late),
        waiting=tuple(row for row in todo if not row.is_late),
        asked=tuple(_asked(user)),
        court=board.of_week(user, MOST_CASES),
        stalled=tuple(_stalled(user)),
        due=tuple(home_duties.lines(user, WORKING_ROLES)),
        cases=tuple(_my_cases(user)),
        changes=tuple(_changes(user)),
        chains=tuple(_chains(user)),
        faulty=tuple(file_list.faulty_to(user)),
    )


def _asked(user: User) -> Iterator[Asked]:
    given = (
        unanswered(all_of(user)).filter(Q(from_user=user) | Q(recorder=user)).exclude(to_user=user)
    )
    for offer in given.select_related("exhibit__case").order_by("happened_at")[: waiting.MOST_ROWS]:
        reference, label = offer.exhibit.case.reference, offer.exhibit.label
        is_offer = offer.kind == CustodyEvent.Kind.OFFERED
        told = _("Handover of %(label)s") if is_offer else _("Destruction of %(label)s")
        what = told % {"label": label}
        url = address("evidence:exhibit", reference, label)
        yield Asked(what, offer.to_name, reference, offer.happened_at, url)
    sent = Submission.objects.visible_to(user).filter(
        submitted_by=user, decision=Submission.Decision.WAITING
    )
    for file in sent.select_related("case", "prosecutor").order_by("submitted_at")[
        : waiting.MOST_ROWS
    ]:
        url = address("casework:case", file.case.reference)
        who = str(file.prosecutor)
        yield Asked(_("Decision to charge"), who, file.case.reference, file.submitted_at, url)


def _stalled(user: User) -> list[Stalled]:
    """What this person prosecutes or leads and stands still."""
    mine = Q(prosecutor=user) | Q(case__lead_officer=user)
    rows = stalled.of(Proceeding.objects.visible_to(user).filter(mine))
    return stalled.told(rows[:MOST_STALLED])


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
    counted: Any = list(lacks.annotate(Case.objects.filter(pk__in=lately), all_of(user)))
    proof = proof_lacks.of_cases(counted, all_of(user))
    rows = [CaseLacks(case, (*lacks.of(case), *proof.get(case.pk, ()))) for case in counted]
    yield from sorted(rows, key=lambda row: -len(row.lacks))


def _chains(user: User) -> Iterator[Lack]:
    """What the chains of the exhibits that this person holds leave open, worst first."""
    held = Exhibit.objects.visible_to(user).filter(holder=user)
    found = gaps.standing(held, most=MOST_CHAINS)
    yield from (gap_lacks.line(row) for row in found.rows[: gap_lacks.MOST_LINES])


def _changes(user: User) -> QuerySet[CustodyEvent]:
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).exclude(recorder=user)
    rows = rows.filter(recorded_at__gte=timezone.now() - LATELY)
    return rows.select_related("exhibit__case").order_by("-recorded_at", "-pk")[:MOST_CHANGES]

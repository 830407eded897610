"""The acts that wait for one person and nobody else: what they are.

Their count (evidence/waiting_number.py) shares their querysets, so that the header never disagrees
with the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import access, roles
from casework.models import Case, CaseUserGrant, Count, Hearing, Submission, User
from evidence import waiting_custody, waiting_matches, waiting_signatures
from evidence.duties import waiting_duties, waiting_summonses
from evidence.lacks import address, open_offers
from evidence.models import CustodyEvent
from evidence.papers import alarms
from evidence.reading import all_of

LATE_AFTER = timedelta(days=2)
LATE_DECISION_AFTER = timedelta(days=14)
MOST_ROWS = 50
A_BATCH = 6  # from so many handovers on, one scan list is quicker than a page for each


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


def offers_to(user: User) -> QuerySet[CustodyEvent]:
    """Handovers that wait for this person's answer."""
    return open_offers(all_of(user)).filter(to_user=user)


def submissions_to(user: User) -> QuerySet[Submission]:
    """Files that wait for this prosecutor's decision."""
    rows: QuerySet[Submission] = Submission.objects.visible_to(user).filter(
        prosecutor=user, decision=Submission.Decision.WAITING, case__in=_prosecuted_by(user)
    )
    return rows


def hearings_of(user: User) -> QuerySet[Hearing]:
    """Hearings that are past and whose result this prosecutor or lead has not recorded.

    A lead who may not record it reads on the case what it lacks.
    """
    rows: QuerySet[Hearing] = Hearing.objects.visible_to(user).filter(
        answers_for(user), state=Hearing.State.LISTED, starts_at__lt=timezone.now(),
        proceeding__case__in=_prosecuted_by(user),
    )  # fmt: skip
    return rows


def _prosecuted_by(user: User) -> QuerySet[Case]:
    return Case.objects.permitting(user, roles.PROSECUTE)


def answers_for(user: User) -> Q:
    """Hearings that this person is to say something of afterwards."""
    return Q(proceeding__prosecutor=user) | Q(proceeding__case__lead_officer=user)


def returned_to(user: User) -> QuerySet[Case]:
    """Files that came back with queries to the officer who leads the case."""
    rows: QuerySet[Case] = Case.objects.visible_to(user).filter(
        lead_officer=user, status=Case.Status.RETURNED
    )
    return rows


def alarms_to(user: User) -> QuerySet[Count]:
    """Counts of this prosecutor that say another species than an expert found."""
    rows: QuerySet[Count] = alarms.contradicted(all_of(user)).filter(
        charge_sheet__proceeding__prosecutor=user
    )
    return rows


def of(user: User) -> Iterator[ToDo]:
    """Every act, at most fifty of a kind."""
    offers = list(offers_to(user).select_related("exhibit__case")[:MOST_ROWS])
    if len(offers) >= A_BATCH:
        yield _to_take_over(offers)
    else:
        yield from (_to_acknowledge(offer) for offer in offers)
    yield from (ToDo(*row) for row in waiting_custody.rows(user))
    yield from (ToDo(*row) for row in waiting_duties.rows(user))
    yield from (ToDo(*row) for row in waiting_summonses.rows(user))
    yield from (ToDo(*row) for row in waiting_signatures.rows(user))
    files = submissions_to(user).select_related("case", "submitted_by")
    yield from (_to_decide(file) for file in files[:MOST_ROWS])
    past = hearings_of(user).select_related("proceeding__case", "proceeding__court", "kind")
    hearings = past.order_by("starts_at")
    yield from (_to_report(hearing) for hearing in hearings[:MOST_ROWS])
    returned = Case.objects.visible_to(user).filter(lead_officer=user, status=Case.Status.RETURNED)
    yield from (_to_answer(case) for case in returned[:MOST_ROWS])
    counts = alarms_to(user).select_related("charge_sheet__proceeding__case")
    yield from (_to_compare(count) for count in counts[:MOST_ROWS])
    yield from (ToDo(*row) for row in waiting_matches.rows(user))
    yield from (_to_look_at(grant) for grant in access.emergencies(user)[:MOST_ROWS])


def _is_late(since: datetime, after: timedelta = LATE_AFTER) -> bool:
    return timezone.now() - since > after


def _to_take_over(offers: list[CustodyEvent]) -> ToDo:
    oldest = min(offer.happened_at for offer in offers)
    title = _("Take over %(n)s exhibits") % {
        "n": f"{len(offers)}{'+' if len(offers) == MOST_ROWS else ''}"
    }
    givers = sorted({offer.from_name for offer in offers})
    return ToDo(
        "half", title, ", ".join(givers), offers[0].exhibit.case.reference, oldest,
        address("evidence:handover-receive"), _("Take over"), _is_late(oldest), "a",
    )  # fmt: skip


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
        address("casework:submission", case.reference), _("Answer"), _is_late(case.changed_at),
    )  # fmt: skip


def _to_compare(count: Any) -> ToDo:
    proceeding = count.charge_sheet.proceeding
    title = _("Count %(n)s says another species than the expert found") % {"n": count.number}
    return ToDo(
        "cross", title, proceeding.case.title, proceeding.case.reference, count.since,
        address("casework:charge-sheet", proceeding.case.reference, proceeding.pk), _("Answer"),
        _is_late(count.since),
    )  # fmt: skip


def _to_look_at(grant: CaseUserGrant) -> ToDo:
    title = _("%(person)s opened this case in an emergency") % {"person": grant.user}
    return ToDo(
        "half", title, grant.reason, grant.content_object.reference, grant.granted_at,
        address("casework:case-team", grant.content_object.reference), _("Look"), is_late=False,
    )  # fmt: skip

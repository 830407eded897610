"""What the other side said to a handover, for whoever gave: refusals, differences, proposals."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework import clock
from casework.models import User
from evidence.models import CustodyEvent

Kind = CustodyEvent.Kind
NEWS_FOR = timedelta(days=14)  # how long a difference that was explained is told to the giver


def refusals_to(user: User) -> QuerySet[CustodyEvent]:
    """Refused handovers after which the giver has done nothing yet."""
    later = CustodyEvent.objects.filter(
        exhibit=OuterRef("exhibit"), sequence__gt=OuterRef("sequence")
    )
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).filter(
        ~Exists(later), kind=Kind.REFUSED, from_user=user
    )
    return rows.select_related("exhibit__case", "answers")


def differences_to(user: User) -> QuerySet[CustodyEvent]:
    """Handovers of this giver that arrived otherwise than they were offered, of the last days."""
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).filter(
        kind=Kind.ACKNOWLEDGED, from_user=user, recorded_at__gte=clock.now() - NEWS_FOR
    )
    return rows.exclude(discrepancy="").select_related("exhibit__case")


def proposals_to(user: User) -> QuerySet[CustodyEvent]:
    """Destructions that wait for this person's own account."""
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).filter(
        kind=Kind.PROPOSED, answer__isnull=True, to_user=user
    )
    return rows.select_related("exhibit__case")


def missing_to(user: User) -> QuerySet[CustodyEvent]:
    """Exhibits reported missing and not found, of cases this person leads or in their own hands."""
    found = CustodyEvent.objects.filter(
        exhibit=OuterRef("exhibit"), kind=Kind.FOUND, sequence__gt=OuterRef("sequence")
    )
    rows: QuerySet[CustodyEvent] = CustodyEvent.objects.visible_to(user).filter(
        answers_for_missing(user), ~Exists(found), kind=Kind.LOST
    )
    return rows.select_related("exhibit__case")


def answers_for_missing(user: User) -> Q:
    return Q(exhibit__case__lead_officer=user) | Q(exhibit__holder=user)

"""Who may take an exhibit: the people of its case whose role lets them handle it."""

from django.db.models import Q, QuerySet

from casework import roles
from casework.models import CaseGroupGrant, CaseUserGrant, User
from evidence.models import Exhibit


def of(exhibit: Exhibit) -> QuerySet[User]:
    """Active people with a live grant that allows custody, and sight of it where restricted."""
    people = _holding(exhibit, roles.CUSTODY)
    if exhibit.is_restricted:
        people = people & _holding(exhibit, roles.SENSITIVE)
    return people.select_related("unit", "agency").order_by("name", "pk")


def _holding(exhibit: Exhibit, action: str) -> QuerySet[User]:
    allowing = roles.roles_allowing(action)
    direct = CaseUserGrant.objects.live().filter(
        content_object=exhibit.case_id, permission__codename__in=allowing
    )
    through_unit = CaseGroupGrant.objects.live().filter(
        content_object=exhibit.case_id, permission__codename__in=allowing
    )
    people: QuerySet[User] = User.objects.filter(
        Q(pk__in=direct.values("user")) | Q(groups__in=through_unit.values("group")),
        is_active=True,
    )
    distinct: QuerySet[User] = User.objects.filter(pk__in=people.values("pk"))
    return distinct

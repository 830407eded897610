"""Who may take an exhibit: the people of its case whose role lets them handle it."""

from collections.abc import Iterable

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


def for_any(cases: Iterable[int], *, besides: User) -> QuerySet[User]:
    """Who could take something of at least one of these cases; each exhibit is asked again."""
    allowing = roles.roles_allowing(roles.CUSTODY)
    grants = {"content_object__in": list(cases), "permission__codename__in": allowing}
    direct = CaseUserGrant.objects.live().filter(**grants)
    through_unit = CaseGroupGrant.objects.live().filter(**grants)
    people = User.objects.filter(
        Q(pk__in=direct.values("user")) | Q(groups__in=through_unit.values("group")),
        is_active=True,
    ).exclude(pk=besides.pk)
    distinct: QuerySet[User] = User.objects.filter(pk__in=people.values("pk"))
    return distinct.select_related("unit", "agency").order_by("name", "pk")


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

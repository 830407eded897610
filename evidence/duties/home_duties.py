"""What is late or near in the cases that a person works on: the lines of the first screen."""

from django.db.models import QuerySet

from casework.duties import due
from casework.duties.due import Due
from casework.models import Case, CaseUserGrant, User

MOST_CASES = 50  # the ones changed last; the page of everything due reads on
MOST_LINES = 8


def lines(user: User, roles: tuple[str, ...]) -> list[Due]:
    """The law's periods, warrants and requests; deadlines given to this person stand above."""
    found = due.of_cases(_own(user, roles), user)
    shown = [row for row in found if row.state != due.LATER and row.assigned_to != user]
    return shown[:MOST_LINES]


def _own(user: User, roles: tuple[str, ...]) -> QuerySet[Case]:
    """Cases on whose team this person is by name, the ones changed last."""
    grants = CaseUserGrant.objects.live().filter(user=user, permission__codename__in=roles)
    mine = Case.objects.visible_to(user).filter(pk__in=grants.values("content_object"))
    last = list(mine.order_by("-changed_at").values_list("pk", flat=True)[:MOST_CASES])
    return Case.objects.filter(pk__in=last)

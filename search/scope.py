"""What one reader may find, from the database, for each query.

Invariant: never wider than `visible_to`, however far the index lags behind.
"""

from collections.abc import Iterable

from casework import access, roles
from casework.access import Reader
from casework.models import Case, CaseGroupGrant, CaseUserGrant, User
from search.documents.content import Need
from search.documents.context import case_token, person_token, unit_token
from search.engines import EngineUnavailableError, Key, Scope
from search.models import OutboxEntry

WHOLE_CASE = "whole_case"  # every document of a case, and who may find them
IN_WORDS = ".words"  # behind a kind: out of date in what it says, not in who may find it
MAX_LAG = 5_000  # entries; an index further behind is not asked


def build(user: Reader) -> Scope:
    """Three queries, and two more while the reader has grants with an end or the index lags.

    Raises EngineUnavailableError where the index is too far behind to be told what to leave out.
    """
    if not isinstance(user, User) or not user.is_active:
        return Scope()
    lagging, hidden = _waiting()
    needs = [Need.VIEW, Need.SENSITIVE]
    direct = set()
    if access.holds(user, roles.VIEW_REGISTER):
        needs.append(Need.CASE_AND_REGISTER)
        direct.add(Need.REGISTER.value)
    groups = list(user.groups.values_list("pk", flat=True))
    shared = {unit_token(need, group) for need in needs for group in groups}
    shared |= {person_token(need, user.pk) for need in needs}
    direct |= _direct(user, needs, lagging | _ending(user, groups))
    return Scope(frozenset(shared), frozenset(direct), frozenset(lagging), frozenset(hidden))


def in_words(kind: str) -> str:
    return kind + IN_WORDS


def _waiting() -> tuple[set[int], set[Key]]:
    rows = OutboxEntry.objects.exclude(kind__endswith=IN_WORDS).order_by()
    pairs = list(rows.values_list("kind", "object_id").distinct()[: MAX_LAG + 1])
    if len(pairs) > MAX_LAG:
        raise EngineUnavailableError("The index is too far behind.")
    lagging = {pk for kind, pk in pairs if kind == WHOLE_CASE}
    return lagging, {Key(kind, pk) for kind, pk in pairs if kind != WHOLE_CASE}


def _ending(user: User, groups: Iterable[int]) -> set[int]:
    """Cases held through grants with an end, which are never tokens of the index."""
    own = CaseUserGrant.objects.live().filter(user=user, expires_at__isnull=False)
    through = CaseGroupGrant.objects.live().filter(group__in=groups, expires_at__isnull=False)
    pairs = own.values_list("content_object").union(through.values_list("content_object"))
    return {case for (case,) in pairs}


def _direct(user: User, needs: Iterable[Need], cases: set[int]) -> set[str]:
    if not cases:
        return set()
    some = Case.objects.filter(pk__in=cases).order_by()
    seen = set(some.visible_to(user).values_list("pk", flat=True))
    trusted = set(some.permitting(user, roles.SENSITIVE).values_list("pk", flat=True))
    return {
        case_token(need, case)
        for need in needs
        for case in (trusted if need is Need.SENSITIVE else seen)
    }

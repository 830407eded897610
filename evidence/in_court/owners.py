"""Whether somebody is a person or firm of the case: a thing that is given to them may be gone."""

from casework.models import Case
from kyc.models import Involvement


def is_named(case: Case, *names: str) -> bool:
    """Whether one of the names is an accused's or a party's of the case, as it is written there."""
    asked = {_plain(name) for name in names} - {""}
    if not asked:
        return False
    parties = Involvement.objects.filter(case=case).values_list("party__name", flat=True)
    named = {_plain(name) for name in (*parties, *case.accused.values_list("name", flat=True))}
    return not asked.isdisjoint(named)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())

"""What waits for the lead of a case: another case has the same, and nobody has taken note of it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.models import User
from evidence.lacks import address
from evidence.waiting_custody import MOST_ROWS, Row
from kyc.ties import match_pages, matches


def rows(user: User) -> Iterator[Row]:
    """In one query and one for each kind, at most fifty."""
    found = matches.waiting(user).values("pk")
    waiting = match_pages.annotated(user).filter(pk__in=found)[:MOST_ROWS]
    for told in match_pages.told(list(waiting), user):
        match = told.match
        title = _("%(kind)s %(value)s is in another case") % {
            "kind": match.get_kind_display(),
            "value": told.value,
        }
        url = address("kyc:match-list", match.case.reference)
        why = told.other.reference if told.other else _("A case that you may not read.")
        yield (
            "half", title, why, match.case.reference, match.found_at, url, _("Look"), False,
        )  # fmt: skip

"""Questions kept ready, and the address that keeps an answer as it is."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from casework import figures_words


def of(today: date) -> list[tuple[str, str]]:
    """Words and query of each question."""
    this, since = str(today.year), str(today.year - 4)
    return [
        (
            _("This year's concluded cases"),
            _query(unit="cases", cohort="concluded", first_year=this, last_year=this),
        ),
        (
            _("Accused concluded in the last five years"),
            _query(unit="accused", cohort="concluded", first_year=since),
        ),
        (
            _("Everything seized since 2015"),
            _query(unit="seizures", cohort="seized", first_year="2015"),
        ),
        (_("Everything charged"), _query(unit="cases", cohort="filed")),
    ]


def _query(**asked: str) -> str:
    query = QueryDict(mutable=True)
    query.update(asked)
    return figures_words.question_of(query)


def kept(asked: QueryDict, today: date) -> str:
    """The same question with both dates written down, so that its answer stays."""
    fixed = asked.copy()
    for name in ("as_at", "known_at"):
        fixed[name] = asked.get(name) or today.isoformat()
    return figures_words.question_of(fixed)

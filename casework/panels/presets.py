"""Questions kept ready, and the address that keeps an answer as it is."""

from datetime import date

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casework import figures_words


def of(today: date) -> list[tuple[str, str]]:
    """Words and query of each question."""
    this, since = today.year, today.year - 4
    only_this = {"first_year": this, "last_year": this}
    return [
        (_("This year's concluded cases"),
         urlencode({**only_this, "unit": "cases", "cohort": "concluded"})),
        (_("Accused concluded in the last five years"),
         urlencode({"unit": "accused", "cohort": "concluded", "first_year": since})),
        (_("Everything seized since 2015"),
         urlencode({"unit": "seizures", "cohort": "seized", "first_year": 2015})),
        (_("Everything charged"), urlencode({"unit": "cases", "cohort": "filed"})),
    ]  # fmt: skip


def kept(asked: QueryDict, today: date) -> str:
    """The same question with both dates written down, so that its answer stays."""
    fixed = asked.copy()
    for name in ("as_at", "known_at"):
        fixed[name] = asked.get(name) or today.isoformat()
    return figures_words.question_of(fixed)

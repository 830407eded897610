"""A sentence and a term as the court speaks."""

from django.utils.translation import gettext as _

from casework import display
from casework.models import Sentence

YEAR = 365
MONTH = 30


def term(days: int) -> str:
    """Days as the court speaks: `7 years`, `6 months`, else in days."""
    for length, one, many in ((YEAR, _("year"), _("years")), (MONTH, _("month"), _("months"))):
        number, rest = divmod(days, length)
        if number and not rest:
            return f"{number:,} {one if number == 1 else many}"
    return _("%(days)s days") % {"days": f"{days:,}"}


def words(sentence: Sentence) -> str:
    """`Imprisonment for 7 years, after that on count 1; Fine of KES 5,000,000, in default ...`."""
    parts = []
    if sentence.is_life:
        parts.append(_("Imprisonment for life"))
    if sentence.imprisonment_days:
        parts.append(_("Imprisonment for %(term)s") % {"term": term(sentence.imprisonment_days)})
    if parts:
        parts = [", ".join([parts[0], *running(sentence)])]
    if sentence.fine:
        fine = f"{sentence.currency} {sentence.fine:,}"
        parts.append(
            _("Fine of %(fine)s, in default %(term)s")
            % {"fine": fine, "term": term(sentence.default_days)}
            if sentence.default_days
            else _("Fine of %(fine)s") % {"fine": fine}
        )
    return "; ".join([*parts, *filter(None, [sentence.other])]) or display.NOTHING


def running(sentence: Sentence) -> list[str]:
    """How the term runs, from which day, and what of the remand counts."""
    found = []
    if sentence.runs == "concurrent":
        found.append(_("concurrently"))
    elif sentence.runs == "consecutive" and sentence.after is not None:
        number = sentence.after.outcome.charge.count.number
        found.append(_("after that on count %(number)s") % {"number": number})
    elif sentence.runs == "consecutive":
        found.append(_("consecutively"))
    if sentence.starts_on:
        found.append(_("from %(day)s") % {"day": display.day(sentence.starts_on)})
    if sentence.credited_days:
        days = f"{sentence.credited_days:,}"
        found.append(_("%(days)s days in remand count") % {"days": days})
    return found

"""The question of the figures in words: who is counted, narrowed to what, as at and known at when.

`names` are the words of the keys that a question is narrowed to; without them only the tiers are
named.
"""

from collections.abc import Iterator, Mapping

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework import display
from casework.cohorts import Cohort, Dimension, Question, State, Unit
from casework.models import Case

STATES: dict[str, StrOrPromise] = {
    State.CONVICTED: gettext_lazy("Convicted"),
    State.NOT_CONVICTED: gettext_lazy("Acquitted, no case or dismissed"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
    State.ABATED: gettext_lazy("Abated on death"),
    State.PENDING: gettext_lazy("Still open"),
    State.ABSCONDED: gettext_lazy("Open because the accused absconded"),
    State.NOT_CHARGED: gettext_lazy("Nobody charged"),
}
UNITS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    Unit.SEIZURES: (gettext_lazy("seizures"), gettext_lazy("Seizures")),
    Unit.CASES: (gettext_lazy("cases"), gettext_lazy("Cases")),
    Unit.ACCUSED: (gettext_lazy("accused"), gettext_lazy("Accused")),
    Unit.COUNTS: (gettext_lazy("counts"), gettext_lazy("Counts against an accused")),
}
COHORTS: dict[str, StrOrPromise] = {
    Cohort.CONCLUDED: gettext_lazy("concluded"),
    Cohort.FILED: gettext_lazy("filed"),
    Cohort.SEIZED: gettext_lazy("seized"),
}
ASKED = (
    "unit", "cohort", "first_year", "last_year", "tier", "agency", "court", "species", "port",
    "as_at", "known_at",
)  # fmt: skip
NARROWED = {  # the parts of a question that hold keys, and what they are called
    Dimension.AGENCY: ("agencies", gettext_lazy("Agency")),
    Dimension.COURT: ("courts", gettext_lazy("Court")),
    Dimension.SPECIES: ("species", gettext_lazy("Species")),
    Dimension.PORT: ("ports", gettext_lazy("Port")),
}
Names = Mapping[str, Mapping[str, str]]  # by dimension, then by key


def question_of(asked: QueryDict) -> str:
    """The question alone, as a query string: an address that can be kept."""
    kept = QueryDict(mutable=True)
    for name in ASKED:
        chosen = asked.getlist(f"{name}_value")  # beside the words of a suggestion
        values = chosen if any(chosen) else asked.getlist(name)
        kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


def sentence(question: Question, names: Names | None = None) -> str:
    """The question as one sentence."""
    _unit, title = UNITS[question.unit]
    said = _("%(unit)s, %(cohort)s %(years)s, %(tiers)s") % {
        "unit": title,
        "cohort": COHORTS[question.cohort],
        "years": years(question),
        "tiers": tiers(question),
    }
    narrowed = [value for _name, value in narrowing(question, names or {})]
    dates = _("as at %(as_at)s, known at %(known_at)s") % {
        "as_at": display.day(question.as_at),
        "known_at": display.day(question.known_at),
    }
    return ", ".join([said, *narrowed, dates])


def narrowing(question: Question, names: Names) -> Iterator[tuple[str, str]]:
    """What the question is narrowed to besides tiers and years, in words."""
    for by, (attribute, name) in NARROWED.items():
        keys = getattr(question, attribute)
        said = sorted(names.get(by, {}).get(str(key), str(key)) for key in keys)
        if said:
            yield str(name), _(" or ").join(said)


def asked(question: Question, names: Names) -> tuple[tuple[str, str], ...]:
    """The question part by part, as an export has it on each of its sheets."""
    return (
        (_("What is counted"), str(UNITS[question.unit][1])),
        (_("Which years"), f"{COHORTS[question.cohort]} {years(question)}"),
        (_("Tier"), tiers(question)),
        *narrowing(question, names),
        (_("As at"), question.as_at.isoformat()),
        (_("Known at"), timezone.localtime(question.known_at).strftime("%Y-%m-%d %H:%M")),
    )


def of_seized(question: Question) -> str:
    """What a panel counts that begins with the seizure, whatever the question's cohort."""
    return _("Counted from everything seized %(years)s, whoever was charged.") % {
        "years": years(question)
    }


def years(question: Question) -> str:
    first, last = question.first_year, question.last_year
    if first and last:
        between = _("in %(first)s to %(last)s") % {"first": first, "last": last}
        return between if first != last else _("in %(year)s") % {"year": first}
    if first:
        return _("since %(year)s") % {"year": first}
    return _("until the end of %(year)s") % {"year": last} if last else _("in any year")


def tiers(question: Question) -> str:
    if not question.tiers:
        return _("all tiers")
    labels = [str(Case.Tier(tier).label) for tier in Case.Tier.values if tier in question.tiers]
    return _(" or ").join(label.lower() for label in labels)

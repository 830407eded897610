"""The statistics as one person may count them: each a panel of its own, two statements.

`user` None is the administrator's command line: everything is counted.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from casework.cohorts import Dimension, Question
from casework.metrics import Figures, Line
from casework.models import Agency, Case, Court, Port, Taxon, User
from casework.statistics import behind, court_days, journeys, penalties, scope
from casework.statistics import rates as of_rates
from casework.statistics.shapes import (
    Adjournments,
    Breakdown,
    Clearance,
    Curve,
    Delays,
    Funnel,
    Hearings,
    Sentences,
    Uncharged,
)

PLACES: dict[Dimension, Any] = {
    Dimension.AGENCY: Agency,
    Dimension.COURT: Court,
    Dimension.SPECIES: Taxon,
    Dimension.PORT: Port,
}


def rates(question: Question, *, user: User | None) -> Figures:
    """The rates: total, by tier and by year, and of everything seized."""
    return of_rates.figures(question, scope.condition(user))


def total(question: Question, *, user: User | None) -> Line:
    """The rates of all that the question covers, without its groups."""
    return of_rates.total(question, scope.condition(user))


def breakdown(question: Question, by: Dimension, *, user: User | None) -> Breakdown:
    """The rates by one dimension."""
    return of_rates.breakdown(question, by, scope.condition(user))


def funnel(question: Question, *, user: User | None) -> Funnel:
    """Of everything seized, how many came to each step: seizures, or cases where asked for."""
    return journeys.funnel(question, scope.condition(user))


def curve(question: Question, *, user: User | None) -> Curve:
    """Time from filing to conclusion; a question about what is concluded is one of the filed."""
    return journeys.curve(question, scope.condition(user))


def adjournments(question: Question, *, user: User | None) -> Adjournments:
    """Hearings of the years asked for: what became of them, causes and sides; of all cases."""
    return court_days.adjournments(question, scope.condition(user))


def hearings(question: Question, *, user: User | None) -> Hearings:
    """Hearings per case."""
    return court_days.hearings(question, scope.condition(user))


def sentences(question: Question, *, user: User | None) -> Sentences:
    """Sentences on the counts that stand convicted."""
    return penalties.sentences(question, scope.condition(user))


def clearance(question: Question, *, user: User | None) -> Clearance:
    """Concluded over filed, year by year."""
    return journeys.clearance(question, scope.condition(user))


def uncharged(question: Question, *, user: User | None) -> Uncharged:
    """Seizures with nobody charged."""
    return journeys.uncharged(question, scope.condition(user))


def delays(question: Question, *, user: User | None) -> Delays:
    """Days between the steps of those that took both."""
    return journeys.delays(question, scope.condition(user))


def cases(question: Question, figure: str, *, user: User | None) -> "QuerySet[Case]":
    """The cases behind a number that this person may open: see behind.py for the names."""
    return behind.cases(question, figure, user=user)


def names(by: Dimension, keys: Iterable[str]) -> dict[str, str]:
    """What the keys of a breakdown by place, court, species or agency are called."""
    if by == Dimension.TIER:
        return {tier: str(label) for tier, label in Case.Tier.choices}
    if by == Dimension.YEAR:
        return {key: key for key in keys}
    rows = PLACES[by].objects.filter(pk__in=[int(key) for key in keys if key])
    return {str(row.pk): str(row) for row in rows}

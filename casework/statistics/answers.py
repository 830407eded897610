"""The statistics as one person may count them: each a panel of its own, one or two statements.

`user` None is the administrator's command line: everything is counted.
"""

from casework.cohorts import Dimension, Question
from casework.metrics import Figures
from casework.models import User
from casework.statistics import rates as of_rates
from casework.statistics import scope
from casework.statistics.shapes import Breakdown


def rates(question: Question, *, user: User | None) -> Figures:
    """The rates: total, by tier and by year, and of everything seized."""
    return of_rates.figures(question, scope.condition(user))


def breakdown(question: Question, by: Dimension, *, user: User | None) -> Breakdown:
    """The rates by one dimension."""
    return of_rates.breakdown(question, by, scope.condition(user))

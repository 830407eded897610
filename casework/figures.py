"""The rates of the command line, and the cases that a person counts."""

from casework.cohorts import Question
from casework.metrics import Figures
from casework.models import User
from casework.statistics import answers
from casework.statistics.scope import cases as scope

__all__ = ["ask", "scope"]


def ask(question: Question, *, user: User | None) -> Figures:
    """The rates as this person may count them."""
    return answers.rates(question, user=user)

"""The number that a list of cases belongs to: its panel, what it counts, and of which group."""

from dataclasses import dataclass

from django.http import QueryDict

from casework import figures, figures_words
from casework.cohorts import Question
from casework.models import User
from casework.panels import read


@dataclass(frozen=True)
class Number:
    panel: str
    figure: str
    group: str


def of(asked: QueryDict) -> Number:
    return Number(
        asked.get("panel", "convictions"), asked.get("figure", "all"), asked.get("group", "")
    )


def cases(number: Number, question: Question, user: User) -> list[int]:
    """Keys of the cases behind a number that this person may read, newest first."""
    return figures.cases_behind(question, number.figure, user=user)


def words(number: Number, question: Question, names: figures_words.Names) -> str:
    title = read.PANELS[number.panel][0] if number.panel in read.PANELS else ""
    parts = [figures_words.sentence(question, names), str(title), number.figure, number.group]
    return "; ".join(part for part in parts if part)

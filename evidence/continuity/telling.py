"""Findings as sentences: template translated, values written as the page or paper writes them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from evidence.continuity.finding import Finding, Value, Weight
from evidence.continuity.sentences import EXPLAINED


@dataclass(frozen=True)
class Writing:
    """How a page or a paper writes the values of a sentence."""

    translate: Callable[[str], str]
    day: Callable[[datetime], str]
    duration: Callable[[timedelta], str]
    weight: Callable[[int], str]


def sentence(finding: Finding, writing: Writing) -> str:
    values = {name: _written(value, writing) for name, value in finding.values}
    said = writing.translate(finding.template) % values
    return f"{said} {writing.translate(EXPLAINED)}" if finding.is_explained else said


def _written(value: Value, writing: Writing) -> str:
    if isinstance(value, datetime):
        return writing.day(value)
    if isinstance(value, timedelta):
        return writing.duration(value)
    if isinstance(value, Weight):
        return writing.weight(value.mg)
    return str(value)

"""One thing that the law of the day says against a count or a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Warning:
    """Drawn as `mark`: cross contradicted, open missing, half one side says so."""

    code: str
    mark: str
    text: str
    why: str

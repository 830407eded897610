"""What a snapshot says of red flags: the sign, what it rests on, how people answered it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RedFlag:
    label: str
    group: str
    weight: int
    sentences: tuple[str, ...] = ()
    mark: str  # full (computed), half (a person saw it), later (dismissed), open (stands again)
    standing: str
    answer: str = ""  # who dismissed or ticked it, when, and why

"""When it happened and when it was recorded: what was written down late, and clocks that ran back.

Order is by sequence; a clock is only a statement, so what it says against the order is named.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from casework.ledger.event import Event
from evidence.continuity.finding import Finding, Rules, Subject, found


def read(
    subject: Subject, events: Sequence[Event], now: datetime, rules: Rules
) -> Iterator[Finding]:
    for event in events:
        waited = event.recorded_at - event.happened_at
        if waited > rules.late:
            yield found("late", "half", event, length=waited)
        elif -waited > rules.clock_slack:
            yield found("before_it_happened", "cross", event, length=-waited)
        if event.kind == "corrected" and event.corrects:
            yield found("corrected", "half", event, other=event.corrects)
    for before, event in pairwise(events):
        if before.recorded_at > event.recorded_at:
            length = before.recorded_at - event.recorded_at
            yield found("clock_back", "cross", event, length=length)
        if before.happened_at - event.happened_at > rules.clock_slack:
            length = before.happened_at - event.happened_at
            yield found("order", "cross", event, length=length)

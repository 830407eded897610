"""What waits for one person after a handover: losses, refusals, proposals, late hand-outs."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from casework import display
from casework.models import User
from evidence import answers
from evidence.acts import handouts
from evidence.lacks import address
from evidence.models import CustodyEvent, HandOut

MOST_ROWS = 50
# Mark, title, why, reference, since, address, verb, whether it is late.
Row = tuple[str, str, str, str, datetime, str, str, bool]


def rows(user: User) -> Iterator[Row]:
    """In five queries, at most fifty of a kind."""
    yield from (_missing(event) for event in answers.missing_to(user)[:MOST_ROWS])
    yield from (_proposal(event) for event in answers.proposals_to(user)[:MOST_ROWS])
    yield from (_refusal(event) for event in answers.refusals_to(user)[:MOST_ROWS])
    yield from (_overdue(row) for row in handouts.overdue_of(user)[:MOST_ROWS])
    papers = handouts.without_paper(user).select_related("event__exhibit__case")
    yield from (_unsigned(row) for row in papers[:MOST_ROWS])


def _row(
    event: CustodyEvent, mark: str, title: str, why: str, act: str, verb: str, *, is_late: bool
) -> Row:
    reference, label = event.exhibit.case.reference, event.exhibit.label
    url = address(f"evidence:{act}", reference, label)
    said = title % {"label": label, "to": event.to_name, "from": event.from_name}
    return mark, said, why, reference, event.happened_at, url, verb, is_late


def _proposal(event: CustodyEvent) -> Row:
    title = _("Say what you saw: destruction of %(label)s by %(from)s")
    return _row(event, "half", title, event.note, "custody-confirm", _("Confirm"), is_late=False)


def _refusal(event: CustodyEvent) -> Row:
    title = _("%(to)s did not take %(label)s")
    if event.answers and event.answers.kind == CustodyEvent.Kind.PROPOSED:
        title = _("%(to)s did not confirm the destruction of %(label)s")
    return _row(event, "cross", title, event.note, "exhibit", _("Open"), is_late=False)


def _missing(event: CustodyEvent) -> Row:
    title = _("%(label)s is reported missing")
    return _row(event, "open", title, event.note, "exhibit", _("Open"), is_late=False)


def _overdue(row: HandOut) -> Row:
    title = _("%(label)s is not back from %(to)s")
    why = _("Expected back on %(day)s.") % {"day": display.day(row.expected_back_on)}
    verb = _("Take it back")
    return _row(row.event, "open", title, why, "custody-take-back", verb, is_late=True)


def _unsigned(row: HandOut) -> Row:
    title = _("Add the signed form of %(label)s, handed to %(to)s")
    why = _("They were to sign on paper.")
    return _row(row.event, "open", title, why, "custody-enclose", _("Add it"), is_late=False)

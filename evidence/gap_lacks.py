"""What the chains of a case's exhibits leave open, as lines of what the case lacks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.gaps import ExhibitGaps, Gaps
from evidence.lacks import Lack, address

MOST_LINES = 5  # exhibits named one by one; the others are counted
SAID_ELSEWHERE = {"unanswered"}  # the case counts open handovers in a line of its own


def of(gaps: Gaps, reference: str) -> list[Lack]:
    """The worst exhibits by name, then how many others, then what was not looked at."""
    rows = [row for row in gaps.rows if not _is_said(row)]
    found = [line(row) for row in rows[:MOST_LINES]]
    return [*found, *_others(len(rows) - MOST_LINES, gaps.left_out, reference)]


def line(row: ExhibitGaps) -> Lack:
    """One exhibit: its worst finding as the sentence, how many there are, and where to explain."""
    worst = row.worst
    title = f"{row.exhibit.label}: {worst.text}"
    more = len(row.told) - 1
    why = str(row.exhibit.description)
    if more:
        text = ngettext("%(what)s. And one thing more.", "%(what)s. And %(n)d things more.", more)
        why = text % {"what": why, "n": more}
    url = address("evidence:exhibit", row.exhibit.case.reference, row.exhibit.label)
    return Lack(worst.mark, title, why, f"{url}#gaps", _("Read the chain"))


def _is_said(row: ExhibitGaps) -> bool:
    return all(told.finding.kind in SAID_ELSEWHERE for told in row.told)


def _others(more: int, left_out: int, reference: str) -> Iterator[Lack]:
    url = address("evidence:gap-list") + f"?case={reference}"
    if more > 0:
        title = ngettext(
            "The chain of %(n)d more exhibit leaves something open",
            "The chains of %(n)d more exhibits leave something open",
            more,
        ) % {"n": more}
        yield Lack("open", title, _("Each has its sentence."), url, _("Read them all"))
    if left_out:
        title = ngettext(
            "%(n)d exhibit is not looked at here", "%(n)d exhibits are not looked at here", left_out
        ) % {"n": left_out}  # fmt: skip
        yield Lack("later", title, _("This page reads the newest chains."), url, _("Read on"))

"""What the points to prove of many cases lack, as lines of home and of the case page.

However many cases are asked for, the number of queries is the same. Reports, certificates and
chains have lines of their own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Case, Proceeding
from evidence.lacks import ENDED, Lack, address
from evidence.proof import facts, matrix
from evidence.proof.matrix import Matrix
from evidence.proof.rules import CONTESTED, LINKED, MISSING
from evidence.reading import Reading

TRIALS = (Proceeding.Kind.TRIAL, Proceeding.Kind.RETRIAL)
URL = "evidence:case-proof"


def of_cases(cases: Iterable[Case], read: Reading) -> dict[int, list[Lack]]:
    """By case its lines, the worst first; an ended case lacks nothing more."""
    wanted = {case.pk: case for case in cases if case.status not in ENDED}
    rows: Any = read(Proceeding.objects).filter(case__in=wanted, kind__in=TRIALS)
    trials = list(rows.select_related("court"))
    found: dict[int, list[Matrix]] = {}
    for one in matrix.of_all(trials, read) if trials else ():
        found.setdefault(one.proceeding.case_id, []).append(one)
    return {pk: list(_lines(wanted[pk], matrices)) for pk, matrices in found.items()}


def _lines(case: Case, matrices: list[Matrix]) -> Iterator[Lack]:
    counts = [one for found in matrices for one in found.counts]
    states = [point.state for point in facts.points(counts)]
    url = address(URL, case.reference)
    if n := states.count(MISSING):
        title = ngettext(
            "%(n)d point to prove has nothing behind it",
            "%(n)d points to prove have nothing behind them", n,
        ) % {"n": n}  # fmt: skip
        why = _("A count falls with its weakest element.")
        yield Lack("open", title, why, url, _("See which"))
    if n := states.count(CONTESTED):
        title = ngettext(
            "%(n)d point to prove is contested", "%(n)d points to prove are contested", n
        ) % {"n": n}  # fmt: skip
        yield Lack("half", title, _("Is there a second piece of evidence?"), url, _("See which"))
    if n := states.count(LINKED):
        title = ngettext(
            "%(n)d point to prove has evidence that nobody judged",
            "%(n)d points to prove have evidence that nobody judged", n,
        ) % {"n": n}  # fmt: skip
        yield Lack("half", title, _("Say what it is worth."), url, _("Judge them"))

"""How the courts stand on cases: what is open, and when the last decision can be appealed no more.

`by` reads a past day: what a court did later must not keep what happened out of the record.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from casework.models import Case, Charge, Outcome, Proceeding
from casework.procedure import record
from casework.procedure.position import as_at
from evidence.in_court import windows


@dataclass(frozen=True)
class Standing:
    """One case before the courts."""

    has_proceedings: bool = False
    is_uncharged: bool = False  # a trial is open in which nobody is charged with anything yet
    is_undecided: bool = False
    awaits_retrial: bool = False
    has_appeal: bool = False  # lodged and not decided
    decided: tuple[tuple[date, str], ...] = field(default=())  # decisions that stand, and appeals
    country: str = "KE"

    @property
    def is_open(self) -> bool:
        return self.is_undecided or self.awaits_retrial or self.has_appeal

    def free_from(self) -> date | None:
        """The first day after every time to appeal; None where nothing was decided."""
        days = {windows.free_from(day, decision, self.country) for day, decision in self.decided}
        return max(days, default=None)


def standings(cases: Collection[int], by: date | None = None) -> dict[int, Standing]:
    """Of each case, from the lines of its charges as the procedure reads them."""
    proceedings = Proceeding.objects.filter(case__in=cases, opened_on__lte=by or date.max)
    charged = Charge.objects.filter(
        Q(count__charge_sheet__proceeding=OuterRef("pk")) | Q(tried_in=OuterRef("pk"))
    )
    rows = proceedings.annotate(is_charged=Exists(charged)).select_related("case__agency")
    files: dict[int, list[Any]] = {case: [] for case in cases}
    for row in rows.order_by():
        files[row.case_id].append(row)
    return {case: _standing(case, own, by) for case, own in files.items()}


def _standing(case: int, files: list[Any], by: date | None) -> Standing:
    if not files:
        return Standing()
    opened = {file.pk for file in files}
    every = record.lines_of(Case(pk=case)).values()
    lines = [one for line in every if (one := as_at(line, by) if by else line).place in opened]
    last = [line.last for line in lines]
    return Standing(
        has_proceedings=True,
        is_uncharged=any(
            file.kind == Proceeding.Kind.TRIAL and not file.is_charged for file in files
        ),
        is_undecided=None in last,
        awaits_retrial=any(one and one.decision == Outcome.Decision.RETRIAL for one in last),
        has_appeal=any(line.pending for line in lines),
        decided=tuple({
            (one.day, one.decision)
            for one in last
            if one and not one.is_highest and one.decision not in Outcome.NOT_COUNTED
        }),
        country=files[0].case.agency.country,
    )  # fmt: skip

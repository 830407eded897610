"""The stages of a case from seizure to disposal: reached, under way, not recorded, not yet due."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import display
from casework.models import (
    Case,
    ChargeSheet,
    Hearing,
    Outcome,
    Plea,
    Proceeding,
    SeizedItem,
    Seizure,
)
from evidence.counting import first
from evidence.reading import Reading

CHARGE_CASE = "charge__count__charge_sheet__proceeding__case"
EVIDENCE_HEARINGS = ("hearing", "ruling", "submissions")


@dataclass(frozen=True)
class Stage:
    word: str
    state: str  # done, now, later: the line after it is solid only when done
    mark: str
    small: str = ""


def annotate(cases: QuerySet[Any], read: Reading) -> QuerySet[Any]:
    """The days on which each stage was first reached, as far as it may be shown."""
    held = read(Hearing.objects).filter(kind__code__in=EVIDENCE_HEARINGS)
    outcomes = read(Outcome.objects)
    appeals = read(Proceeding.objects).filter(kind=Proceeding.Kind.APPEAL)
    ends = outcomes.exclude(decision__in=Outcome.NOT_COUNTED)  # an amendment is no judgment
    on_appeal = outcomes.filter(proceeding__kind=Proceeding.Kind.APPEAL)
    dated: QuerySet[Any] = cases.annotate(
        seized_on=first(read(Seizure.objects), "case", "seized_at"),
        charged_on=first(read(ChargeSheet.objects), "proceeding__case", "filed_on"),
        plea_on=first(read(Plea.objects), CHARGE_CASE, "entered_on"),
        trial_on=first(held.exclude(state=Hearing.State.LISTED), "proceeding__case", "starts_at"),
        judgment_on=first(ends, CHARGE_CASE, "decided_on"),
        appeal_on=first(appeals, "case", "opened_on"),
        appeal_decided_on=first(on_appeal, CHARGE_CASE, "decided_on"),
    )
    return dated


def of(case: Any) -> list[Stage]:
    """The seven stages of one annotated case."""
    is_closed = case.status == Case.Status.CLOSED
    reached: list[tuple[str, date | datetime | None, bool]] = [
        (_("Seized"), case.seized_on, True),
        (_("Charged"), case.charged_on, True),
        (_("Plea"), case.plea_on, True),
        (_("Trial"), case.trial_on, bool(case.judgment_on)),
        (_("Judgment"), case.judgment_on, True),
        (_("Appeal"), case.appeal_on, bool(case.appeal_decided_on)),
        (_("Closed"), case.changed_at if is_closed else None, True),
    ]
    begun = _as_day(case.seized_on)
    last = max((place for place, stage in enumerate(reached) if stage[1]), default=-1)
    return [
        _stage(word, _as_day(at), is_over, begun, is_passed=place < last and word != _("Appeal"))
        for place, (word, at, is_over) in enumerate(reached)
    ]


def _stage(
    word: str, day: date | None, is_over: bool, begun: date | None, *, is_passed: bool
) -> Stage:
    if day is None:
        return Stage(word, "later", "open", _("not recorded")) if is_passed else _later(word)
    small = display.day(day)
    if begun and day != begun:
        small = _("day %(n)s") % {"n": f"{(day - begun).days:,}"}
    return Stage(word, "done", "full", small) if is_over else Stage(word, "now", "half", small)


def _later(word: str) -> Stage:
    return Stage(word, "later", "later")


def _as_day(at: date | datetime | None) -> date | None:
    return timezone.localtime(at).date() if isinstance(at, datetime) else at


def step(stages: list[Stage]) -> tuple[str, int]:
    """The word and number of the furthest stage reached, for a phone."""
    reached = [place for place, stage in enumerate(stages) if stage.state != "later"]
    place = reached[-1] if reached else 0
    return stages[place].word, place + 1


def seized_weight(case: Case) -> int | None:
    """Milligrams over all items of the case, or None where nothing was weighed."""
    items = SeizedItem.objects.of_case(case)
    total: int | None = items.aggregate(total=Sum("weight_mg"))["total"]
    return total

"""A case's charges as `position` reads them: dated rows, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from casework.models import (
    Case,
    Charge,
    ChargeTransfer,
    Outcome,
    Plea,
    Proceeding,
    TrialStep,
)
from casework.procedure.position import (
    Brought,
    Decided,
    Line,
    Pleaded,
    Taken,
    state,
)
from casework.procedure.states import State
from casework.sentencing import recorded

IN_CASE = "charge__count__charge_sheet__proceeding__case"
HIGHEST = "supreme"
VARIED = "sentence_varied"  # of the list outcome_cause: the appeal varied the sentence


def lines_of(case: Case, charges: Iterable[int] | None = None) -> dict[int, Line]:
    """The line of each charge of a case, drafts too, by the charge's key."""
    rows = Charge.objects.filter(count__charge_sheet__proceeding__case=case)
    only = Q()
    if charges is not None:
        keys = list(charges)
        rows, only = rows.filter(pk__in=keys), Q(charge__in=keys)
    pleas, outcomes, moves = _pleas(case, only), _outcomes(case, only), _moves(case, only)
    steps, appeals, retrials = _steps(case), _appeals(case), _retrials(case)
    found = {}
    for pk, accused, place, sheet_place, filed_on in rows.values_list(
        "pk", "accused", "tried_in", "count__charge_sheet__proceeding",
        "count__charge_sheet__filed_on",
    ):  # fmt: skip
        decided = tuple(outcomes[pk])
        found[pk] = Line(
            charge=pk, place=place or sheet_place, filed_on=filed_on,
            pleas=tuple(pleas[pk]), decisions=decided, moves=tuple(moves[pk]),
            steps=tuple(taken for whose, taken in steps if whose in (None, accused)),
            appeals=tuple(_brought(pk, decided, appeals)), retrials=retrials,
        )  # fmt: skip
    return found


def line_of(charge: Charge) -> Line:
    return lines_of(charge.count.charge_sheet.proceeding.case, [charge.pk])[charge.pk]


def states_of(case: Case, on: date | None = None) -> dict[int, State]:
    """Where each charge of a case stands, by its key."""
    return {key: state(line, on) for key, line in lines_of(case).items()}


def _pleas(case: Case, only: Q) -> dict[int, list[Pleaded]]:
    found: dict[int, list[Pleaded]] = defaultdict(list)
    rows = Plea.objects.filter(only, **{IN_CASE: case}).order_by("entered_on", "pk")
    for charge, *plea in rows.values_list("charge", "entered_on", "plea", "recorded_at"):
        found[charge].append(Pleaded(*plea))
    return found


def _outcomes(case: Case, only: Q) -> dict[int, list[Decided]]:
    found: dict[int, list[Decided]] = defaultdict(list)
    rows = Outcome.objects.filter(only, **{IN_CASE: case}).order_by("pk")
    fields = (
        "pk", "charge", "decided_on", "decision", "proceeding", "recorded_at", "is_correction",
        "sentence", "cause__code", "proceeding__kind", "proceeding__court__level",
    )  # fmt: skip
    for pk, charge, day, decision, court, at, corrects, sentence, cause, kind, level in (
        rows.values_list(*fields)
    ):  # fmt: skip
        found[charge].append(
            Decided(
                day=day, decision=decision, court=court, recorded_at=at, key=pk,
                has_sentence=sentence is not None, varies_sentence=cause == VARIED,
                is_highest=kind == Proceeding.Kind.APPEAL and level == HIGHEST,
                is_correction=corrects,
            )
        )  # fmt: skip
    return found


def _moves(case: Case, only: Q) -> dict[int, list[tuple[date, int, int]]]:
    found: dict[int, list[tuple[date, int, int]]] = defaultdict(list)
    rows = ChargeTransfer.objects.filter(only, **{IN_CASE: case}).order_by("ordered_on", "pk")
    for charge, *move in rows.values_list(
        "charge", "ordered_on", "from_proceeding", "to_proceeding"
    ):
        found[charge].append((move[0], move[1], move[2]))
    return found


def _steps(case: Case) -> list[tuple[int | None, Taken]]:
    rows = TrialStep.objects.filter(proceeding__case=case).values_list(
        "pk", "supersedes", "is_withdrawn", "accused", "happened_on", "kind", "proceeding"
    )
    first = recorded.firsts({pk: before for pk, before, *_rest in rows})
    gone = {before for _pk, before, *_rest in rows if before is not None}
    found = [
        (day, first[pk], accused, Taken(day, kind, court))
        for pk, _before, is_withdrawn, accused, day, kind, court in rows
        if pk not in gone and not is_withdrawn
    ]
    found.sort(key=lambda one: one[:2])
    return [(accused, taken) for _day, _first, accused, taken in found]


def _appeals(case: Case) -> list[tuple[Any, set[int], bool]]:
    """Each appeal with the charges named in it, and whether it has decided anything."""
    rows = Proceeding.objects.filter(case=case, kind=Proceeding.Kind.APPEAL)
    return [
        (appeal, {one.pk for one in appeal.appealed.all()}, bool(appeal.outcomes.all()))
        for appeal in rows.order_by("opened_on", "pk").prefetch_related("appealed", "outcomes")
    ]


def _brought(
    charge: int, decided: tuple[Decided, ...], appeals: list[tuple[Any, set[int], bool]]
) -> Iterable[Brought]:
    for appeal, named, has_decided in appeals:
        below = any(
            one.court == appeal.parent_id and one.day <= appeal.opened_on for one in decided
        )
        if charge not in named if named else not below:
            continue
        days = [one.day for one in decided if one.court == appeal.pk]
        # One that names no charge is decided with its first decision.
        if not named and not days and has_decided:
            continue
        yield Brought(
            appeal.pk, appeal.opened_on, days[-1] if days else None, appeal.appellant_side
        )


def _retrials(case: Case) -> tuple[tuple[int, int], ...]:
    rows = Proceeding.objects.filter(case=case, kind=Proceeding.Kind.RETRIAL, parent__isnull=False)
    pairs = rows.order_by("opened_on", "pk").values_list("parent", "pk")
    return tuple((order, court) for order, court in pairs if order is not None)

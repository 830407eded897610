"""The sentence on a charge: writing it, and which one is in force.

A court's sentence is never refused for what the law says of it: warnings are shown before it is
recorded, and kept in the audit beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import audit, clock, lines
from casework.errors import RuleBroken
from casework.legal import warnings as of_law
from casework.models import Accused, Charge, Outcome, Sentence, User
from casework.sentencing import totals, values

EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(values.FIELDS), "is_life": False, "currency": "KES", "other": "", "runs": "",
}  # fmt: skip
RELATED = ("outcome__charge__count", "outcome__charge__accused", "after__outcome__charge__count")


def complete(given: Mapping[str, Any]) -> dict[str, Any]:
    """All values of a sentence: what is not given is empty."""
    if unknown := set(given) - set(values.FIELDS):
        raise TypeError(f"no value of a sentence: {sorted(unknown)}")
    found = {**EMPTY, **given}
    found["other"] = found["other"].strip()
    return found


def write(outcome: Outcome, given: Mapping[str, Any], *, actor: User) -> Sentence:
    """Write the sentence on a conviction. The caller holds the case's lock and has checked it."""
    found = complete(given)
    values.check(found)
    _check_after(outcome.charge, found["after"])
    row = Sentence(outcome=outcome, recorded_by=actor, recorded_at=clock.now(), **found)
    row.full_clean()
    row.save()
    lines.renew([outcome.charge])
    audit.record(
        "sentence.pass", actor=actor, case=outcome.proceeding.case, subject=row,
        warned=[warning.code for warning in warnings(outcome.charge, found)],
    )  # fmt: skip
    return row


def warnings(charge: Charge, given: Mapping[str, Any]) -> list[of_law.Warning]:
    """What the law of the day says of this sentence."""
    return of_law.of_sentence(charge, complete(given))


def _check_after(charge: Charge, after: Sentence | None) -> None:
    if after is None:
        return
    accused, before = charge.accused, after.outcome.charge
    if before.accused_id != accused.pk or before.pk == charge.pk:
        raise RuleBroken(_("Choose another sentence of the same accused."), field="after")
    links = {
        one.outcome.charge_id: one.after.outcome.charge_id
        for one in of_accused(accused)
        if one.after is not None
    }
    here: int | None = before.pk
    while here is not None:
        if here == charge.pk:
            raise RuleBroken(_("That one runs after this one already."), field="after")
        here = links.get(here)


def in_force(outcomes: list[Outcome]) -> Sentence | None:
    """Of the decisions on one charge in their order: the sentence of the conviction that stands."""
    for outcome in reversed(outcomes):
        if outcome.decision not in Outcome.CONVICTIONS:
            return None
        if found := getattr(outcome, "sentence", None):
            return found  # type: ignore[no-any-return]
    return None


def fallen(outcomes: list[Outcome]) -> list[Sentence]:
    """The sentences of these decisions that no longer count, the first one first."""
    stands = in_force(outcomes)
    passed = [getattr(outcome, "sentence", None) for outcome in outcomes]
    return [one for one in passed if one is not None and one != stands]


def of_accused(accused: Accused) -> list[Sentence]:
    """The sentences in force on all charges of an accused, in the order of their counts."""
    return of_people([accused]).get(accused.pk, [])


def of_people(people: Iterable[Accused]) -> dict[int, list[Sentence]]:
    """The same of several accused, by their key: one query."""
    known = {person.pk: person for person in people}
    rows = Outcome.objects.filter(charge__accused__in=list(known)).order_by("pk")
    related = rows.select_related(
        "sentence__after__outcome__charge__count", "charge__count__charge_sheet", "proceeding"
    )
    by_charge: dict[int, list[Outcome]] = defaultdict(list)
    for row in related:
        by_charge[row.charge_id].append(row)
    found: dict[int, list[Sentence]] = defaultdict(list)
    for decisions in by_charge.values():
        one = in_force(decisions)
        if one is not None:
            charge = one.outcome.charge
            charge.accused = known[charge.accused_id]
            found[charge.accused_id].append(one)
    return {key: sorted(rows, key=_place) for key, rows in found.items()}


def _place(row: Sentence) -> tuple[int, int, int]:
    count = row.outcome.charge.count
    return count.charge_sheet.version, count.number, row.pk


def term(row: Sentence) -> totals.Term:
    """The imprisonment of a sentence, as its sum reads it; it counts from its own day."""
    return totals.Term(
        key=row.outcome.charge_id,
        days=row.imprisonment_days or 0,
        starts_on=row.starts_on or row.outcome.decided_on,
        runs=row.runs,
        after=row.after.outcome.charge_id if row.after else None,
        credited=row.credited_days or 0,
        is_life=row.is_life,
    )

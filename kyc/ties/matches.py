"""The same seal, container, bill or file in two cases: found after each write, told to each case,
and shared by a case's lead with the readers of the other.

To whom a case is hidden, a match with it does not exist: `Match.objects.visible_to` says who knows.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, identifiers, roles
from casework.errors import RuleBroken
from casework.models import Case, User
from kyc.models import BillOfLading, Consignment, Container, Match, Seal

# Where a kind's keys are, and the way from there to the case.
ROWS: dict[str, tuple[Any, str]] = {
    Match.Kind.SEAL: (Seal, "number_key"),
    Match.Kind.CONTAINER: (Container, "number"),
    Match.Kind.BILL: (BillOfLading, "number_key"),
}
CASE = "consignment__seizure__case"
MOST_CASES = 50  # what more cases have is a blank form, or written where there is no number


def look(consignment: Consignment) -> None:
    """Find the other cases that have a number of this consignment, by index: a query a kind."""
    case = consignment.seizure.case
    for kind, (model, field) in ROWS.items():
        own = model.objects.filter(consignment=consignment).values_list(field, "number")
        keys = sorted({key for key, number in own if is_telling(number)})
        if keys:
            _look(case.pk, kind, keys)
            if connection.vendor == "postgresql":
                # Another case may be written at the same time: neither saw the other until now.
                transaction.on_commit(partial(_look, case.pk, kind, keys), robust=True)


def is_telling(number: str) -> bool:
    """Whether the same number in two cases means anything; a file's digest always does."""
    return identifiers.is_telling(number)


def _look(case: int, kind: str, keys: list[str]) -> None:
    model, field = ROWS[kind]
    others = model.objects.filter(**{f"{field}__in": keys}).exclude(**{CASE: case})
    found(kind, case, others.order_by().values_list(field, CASE).distinct())


def found(kind: str, case: int, others: Iterable[tuple[str, int]]) -> None:
    """Tell each pair of cases, once: `others` are values with the key of the other case."""
    holders: dict[str, list[int]] = defaultdict(list)
    for value, other in others:
        holders[value].append(other)
    rows = [
        Match(kind=kind, value=value, case_id=told, other_case_id=of, found_at=clock.now())
        for value, cases in holders.items()
        if len(cases) < MOST_CASES
        for other in cases
        for told, of in ((case, other), (other, case))
    ]
    Match.objects.bulk_create(rows, ignore_conflicts=True)


def forget(case: Case, kind: str, value: str) -> None:
    """A number was corrected: where the case has it no more, neither does the match."""
    model, field = ROWS[kind]
    if model.objects.filter(**{field: value, CASE: case}).exists():
        return
    both = Q(case=case) | Q(other_case=case)
    for row in Match.objects.filter(both, kind=kind, value=value):
        audit.sign(row, None, "The number was corrected")
        row.delete()  # its history stays


def of_case(case: Case, user: access.Reader) -> QuerySet[Match]:
    """What this reader may know of a case they may read."""
    rows: QuerySet[Match] = Match.objects.visible_to(user).filter(case=case)
    return rows


def waiting(user: User) -> QuerySet[Match]:
    """Matches that nobody of those who look after the team of a case has taken note of.

    Who looks after both cases is asked once.
    """
    led = Case.objects.permitting(user, roles.TEAM)
    rows: QuerySet[Match] = Match.objects.visible_to(user).filter(case__in=led, seen_at=None)
    return rows.exclude(other_case__in=led, other_case__lt=F("case"))


@transaction.atomic
def keep(match: Match, *, actor: User) -> Match:
    """The lead took note and shares nothing for now.

    Not in the case's own audit: its readers may not know that there is a match.
    """
    access.require(actor, match.case, roles.TEAM)
    _note(match, actor)
    audit.record("match.keep", actor=actor, subject=match)
    return match


@transaction.atomic
def share(match: Match, *, note: str, actor: User) -> Match:
    """Let the readers of the other case know that this one has the same, and who leads it.

    The trail of this case says that it was shared, that of the other with whom.
    """
    access.require(actor, match.case, roles.TEAM)
    pair = {"kind": match.kind, "value": match.value}
    mirror = (
        Match.objects.select_for_update(no_key=True)
        .filter(case=match.other_case_id, other_case=match.case_id, **pair)
        .first()
    )
    if mirror is None:
        raise RuleBroken(_("A number was corrected: there is no match any more."))
    if mirror.shared_at is not None:
        raise RuleBroken(_("This case is shared with them already."))
    mirror.shared_by, mirror.shared_at, mirror.shared_note = actor, clock.now(), note
    mirror.seen_by = mirror.seen_at = None  # there is news for the other lead
    mirror.full_clean()
    audit.sign(mirror, actor)
    mirror.save()
    _note(match, actor)
    what = {**pair, "note": note}
    audit.record("match.share", actor=actor, case=match.case, subject=match, **what)
    audit.record(
        "match.learn", actor=actor, case=mirror.case, subject=mirror,
        other_case=match.case.reference, **what,
    )  # fmt: skip
    return mirror


def _note(match: Match, actor: User) -> None:
    match.seen_by, match.seen_at = actor, clock.now()
    audit.sign(match, actor)
    match.save(update_fields=["seen_by", "seen_at"])

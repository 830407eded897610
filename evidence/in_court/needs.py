"""Who needs an exhibit: courts, other cases, holds and orders, read of many exhibits at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Case, Count, CourtOrder, OrderedThing, User
from evidence.in_court import courts, lineage
from evidence.in_court.courts import Standing
from evidence.models import CourtMark, Exhibit, ExhibitHold, ProofLink

RETURN, DESTROY = "return", "destroy"
# What a court may order, by what it allows (codes of list court_order).
ALLOWS = {
    RETURN: ("return",),
    DESTROY: ("destruction", "forfeiture", "state_property", "transfer"),
}
KEEP = "keep"
SPEAKING = (*ALLOWS[RETURN], *ALLOWS[DESTROY], KEEP)


@dataclass(frozen=True)
class Facts:
    """What was read of some exhibits at once, by exhibit."""

    standings: dict[int, Standing]  # by case
    origins: dict[int, set[int]]
    others: dict[int, set[int]]  # the other cases that each matters to
    holds: dict[int, list[ExhibitHold]]
    orders: dict[int, list[list[CourtOrder]]]  # of each thing that is in it, the last one last
    readable: dict[int, Case]  # the other cases that the reader may know
    seen: frozenset[int]  # the exhibits and origins that the reader may see


def read(exhibits: Sequence[Exhibit], user: User | None, day: date) -> Facts:
    keys = [exhibit.pk for exhibit in exhibits]
    above = lineage.above(keys)
    origins = lineage.origins(keys, above)
    others = other_cases(origins, exhibits)
    holds = _holds(origins, day)
    cases = {exhibit.case_id for exhibit in exhibits}
    elsewhere = {case for found in others.values() for case in found}
    named = elsewhere | {row.case_id for rows in holds.values() for row in rows}
    readable = Case.objects.visible_to(user).filter(pk__in=named) if user else Case.objects.none()
    return Facts(
        standings=courts.standings(cases | elsewhere, day),
        origins=origins,
        others=others,
        holds=holds,
        orders=_orders({key: lineage.sources(above, key) for key in keys}, day),
        readable={case.pk: case for case in readable},
        seen=seen(origins, user),
    )


def seen(origins: dict[int, set[int]], user: User | None) -> frozenset[int]:
    """Of the exhibits and what they came out of, what this reader may see."""
    if user is None:
        return frozenset()
    keys = {key for found in origins.values() for key in found}
    rows = Exhibit.objects.visible_to(user).filter(pk__in=keys)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def _by_exhibit(origins: dict[int, set[int]], rows: Iterable[tuple[int, Any]]) -> dict[int, Any]:
    """What was found of origins, given to each exhibit that came out of them."""
    of_origin: dict[int, list[Any]] = {}
    for key, found in rows:
        of_origin.setdefault(key, []).append(found)
    return {
        exhibit: [one for key in sorted(keys) for one in of_origin.get(key, [])]
        for exhibit, keys in origins.items()
    }


def other_cases(origins: dict[int, set[int]], exhibits: Collection[Exhibit]) -> dict[int, set[int]]:
    """Cases in which it is charged, proves something, or was shown to the court."""
    keys = {key for found in origins.values() for key in found}
    own = {exhibit.pk: exhibit.case_id for exhibit in exhibits}
    sheet = "charge_sheet__proceeding__case"
    rows: list[tuple[int, int]] = [
        *_pairs(Count.objects.filter(exhibits__in=keys), "exhibits", sheet),
        *_pairs(
            ProofLink.objects.standing().filter(exhibit__in=keys),
            "exhibit", f"charge__count__{sheet}",
        ),
        *_pairs(
            CourtMark.objects.standing().filter(exhibit__in=keys), "exhibit", "proceeding__case"
        ),
    ]  # fmt: skip
    found = _by_exhibit(origins, rows)
    return {key: set(cases) - {own[key]} for key, cases in found.items()}


def _pairs(rows: QuerySet[Any], exhibit: str, case: str) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list(exhibit, case).distinct())


def _holds(origins: dict[int, set[int]], day: date) -> dict[int, list[ExhibitHold]]:
    """Those placed by that day which nobody released."""
    keys = {key for found in origins.values() for key in found}
    rows = ExhibitHold.objects.filter(
        exhibit__in=keys, released_at__isnull=True, placed_at__lt=_end_of(day)
    )
    return _by_exhibit(origins, ((row.exhibit_id, row) for row in rows))


def _end_of(day: date) -> datetime:
    """The first moment after a day where the courts are."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def _orders(sources: dict[int, list[set[int]]], day: date) -> dict[int, list[list[CourtOrder]]]:
    """The standing orders that say what becomes of it, the last one last: a list for each source,
    so that what a court said of one thing is not taken for another that is in the same box."""
    keys = {key for ways in sources.values() for way in ways for key in way}
    standing = (
        CourtOrder.Rows(CourtOrder).standing().filter(made_on__lte=day, kind__code__in=SPEAKING)
    )
    rows = OrderedThing.objects.filter(exhibit__in=keys, order__in=standing)
    of_key: dict[int, set[CourtOrder]] = {}
    for row in rows.select_related("order__kind"):
        of_key.setdefault(row.exhibit_id, set()).add(row.order)
    return {
        exhibit: [_in_order(order for key in way for order in of_key.get(key, ())) for way in ways]
        for exhibit, ways in sources.items()
    }


def _in_order(orders: Iterable[CourtOrder]) -> list[CourtOrder]:
    return sorted(set(orders), key=lambda order: (order.made_on, order.pk))

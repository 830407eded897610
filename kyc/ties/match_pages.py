"""Reads of the matches page: what a reader may know of each, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from casework import access, display
from casework.models import Case
from kyc.cargo import seal_words
from kyc.models import Consignment, Match, Seal
from kyc.ties import matches

MOST = 20  # beside a consignment; the page of matches has them all


@dataclass(frozen=True)
class Place:
    """Where a case has it."""

    word: str
    url: str


@dataclass(frozen=True)
class Row:
    """`other` is None where the reader may not know which case it is; `is_open` when they may
    open it, and then `there` says where."""

    match: Match
    value: str
    here: list[Place]
    other: Case | None
    is_open: bool
    there: list[Place]
    said: list[seal_words.Said]
    shared_out_at: datetime | None  # this case was shared with the other


def of_case(case: Case, user: access.Reader) -> QuerySet[Match]:
    """The matches of a case, newest first, each with what the reader may know of it."""
    return annotated(user).filter(case=case)


def annotated(user: access.Reader) -> QuerySet[Match]:
    mirror = Match.objects.filter(
        kind=OuterRef("kind"),
        value=OuterRef("value"),
        case=OuterRef("other_case"),
        other_case=OuterRef("case"),
    )
    rows: QuerySet[Match] = Match.objects.visible_to(user).annotate(
        is_named=_whether(Match.objects.all().named_to(user)),
        is_open=_whether(Q(other_case__in=Case.objects.visible_to(user))),
        shared_out_at=Subquery(mirror.values("shared_at")[:1]),
    )
    return rows.select_related(
        "case", "other_case__agency", "other_case__lead_officer__unit",
        "other_case__lead_officer__agency", "shared_by", "seen_by",
    )  # fmt: skip


def of_consignment(consignment: Consignment, user: access.Reader) -> list[Match]:
    """The matches of one consignment that the reader may know of, by what its parts are."""
    keys = {
        Match.Kind.SEAL: [seal.number_key for seal in consignment.seals.all()],
        Match.Kind.CONTAINER: [box.number for box in consignment.containers.all()],
        Match.Kind.BILL: [bill.number_key for bill in consignment.bills.all()],
    }
    own = Q(pk__in=())
    for kind, values in keys.items():
        own |= Q(kind=kind, value__in=values)
    return list(of_case(consignment.seizure.case, user).filter(own)[:MOST])


def _whether(condition: Q) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def told(rows: Sequence[Match], user: access.Reader) -> list[Row]:
    """The rows of one page: one query for each kind that is on it."""
    things = _things(rows, user)
    return [_row(row, things) for row in rows]


Things = dict[tuple[str, str, int], list[Any]]  # kind, value, case


def _row(row: Any, things: Things) -> Row:
    own = things[row.kind, row.value, row.case_id]
    other = things[row.kind, row.value, row.other_case_id] if row.is_named else []
    is_open = row.is_named and row.is_open
    seals = [one for one in (*own, *other) if isinstance(one, Seal)]
    return Row(
        row,
        shown(row, own),
        _places(own),
        row.other_case if row.is_named else None,
        is_open,
        _places(other) if is_open else [],
        seal_words.doubles(seals) if other else [],
        row.shared_out_at,
    )


def shown(match: Match, own: Iterable[Any]) -> str:
    """The number as this case wrote it down."""
    if match.kind == Match.Kind.FILE:
        return display.short_digest(match.value)
    if match.kind == Match.Kind.CONTAINER:
        return display.container(match.value)
    return seal_words.named(own) or match.value


def _things(rows: Iterable[Match], user: access.Reader) -> Things:
    values: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        values[row.kind].add(row.value)
    found: Things = defaultdict(list)
    for kind, keys in values.items():
        for key, thing in _of_kind(kind, keys, user):
            found[kind, key, _case_of(thing).pk].append(thing)
    return found


def _of_kind(kind: str, keys: set[str], user: access.Reader) -> list[tuple[str, Any]]:
    if kind == Match.Kind.FILE:
        files: Any = apps.get_model("evidence", "Attachment").objects.visible_to(user)
        rows = files.filter(file__digest__in=keys).select_related("file", "case")
        return [(row.file.digest, row) for row in rows]
    if kind not in matches.ROWS:
        return []
    model, field = matches.ROWS[kind]
    related = ["consignment__seizure__case"]
    if kind == Match.Kind.SEAL:
        related += ["source", "container"]
    rows = model.objects.visible_to(user).filter(**{f"{field}__in": keys})
    return [(getattr(row, field), row) for row in rows.select_related(*related)]


def _case_of(thing: Any) -> Case:
    case: Case = thing.case if hasattr(thing, "file") else thing.consignment.seizure.case
    return case


def _places(things: Iterable[Any]) -> list[Place]:
    return list(dict.fromkeys(_place(thing) for thing in things))


def _place(thing: Any) -> Place:
    if hasattr(thing, "file"):
        return Place(thing.name, reverse("evidence:file", args=[thing.case.reference, thing.pk]))
    load: Consignment = thing.consignment
    words = load.goods_description or str(load)
    case = load.seizure.case.reference
    return Place(words, reverse("kyc:consignment", args=[case, load.seizure.number, load.number]))

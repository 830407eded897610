"""The signed heads of the ledger: who cosigned them and when, and who has still to answer."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from evidence import sequencer
from evidence.models import (
    Attempt,
    Cosignature,
    PendingEntry,
    PendingLeaf,
    SignedHead,
    TimeStamp,
    WatchedHead,
)
from evidence.tree import attesting, timestamps, trusted_keys, witnesses

ROWS = 30


@dataclass(frozen=True)
class Asked:
    """A witness, or the time-stamp authority: the last it confirmed, and what stands in the way."""

    name: str
    is_by_hand: bool
    size: int | None
    at: datetime | None
    is_newest: bool
    tried_at: datetime | None
    problem: str


@require_safe
def ledger_heads(request: HttpRequest) -> HttpResponse:
    if not access.holds(access.person(request), roles.VIEW_LEDGER):
        raise NotAllowed
    rows = SignedHead.objects.prefetch_related("cosignatures", "time_stamps")
    newest = witnesses.newest()
    context = {
        "page": Paginator(rows.order_by("-tree_size"), ROWS).get_page(request.GET.get("page")),
        "newest": newest,
        "pending": PendingLeaf.objects.count() + PendingEntry.objects.count(),
        "witnesses": [_witness(one, newest) for one in trusted_keys.witnesses()],
        "stamps": _stamps(newest) if timestamps.is_on() else None,
        "is_wanted": attesting.is_wanted(),
        "origin": settings.LEDGER_ORIGIN,
        "key": sequencer.public_key(),
        "watched": _watched(),
    }
    return render(request, "evidence/ledger_heads.html", context)


def _witness(one: trusted_keys.Witness, newest: SignedHead | None) -> Asked:
    mine = Cosignature.objects.filter(key=str(one.key)).select_related("head")
    last = mine.order_by("head__tree_size").last()
    head = last.head if last else None
    at = last.cosigned_at if last else None
    return _asked(one.name, head, at, newest, is_by_hand=not one.url)


def _stamps(newest: SignedHead | None) -> Asked:
    last = TimeStamp.objects.select_related("head").order_by("head__tree_size").last()
    head, at = (last.head, last.stamped_at) if last else (None, None)
    return _asked(Attempt.TIME_STAMPS, head, at, newest)


def _asked(
    name: str,
    head: SignedHead | None,
    at: datetime | None,
    newest: SignedHead | None,
    *,
    is_by_hand: bool = False,
) -> Asked:
    tried = Attempt.objects.filter(name=name).first()
    return Asked(
        name=name,
        is_by_hand=is_by_hand,
        size=head.tree_size if head else None,
        at=at,
        is_newest=head is not None and head == newest,
        tried_at=tried.tried_at if tried else None,
        problem=tried.problem if tried else "",
    )


def _watched() -> list[WatchedHead]:
    """The newest head of each ledger that we watch."""
    newest: dict[str, WatchedHead] = {}
    names = WatchedHead.objects.order_by("origin").values_list("origin", flat=True).distinct()
    for origin in names:
        row = WatchedHead.objects.filter(origin=origin).order_by("tree_size").last()
        if row is not None:
            newest[origin] = row
    return list(newest.values())

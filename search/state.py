"""How the index stands, for those who look after the installation: numbers only.

No name, no words and no error of an engine: each could quote a case that they may not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, Q
from django_stubs_ext import StrOrPromise

from search import index
from search.engines import EngineUnavailableError, Request, Scope
from search.models import FileText, OutboxEntry
from search.query import EVERYTHING
from search.reading import pictures, reasons

WAITS = Q(error="")  # the others were tried alone, and refused


@dataclass(frozen=True)
class Unread:
    """Files of one standing and for one reason."""

    standing: StrOrPromise
    reason: StrOrPromise
    count: int


@dataclass(frozen=True)
class IndexState:
    is_elastic: bool
    answers: bool
    waiting: int
    since: datetime | None  # the oldest change that waits
    failed: int  # of those that wait, tried in vain at least once
    parked: int  # records that cannot be indexed as they are
    files: int
    unread: Sequence[Unread]
    tesseract: str  # its version; empty where it is not installed


def read() -> IndexState:
    """Three queries, and one question to the engine."""
    waits = OutboxEntry.objects.aggregate(
        waiting=Count("pk", filter=WAITS),
        since=Min("created_at", filter=WAITS),
        failed=Count("pk", filter=WAITS & Q(attempts__gt=0)),
        parked=Count("pk", filter=~WAITS),
    )
    rows = FileText.objects.values_list("state", "reason").annotate(n=Count("pk")).order_by("-n")
    counted = list(rows)
    return IndexState(
        is_elastic=bool(settings.ELASTICSEARCH_URL),
        answers=_answers(),
        files=sum(n for _state, _reason, n in counted),
        unread=[
            Unread(FileText.State(state).label, reasons.words(reason), n)
            for state, reason, n in counted
            if state != FileText.State.READ
        ],
        tesseract=pictures.version(),
        **waits,
    )


def _answers() -> bool:
    """Asked for somebody who does not exist, so that the question tells nothing."""
    nobody = Scope(frozenset({"nobody"}))
    try:
        index.engine().search(Request(tree=EVERYTHING, scope=nobody, limit=1, facets=()))
    except EngineUnavailableError:
        return False
    return True

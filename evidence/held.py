"""An exhibit that an act has locked, with what its chain says: read in few rows however long it is.

The exhibit's row is the lock. What the lock finds is asked once; the chain decides, not the
columns that the exhibit keeps of it for lists.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, F, Func, Max, Subquery
from django.http import Http404

from casework import access, roles
from casework.errors import NotAllowed
from casework.models import Seizure, User
from casework.prepared import NextKey, Query, Row, answers
from evidence import chain, last_read
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind
ASKS = (Kind.OFFERED, Kind.PROPOSED)  # what another person has to answer
ALWAYS = (*chain.TAKES, *chain.LEAVES)
# Read again under the lock: the caller may have read the exhibit a while ago.
FRESH = ("label", "is_restricted", "holder_id", "storage_place", "place_id")
PARTS = (  # in the order of the columns, as Django wants them
    *("id", "sequence", "kind", "happened_at", "from_user_id"),
    *("to_user_id", "to_name", "to_number", "to_agency", "digest"),
)
ENOUGH = 50  # of the newest readings nearly always say all
SEEN = ("kind", "new_seal_number", "seal_number", "count", "weight_mg")

_lock = Query(
    lambda exhibit: (
        Exhibit.objects.select_for_update(no_key=True)
        .filter(pk=exhibit)
        .order_by()
        .values_list(*FRESH)
    ),
    exhibit=int,
)
_seized_at = Query(
    lambda seizure: Seizure.objects.filter(pk=seizure).order_by().values_list("seized_at"),
    seizure=int,
)


class _AmongThese(Func):
    """`field IN (subquery)`, the subquery read once.

    PostgreSQL may read that of a plain IN again for every row, as it does where it has not yet
    counted how many rows to expect; not that of an array.
    """

    output_field = BooleanField()
    template = "%(expressions)s"
    arg_joiner = " IN "

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY"
        )


def _last_of_each_kind(exhibit: int) -> Any:
    """At most one row for each kind of event, however long the chain is."""
    events = CustodyEvent.objects.filter(exhibit=exhibit).order_by()
    last = events.values("kind").annotate(last=Max("sequence")).values("last")
    ours = events.filter(_AmongThese(F("sequence"), Subquery(last)))
    return ours.values_list(*PARTS, "answer__pk")


_events = Query(_last_of_each_kind, exhibit=int)
_key = NextKey(CustodyEvent)


def _readings(exhibit: int) -> Any:
    """What was read off it, the newest first."""
    events = CustodyEvent.objects.filter(exhibit=exhibit)
    some = events.exclude(seal_number="", new_seal_number="", count=None, weight_mg=None)
    return some.order_by("-sequence").values_list(*SEEN)


_newest = Query(lambda exhibit: _readings(exhibit)[:ENOUGH], exhibit=int)
_everything = Query(_readings, exhibit=int)


@dataclass(frozen=True)
class _State:
    """The events that decide what may happen next; None where there is none, or it is answered."""

    last: CustodyEvent | None = None
    settled: CustodyEvent | None = None  # since when it is held as it is
    asked: CustodyEvent | None = None
    out: CustodyEvent | None = None
    is_lost: bool = False


class Held:
    """A locked exhibit with its chain as it stands: what an act is judged by."""

    def __init__(self, exhibit: Exhibit, actor: User, events: list[Row], keys: list[Row]) -> None:
        self.exhibit, self.actor = exhibit, actor
        self._state: _State | None = _read(exhibit, events)
        self._keys = keys

    @property
    def state(self) -> _State:
        if self._state is None:
            self._state = _read(self.exhibit, _events.rows(exhibit=self.exhibit.pk))
        return self._state

    def read_again(self) -> None:
        """After an append."""
        self._state = None

    def next_key(self) -> int | None:
        """Of the event to append; None where the database tells it only of a row that is there."""
        keys = self._keys or answers((_key, {}))[0]
        self._keys = []
        return keys[0][0] if keys else None

    @property
    def last(self) -> CustodyEvent | None:
        """The columns of PARTS; any other is fetched when it is asked for."""
        return self.state.last

    @property
    def holder(self) -> User | None:
        event = self.state.settled
        if event is None or not chain.takes_hold(event.kind, event.sequence):
            return None
        if event.to_user_id is None or event.to_user_id == self.actor.pk:
            return self.actor if event.to_user_id else None
        holder: User = User.objects.select_related("agency").get(pk=event.to_user_id)
        return holder

    @property
    def open_offer(self) -> CustodyEvent | None:
        """An offer, or a proposed destruction, that nobody has answered."""
        return self.state.asked

    @property
    def open_hand_out(self) -> CustodyEvent | None:
        """The event by which it is with somebody without an account."""
        return self.state.out

    @property
    def is_lost(self) -> bool:
        return self.state.is_lost

    @property
    def standing(self) -> last_read.Standing:
        rows = _newest.rows(exhibit=self.exhibit.pk)
        found = last_read.standing(_Seen(*row) for row in reversed(rows))
        says_all = found.seal_number and None not in (found.count, found.weight_mg)
        if says_all or len(rows) < ENOUGH:
            return found
        rows = _everything.rows(exhibit=self.exhibit.pk)
        return last_read.standing(_Seen(*row) for row in reversed(rows))

    @property
    def seized_at(self) -> datetime | None:
        if self.exhibit.seizure_id is None:
            return None
        moment: datetime = _seized_at.rows(seizure=self.exhibit.seizure_id)[0][0]
        return moment


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one event says of seal, count and weight."""

    kind: str
    new_seal_number: str
    seal_number: str
    count: int | None
    weight_mg: int | None


def lock(exhibit: Exhibit, actor: User) -> Held:
    """The exhibit, locked until the end, for somebody who may act on it.

    Http404 where they may not know of it, NotAllowed where they may only read.
    """
    case, which = exhibit.case, {"exhibit": exhibit.pk}
    # In this order: each question is answered as things stand after the one before it.
    found, granted, events, keys = answers(
        (_lock, which), access.question(actor, case), (_events, which), (_key, {})
    )
    if not found:
        raise Http404
    for name, value in zip(FRESH, found[0], strict=True):
        setattr(exhibit, name, value)
    case.granted_actions = access.allowed(actor, granted)
    hides = exhibit.is_restricted and roles.SENSITIVE not in case.granted_actions
    if roles.VIEW not in case.granted_actions or hides:
        raise Http404
    if roles.CUSTODY not in case.granted_actions:
        raise NotAllowed
    return Held(exhibit, actor, events, keys)


def _read(exhibit: Exhibit, rows: list[Row]) -> _State:
    events, answered = {}, set()
    for *values, answer in rows:
        event = _event(exhibit, values)
        events[event.kind] = event
        if answer is not None:
            answered.add(event.kind)
    waiting = {kind: event for kind, event in events.items() if kind not in answered}
    lost, found = events.get(Kind.LOST), events.get(Kind.FOUND)
    return _State(
        last=_latest(events, *events),
        settled=_settled(events) or _first(exhibit, events),
        asked=_latest(waiting, *ASKS),
        out=waiting.get(Kind.HANDED_OUT),
        is_lost=bool(lost and not (found and found.sequence > lost.sequence)),
    )


def _latest(events: dict[str, CustodyEvent], *kinds: str) -> CustodyEvent | None:
    there = [events[kind] for kind in kinds if kind in events]
    return max(there, key=lambda event: event.sequence, default=None)


def _settled(events: dict[str, CustodyEvent]) -> CustodyEvent | None:
    """The last event by which somebody took it or it left."""
    event = _latest(events, *ALWAYS, Kind.COMBINED)
    return None if event and event.kind == Kind.COMBINED and event.sequence == 1 else event


def _first(exhibit: Exhibit, events: dict[str, CustodyEvent]) -> CustodyEvent | None:
    """By which a part begins its chain; asked for where it is not the last of its kind."""
    known = next((event for event in events.values() if event.sequence == 1), None)
    if known is not None or not events:
        return known
    first: CustodyEvent = CustodyEvent.objects.get(exhibit=exhibit, sequence=1)
    return first


def _event(exhibit: Exhibit, values: list[Any]) -> CustodyEvent:
    event: CustodyEvent = CustodyEvent.from_db("default", PARTS, values)
    event.exhibit = exhibit
    return event

"""One exhibit's chain the slow way, through the models: it names the first part that does not fit.

Whoever the quick way suspects is looked at here, and what is said here counts.
"""

from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, OperationalError

from casework.ledger.format import Mismatch
from casework.models import User
from evidence import chain
from evidence.ledger_check.scan import ASKED, LEAVES, STORED, TAKES
from evidence.models import CustodyEvent, Exhibit

# What reading a row raises when a column holds what no driver or model can read.
UNREADABLE = (
    *(DataError, OperationalError, OverflowError, ValueError, TypeError, AttributeError),
    ObjectDoesNotExist,
)
# Kinds whose receiver has an account here; plain words, since worker processes know no models.
ACCOUNTED = frozenset(
    kind.value for kind in {*chain.TAKES, chain.Kind.OFFERED} - {chain.Kind.HANDED_OUT}
)
COLUMNS_OF = (("from", "from_user"), ("to", "to_user"), ("recorder", "recorder"))


def effects() -> dict[tuple[str, bool], str]:
    """What each kind of act, first of its chain or later, does to holder and place."""
    made = {}
    for kind in CustodyEvent.Kind.values:
        for sequence in (1, 2):
            if chain.takes_hold(kind, sequence):
                made[kind, sequence == 1] = TAKES
            elif chain.leaves(kind, sequence):
                made[kind, sequence == 1] = LEAVES
            elif chain.settles(kind, sequence):
                made[kind, sequence == 1] = STORED
    return made


def check(pk: int) -> list[CustodyEvent]:
    """The events of an exhibit, verified.

    A fault has to show twice: an act may be recorded between two of our questions.
    """
    try:
        return _check(pk)
    except Mismatch:
        return _check(pk)


def _check(pk: int) -> list[CustodyEvent]:
    exhibit = Exhibit.objects.select_related("case").filter(pk=pk).first()
    if exhibit is None:
        raise Mismatch("custody event", "an exhibit", f"none: {pk} was removed")
    try:
        events = list(chain.rows(exhibit=exhibit))
        if not events:
            raise Mismatch("events", "a first event", "none")
        chain.verify_rows(events)
        _pointers(events)
        _columns(events)
        _derived(exhibit, events)
    except Mismatch as fault:
        raise Mismatch(f"{exhibit}, {fault.part}", fault.expected, fault.computed) from fault
    except UNREADABLE as error:
        if isinstance(error, OperationalError) and "UTF-8" not in str(error):
            raise
        raise Mismatch(f"{exhibit}, events", "columns as they were recorded", error) from error
    return events


def _pointers(events: list[CustodyEvent]) -> None:
    """An answer follows an offer of the same chain, a correction an event of it."""
    known = {row.pk: row.kind for row in events}
    for row in events:
        if row.answers_id is not None and known.get(row.answers_id) not in ASKED:
            raise Mismatch(f"event {row.sequence}, answers", "an offer of this chain", "another")
        if row.corrects_id is not None and row.corrects_id not in known:
            raise Mismatch(f"event {row.sequence}, corrects", "an event of this chain", "another")


def _columns(events: list[CustodyEvent]) -> None:
    """What is not hashed must not contradict what is."""
    accounts = Accounts()
    for row in events:
        if row.format_version != 1:
            raise Mismatch(f"event {row.sequence}, format", 1, row.format_version)
        if row.to_user_id is None and row.kind in ACCOUNTED:
            raise Mismatch(f"event {row.sequence}, account of to", row.to_name, "no account")
        for name, account in COLUMNS_OF:
            pk = getattr(row, f"{account}_id")
            named = (getattr(row, f"{name}_name"), getattr(row, f"{name}_number"))
            if pk is not None and not accounts.is_known_as(pk, *named):
                part = f"event {row.sequence}, account of {name}"
                raise Mismatch(part, ", ".join(filter(None, named)) or "nobody", called(pk))


def _derived(exhibit: Exhibit, events: list[CustodyEvent]) -> None:
    """The exhibit's own columns, which lists are made of, say what the chain says."""
    if events[0].label != str(exhibit):
        raise Mismatch("case and label", events[0].label, str(exhibit))
    holder, place = held(events)
    if holder != exhibit.holder_id:
        raise Mismatch("holder", called(holder), called(exhibit.holder_id))
    if place != exhibit.storage_place:
        raise Mismatch("place", place or "none", exhibit.storage_place or "none")


def held(events: Iterable[CustodyEvent]) -> tuple[int | None, str]:
    """The account that holds it after these events, and where."""
    holder: int | None = None
    place, known = "", effects()
    for row in events:
        effect = known.get((row.kind, row.sequence == 1))
        if effect is not None:
            place = row.place or place
        if effect in (TAKES, LEAVES):
            holder = row.to_user_id if effect == TAKES else None
    return holder, place


def called(pk: int | None) -> str:
    if pk is None:
        return "nobody"
    person = User.objects.filter(pk=pk).first()
    return f"{person}, {person.service_number}" if person else f"no account {pk}"


class Accounts:
    """The names and service numbers that each account has and once had."""

    def __init__(self) -> None:
        self._names: dict[int, set[str]] = {}
        self._numbers: dict[int, set[str]] = {}

    def is_known_as(self, pk: int, name: str, number: str) -> bool:
        if pk not in self._names:
            self._read(pk)
        return name in self._names[pk] or bool(number and number in self._numbers[pk])

    def _read(self, pk: int) -> None:
        fields = ("rank", "name", "username", "service_number")
        rows = User.objects.filter(pk=pk).values(*fields)
        people = [User(**row) for row in [*rows, *User.history.filter(id=pk).values(*fields)]]
        self._names[pk] = {person.get_full_name() for person in people}
        self._numbers[pk] = {person.service_number for person in people}

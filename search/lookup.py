"""The plain look-up in the database while the index is away: references, names, identifiers.

Everything goes through `visible_to`; it may find less than the index, never more.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q

from casework import identifiers
from casework.access import Reader
from search import documents, query, text
from search.engines import Key

EACH = 20  # records of one kind
ALL = 60  # records of all kinds: whoever needs more waits for the index
WORDS = 6  # of what was typed
NEWEST = 20_000  # records of a kind that are looked through, so that no answer takes seconds
# Fields that hold what somebody calls a thing by; numbers are also looked for without spaces.
NAMES: dict[str, tuple[str, ...]] = {
    "case": (
        "reference",
        "title",
        "occurrence_book",
        "police_file",
        "prosecution_file",
        "court_file",
    ),
    "seizure": ("port__name", "port__locode", "place"),
    "consignment": ("bills__number", "vessel_name", "vessel_imo", "booking_number"),
    "party": ("name", "absorbed__name"),
    "involvement": ("party__name",),
    "listed": ("entry__name", "matched_name", "party__name"),
    "dealing": ("giver__name", "receiver__name"),
    "exhibit": ("label", "description"),
    "mark": ("court_number",),
    "file": ("name", "caption"),
    "laboratory": ("laboratory__name", "reports__reference", "receipts__reference"),
    "certificate": ("given_by", "device_number"),
    "accused": ("name",),
    "witness": ("name", "court_number"),
    "statement": ("witness__name", "accused__name"),
    "summons": ("witness__name",),
    "proceeding": ("number",),
    "order": ("number", "proceeding__number"),
    "authority": ("number", "issuer", "accused__name"),
    "assistance": ("partner", "their_number"),
    "deadline": ("title",),
}
MARKS: dict[str, tuple[str, ...]] = {
    "consignment": ("containers__number", "seals__number_key", "bills__number", "vessel_imo"),
    "exhibit": ("label",),
    "custody": ("seal_number", "new_seal_number"),
}


def keys(user: Reader, typed: str) -> list[Key]:
    """The newest records of each kind whose names hold every word, or whose number it is."""
    words = _words(query.pieces(typed))
    if not words:
        return []
    mark = text.compact("".join(words))
    found = (
        Key(kind, pk)
        for kind in dict.fromkeys((*NAMES, *MARKS))
        for pk in _newest(kind, user, _named(kind, words) | _marked(kind, mark))
    )
    return [key for key, _ in zip(found, range(ALL), strict=False)]


def _words(pieces: Iterable[query.Piece]) -> list[str]:
    """What was asked for, without what was asked to be left out, ORs and days."""
    asked = [p for p in pieces if not (p.is_or or p.is_negated or p.days)]
    return [piece.start or piece.typed for piece in asked][:WORDS]


def _newest(kind: str, user: Reader, wanted: Q) -> list[int]:
    if not wanted:
        return []
    rows = documents.SOURCES[kind].rows()
    last = rows.model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    seen: Any = rows.filter(pk__gt=last - NEWEST).visible_to(user).filter(wanted)
    return list(seen.order_by("-pk").values_list("pk", flat=True).distinct()[:EACH])


def _named(kind: str, words: list[str]) -> Q:
    every = Q()
    for word in words:
        some = Q()
        for field in NAMES.get(kind, ()):
            some |= Q(**{f"{field}__icontains": word})
        every &= some
    return every


def _marked(kind: str, mark: str) -> Q:
    found = Q()
    if not text.has_digit(mark):
        return found
    for field in MARKS.get(kind, ()):
        key = identifiers.alike(mark) if field == "seals__number_key" else mark
        found |= Q(**{f"{field}__iexact": key})
    return found

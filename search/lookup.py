"""The plain look-up in the database while the index is away: references, names, identifiers.

Everything goes through `visible_to`; it may find less than the index, never more.
"""

from django.db.models import Q

from casework import identifiers
from casework.access import Reader
from search import documents, query, text
from search.engines import Key

EACH = 20  # records of one kind
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
    "consignment": ("bills__number", "vessel_name", "vessel_imo", "booking_number"),
    "party": ("name", "absorbed__name"),
    "involvement": ("party__name",),
    "exhibit": ("label", "description"),
    "accused": ("name",),
    "proceeding": ("number",),
    "file": ("name",),
}
MARKS: dict[str, tuple[str, ...]] = {
    "consignment": ("containers__number", "seals__number_key", "bills__number", "vessel_imo"),
    "exhibit": ("label",),
    "party": ("facts__value",),
}


def keys(user: Reader, typed: str) -> list[Key]:
    """The newest records of each kind whose names hold every word, or whose number it is."""
    words = [piece.typed for piece in query.pieces(typed) if not piece.is_or]
    if not words:
        return []
    mark = text.compact("".join(words))
    return [
        Key(kind, pk)
        for kind in NAMES
        for pk in documents.SOURCES[kind]
        .rows()
        .visible_to(user)
        .filter(_named(kind, words) | _marked(kind, mark))
        .order_by("-pk")
        .values_list("pk", flat=True)
        .distinct()[:EACH]
    ]


def _named(kind: str, words: list[str]) -> Q:
    every = Q()
    for word in words[:8]:
        some = Q()
        for field in NAMES[kind]:
            some |= Q(**{f"{field}__icontains": word})
        every &= some
    return every


def _marked(kind: str, mark: str) -> Q:
    found = Q(pk__in=())
    if kind == "party" or not text.has_digit(mark):
        return found
    for field in MARKS.get(kind, ()):
        key = identifiers.alike(mark) if field == "seals__number_key" else mark
        found |= Q(**{f"{field}__iexact": key})
    return found

"""The stored text of some files, place by place, in one query and within a budget."""

from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber

from search.models import FilePage

BUDGET = 40_000  # characters of one file that a page of hits reads
PLACES = 12  # of one file that are handed over where words are asked for


def all_of(files: Collection[int]) -> dict[int, list[FilePage]]:
    """By stored file, everything that was read of it: for the index."""
    rows = FilePage.objects.filter(words__file__in=files).annotate(stored_file=F("words__file"))
    found: defaultdict[int, list[FilePage]] = defaultdict(list)
    for page in rows.order_by("words", "number"):
        found[page.stored_file].append(page)
    return dict(found)


def pages_of(
    files: Collection[int], *, budget: int = BUDGET, stems: Collection[str] = ()
) -> dict[int, list[FilePage]]:
    """By stored file, in its order: the places from its beginning, up to so many characters.

    With `stems` (beginnings of words, as they are spelt) the places that hold the most of them,
    wherever they stand, so that a hit on page 211 is shown with page 211. The files come from rows
    that were fetched for the reader: nothing is asked about permission here.
    """
    rows = FilePage.objects.filter(words__file__in=files)
    held: Any = Value(0)
    if stems:
        rows = rows.filter(reduce(or_, (Q(text__icontains=stem) for stem in stems)))
    else:
        rows = rows.filter(begins_at__lt=budget)
    for stem in stems if len(stems) > 1 else ():
        held = held + Case(When(text__icontains=stem, then=1), default=0)
    best = [ExpressionWrapper(held, IntegerField()).desc()] if len(stems) > 1 else []
    order = [*best, F("number").asc()]
    place = Window(RowNumber(), partition_by=F("words"), order_by=order)
    rows = rows.annotate(place_in_file=place, stored_file=F("words__file"))
    found: defaultdict[int, list[FilePage]] = defaultdict(list)
    left = dict.fromkeys(files, budget)
    for page in rows.filter(place_in_file__lte=PLACES if stems else budget).order_by("number"):
        if left[page.stored_file] > 0:
            left[page.stored_file] -= len(page.text)
            found[page.stored_file].append(page)
    return dict(found)

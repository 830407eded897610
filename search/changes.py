"""Which documents a changed object makes out of date, as pairs of outbox kind and id.

A change that can make documents more hidden names them by their kinds alone: the scope leaves them
out until they are indexed again. All others name them as out of date in their words.
"""

from collections.abc import Iterator

from django.db import models

from casework.models import Case, CaseGroupGrant, CaseUserGrant, Code
from kyc.models import Fact, Involvement
from search import documents
from search.dependents import FIXED, TIGHTENING, USED
from search.scope import WHOLE_CASE, in_words

Affected = Iterator[tuple[str, int]]


def affected(instance: models.Model) -> Affected:
    """An object that no document mentions affects nothing."""
    if isinstance(instance, Case | CaseUserGrant | CaseGroupGrant):
        yield WHOLE_CASE, getattr(instance, "content_object_id", instance.pk)
        return
    hides = type(instance) in TIGHTENING
    for kind, pk in dict.fromkeys(_all(instance)):
        yield kind if hides else in_words(kind), pk


def _all(instance: models.Model) -> Affected:
    model = type(instance)
    for kind, key in FIXED.get(model, ()):
        if (pk := key(instance)) is not None:
            yield kind, pk
    if isinstance(instance, Code) and instance.kind == "country":
        yield from _found(WHOLE_CASE, "seizures__route__country", instance.code)
    if isinstance(instance, Involvement):  # what the case says of a party is found with its part
        for kind in ("fact", "listed"):
            yield from _found(kind, "party", instance.party_id)
    if isinstance(instance, Fact) and instance.case_id is not None:
        return
    for kind, path in USED.get(model, ()):
        yield from _found(kind, path, instance.pk)


def _found(kind: str, path: str, value: object) -> Affected:
    rows = Case.objects.all() if kind == WHOLE_CASE else documents.SOURCES[kind].rows()
    found = rows.filter(**{path: value}).order_by()
    yield from ((kind, pk) for pk in found.values_list("pk", flat=True).distinct())

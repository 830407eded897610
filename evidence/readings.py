"""Seal, count, weight and open offer of many exhibits at once, as their chains have them last."""

from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from evidence.models import CustodyEvent, Exhibit


def annotate(exhibits: QuerySet[Exhibit]) -> QuerySet[Any]:
    """The same exhibits with the last seal, count and weight, and to whom it is offered.

    The same rule as last_read.standing, in the database: one query for any number of rows.
    """
    of_exhibit = CustodyEvent.objects.filter(exhibit=OuterRef("pk")).order_by("-sequence")
    events = of_exhibit.exclude(kind=CustodyEvent.Kind.REFUSED)
    sealed = events.filter(~Q(seal_number="") | ~Q(new_seal_number=""))
    newest: Any = Coalesce(
        NullIf("new_seal_number", Value("")), "seal_number", output_field=CharField()
    )
    offers = events.awaiting_acknowledgement()
    kinds = CustodyEvent.Kind
    out = events.filter(kind=kinds.HANDED_OUT, answer__isnull=True)
    missing = events.filter(kind__in=(kinds.LOST, kinds.FOUND))
    return exhibits.annotate(
        seal_last=Subquery(sealed.annotate(seal=newest).values("seal")[:1]),
        count_last=Subquery(events.filter(count__isnull=False).values("count")[:1]),
        weight_last=Subquery(events.filter(weight_mg__isnull=False).values("weight_mg")[:1]),
        offered_to=Subquery(offers.values("to_name")[:1]),
        out_to=Subquery(out.values("to_name")[:1]),
        last_seen=Subquery(missing.values("kind")[:1]),
        offered_to_id=Subquery(offers.values("to_user")[:1]),
    )

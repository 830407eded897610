"""What the counts of a case say of their species, on the charge sheet of another app."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Prefetch

from casework.models import Case, Count, Taxon
from evidence.models import Exhibit
from evidence.papers import alarms
from evidence.papers.alarms import Compared

register = template.Library()


@dataclass(frozen=True)
class Said:
    """The species and exhibits of one count, and every finding about them."""

    taxon: Taxon | None
    labels: tuple[str, ...]
    compared: tuple[Compared, ...]


@register.simple_tag(takes_context=True)
def species_of_counts(context: Any, case: Case) -> dict[int, Said]:
    """By count, in a fixed number of queries; only exhibits that the reader may see."""
    user = context["request"].user
    seen = Prefetch("exhibits", Exhibit.objects.of_case(case).order_by("pk"), "seen")
    counts = Count.objects.of_case(case).select_related("taxon").prefetch_related(seen)
    compared: dict[int, list[Compared]] = {}
    for one in alarms.of(case, user):
        compared.setdefault(one.count.pk, []).append(one)
    return {
        count.pk: Said(
            count.taxon,
            tuple(exhibit.label for exhibit in count.seen),
            tuple(compared.get(count.pk, ())),
        )
        for count in counts
    }


@register.simple_tag
def said_of(species: dict[int, Said], count: Count) -> Said | None:
    return species.get(count.pk)

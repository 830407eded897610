"""Counts charged in the alternative: convicted on one, no finding is made on the other."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from casework.models import Charge, Count, Outcome
from casework.procedure import gate

Decision = Outcome.Decision


def of(count: Count) -> set[int]:
    """The keys of the counts that this one stands beside as an alternative, amended ones too."""
    rows = Count.objects.filter(charge_sheet__proceeding__case=count.charge_sheet.proceeding.case)
    links = {pk: (beside, old) for pk, beside, old in rows.values_list(
        "pk", "alternative_to", "replaces"
    )}  # fmt: skip
    mine, beside = set(_line(count.pk, links)), _beside(count.pk, links)
    return {
        pk
        for pk in links
        if pk not in mine and (_beside(pk, links) & mine or beside & set(_line(pk, links)))
    }


def _line(pk: int | None, links: Mapping[int, tuple[int | None, int | None]]) -> Iterator[int]:
    """A count and those that it replaced."""
    while pk is not None:
        yield pk
        pk = links[pk][1]


def _beside(pk: int, links: Mapping[int, tuple[int | None, int | None]]) -> set[int]:
    beside, _old = links[pk]
    return set(_line(beside, links)) if beside is not None else set()


def check(charge: Charge, decision: str, chosen: Mapping[Charge, str]) -> None:
    """Refuse two convictions in the alternative, and no finding without the other conviction."""
    convicts = decision in Outcome.CONVICTIONS
    if not convicts and decision != Decision.NO_FINDING:
        return
    beside = of(charge.count)
    now = [
        other for other, what in chosen.items()
        if other.accused_id == charge.accused_id and other.count_id in beside
        and what in Outcome.CONVICTIONS
    ]  # fmt: skip
    standing = Outcome.objects.current().filter(
        charge__accused=charge.accused_id, charge__count__in=beside,
        decision__in=Outcome.CONVICTIONS,
    ).exclude(charge__in=[other.pk for other in chosen])  # fmt: skip
    other_convicted = bool(now) or standing.exists()
    if convicts and other_convicted:
        raise gate.refused(
            charge,
            _("An alternative count has a conviction. Choose “No finding” on this one."),
        )
    if not convicts and not other_convicted:
        raise gate.refused(
            charge, _("There is no conviction on a count charged in the alternative.")
        )

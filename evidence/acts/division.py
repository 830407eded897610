"""One exhibit becomes several, or several become one: nothing appears and nothing is left over.

Each new exhibit begins its chain with the act; both sides name each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import signals
from casework.errors import RuleBroken
from casework.models import User
from evidence import custody, exhibits
from evidence.acts import differences
from evidence.acts.differences import Difference
from evidence.exhibits import Thing
from evidence.links import Details, Held, append, lock, require_holder, require_text
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind
LEAST_SOURCES = 2


@transaction.atomic
def split(
    exhibit: Exhibit,
    parts: Sequence[Thing],
    *,
    actor: User,
    discrepancy: str = "",
    **details: Unpack[Details],
) -> list[Exhibit]:
    """Parts become exhibits of their own; `count` and `weight_mg` in `details` are what remains.

    Raises RuleBroken where parts and remainder are not the whole, unless that is explained.
    """
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    if not parts:
        raise RuleBroken(_("Describe at least one part."))
    stood = held.standing
    taken = differences.standing_allowed(exhibit, stood.weight_mg)
    counts = [*(part.count for part in parts), details.get("count")]
    weights = [*(part.weight_mg for part in parts), details.get("weight_mg")]
    found = (_sum_of_counts(stood.count, counts), _sum_of_weights(stood.weight_mg, weights, taken))
    discrepancy = _explained(found, discrepancy)
    give = exhibits.parts_numbering(exhibit, "")
    made = [
        exhibits.new_part(held.exhibit, replace(part, label=part.label or give()), actor)
        for part in parts
    ]
    links: dict[str, Any] = {"discrepancy": discrepancy, "tolerance_mg": taken}
    related = [part.identifier for part in made]
    event = append(held, Kind.SPLIT, actor, details, giver=holder, related=related, **links)
    for part, thing in zip(made, parts, strict=True):
        read = _reading(thing, event)
        custody.begin(part, Kind.SPLIT, actor, holder, read, related=[exhibit.identifier])
        signals.changed.send(sender=Exhibit, instance=part)
    return made


@transaction.atomic
def combine(
    sources: Sequence[Exhibit],
    whole: Thing,
    *,
    actor: User,
    discrepancy: str = "",
    **details: Unpack[Details],
) -> Exhibit:
    """Exhibits of one case and one holder become a new one; their own chains end with it."""
    held = [lock(source, actor) for source in sorted(sources, key=lambda source: source.pk)]
    holders = {_holder(one, actor) for one in held}
    if len({one.exhibit.pk for one in held}) < LEAST_SOURCES:
        raise RuleBroken(_("Choose at least one more exhibit."), field="others")
    if len(holders) > 1 or len({one.exhibit.case_id for one in held}) > 1:
        raise RuleBroken(_("Only exhibits of one case and one holder become one."), field="others")
    require_text(details.get("purpose", ""), "purpose", _("Write why they are put together."))
    stood = [one.standing for one in held]
    count = _total(standing.count for standing in stood)
    weight = _total(standing.weight_mg for standing in stood)
    taken = differences.tolerance(weight)
    found = (
        _sum_of_counts(count, [whole.count]),
        _sum_of_weights(weight, [whole.weight_mg], taken),
    )
    discrepancy = _explained(found, discrepancy)
    made = exhibits.new_whole([one.exhibit for one in held], whole, actor)
    for one in held:
        own: Details = {**details}
        append(one, Kind.COMBINED, actor, own, giver=one.holder, related=[made.identifier])
    event = held[-1].last
    assert event is not None  # noqa: S101  # it was appended in the line above
    read = _reading(whole, event)
    related = [one.exhibit.identifier for one in held]
    links: dict[str, Any] = {"discrepancy": discrepancy, "tolerance_mg": taken}
    custody.begin(made, Kind.COMBINED, actor, holders.pop(), read, related=related, **links)
    signals.changed.send(sender=Exhibit, instance=made)
    return made


def _holder(held: Held, actor: User) -> User:
    """As `require_holder`, with the label of the exhibit that stands in the way."""
    try:
        return require_holder(held, actor)
    except RuleBroken as fault:
        told = f"{held.exhibit.label}: {fault}"
        raise RuleBroken(told, field="others") from fault


def _reading(thing: Thing, event: CustodyEvent) -> Details:
    """What was read on the new exhibit, at the time and place of the act."""
    return {
        "happened_at": event.happened_at,
        "place": event.place,
        "purpose": event.purpose,
        "seal_number": thing.seal_number,
        "count": thing.count,
        "weight_mg": thing.weight_mg,
        "scale": thing.scale,
        "scale_calibrated_on": thing.scale_calibrated_on,
    }


def _total(numbers: Iterable[int | None]) -> int | None:
    """The sum, where every number is known."""
    known = list(numbers)
    return None if None in known else sum(number for number in known if number is not None)


def _sum_of_counts(stood: int | None, counts: Sequence[int | None]) -> Difference | None:
    total = _total(counts)
    if stood is not None and total is None:
        return Difference("count", stood, None, str(_("Not every part was counted")))
    return differences.of_count(stood, total)


def _sum_of_weights(
    stood: int | None, weights: Sequence[int | None], taken: int | None
) -> Difference | None:
    total = _total(weights)
    if stood is not None and total is None:
        return Difference("weight_mg", stood, None, str(_("Not every part was weighed")))
    return differences.of_weight(stood, total, taken)


def _explained(found: Iterable[Difference | None], discrepancy: str) -> str:
    told = _("%(what)s. Count and weigh again, or explain it.")
    return differences.explained([one for one in found if one], discrepancy, str(told))

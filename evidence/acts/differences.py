"""What arrived against what was offered: seal, count and weight, within a declared tolerance.

A tolerance is declared in advance: what was declared before the offer counts for it, nothing later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casework.errors import RuleBroken
from evidence.last_read import Standing
from evidence.models import CustodyEvent, Exhibit

# Half a percent, and a gram at least: what two calibrated platform scales may disagree by.
TOLERANCE_PER_MILLE = 5
LEAST_TOLERANCE_MG = 1000


@dataclass(frozen=True)
class Difference:
    field: str  # seal_number, seal_intact, count or weight_mg
    offered: object
    found: object
    told: str

    def __str__(self) -> str:
        return self.told


def tolerance(weight_mg: int | None) -> int | None:
    """What is taken as equal where nothing was declared."""
    if weight_mg is None:
        return None
    return max(weight_mg * TOLERANCE_PER_MILLE // 1000, LEAST_TOLERANCE_MG)


def declared(exhibit: Exhibit, before: int | None = None) -> CustodyEvent | None:
    """The last declaration, or the last one before an event."""
    events = exhibit.custody.filter(kind=CustodyEvent.Kind.DECLARED)
    if before is not None:
        events = events.filter(sequence__lt=before)
    found: CustodyEvent | None = events.order_by("-sequence").first()
    return found


def allowed(offer: CustodyEvent) -> int | None:
    """The difference in weight that is taken as equal when this offer is answered."""
    if offer.weight_mg is None:
        return None
    said = declared(offer.exhibit, before=offer.sequence)
    return said.tolerance_mg if said else tolerance(offer.weight_mg)


def standing_allowed(exhibit: Exhibit, weight_mg: int | None) -> int | None:
    """The same for a weighing now, against the weight that stands."""
    if weight_mg is None:
        return None
    said = declared(exhibit)
    return said.tolerance_mg if said else tolerance(weight_mg)


def between(
    offer: CustodyEvent, found: Mapping[str, Any], allowed_mg: int | None = None
) -> list[Difference]:
    """All that differs. Raises RuleBroken where the offered seal was not read at all."""
    read = str(found.get("seal_number", "")).strip()
    if offer.seal_number and not read:
        raise RuleBroken(_("Read the seal and write its number."), field="seal_number")
    taken = allowed(offer) if allowed_mg is None else allowed_mg
    differing = [
        _seal(offer, read), _intact(found), _count(offer, found), _weight(offer, found, taken),
    ]  # fmt: skip
    return [difference for difference in differing if difference]


def explained(differing: list[Difference], explanation: str, told: str) -> str:
    """The explanation, which is demanded where something differs. `told` has a %(what)s."""
    if differing and not explanation.strip():
        listed = "; ".join(str(difference) for difference in differing)
        raise RuleBroken(told % {"what": listed}, field="discrepancy")
    return explanation.strip()


def since_standing(
    exhibit: Exhibit, stood: Standing, found: Mapping[str, Any], explanation: str
) -> dict[str, Any]:
    """What an event says of a count or weight that is not the one that stood; to be explained."""
    taken = standing_allowed(exhibit, stood.weight_mg)
    differing = (
        of_weight(stood.weight_mg, found.get("weight_mg"), taken),
        of_count(stood.count, found.get("count")),
    )
    told = str(_("%(what)s. Explain the difference."))
    why = explained([one for one in differing if one], explanation, told)
    is_weighed = found.get("weight_mg") is not None
    return {"discrepancy": why, "tolerance_mg": taken if is_weighed else None}


def of_weight(expected: int | None, found: int | None, taken: int | None) -> Difference | None:
    """A weight that is further from what stood than is taken as equal."""
    if expected is None or found is None or taken is None or abs(found - expected) <= taken:
        return None
    told = _("%(stood)s kg stood in the chain, it is %(found)s kg now")
    values = {"stood": kilograms(expected), "found": kilograms(found)}
    return Difference("weight_mg", expected, found, told % values)


def of_count(expected: int | None, found: int | None) -> Difference | None:
    if expected is None or found is None or expected == found:
        return None
    told = _("%(stood)s stood in the chain, there are %(found)s now")
    return Difference("count", expected, found, told % {"stood": expected, "found": found})


def _seal(offer: CustodyEvent, read: str) -> Difference | None:
    if not offer.seal_number or read == offer.seal_number:
        return None
    told = _("Seal %(offered)s was offered, you read %(found)s")
    values = {"offered": offer.seal_number, "found": read}
    return Difference("seal_number", offer.seal_number, read, told % values)


def _intact(found: Mapping[str, Any]) -> Difference | None:
    if found.get("seal_intact") is not False:
        return None
    return Difference("seal_intact", True, False, _("The seal is not intact"))


def _count(offer: CustodyEvent, found: Mapping[str, Any]) -> Difference | None:
    count = found.get("count")
    if offer.count is None or count is None or count == offer.count:
        return None
    told = _("%(offered)s were offered, you counted %(found)s")
    return Difference("count", offer.count, count, told % {"offered": offer.count, "found": count})


def _weight(offer: CustodyEvent, found: Mapping[str, Any], taken: int | None) -> Difference | None:
    weight = found.get("weight_mg")
    if offer.weight_mg is None or weight is None or taken is None:
        return None
    if abs(weight - offer.weight_mg) <= taken:
        return None
    told = _("%(offered)s kg was offered, you weighed %(found)s kg")
    values = {"offered": kilograms(offer.weight_mg), "found": kilograms(weight)}
    return Difference("weight_mg", offer.weight_mg, weight, told % values)


def kilograms(weight_mg: int) -> str:
    """Exact, without a float: 1612400000 is 1612.4."""
    whole, rest = divmod(weight_mg, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")

"""What arrived against what was offered: seal, count and weight, within a declared tolerance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casework.errors import RuleBroken
from evidence.models import CustodyEvent

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
    if weight_mg is None:
        return None
    return max(weight_mg * TOLERANCE_PER_MILLE // 1000, LEAST_TOLERANCE_MG)


def between(offer: CustodyEvent, found: Mapping[str, Any]) -> list[Difference]:
    """All that differs. Raises RuleBroken where the offered seal was not read at all."""
    read = str(found.get("seal_number", "")).strip()
    if offer.seal_number and not read:
        raise RuleBroken(_("Read the seal and write its number."), field="seal_number")
    differing = [_seal(offer, read), _intact(found), _count(offer, found), _weight(offer, found)]
    return [difference for difference in differing if difference]


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


def _weight(offer: CustodyEvent, found: Mapping[str, Any]) -> Difference | None:
    weight, allowed = found.get("weight_mg"), tolerance(offer.weight_mg)
    if offer.weight_mg is None or weight is None or allowed is None:
        return None
    if abs(weight - offer.weight_mg) <= allowed:
        return None
    told = _("%(offered)s kg was offered, you weighed %(found)s kg")
    values = {"offered": _kilograms(offer.weight_mg), "found": _kilograms(weight)}
    return Difference("weight_mg", offer.weight_mg, weight, told % values)


def _kilograms(weight_mg: int) -> str:
    """Exact, without a float: 1612400000 is 1612.4."""
    kilograms, rest = divmod(weight_mg, 1_000_000)
    return f"{kilograms}.{rest:06d}".rstrip("0").rstrip(".")

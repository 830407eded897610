"""The rule about the parties of a load beside each other."""

from collections.abc import Iterator

from kyc.redflags.indicators.evidence import Evidence, Mark, Point, Verdict, said, verdict
from kyc.redflags.indicators.load import CONSIGNEES, NOTIFIED, SHIPPERS, Load
from kyc.redflags.indicators.parties import fact_term
from kyc.redflags.indicators.settings import Settings


def shared_in_load(load: Load, settings: Settings) -> Verdict:
    """P6: shipper, consignee and notify party give the same address, telephone or director."""
    ends = load.in_role(SHIPPERS | CONSIGNEES | NOTIFIED)
    if len(ends) < 2 and not any(p.roles & SHIPPERS and p.roles & CONSIGNEES for p in ends):
        return verdict((), "parties")
    return verdict([*_both_ends(load), *_shared(load, settings)])


def _both_ends(load: Load) -> Iterator[Evidence]:
    for party in load.in_role(SHIPPERS):
        if party.roles & CONSIGNEES:
            yield said("same_both_ends", party.point, party=party.name)


def _shared(load: Load, settings: Settings) -> Iterator[Evidence]:
    kinds = settings.texts("kinds")
    ends = {party.pk: party for party in load.in_role(SHIPPERS | CONSIGNEES | NOTIFIED)}
    for party in ends.values():
        for one in party.shared:
            # Each pair is met from both sides, and told from the one that came first.
            if one.kind in kinds and one.other in ends and party.pk < one.other:
                yield said(
                    "shared_in_load", Point("fact", one.fact), Point("party", one.other),
                    party=party.name, other=one.other_name, kind=fact_term(one.kind),
                    value=Mark(one.value) if one.kind in ("phone", "email") else one.value,
                )  # fmt: skip

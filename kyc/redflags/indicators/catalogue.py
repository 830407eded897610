"""The rules by the name that an indicator gives in `rule`, and judging by those in force.

A row of the catalogue whose rule is unknown here, or empty, is for a person to tick.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kyc.redflags.indicators import between, bills, boxes, money, papers, parties, route, shell
from kyc.redflags.indicators.evidence import Flag, Unjudged, Verdict
from kyc.redflags.indicators.load import Load, Party
from kyc.redflags.indicators.settings import Settings

OF_PARTIES: Final[Mapping[str, Callable[[Party, Settings], Verdict]]] = {
    rule.__name__: rule
    for rule in (
        parties.new_firm, parties.owner_unknown, parties.contradicted_contact,
        parties.free_mail_or_shared, parties.post_box_only, parties.known_people,
        parties.unusual_goods, parties.out_of_reach, parties.public_office, parties.earlier_cases,
        parties.young_firm, shell.nominee, shell.no_premises, shell.crowded_address,
        shell.pin_trouble, shell.no_trade_before, shell.one_container, shell.dissolved_soon,
    )
}  # fmt: skip
OF_LOADS: Final[Mapping[str, Callable[[Load, Settings], Verdict]]] = {
    rule.__name__: rule
    for rule in (
        between.shared_in_load, bills.late_change, bills.to_order, bills.vague_goods,
        bills.ship_missing, bills.delivery_changed, bills.switch_bill, papers.papers_disagree,
        papers.papers_weigh_differently, papers.late_entry, papers.amended_after_lane,
        route.from_elsewhere, route.through_hub, route.cover_load, route.small_port,
        route.inland_border, route.source_to_market, boxes.seal_reused,
        boxes.unsupervised_stuffing, boxes.seal_differs, boxes.container_number,
        boxes.shipper_owned, boxes.stuffing_kind, boxes.not_scanned, boxes.weights_apart,
        money.other_payer, money.payment_burst, money.unit_price,
    )
}  # fmt: skip
RULES: Final = frozenset(OF_PARTIES) | frozenset(OF_LOADS)


@dataclass(frozen=True)
class Criterion:
    """An indicator as the rules need it."""

    code: str
    rule: str
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True)
class Judged:
    flags: tuple[Flag, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()


def judge_load(load: Load, criteria: Iterable[Criterion]) -> Judged:
    """What stands against a load, and what nobody could tell."""
    return _judged(
        (one.code, OF_LOADS[one.rule](load, one.settings))
        for one in criteria
        if one.rule in OF_LOADS
    )


def judge_party(party: Party, criteria: Iterable[Criterion]) -> Judged:
    """The same of a party, by the indicators that are about parties with its part in the case."""
    return _judged(
        (one.code, OF_PARTIES[one.rule](party, one.settings))
        for one in criteria
        if one.rule in OF_PARTIES and _concerns(party, one.settings)
    )


def _concerns(party: Party, settings: Settings) -> bool:
    roles = settings.texts("roles")
    return not roles or bool(party.roles & frozenset(roles))


def _judged(verdicts: Iterable[tuple[str, Verdict]]) -> Judged:
    told = list(verdicts)
    return Judged(
        tuple(Flag(code, one.evidence) for code, one in told if one.evidence),
        tuple(Unjudged(code, one.lacks) for code, one in told if one.lacks),
    )

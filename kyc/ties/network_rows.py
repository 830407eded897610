"""What the rows of the register and of cases say of the network: one link for each row."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, NullIf, Upper

from casework import identifiers
from kyc.models import Container, Seal
from kyc.ties.graph import Link, Node

RELATIONS = frozenset({"director", "shareholder", "owner", "agent"})
NAMES = frozenset({"name", "trading_name", "previous_name", "alias"})
# The kinds of facts that two parties have in common when they are equal, and the thing they make.
THINGS = {
    **dict.fromkeys(("phone", "email", "website", "lei", "iban", "bank"), ""),
    **dict.fromkeys(("registration", "tax_pin", "vat", "licence", "business_permit"), ""),
    **dict.fromkeys(("id_number", "passport"), ""),
    **dict.fromkeys(("address", "postal_address"), "address"),
    **dict.fromkeys((*RELATIONS, *NAMES), "name"),
}
GROUPS: dict[str, frozenset[str]] = {
    "role": frozenset({"role"}),
    "ownership": RELATIONS | NAMES,
    "contact": frozenset({"phone", "email", "website"}),
    "address": frozenset({"address", "postal_address"}),
    "number": frozenset(
        {"registration", "tax_pin", "vat", "lei", "licence", "business_permit", "id_number",
         "passport", "iban", "bank"}
    ),
    "cargo": frozenset({"container", "seal"}),
    "vessel": frozenset({"vessel"}),
    "dealing": frozenset({"call", "payment", "meeting", "message"}),
}  # fmt: skip
# Who has these parts stands in every bill of lading of a line. Seen from a case such a party is
# drawn, but it leads to no other case unless it is asked about itself.
OF_THE_LINE = frozenset({"carrier", "carrier_agent", "issuing_party"})


class Claim(NamedTuple):
    """What says that two nodes are joined, as the row says it."""

    key: str  # table and number of the row
    label: str  # the value, the part, or the kind of dealing
    source_type: str = ""
    source: str = ""
    day: date | None = None
    standing: str = ""
    case: str = ""  # reference, where it is said by a case
    party: str = ""  # who says so, for a fact
    until: date | None = None
    times: int = 1
    sum: str = ""


FACT = (
    "pk", "party", "kind__code", "value", "value_key", "related_party", "source_type", "source",
    "as_of", "expires_on", "standing", "case__reference",
)  # fmt: skip
PART = (
    "pk", "case", "party", "role__code", "role__label", "consignment__number",
    "consignment__seizure__number", "recorded_at", "case__reference",
)  # fmt: skip
DEALING = (
    "pk", "kind", "giver", "receiver", "happened_on", "times", "amount", "currency", "source",
    "case__reference",
)  # fmt: skip


def thing(kind: str, key: str) -> Node:
    """The thing that equal values of a kind of fact are."""
    return Node(THINGS[kind] or kind, key)


PartyNode = Callable[[int], Node]  # a party, or the one it was merged into


def part(row: tuple[Any, ...], party_node: PartyNode) -> Link:
    pk, case, party, _code, label, load, seizure, at, reference = row
    told = f"{seizure}/{load}" if load else ""
    claim = Claim(f"part {pk}", label, "case", told, _day(at), case=reference)
    return Link(party_node(party), Node("case", str(case)), "role", claim)


def dealing(row: tuple[Any, ...], party_node: PartyNode) -> Link:
    pk, kind, giver, receiver, day, times, amount, currency, source, case = row
    total = f"{currency} {amount:,.2f}".strip() if amount is not None else ""
    claim = Claim(f"dealing {pk}", kind, "case", source, day, case=case, times=times, sum=total)
    return Link(party_node(giver), party_node(receiver), kind, claim)


def boxes(rows: QuerySet[Container]) -> Iterable[Link]:
    found = rows.order_by().values_list(
        "pk", "number", "consignment__seizure__case", "consignment__number",
        "consignment__seizure__number", "consignment__seizure__case__reference",
        "consignment__recorded_at",
    )  # fmt: skip
    for pk, number, case, load, seizure, reference, at in found:
        claim = Claim(
            f"container {pk}", number, "case", f"{seizure}/{load}", _day(at), case=reference
        )
        yield Link(Node("container", number), Node("case", str(case)), "container", claim)


def seals(rows: QuerySet[Seal]) -> Iterable[Link]:
    found = rows.exclude(number_key="").order_by().values_list(
        "pk", "number", "number_key", "source__label", "stage", "seen_on",
        "consignment__seizure__case", "consignment__seizure__case__reference",
    )  # fmt: skip
    for pk, number, key, source, stage, day, case, reference in found:
        if not identifiers.is_telling(number):
            continue  # NONE on two bills joins nobody
        told = ", ".join(filter(None, (source, str(Seal.Stage(stage).label) if stage else "")))
        claim = Claim(f"seal {pk}", number, "case", told, day, case=reference)
        yield Link(Node("seal", key), Node("case", str(case)), "seal", claim)


def with_ship(rows: Any) -> Any:
    """A ship is known by its IMO number, or by its name where no number is known."""
    return rows.annotate(
        ship=Coalesce(NullIf("vessel_imo", Value("")), Upper("vessel_name"))
    ).exclude(ship="")


def ships(rows: Any) -> Iterable[Link]:
    found = rows.order_by().values_list(
        "pk", "ship", "vessel_name", "vessel_imo", "voyage", "seizure__case", "seizure__number",
        "number", "seizure__case__reference", "recorded_at",
    )  # fmt: skip
    for pk, ship, name, imo, voyage, case, seizure, load, reference, at in found:
        told = ", ".join(filter(None, (f"{seizure}/{load}", voyage)))
        label = ", ".join(filter(None, (name, f"IMO {imo}" if imo else "")))
        claim = Claim(f"vessel {pk}", label, "case", told, _day(at), case=reference)
        yield Link(Node("vessel", ship), Node("case", str(case)), "vessel", claim)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

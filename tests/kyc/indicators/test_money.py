"""Rules about who pays, when, and how much; and about the parties of a load beside each other."""

from datetime import date
from decimal import Decimal
from typing import Any

from kyc.redflags.indicators.load import Load, Payment, Shared
from tests.kyc.indicators.made import bill, lacks, load, party, sentences

KG = 1_000_000


def paid(payer: str, payment: str = "PRE") -> Load:
    names: dict[str, Any] = {
        "shipper": "Tamarind Reef Exporters Ltd",
        "consignee": "Golden Egret Trading",
    }
    return load(bills=(bill(freight_payer=payer, freight_payment=payment, **names),))


def test_the_payer_of_the_freight() -> None:
    assert sentences("B2", paid("Seven Baobabs Holdings")) == ["other_payer"]
    assert sentences("B2", paid("TAMARIND REEF EXPORTERS LIMITED")) == []
    assert sentences("B2", paid("Tamarind Reef Exporters Ltd", "COL")) == ["other_payer"]
    assert lacks("B2", paid("")) == ["freight_payer"]
    assert lacks("B2", load()) == ["bill"]


def bursts(*days: int) -> Load:
    rows = tuple(Payment(pk=n, on=date(2024, 3, day), times=2) for n, day in enumerate(days))
    return load(stuffed_on=date(2024, 3, 6), payments=rows)


def test_payments_around_the_stuffing() -> None:
    assert sentences("B5", bursts(5, 6, 7)) == ["payments"]
    assert sentences("B5", bursts(5, 6, 20)) == []
    assert lacks("B5", load()) == ["stuffed_on"]
    assert lacks("B5", bursts()) == ["payments"]


def priced(value: int, **fields: Any) -> Load:
    given = {"hs_code": "090240", "declared_mg": 1000 * KG, "currency": "USD", **fields}
    return load(value=Decimal(value), **given)


def test_the_declared_price_of_a_kilogram() -> None:
    assert sentences("B6", priced(100)) == ["cheap"]
    assert sentences("B6", priced(90_000)) == ["dear"]
    assert sentences("B6", priced(2_600)) == []
    assert lacks("B6", priced(100, currency="KES")) == ["prices"]
    assert lacks("B6", load()) == ["value"]


def ends(kind: str = "phone") -> Load:
    shared = Shared(fact=1, kind=kind, value="+254", other=9, other_name="Golden Egret")
    shipper = party(shared=(shared,))
    back = Shared(fact=2, kind=kind, value="+254", other=7, other_name=shipper.name)
    consignee = party(pk=9, name="Golden Egret", roles=frozenset({"consignee"}), shared=(back,))
    return load(parties=(shipper, consignee))


def test_both_ends_share_a_number() -> None:
    assert sentences("P6", ends()) == ["shared_in_load"]
    assert sentences("P6", ends("occupation")) == []
    both = party(roles=frozenset({"shipper", "consignee"}))
    assert sentences("P6", load(parties=(both,))) == ["same_both_ends"]
    assert lacks("P6", load(parties=(party(),))) == ["parties"]

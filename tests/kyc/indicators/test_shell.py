"""The parts of the shell-company score."""

from datetime import date

import pytest

from kyc.redflags.indicators.load import Fact, Party, Shared
from tests.kyc.indicators.made import fact, judged, lacks, party, sentences


def crowd(number: int) -> tuple[Shared, ...]:
    return tuple(
        Shared(fact=1, kind="address", value="Plot 88", other=50 + n, other_name=f"Firm {n}")
        for n in range(number)
    )


PIN = fact("tax_pin", "P052184417K", standing="verified")
EXPIRED = fact("tax_pin", "P052184417K", standing="verified", expires_on=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("code", "subject", "found"),
    [
        ("S2", party(fact("director", "Lucy", interest="nominee")), ["nominee"]),
        ("S3", party(fact("website", standing="unknown", reason_words="none")), ["no_premises"]),
        ("S3", party(fact("site_visit", "Open", standing="contradicted")), ["contradicted"]),
        ("S4", party(fact("address", "Plot 88"), shared=crowd(4)), ["crowded_address"]),
        ("S5", party(fact("tax_pin", "P1", standing="contradicted")), ["pin_trouble"]),
        ("S5", party(EXPIRED), ["pin_expired"]),
        ("S6", party(fact("prior_shipments", "None")), ["no_trade_before"]),
        ("S6", party(fact("prior_shipments", "No import history at all")), ["no_trade_before"]),
        ("S7", party(fact("prior_shipments", "One container")), ["one_shipment"]),
        ("S9", party(fact("dissolution_date", "2024-06-01")), ["dissolved"]),
    ],
)
def test_a_part_is_raised(code: str, subject: Party, found: list[str]) -> None:
    assert sentences(code, subject) == found


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("S2", party(fact("director", "Lucy", interest="board_member"))),
        ("S2", party(kind="person")),
        ("S3", party(fact("website", "tamarind.example"))),
        ("S4", party(fact("address", "Plot 88"), shared=crowd(3))),
        ("S5", party(PIN)),
        ("S6", party(fact("prior_shipments", "Forty a year since 2011"))),
        ("S7", party(fact("prior_shipments", "Forty a year since 2011"))),
        ("S9", party(fact("dissolution_date", "2030-06-01"))),
        ("S9", party(fact("dissolution_date", "2020-06-01"))),
    ],
)
def test_a_part_is_not_raised(code: str, subject: Party) -> None:
    answer = judged(code, subject)
    assert (answer.flags, answer.unjudged) == ((), ())


@pytest.mark.parametrize(
    ("code", "given", "missing"),
    [
        ("S2", (fact("director", "Lucy"),), "shares"),
        ("S3", (), "premises"),
        ("S4", (), "address"),
        ("S5", (fact("tax_pin", "P052184417K"),), "tax_pin"),
        ("S6", (), "prior_shipments"),
        ("S7", (), "prior_shipments"),
        ("S9", (), "dissolution_date"),
    ],
)
def test_a_part_that_nobody_can_judge(code: str, given: tuple[Fact, ...], missing: str) -> None:
    assert lacks(code, party(*given)) == [missing]

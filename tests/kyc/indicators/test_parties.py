"""Rules about one party: raised, not raised, and not to be judged."""

from datetime import date
from typing import Any

import pytest

from kyc.redflags.indicators.load import Earlier, Fact, Listed, Party, Shared
from tests.kyc.indicators.made import fact, judged, lacks, party, sentences

SHARED = Shared(fact=1, kind="phone", value="+254 712 345678", other=9, other_name="Rabare")
PERSON = party(kind="person")
EARLIER = Earlier(
    case="KE-MSA-2022-0007", title="Ivory in nuts", on=date(2022, 5, 1), role="Shipper",
    role_code="shipper",
)  # fmt: skip
BROUGHT = Earlier(
    case="KE-MSA-2022-0007", title="Ivory in nuts", on=date(2022, 5, 1), role="Carrier",
    role_code="carrier",
)  # fmt: skip
DIRECTOR = fact("director", "Lucy Wanja", pk=5, related=50)
THROUGH = Earlier(
    case="KE-MSA-2022-0007", title="Ivory in nuts", on=date(2022, 5, 1), role="Shipper",
    role_code="shipper", through="Lucy Wanja", through_fact=5,
)  # fmt: skip
OTHER_FIRM = Earlier(
    case="KE-MSA-2022-0007", title="Ivory in nuts", on=date(2022, 5, 1), role="Shipper",
    role_code="shipper", through="Lucy Wanja", through_fact=5, firm="Coral Crest",
)  # fmt: skip
LISTED = Listed(pk=4, watchlist="Carrier's list", name="TAMARIND", topics=("role.pep",))
CONSIGNEE = {"roles": frozenset({"consignee"}), "containers": 1}


def unknown(kind: str, reason: str) -> Fact:
    return fact(kind, standing="unknown", unknown_reason=reason, reason_words=reason)


def mail(service: str) -> Fact:
    return fact("email", "tea@post.example", mail_service=service)


@pytest.mark.parametrize(
    ("code", "subject", "found"),
    [
        ("P1", party(fact("incorporation_date", "2024-02-20")), ["young"]),
        ("P1", party(fact("incorporation_date", "2024-03-20")), ["formed_after"]),
        ("P1", party(fact("first_seen", "2024-03-01")), ["first_seen"]),
        ("S1", party(fact("incorporation_date", "2023-04-01")), ["young"]),
        ("P2", party(unknown("owner", "no_owner")), ["owner_unknown"]),
        ("P9", party(unknown("owner", "not_provided")), ["owner_unknown"]),
        ("S8", party(unknown("owner", "not_provided")), ["owner_unknown"]),
        ("P3", party(fact("phone", "+254", standing="contradicted")), ["contradicted"]),
        (
            "P3",
            party(fact("address", "Plot 8", standing="contradicted", found_instead="Kiosk")),
            ["contradicted_by"],
        ),
        ("P4", party(mail("free")), ["free_mail"]),
        ("P4", party(fact("phone", "+254"), shared=(SHARED,)), ["shared_by"]),
        ("P5", party(fact("address", "P.O. Box 123, Mombasa")), ["post_box"]),
        ("P5", party(fact("postal_address", "S.L.P. 40")), ["post_box"]),
        ("P7", party(DIRECTOR, earlier=(THROUGH,)), ["known_through"]),
        ("P7", party(DIRECTOR, earlier=(OTHER_FIRM,)), ["known_through_firm"]),
        ("P7", party(listed=(LISTED,)), ["listed"]),
        ("P8", party(fact("commodities", "Scrap metal"), goods=("Black tea",)), ["unusual_goods"]),
        ("P10", party(kind="person", **CONSIGNEE), ["person_for_one"]),
        ("P10", party(fact("address", "Quay 4"), **CONSIGNEE), ["address_unverified"]),
        (
            "P10",
            party(fact("address", "Quay 4", standing="contradicted"), **CONSIGNEE),
            ["address_gone"],
        ),
        ("P13", party(listed=(LISTED,)), ["topic"]),
        ("P14", party(earlier=(EARLIER,)), ["known_itself"]),
    ],
)
def test_it_is_raised(code: str, subject: Party, found: list[str]) -> None:
    assert sentences(code, subject) == found


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("P1", party(fact("incorporation_date", "2009-02-20"))),
        ("S1", party(fact("incorporation_date", "2009-02-20"))),
        ("P2", party(fact("owner", "Lucy Wanja"))),
        ("P9", party(unknown("owner", "no_owner"))),
        ("P3", party(fact("phone", "+254", standing="verified"))),
        ("P4", party(fact("email", "tea@tamarind.example"), fact("phone", "+254", pk=2))),
        ("P4", party(fact("director", "L", pk=2, related=9), fact("phone", "1"), shared=(SHARED,))),
        ("P5", party(fact("address", "P.O. Box 9"), fact("address", "Plot 88", pk=2))),
        ("P7", party(DIRECTOR, is_screened=True)),
        ("P8", party(fact("commodities", "Teas and coffees"), goods=("Black tea",))),
        ("P10", party(fact("address", "Quay 4", standing="verified"), **CONSIGNEE)),
        ("P10", party(kind="person", roles=frozenset({"consignee"}), containers=0)),
        ("P13", party(is_screened=True)),
        ("P14", party()),
        ("P14", party(earlier=(BROUGHT,))),
    ],
)
def test_it_is_not_raised(code: str, subject: Party) -> None:
    answer = judged(code, subject)
    assert (answer.flags, answer.unjudged) == ((), ())


@pytest.mark.parametrize(
    ("code", "subject", "missing"),
    [
        ("P1", party(), ["incorporation_date"]),
        ("P1", party(fact("incorporation_date", "2009-02-20"), shipped_on=None), ["shipped_on"]),
        ("P1", PERSON, ["first_seen"]),
        ("P2", party(), ["owner"]),
        ("P2", party(unknown("owner", "not_asked")), ["owner"]),
        ("P3", party(fact("phone", "+254")), ["contact_checked"]),
        ("P4", party(), ["contact"]),
        ("P5", party(), ["address"]),
        ("P7", party(), ["behind", "judged_hits"]),
        ("P8", party(goods=("Tea",)), ["commodities"]),
        ("P8", party(fact("commodities", "Tea")), ["goods"]),
        ("P10", party(**CONSIGNEE), ["address"]),
        ("P13", party(), ["judged_hits"]),
    ],
)
def test_silence_is_told_apart_from_innocence(
    code: str, subject: Party, missing: list[str]
) -> None:
    assert (sentences(code, subject), lacks(code, subject)) == ([], missing)


def test_an_indicator_asks_only_the_parties_it_concerns() -> None:
    haulier = party(fact("incorporation_date", "2024-03-01"), roles=frozenset({"haulier"}))
    answer = judged("P1", haulier)
    assert (answer.flags, answer.unjudged) == ((), ())


@pytest.mark.parametrize("fields", [{"standing": "contradicted"}, {"standing": "unknown"}])
def test_a_date_that_does_not_stand_proves_no_age(fields: dict[str, Any]) -> None:
    assert sentences("P1", party(fact("incorporation_date", "2024-03-01", **fields))) == []

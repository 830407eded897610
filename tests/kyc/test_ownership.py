"""The chain of owners: shares multiplied along each way, circles, and what a reader may not see."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse

from casework import access, clock
from casework.errors import RuleBroken
from casework.models import Case, Code, User
from kyc import parties
from kyc.diligence import merges, ownership
from kyc.models import Fact, Party
from kyc.parties import NewParty, Origin, Stake
from tests.kyc.test_merges import firm
from tests.kyc.test_party_pages import SignIn

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


def owns(
    owner: Party,
    share: int | None,
    of: Party,
    actor: User,
    origin: Origin = EXTRACT,
    **stake: object,
) -> Fact:
    held = Stake(Decimal(share) if share is not None else None, **stake)  # type: ignore[arg-type]
    return parties.add_fact(
        of,
        kind=Code.objects.get(kind="fact_kind", code="shareholder"),
        related_party=owner,
        origin=origin,
        actor=actor,
        stake=held,
    )


def shares(user: User, top: Party) -> list[tuple[int, str, str]]:
    return [(r.level, r.holding.name, r.shown) for r in ownership.chain(user, top).rows]


def test_shares_multiply_along_each_way_and_add_up(investigator: User) -> None:
    top, left, right, person = (firm(name, investigator) for name in ("Top", "L", "R", "P"))
    owns(left, 50, top, investigator)
    owns(right, 40, top, investigator)
    owns(person, 40, left, investigator)
    owns(person, 50, right, investigator)
    assert shares(investigator, top) == [
        (1, "L", "50"), (2, "P", "20"), (1, "R", "40"), (2, "P", "20"),
    ]  # fmt: skip
    total = ownership.chain(investigator, top).totals[0]
    assert (total.holding.name, total.shown, total.is_least) == ("P", "40", False)
    assert total.is_marked


def test_a_way_without_a_share_makes_the_sum_a_least(investigator: User) -> None:
    top, left, person = (firm(name, investigator) for name in ("Top", "L", "P"))
    owns(left, None, top, investigator)
    owns(person, 100, left, investigator)
    owns(person, 10, top, investigator)
    total = next(t for t in ownership.chain(investigator, top).totals if t.holding.name == "P")
    assert (total.shown, total.is_least, total.is_marked) == ("10", True, False)


def test_firms_that_own_each_other_end_the_chain(investigator: User) -> None:
    top, other = firm("Top", investigator), firm("Other", investigator)
    owns(other, 60, top, investigator)
    owns(top, 60, other, investigator)
    rows = ownership.chain(investigator, top).rows
    assert [(r.holding.name, r.is_circle) for r in rows] == [("Other", False), ("Top", True)]


def test_a_long_chain_stops_at_ten_and_many_ways_are_cut(investigator: User) -> None:
    line = [firm(f"F{n}", investigator) for n in range(12)]
    for below, above in pairwise(line):
        owns(above, 100, below, investigator)
    assert [row.level for row in ownership.chain(investigator, line[0]).rows] == list(range(1, 11))
    top = firm("Wide", investigator)
    layers = [[firm(f"{n}{m}", investigator) for m in range(3)] for n in range(6)]
    for below_, above_ in zip([[top], *layers], layers, strict=False):
        for low in below_:
            for high in above_:
                owns(high, 30, low, investigator)
    chain = ownership.chain(investigator, top)
    assert chain.is_cut
    assert len(chain.rows) == ownership.MOST_ROWS


def test_what_ended_or_is_held_through_others_is_not_added(investigator: User) -> None:
    top, gone, person = (firm(name, investigator) for name in ("Top", "Gone", "P"))
    owns(gone, 90, top, investigator, until=clock.today() - timedelta(days=1))
    owns(person, 30, top, investigator, directness="indirect")
    assert shares(investigator, top) == [(1, "P", "")]


def test_an_absorbed_owner_is_the_kept_one(investigator: User) -> None:
    top, one, other = (firm(name, investigator) for name in ("Top", "One", "Other"))
    owns(one, 20, top, investigator)
    owns(other, 70, one, investigator)
    merges.merge(firm("Kept", investigator), other, reason="One desk", actor=investigator)
    assert [row[1] for row in shares(investigator, top)] == ["One", "Kept"]


def test_an_owner_that_a_case_keeps_shows_with_that_case_only(
    case: Case, investigator: User, prosecutor: User
) -> None:
    shipper = Code.objects.get(kind="party_role", code="shipper")
    top = parties.introduce(
        case, NewParty("firm", "Top", "KE"), role=shipper, origin=EXTRACT, facts=[],
        actor=investigator,
    ).party  # fmt: skip
    paper = Origin("case_document", "Agreement", date(2024, 2, 12), case)
    owns(firm("Hidden", investigator), 80, top, investigator, paper)
    assert shares(prosecutor, top) == [(1, "Hidden", "80")]
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    assert shares(prosecutor, top) == []


@pytest.mark.parametrize(
    ("stake", "field"),
    [
        (Stake(Decimal(101)), "share_percent"),
        (Stake(since=date(2024, 2, 1), until=date(2024, 1, 1)), "until"),
    ],
)
def test_a_share_has_a_shape(stake: Stake, field: str, investigator: User) -> None:
    kind = Code.objects.get(kind="fact_kind", code="owner")
    with pytest.raises(RuleBroken) as refused:
        parties.add_fact(
            firm("Top", investigator), kind=kind, value="Musa", origin=EXTRACT, stake=stake,
            actor=investigator,
        )  # fmt: skip
    assert refused.value.field == field


def test_the_page_shows_shares_remarks_and_what_is_out_of_date(
    investigator: User, sign_in: SignIn
) -> None:
    top, owner = firm("Top", investigator), firm("Owner", investigator)
    client, url = sign_in(investigator), reverse("kyc:fact-add", args=[top.pk])
    origin = {"source_type": "register", "source": "Extract", "as_of": "2024-01-26"}
    kinds = {
        k: Code.objects.get(kind="fact_kind", code=k).pk for k in ("owner", "email", "licence")
    }
    interest = Code.objects.get(kind="interest_type", code="shareholding")
    client.post(url, {
        "kind": kinds["owner"], "related_party": owner.name, "related_party_value": owner.pk,
        "share_percent": "62.5", "interest": interest.pk, "since": "2023-05-01", **origin,
    })  # fmt: skip
    client.post(url, {"kind": kinds["email"], "value": "tea@gmail.com", **origin})
    client.post(
        url, {"kind": kinds["licence"], "value": "L-1", "expires_on": "2024-02-01", **origin}
    )
    page = client.get(reverse("kyc:party", args=[top.pk])).content.decode().replace("\xa0", " ")
    for words in ("62.5 %", "Shares", "since 1 May 2023", "free mail domain", "Out of date",
                  "was valid until 1 Feb 2024", "Who owns it"):  # fmt: skip
        assert words in page, words
    wrong = client.post(url, {"kind": kinds["email"], "value": "a@b.example", "share_percent": "5",
                              **origin}).content.decode()  # fmt: skip
    assert "have a share or a period" in wrong
    assert 'value="5"' in wrong

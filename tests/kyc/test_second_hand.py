"""Two people write of one party at once on PostgreSQL: who comes second is told of the first."""

from datetime import date

import pytest

from casework.models import Case, Code, User
from kyc import parties
from kyc.diligence import merges
from kyc.models import Party
from kyc.parties import NewParty, Origin
from tests.race import meanwhile, needs_postgresql

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    needs_postgresql,
    pytest.mark.django_db(transaction=True),
]
EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


def part(code: str) -> Code:
    return Code.objects.get(kind="party_role", code=code)


def firm(name: str, actor: User) -> Party:
    return parties.create(kind="firm", name=name, country="KE", actor=actor)


def test_a_merge_does_not_take_along_a_party_that_was_set_apart_again(investigator: User) -> None:
    above, kept, middle, apart = (firm(name, investigator) for name in "ABCD")
    undone = merges.merge(middle, apart, reason="One", actor=investigator)
    merges.merge(kept, middle, reason="Two", actor=investigator)
    second = meanwhile(
        lambda: merges.undo(undone, reason="Two desks after all", actor=investigator),
        lambda: merges.merge(above, kept, reason="Three", actor=investigator),
    )
    assert second == "done"
    found = dict(Party.objects.values_list("name", "merged_into__name"))
    assert found == {"A": None, "B": "A", "C": "A", "D": None}


def test_a_party_gets_one_part_in_a_case_once(case: Case, investigator: User) -> None:
    reef = firm("Tamarind Reef", investigator)

    def involve() -> None:
        parties.involve(case, reef, role=part("shipper"), actor=investigator)

    assert meanwhile(involve, involve) == "rule-broken"
    assert case.involvements.count() == 1


def test_a_party_kept_to_a_case_keeps_its_last_part_there(case: Case, investigator: User) -> None:
    shipper = parties.introduce(
        case, NewParty("firm", "Mangrove Gate", is_kept=True), role=part("shipper"),
        origin=EXTRACT, facts=[], actor=investigator,
    )  # fmt: skip
    agent = parties.involve(case, shipper.party, role=part("consignee"), actor=investigator)
    second = meanwhile(
        lambda: parties.withdraw(shipper, actor=investigator, reason="Wrong"),
        lambda: parties.withdraw(agent, actor=investigator, reason="Wrong"),
    )
    assert second == "rule-broken"
    assert case.involvements.get() == agent

"""A merged record is found as the party that stands for it, and again by itself once undone."""

from datetime import date

from casework.models import Code, User
from kyc import parties
from kyc.diligence import merges
from kyc.models import Party
from kyc.parties import Origin
from search import sync
from tests.search.conftest import Find

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


def firm(name: str, permit: str, actor: User) -> Party:
    made = parties.create(kind="firm", name=name, country="KE", actor=actor)
    kind = Code.objects.get(kind="fact_kind", code="business_permit")
    parties.add_fact(made, kind=kind, value=permit, origin=EXTRACT, actor=actor)
    return made


def test_a_merged_record_is_found_as_the_kept_one(
    find: Find, investigator: User, custodian: User, db: None
) -> None:
    kept = firm("Mangrove Gate Traders", "BP-7711", investigator)
    other = firm("Kilifi Dhow Haulage", "BP-8822", investigator)
    sync.rebuild()
    made = merges.merge(kept, other, reason="One desk", actor=investigator)
    sync.catch_up()
    for typed in ("Kilifi Dhow", "BP-8822", "Mangrove Gate"):
        assert find(investigator, typed) == {f"party: {kept.name}"}, typed
    assert find(custodian, "Kilifi Dhow") == set()
    merges.undo(made, reason="Two desks", actor=investigator)
    sync.catch_up()
    assert find(investigator, "BP-8822") == {f"party: {other.name}"}
    assert not any(sync.drift().values())

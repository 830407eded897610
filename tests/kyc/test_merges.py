"""Merging two parties, taking it back, and who may not."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import cases
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Code, User
from kyc import parties
from kyc.diligence import merges, merging
from kyc.models import Merge, Party
from kyc.parties import Origin

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


def firm(name: str, actor: User, case: Case | None = None, kind: str = "firm") -> Party:
    return parties.create(kind=kind, name=name, country="KE", actor=actor, own_case=case)


def say(party: Party, kind: str, value: str, actor: User, origin: Origin = EXTRACT) -> None:
    code = Code.objects.get(kind="fact_kind", code=kind)
    parties.add_fact(party, kind=code, value=value, origin=origin, actor=actor)


def where(party: Party) -> str:
    party.refresh_from_db()
    return str(party.merged_into or party)


def test_the_kept_party_stands_for_both_and_nothing_moves(investigator: User, db: None) -> None:
    one, other = firm("Tamarind Reef", investigator), firm("Tamarind Reef Ltd", investigator)
    say(one, "phone", "0712 345678", investigator)
    say(other, "phone", "+254 712 345678", investigator)
    made = merges.merge(one, other, reason="Same telephone and desk", actor=investigator)
    assert merging.group(one) == [one.pk, other.pk]
    assert other.facts.count() == one.facts.count() == 1
    assert any("+254 712 345678" in ground for ground in made.grounds)
    assert AuditEntry.objects.filter(action="party.merge").count() == 1
    assert other.history.first().history_change_reason == "Same telephone and desk"


def test_chains_are_flat_and_undoing_gives_back_what_stood_before(investigator: User) -> None:
    a, b, c, d = (firm(name, investigator) for name in "ABCD")
    merges.merge(b, c, reason="One", actor=investigator)
    first = merges.merge(a, b, reason="Two", actor=investigator)
    merges.merge(d, a, reason="Three", actor=investigator)
    assert [where(party) for party in (a, b, c, d)] == ["D", "D", "D", "D"]
    merges.undo(first, reason="Two desks after all", actor=investigator)
    assert [where(party) for party in (a, b, c, d)] == ["D", "B", "B", "D"]


def test_a_merged_record_is_not_merged_again(investigator: User) -> None:
    a, b, c = (firm(name, investigator) for name in "ABC")
    merges.merge(a, b, reason="One", actor=investigator)
    for kept, absorbed in ((b, a), (b, c), (c, b), (a, a)):
        with pytest.raises(RuleBroken):
            merges.merge(kept, absorbed, reason="Round", actor=investigator)
    made = merges.undo(Merge.objects.get(), reason="No", actor=investigator)
    with pytest.raises(RuleBroken, match="already"):
        merges.undo(made, reason="No", actor=investigator)
    merges.merge(b, a, reason="The other way", actor=investigator)
    assert where(a) == "B"


def test_a_kept_party_is_merged_with_one_kept_to_the_same_case(
    case: Case, investigator: User
) -> None:
    kept, open_one = firm("Musa", investigator, case), firm("Musa", investigator)
    elsewhere = cases.open_case(title="Another", tier="port", actor=investigator)
    for other in (open_one, firm("Musa", investigator, elsewhere)):
        with pytest.raises(RuleBroken, match="same case"):
            merges.merge(kept, other, reason="Same man", actor=investigator)
    same = firm("Musa M.", investigator, case)
    merges.merge(kept, same, reason="Same man", actor=investigator)
    with pytest.raises(RuleBroken, match="Release that one"):
        parties.release(Party.objects.get(pk=same.pk), actor=investigator, reason="Named")
    parties.release(Party.objects.get(pk=kept.pk), actor=investigator, reason="Named elsewhere")
    assert not Party.objects.filter(own_case=case).exists()


def test_a_person_is_not_merged_with_a_firm(investigator: User) -> None:
    with pytest.raises(RuleBroken, match="person"):
        merges.merge(
            firm("Musa", investigator), firm("Musa", investigator, kind="person"),
            reason="Same name", actor=investigator,
        )  # fmt: skip


def test_a_reader_of_the_register_merges_nothing(investigator: User, manager: User) -> None:
    a, b = firm("A", investigator), firm("B", investigator)
    with pytest.raises(NotAllowed):
        merges.merge(a, b, reason="Alike", actor=manager)
    with pytest.raises(NotAllowed):
        merges.tell_apart(a, b, reason="Not alike", actor=manager)


def test_what_suggested_a_merge_never_names_what_a_case_knows(
    case: Case, investigator: User
) -> None:
    a, b = firm("Coral Crest", investigator), firm("Seven Baobabs", investigator)
    paper = Origin("case_document", "Customs entry", date(2024, 2, 12), case)
    for party in (a, b):
        role = Code.objects.get(kind="party_role", code="shipper")
        parties.involve(case, party, role=role, actor=investigator)
        say(party, "phone", "0712 345678", investigator, paper)
    assert merges.merge(a, b, reason="One desk", actor=investigator).grounds == []


ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=8)


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_whatever_is_merged_and_taken_back_every_line_has_one_end(
    investigator: User, acts: list[tuple[bool, int, int]]
) -> None:
    with transaction.atomic():
        firms = [firm(f"F{n}", investigator) for n in range(5)]
        for is_undo, left, right in acts:
            act(firms, is_undo, left, right, investigator)
        for party in Party.objects.filter(pk__in=[one.pk for one in firms]):
            assert (party.merged_into or party).pk == end_of(party.pk)
        transaction.set_rollback(True)


def act(firms: list[Party], is_undo: bool, left: int, right: int, actor: User) -> None:
    try:
        if is_undo:
            made = Merge.objects.filter(undone_at=None, absorbed=firms[left]).first()
            if made:
                merges.undo(made, reason="No", actor=actor)
        else:
            merges.merge(firms[left], firms[right], reason="Yes", actor=actor)
    except RuleBroken:
        pass


def end_of(pk: int) -> int:
    """The end of the line of standing merges, told from their rows alone."""
    kept = dict(Merge.objects.filter(undone_at=None).values_list("absorbed", "kept"))
    seen = {pk}
    while pk in kept:
        pk = kept[pk]
        assert pk not in seen
        seen.add(pk)
    return pk

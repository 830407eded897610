"""Flags that would accuse an innocent, or tell of what a reader may not see."""

from datetime import date
from typing import Any

import pytest

from casework import access
from casework.errors import RuleBroken
from casework.models import AuditEntry, Case, Indicator, User
from kyc import parties
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from kyc.diligence import merges
from kyc.models import Consignment, Party, Tick
from kyc.redflags import flag_board, flags
from kyc.ties import dealings
from tests.kyc import scene
from tests.kyc.test_flags import (
    EXTRACT,
    code,
    codes,
    dismiss,
    earlier_case,
    firm,
    load,
    raised,
    stranger,
)

__all__ = ["firm", "load", "stranger"]  # fixtures


def test_what_was_found_to_be_false_joins_nobody(
    case: Case, firm: Party, investigator: User
) -> None:
    """Neither the director nor the telephone is theirs, as a check showed: no link to others."""
    lucy = parties.create(kind="person", name="Lucy Wanja Muriuki", actor=investigator)
    coral = parties.create(
        kind="firm", name="Coral Crest Produce", country="KE", actor=investigator
    )
    phone = code("fact_kind", "phone")
    parties.add_fact(coral, kind=phone, value="0712 345 678", origin=EXTRACT, actor=investigator)
    false = [firm.facts.get(kind=phone)]
    for one in (firm, coral):
        fact = parties.add_fact(
            one, kind=code("fact_kind", "director"), related_party=lucy, origin=EXTRACT,
            actor=investigator,
        )  # fmt: skip
        false += [fact] if one == firm else []
    earlier_case(investigator, coral)
    parties.involve(
        Case.objects.exclude(pk=case.pk).get(), lucy, role=code("party_role", "notify"),
        actor=investigator,
    )  # fmt: skip
    assert {"P4", "P7"} <= codes(case, investigator)
    for fact, found in zip(false, ("+254 722 000111", "Nobody of that name"), strict=True):
        parties.contradict(fact, found=found, method="Asked", origin=EXTRACT, actor=investigator)
    assert not {"P4", "P7"} & codes(case, investigator)


def test_a_dismissal_for_what_the_reader_may_not_see_is_not_told(
    case: Case, firm: Party, investigator: User, stranger: User, colleague: User
) -> None:
    """It was about a hidden case; the flag that this reader sees rests on another one."""
    hidden = earlier_case(stranger, firm)
    access.grant(hidden, role="viewer", to=investigator, actor=stranger, reason="Joint")
    row = dismiss(case, "P14", investigator, f"{hidden.reference} was another firm")
    earlier_case(investigator, firm)
    found = raised(flag_board.board(case, investigator), "P14")
    assert (found.stands, found.lapsed) == (True, row)
    assert raised(flag_board.board(case, colleague), "P14").lapsed is None


def test_a_party_stands_for_what_was_merged_into_it_when_it_is_ticked(
    case: Case, firm: Party, investigator: User
) -> None:
    kept = parties.create(kind="firm", name="Tamarind Reef Exporters", actor=investigator)
    merges.merge(kept, firm, reason="The same people", actor=investigator)
    dog = Indicator.objects.get(code="C12")
    flags.tick(case, dog, note="Seen at its gate", party=kept, actor=investigator)
    assert "C12" in codes(case, investigator)


def test_a_word_for_no_seal_on_two_boxes_accuses_nobody(
    case: Case, load: Consignment, investigator: User
) -> None:
    consignments.amend(load, boxes=[Box(number=scene.container_number(5))], actor=investigator)
    for number in ("NONE", "0000", "CU 000000"):
        for box in load.containers.all():
            consignments.add_seal(
                load, number=number, source=code("seal_source", "CUS"), container=box,
                stage="gate_in", actor=investigator,
            )  # fmt: skip
    assert "C1" not in codes(case, investigator)


@pytest.mark.parametrize(
    ("here", "there", "sentence"),
    [(False, False, "known_by_name"), (True, False, "known_by_name"), (True, True, None)],
)
def test_two_people_of_one_name_are_not_told_to_be_one(
    here: bool, there: bool, sentence: str | None, case: Case, firm: Party, investigator: User
) -> None:
    """Where the register has both, they are two; where it has not, only the name is the same."""
    coral = parties.create(kind="firm", name="Coral Crest", country="KE", actor=investigator)
    for one, is_known in ((firm, here), (coral, there)):
        person = parties.create(kind="person", name="Lucy Wanja", actor=investigator)
        parties.add_fact(
            one, kind=code("fact_kind", "director"), value="Lucy Wanja", origin=EXTRACT,
            related_party=person if is_known else None, actor=investigator,
        )  # fmt: skip
    earlier_case(investigator, coral)
    board = flag_board.board(case, investigator)
    said = [e.sentence for one in board.raised for e in one.evidence]
    assert [s for s in said if s.startswith("known_")] == ([sentence] if sentence else [])


def test_payments_of_others_say_nothing_of_a_load(
    case: Case, load: Consignment, firm: Party, investigator: User
) -> None:
    consignments.amend(load, stuffed_on=date(2026, 3, 10), actor=investigator)
    far, away = (
        parties.create(kind="firm", name=name, actor=investigator) for name in ("Far", "Away")
    )
    paid: dict[str, Any] = {
        "kind": "payment",
        "source": "Statement",
        "happened_on": date(2026, 3, 10),
        "times": 9,
    }
    dealings.add(case, giver=far, receiver=away, actor=investigator, **paid)
    assert "B5" not in codes(case, investigator)
    dealings.add(case, giver=firm, receiver=away, actor=investigator, **paid)
    assert "B5" in codes(case, investigator)


def test_a_tick_is_taken_back_once(
    case: Case, load: Consignment, investigator: User, colleague: User
) -> None:
    dog = Indicator.objects.get(code="C12")
    row = flags.tick(case, dog, note="Dog sat down", consignment=load, actor=investigator)
    read_before = Tick.objects.get(pk=row.pk)
    flags.untick(row, reason="Another container", actor=investigator)
    with pytest.raises(RuleBroken, match="already"):
        flags.untick(read_before, reason="Another container", actor=colleague)
    assert AuditEntry.objects.filter(action="flag.untick").count() == 1


def test_a_dismissal_that_rests_on_what_another_case_says_is_not_in_this_trail(
    case: Case, firm: Party, investigator: User, stranger: User
) -> None:
    hidden = earlier_case(stranger, firm)
    access.grant(hidden, role="viewer", to=investigator, actor=stranger, reason="Joint")
    coral = parties.introduce(
        hidden, parties.NewParty("firm", "Coral Crest", "KE", is_kept=True),
        role=code("party_role", "consignee"), origin=EXTRACT,
        facts=[(code("fact_kind", "phone"), "+254 712 345678")], actor=stranger,
    ).party  # fmt: skip
    assert coral.own_case == hidden
    dismiss(case, "P4", investigator, "The telephone of an agent")
    dismiss(case, "R9", investigator)
    rows = AuditEntry.objects.filter(action="flag.dismiss").order_by("pk")
    assert [(row.detail["indicator"], row.case) for row in rows] == [("P4", None), ("R9", case)]

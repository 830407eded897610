"""The red flags of a case: what each viewer sees, and what people do about them."""

from datetime import date, datetime
from typing import Any

import pytest

from casework import access, cases, people
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import Agency, AuditEntry, Case, Code, Indicator, User
from kyc import parties
from kyc.cargo import bills, consignments
from kyc.cargo.consignments import Box
from kyc.models import Consignment, Dismissal, Match, Party, Tick
from kyc.parties import NewParty, Origin
from kyc.redflags import flag_board, flag_words, flags
from kyc.redflags.flag_board import Board, Raised
from kyc.ties import matches
from tests.conftest import PASSWORD
from tests.kyc import scene

EXTRACT = Origin("register", "Companies register", date(2024, 2, 12))


def code(kind: str, value: str) -> Code:
    return Code.objects.get(kind=kind, code=value)


def introduce(case: Case, name: str, role: str, actor: User, **facts: str) -> Party:
    part = parties.introduce(
        case,
        NewParty("firm", name, "KE"),
        role=code("party_role", role),
        origin=EXTRACT,
        facts=[(code("fact_kind", kind), value) for kind, value in facts.items()],
        actor=actor,
    )
    return part.party


@pytest.fixture
def load(case: Case, investigator: User) -> Consignment:
    scene.seize(case, investigator)
    return Consignment.objects.get(seizure__case=case)


@pytest.fixture
def firm(case: Case, load: Consignment, investigator: User) -> Party:
    return introduce(
        case, "Tamarind Reef Exporters Ltd", "shipper", investigator,
        incorporation_date="2026-02-20", phone="+254 712 345678",
    )  # fmt: skip


@pytest.fixture
def stranger(customs: Agency) -> User:
    """Leads cases of another agency."""
    return people.create_person(
        username="stranger", password=PASSWORD, name="Halima Ngugi", position="investigator",
        agency=customs, actor=None,
    )  # fmt: skip


def earlier_case(lead: User, firm: Party) -> Case:
    """An older seizure with the same shipper and the same seal on another container."""
    other = cases.open_case(title="Ivory in macadamia nuts", tier="port", actor=lead)
    customs = code("seal_source", "CUS")
    consignments.add_seizure(
        other,
        actor=lead,
        seized_at=datetime.fromisoformat("2023-05-01T08:00:00+00:00"),
        place="Lamu",
        boxes=[Box(number="MDOU5520139", is_recorded_as_found=True, seal_number="CU-558120",
                   seal_source=customs)],
    )  # fmt: skip
    parties.involve(other, firm, role=code("party_role", "shipper"), actor=lead)
    return other


def raised(board: Board, number: str) -> Raised:
    """The flag of an indicator; fails where it is not raised."""
    return next(one for one in board.raised if one.indicator.code == number)


def every(case: Case, user: User) -> set[str]:
    """All that are raised, dismissed ones too."""
    return {one.indicator.code for one in flag_board.board(case, user).raised}


def codes(case: Case, user: User) -> set[str]:
    return {one.indicator.code for one in flag_board.board(case, user).raised if one.stands}


def dismiss(case: Case, number: str, actor: User, reason: str = "Looked at it") -> Dismissal:
    found = raised(flag_board.board(case, actor), number)
    assert found.flag
    return flags.dismiss(
        case, number, found.subject.key, seen=found.flag.digest, reason=reason, actor=actor
    )


def test_flags_come_from_what_is_recorded(
    case: Case, load: Consignment, firm: Party, investigator: User
) -> None:
    board = flag_board.board(case, investigator)
    assert {"P1", "S1", "R5", "R9"} <= {one.indicator.code for one in board.raised}
    found = raised(board, "P1")
    assert found.subject.party == firm.pk
    (evidence,) = found.evidence
    assert "20 Feb 2026" in flag_words.plain(evidence, {}).replace("\xa0", " ")


def test_what_nobody_recorded_is_listed_and_no_flag(
    case: Case, load: Consignment, investigator: User
) -> None:
    board = flag_board.board(case, investigator)
    silent = {one.indicator.code: flag_words.lacks(one.unjudged) for one in board.silent}
    assert silent["C2"] == "whether customs watched the stuffing"
    assert "C2" not in codes(case, investigator)


def test_a_case_that_the_viewer_reads_raises_flags(
    case: Case, firm: Party, investigator: User
) -> None:
    assert not {"P14", "C1"} & codes(case, investigator)
    other = earlier_case(investigator, firm)
    assert {"P14", "C1"} <= codes(case, investigator)
    points = [p.key for p in raised_points(case, investigator, "C1") if p.kind == "case"]
    assert points == [other.reference]


def raised_points(case: Case, user: User, number: str) -> list[Any]:
    found = raised(flag_board.board(case, user), number)
    return [p for e in found.evidence for p in e.points]


def test_a_hidden_case_changes_nothing(
    case: Case, firm: Party, investigator: User, stranger: User
) -> None:
    before = flag_board.board(case, investigator)
    earlier_case(stranger, firm)
    after = flag_board.board(case, investigator)
    assert [(one.indicator, one.flag) for one in after.raised] == [
        (one.indicator, one.flag) for one in before.raised
    ]
    assert after.silent == before.silent
    assert flag_board.score(after.raised) == flag_board.score(before.raised)


def test_a_hidden_match_raises_a_flag_once_its_lead_shares_it(
    case: Case, firm: Party, investigator: User, colleague: User, stranger: User
) -> None:
    other = earlier_case(stranger, firm)
    told = Match.objects.get(case=other, other_case=case, kind="seal")
    matches.share(told, note="Call me", actor=stranger)
    for reader in (investigator, colleague):
        (evidence,) = raised(flag_board.board(case, reader), "C1").evidence
        assert other.reference in flag_words.plain(evidence, {})


def test_a_dismissal_strikes_the_flag_and_its_points(
    case: Case, load: Consignment, investigator: User
) -> None:
    before = flag_board.score(flag_board.board(case, investigator).raised)
    dismiss(case, "R9", investigator, "All trade of this port goes there")
    board = flag_board.board(case, investigator)
    found = raised(board, "R9")
    assert (found.dismissal is not None, found.stands) == (True, False)
    after = flag_board.score(board.raised)
    assert (after.total, after.dismissed) == (before.total - 2, ("R9",))
    assert AuditEntry.objects.filter(action="flag.dismiss", case=case).count() == 1


def test_a_dismissal_lapses_when_the_evidence_changes_and_says_so(
    case: Case, load: Consignment, investigator: User
) -> None:
    consignments.amend(load, actor=investigator, goods_description="General cargo")
    row = dismiss(case, "D5", investigator, "The clerk was new")
    assert "D5" not in codes(case, investigator)
    bills.add_version(load, number="B1", description_of_goods="Said to contain", actor=investigator)
    found = raised(flag_board.board(case, investigator), "D5")
    assert (found.stands, found.lapsed) == (True, row)


def test_less_evidence_leaves_a_dismissal_standing(
    case: Case, firm: Party, investigator: User, stranger: User, colleague: User
) -> None:
    """Who sees more of the evidence dismissed it; who sees less sees it dismissed, and no trace."""
    earlier_case(investigator, firm)
    hidden = earlier_case(stranger, firm)
    access.grant(hidden, role="viewer", to=investigator, actor=stranger, reason="Joint")
    dismiss(case, "P14", investigator)
    for reader in (investigator, colleague):
        found = raised(flag_board.board(case, reader), "P14")
        assert (found.dismissal is None, found.lapsed) == (False, None)
    assert hidden.reference not in str(raised(flag_board.board(case, colleague), "P14"))


def test_a_flag_that_rests_on_a_hidden_case_alone_shows_no_dismissal_either(
    case: Case, firm: Party, investigator: User, stranger: User, colleague: User
) -> None:
    hidden = earlier_case(stranger, firm)
    access.grant(hidden, role="viewer", to=investigator, actor=stranger, reason="Joint")
    dismiss(case, "P14", investigator)
    assert "P14" not in every(case, colleague)


def test_restoring_lets_it_stand_again_and_keeps_who_did_what(
    case: Case, load: Consignment, investigator: User, colleague: User
) -> None:
    row = dismiss(case, "R9", investigator)
    flags.restore(row, actor=colleague)
    assert "R9" in codes(case, investigator)
    row.refresh_from_db()
    assert (row.dismissed_by, row.restored_by) == (investigator, colleague)
    with pytest.raises(RuleBroken):
        flags.restore(row, actor=colleague)


def test_only_what_was_shown_is_dismissed(
    case: Case, load: Consignment, investigator: User
) -> None:
    with pytest.raises(Conflict):
        flags.dismiss(case, "R9", f"c{load.pk}", seen="0" * 64, reason="x", actor=investigator)
    with pytest.raises(RuleBroken):
        flags.dismiss(case, "C9", f"c{load.pk}", seen="0" * 64, reason="x", actor=investigator)


def test_a_tick_weighs_and_can_be_taken_back(
    case: Case, load: Consignment, investigator: User
) -> None:
    dog = Indicator.objects.get(code="C12")
    row = flags.tick(case, dog, note="Dog sat down", consignment=load, actor=investigator)
    assert "C12" in codes(case, investigator)
    with pytest.raises(RuleBroken):
        flags.tick(case, dog, note="Again", consignment=load, actor=investigator)
    flags.untick(row, reason="It was another container", actor=investigator)
    assert "C12" not in codes(case, investigator)
    kept = Tick.history.get(indicator=dog, history_type="-")
    assert (kept.note, kept.history_change_reason) == ("Dog sat down", "It was another container")


def test_a_tick_is_about_this_case(case: Case, investigator: User) -> None:
    other = cases.open_case(title="Other", tier="port", actor=investigator)
    scene.seize(other, investigator)
    dog, load = Indicator.objects.get(code="C12"), Consignment.objects.get()
    with pytest.raises(RuleBroken):
        flags.tick(case, dog, note="x", consignment=load, actor=investigator)


def test_only_who_edits_the_case_says_anything(
    case: Case, load: Consignment, prosecutor: User, custodian: User, outsider: User
) -> None:
    dog = Indicator.objects.get(code="C12")
    for person in (prosecutor, custodian):
        with pytest.raises(NotAllowed):
            flags.tick(case, dog, note="x", actor=person)
        with pytest.raises(NotAllowed):
            flags.dismiss(case, "R9", "case", seen="", reason="x", actor=person)


def test_a_seizure_is_judged_by_the_indicators_of_its_day(
    case: Case, load: Consignment, investigator: User
) -> None:
    Indicator.objects.filter(code="R9").update(valid_to=date(2026, 3, 13))
    assert "R9" not in codes(case, investigator)
    Indicator.objects.filter(code="R9").update(valid_to=date(2026, 3, 14))
    assert "R9" in codes(case, investigator)
    Indicator.objects.filter(code="R9").update(valid_from=date(2026, 3, 15), valid_to=None)
    assert "R9" not in codes(case, investigator)


def test_spoilt_settings_break_nothing(case: Case, load: Consignment, investigator: User) -> None:
    Indicator.objects.update(settings=["not", "a", "table"])
    assert flag_board.board(case, investigator).raised == ()


def test_the_score_is_explained(case: Case, load: Consignment, investigator: User) -> None:
    dismiss(case, "R9", investigator)
    score = flag_board.score(flag_board.board(case, investigator).raised)
    words = flag_words.explained(score)
    assert words.startswith(f"Red flags weigh {score.total}: {score.standing} flags stand")
    assert "1 dismissed" in words
    assert "what weighs most: " in words


def test_facts_of_a_case_raise_flags_there_only(
    case: Case, firm: Party, investigator: User, stranger: User
) -> None:
    """Another case's papers give the same telephone for another firm: not known here."""
    hidden = earlier_case(stranger, firm)
    kept = Origin("case_document", "Bill", date(2024, 1, 1))
    parties.introduce(
        hidden, NewParty("firm", "Coral Crest", "KE", is_kept=True),
        role=code("party_role", "consignee"), origin=kept,
        facts=[(code("fact_kind", "phone"), "+254 712 345678")], actor=stranger,
    )  # fmt: skip
    assert "P4" not in codes(case, investigator)
    introduce(case, "Rabare Hauliers", "haulier", investigator, phone="0712 345 678")
    assert "P4" in codes(case, investigator)


def test_a_merged_party_is_judged_as_one(
    case: Case, firm: Party, investigator: User, manager: User
) -> None:
    from kyc.diligence import merges

    twin = introduce(case, "Tamarind Reef Export", "notify", investigator, phone="0712 345 678")
    assert "P6" in codes(case, investigator)
    merges.merge(firm, twin, reason="The same people", actor=investigator)
    board = flag_board.board(case, investigator)
    assert [party.pk for party in board.data.parties] == [firm.pk]
    assert "P6" not in every(case, investigator)


def test_one_director_behind_two_firms_is_found_through_the_register(
    case: Case, firm: Party, investigator: User
) -> None:
    lucy = parties.create(kind="person", name="Lucy Wanja Muriuki", actor=investigator)
    coral = parties.create(kind="firm", name="Coral Crest Produce", actor=investigator)
    for one in (firm, coral):
        parties.add_fact(
            one, kind=code("fact_kind", "director"), related_party=lucy, origin=EXTRACT,
            actor=investigator,
        )  # fmt: skip
    earlier_case(investigator, coral)
    (evidence,) = raised(flag_board.board(case, investigator), "P7").evidence
    assert evidence.sentence == "known_through_firm"


def test_a_later_version_that_says_the_same_leaves_the_dismissal(
    case: Case, load: Consignment, investigator: User
) -> None:
    consignments.amend(load, actor=investigator, goods_description="General cargo")
    bills.add_version(load, number="B1", description_of_goods="General cargo", actor=investigator)
    for number in ("D5", "R5"):
        dismiss(case, number, investigator)
    said = {"description_of_goods": "General cargo", "hs_codes": "090240"}
    bills.add_version(load, number="B1", actor=investigator, **said)
    assert not {"D5", "R5"} & codes(case, investigator)


def test_the_trail_of_the_case_tells_of_no_other_case(
    case: Case, firm: Party, investigator: User
) -> None:
    earlier_case(investigator, firm)
    dismiss(case, "R9", investigator)
    flags.restore(dismiss(case, "P14", investigator), actor=investigator)
    rows = AuditEntry.objects.filter(action__startswith="flag.").order_by("pk")
    assert [(row.action, row.detail["indicator"], row.case) for row in rows] == [
        ("flag.dismiss", "R9", case),
        ("flag.dismiss", "P14", None),
        ("flag.restore", "P14", None),
    ]

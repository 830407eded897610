"""Witnesses, statements and admissions: numbers, who may write and see them, corrections."""

from datetime import date

import pytest

from casework import access, clock, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import Admission, Case, Statement, User, Witness
from casework.witnesses import admissions, statements, witnesses
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


def test_numbers_leave_no_gap_for_a_protected_witness(
    case: Case, investigator: User, colleague: User
) -> None:
    witnesses.add(case, name="First", actor=investigator)
    hidden = witnesses.add(case, name="Hidden", is_protected=True, actor=investigator)
    witnesses.add(case, name="Second", actor=investigator)
    seen = Witness.objects.visible_to(colleague)
    assert [row.label for row in seen] == ["W1", "W2"]
    assert hidden.label == "X1"
    assert Witness.objects.visible_to(investigator).count() == 3


def test_a_witness_protected_later_takes_a_number_of_the_other_series(
    case: Case, investigator: User, colleague: User
) -> None:
    witness = witnesses.add(case, name="First", actor=investigator)
    statements.record(
        case, witness=witness, text="I saw it.", taken_on=clock.today(), actor=investigator
    )
    witnesses.protect(witness, actor=investigator)
    assert witness.label == "X1"
    assert not Witness.objects.visible_to(colleague).exists()
    assert not Statement.objects.visible_to(colleague).exists()
    with pytest.raises(NotAllowed):
        witnesses.change(witness, name="Else", actor=colleague)


def test_who_does_not_see_protected_witnesses_adds_none(case: Case, colleague: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        witnesses.add(case, name="Hidden", is_protected=True, actor=colleague)
    assert refused.value.field == "is_protected"
    assert not Witness.objects.exists()


def test_readers_and_custodians_write_no_witness(
    case: Case, custodian: User, prosecutor: User
) -> None:
    with pytest.raises(NotAllowed):
        witnesses.add(case, name="First", actor=custodian)
    assert witnesses.add(case, name="First", actor=prosecutor).number == 1


def test_dropping_needs_its_reason_and_can_be_undone(case: Case, investigator: User) -> None:
    witness = witnesses.add(case, name="First", actor=investigator)
    with pytest.raises(RuleBroken):
        witnesses.drop(witness, why=" ", actor=investigator)
    witnesses.drop(witness, why="Says the same as W2", actor=investigator)
    assert witness.is_dropped
    witnesses.call_again(witness, actor=investigator)
    assert not witness.is_dropped
    assert witness.history.count() == 3


def test_only_a_mistake_can_be_removed(case: Case, investigator: User) -> None:
    mistake, other = (witnesses.add(case, name=n, actor=investigator) for n in ("A", "B"))
    witnesses.remove(mistake, actor=investigator)
    assert list(Witness.objects.all()) == [other]
    statements.record(case, witness=other, text="x", taken_on=clock.today(), actor=investigator)
    with pytest.raises(RuleBroken, match="will not be called"):
        witnesses.remove(other, actor=investigator)


def test_a_replaced_statement_no_longer_counts_and_stays_on_record(
    case: Case, investigator: User
) -> None:
    witness = witnesses.add(case, name="First", actor=investigator)
    first = statements.record(
        case, witness=witness, text="Red lorry", taken_on=date(2024, 3, 1), actor=investigator
    )
    second = statements.replace(
        first, text="White lorry", correction="Misheard", actor=investigator
    )
    assert list(Statement.objects.standing()) == [second]
    assert second.taken_on == first.taken_on
    with pytest.raises(RuleBroken, match="replaced already"):
        statements.take_back(first, correction="Twice", actor=investigator)
    statements.take_back(second, correction="Another witness", actor=investigator)
    assert not Statement.objects.standing().exists()
    assert Statement.objects.count() == 3


def test_a_translation_names_its_translator(case: Case, investigator: User) -> None:
    witness = witnesses.add(case, name="First", language="Swahili", actor=investigator)
    said = statements.record(
        case, witness=witness, text="Niliona", language="Swahili", taken_on=clock.today(),
        actor=investigator,
    )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        statements.translate(said, language="English", translator="", text="I saw",
                             actor=investigator)  # fmt: skip
    assert refused.value.field == "translator"
    made = statements.translate(
        said, language="English", translator="R. Mwende", text="I saw", actor=investigator
    )
    assert made.translation_of == said


def test_a_statement_needs_words_or_a_paper_and_its_own_case(
    case: Case, investigator: User
) -> None:
    witness = witnesses.add(case, name="First", actor=investigator)
    with pytest.raises(RuleBroken) as refused:
        statements.record(case, witness=witness, taken_on=clock.today(), actor=investigator)
    assert refused.value.field == "text"
    other = stories.seized(Pair(investigator, investigator))
    with pytest.raises(RuleBroken):
        statements.record(
            other, witness=witness, text="x", taken_on=clock.today(), actor=investigator
        )


def test_a_sensitive_statement_is_for_the_trusted(
    case: Case, investigator: User, colleague: User
) -> None:
    witness = witnesses.add(case, name="First", actor=investigator)
    statements.record(
        case, witness=witness, text="x", is_sensitive=True, taken_on=clock.today(),
        actor=investigator,
    )  # fmt: skip
    assert not Statement.objects.visible_to(colleague).exists()
    access.require(colleague, case, roles.VIEW)
    assert not Statement.objects.of_case(case).exists()


def test_an_admission_is_replaced_or_taken_back(investigator: User, prosecutor: User) -> None:
    charge = stories.charged(Pair(investigator, prosecutor))[0]
    first = admissions.record(
        charge.accused, what="He drove the lorry.", made_on=date(2020, 4, 1), actor=prosecutor
    )
    second = admissions.replace(
        first, what="He drove the lorry on 2 March.", made_on=date(2020, 4, 1),
        correction="Which day", actor=prosecutor,
    )  # fmt: skip
    assert list(Admission.objects.standing()) == [second]
    admissions.take_back(second, correction="No longer agreed", actor=prosecutor)
    assert not Admission.objects.standing().exists()
    with pytest.raises(NotAllowed):
        admissions.record(charge.accused, what="x", made_on=date(2020, 4, 1), actor=investigator)

"""An exhibit's life in court: the order of its acts, corrections, several courts, a day at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from casework import access
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import Case, Proceeding, User, Witness
from casework.witnesses import witnesses
from evidence import custody
from evidence.in_court import life, marks, order
from evidence.in_court.marks import Entry
from evidence.models import CourtMark, Exhibit
from tests.casework import court_stories as court
from tests.evidence.acts import text, tusks

DAY = date(2020, 5, 4)
ACTS = [kind.value for kind in CourtMark.Kind]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> court.Pair:
    return court.Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: court.Pair) -> Proceeding:
    return court.opened(court.accepted(court.seized(pair), pair), pair)


@pytest.fixture
def exhibit(trial: Proceeding, investigator: User) -> Exhibit:
    return tusks(trial.case, investigator)


@pytest.fixture
def witness(trial: Proceeding, prosecutor: User) -> Witness:
    return witnesses.add(trial.case, name="Salim Mwero", actor=prosecutor)


def act(exhibit: Exhibit, trial: Proceeding, kind: str, actor: User, **fields: Any) -> CourtMark:
    given_ = {"happened_on": DAY} | fields
    return marks.record(exhibit, proceeding=trial, kind=kind, actor=actor, **given_)


def taken(exhibit: Exhibit, trial: Proceeding, witness: Witness, actor: User) -> CourtMark:
    act(exhibit, trial, "marked", actor, court_number="MFI 1")
    act(exhibit, trial, "produced", actor, witness=witness)
    return act(exhibit, trial, "admitted", actor, court_number="P1")


def test_marked_produced_and_taken_in_evidence(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User
) -> None:
    taken(exhibit, trial, witness, prosecutor)
    (row,) = life.of_proceeding(trial, prosecutor)
    assert (row.number, row.produced_by, row.mark) == ("P1", [witness], "full")


@pytest.mark.parametrize("kind", ["admitted", "refused", "released"])
def test_nothing_is_ruled_on_before_a_witness_produced_it(
    kind: str, exhibit: Exhibit, trial: Proceeding, prosecutor: User
) -> None:
    with pytest.raises(RuleBroken) as caught:
        act(exhibit, trial, kind, prosecutor, court_number="P1", ruling="No")
    assert caught.value.field == "kind"


@pytest.mark.parametrize(
    ("kind", "field"), [("produced", "witness"), ("admitted", "court_number"),
                        ("refused", "ruling")],
)  # fmt: skip
def test_each_act_says_what_it_needs(
    kind: str, field: str, exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User
) -> None:
    if kind != "produced":
        act(exhibit, trial, "produced", prosecutor, witness=witness)
    with pytest.raises(RuleBroken) as caught:
        act(exhibit, trial, kind, prosecutor)
    assert caught.value.field == field


def test_what_is_refused_may_be_offered_again_and_what_is_taken_is_not_ruled_on_twice(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User
) -> None:
    act(exhibit, trial, "produced", prosecutor, witness=witness)
    act(exhibit, trial, "refused", prosecutor, ruling="No certificate")
    act(exhibit, trial, "produced", prosecutor, witness=witness)
    act(exhibit, trial, "admitted", prosecutor, court_number="P4")
    act(exhibit, trial, "produced", prosecutor, witness=witness)
    with pytest.raises(RuleBroken):
        act(exhibit, trial, "refused", prosecutor, ruling="Second thoughts")
    act(exhibit, trial, "released", prosecutor)


def test_a_number_names_one_exhibit_of_a_court_file(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User, investigator: User
) -> None:
    taken(exhibit, trial, witness, prosecutor)
    other = tusks(trial.case, investigator)
    act(other, trial, "produced", prosecutor, witness=witness)
    with pytest.raises(RuleBroken, match=f"p1 is {exhibit.label}"):
        act(other, trial, "admitted", prosecutor, court_number="p1")


def test_each_court_has_its_own_line(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User, pair: court.Pair
) -> None:
    taken(exhibit, trial, witness, prosecutor)
    severed = court.opened(trial.case, pair, number="CR 77/2020")
    act(exhibit, severed, "marked", prosecutor, court_number="MFI 9")
    with pytest.raises(RuleBroken):
        act(exhibit, severed, "admitted", prosecutor, court_number="P1")
    assert [row.number for row in life.of_proceeding(severed, prosecutor)] == ["MFI 9"]


def test_a_correction_stands_in_its_place_and_both_rows_stay(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User
) -> None:
    mark = taken(exhibit, trial, witness, prosecutor)
    new = marks.correct(mark, court_number="P2", correction="Misread", actor=prosecutor)
    assert (new.supersedes, CourtMark.objects.count()) == (mark, 4)
    assert life.of_proceeding(trial, prosecutor)[0].number == "P2"
    with pytest.raises(Conflict):
        marks.correct(mark, court_number="P3", correction="Again", actor=prosecutor)


def test_what_others_rest_on_is_not_taken_back(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User
) -> None:
    ruling = taken(exhibit, trial, witness, prosecutor)
    produced = CourtMark.objects.get(kind="produced")
    with pytest.raises(RuleBroken, match="would rest on nothing"):
        marks.take_back(produced, correction="Another day", actor=prosecutor)
    later = DAY + timedelta(days=3)
    with pytest.raises(RuleBroken, match="would rest on nothing"):
        marks.correct(produced, happened_on=later, correction="Later", actor=prosecutor)
    marks.take_back(ruling, correction="Adjourned before the ruling", actor=prosecutor)
    marks.take_back(produced, correction="Another day", actor=prosecutor)
    assert life.of_proceeding(trial, prosecutor)[0].last.kind == "marked"


def test_only_who_prosecutes_records(
    exhibit: Exhibit, trial: Proceeding, investigator: User
) -> None:
    with pytest.raises(NotAllowed):
        act(exhibit, trial, "marked", investigator)


def test_a_day_is_recorded_whole_or_not_at_all(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User, investigator: User
) -> None:
    other = tusks(trial.case, investigator)
    good = Entry(exhibit=exhibit, kind="produced", witness=witness)
    with pytest.raises(RuleBroken) as caught:
        marks.record_all(trial, [good, Entry(exhibit=other, kind="admitted", court_number="P2")],
                         happened_on=DAY, actor=prosecutor)  # fmt: skip
    assert getattr(caught.value, "position", None) == 1
    assert not CourtMark.objects.exists()


def test_the_grid_records_a_day_and_says_which_line_is_wrong(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User, sign_in: Any,
    investigator: User,
) -> None:  # fmt: skip
    other = tusks(trial.case, investigator)
    browser: Client = sign_in(prosecutor)
    url = f"/cases/{trial.case.reference}/proceedings/{trial.pk}/exhibits/"
    typed = {"happened_on": str(DAY), f"e{exhibit.pk}-kind": "produced"}
    page = text(browser.post(f"{url}record/", typed))
    assert "Say which witness produced it" in page
    typed |= {f"e{exhibit.pk}-witness": str(witness.pk), f"e{other.pk}-kind": "marked",
              f"e{other.pk}-court_number": "MFI 2"}  # fmt: skip
    assert browser.post(f"{url}record/", typed).status_code == 302
    page = text(browser.get(url))
    assert "MFI 2" in page
    assert "Salim Mwero" in page


def test_the_page_of_the_exhibit_tells_both_records_apart(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User, sign_in: Any,
    investigator: User,
) -> None:  # fmt: skip
    act(exhibit, trial, "produced", prosecutor, witness=witness)
    browser: Client = sign_in(prosecutor)
    url = f"/cases/{trial.case.reference}/exhibits/{exhibit.label}/"
    assert "the chain of custody names no production that day" in text(browser.get(url))
    custody.produce(exhibit, place="Court 2", actor=investigator)
    assert "What the court did with it that day is not on record" in text(browser.get(url))
    typed = {"proceeding": trial.pk, "happened_on": str(DAY), "kind": "admitted",
             "court_number": "P1"}  # fmt: skip
    assert browser.post(f"{url}court/add/", typed).status_code == 302
    mark = CourtMark.objects.get(kind="admitted")
    typed |= {"court_number": "P11", "correction": "Misread"}
    assert browser.post(f"{url}court/{mark.pk}/correct/", typed).status_code == 302
    assert "P11" in text(browser.get(url))
    mark = CourtMark.objects.get(court_number="P11")
    gone = browser.post(f"{url}court/{mark.pk}/take-back/", {"correction": "Not ruled on"})
    assert gone.status_code == 302
    assert browser.get(f"{url}court/{mark.pk}/correct/").status_code == 404


def test_a_protected_witness_and_a_restricted_exhibit_show_no_act_to_others(
    exhibit: Exhibit, trial: Proceeding, prosecutor: User, custodian: User, investigator: User
) -> None:
    access.grant(trial.case, role="custodian", to=custodian, actor=investigator, reason="Keeps")
    hidden = witnesses.add(trial.case, name="X", is_protected=True, actor=prosecutor)
    act(exhibit, trial, "produced", prosecutor, witness=hidden)
    assert life.of_proceeding(trial, custodian) == []
    assert len(life.of_proceeding(trial, prosecutor)) == 1


def test_what_was_corrected_to_a_protected_witness_is_not_told_as_it_was(
    exhibit: Exhibit, trial: Proceeding, witness: Witness, prosecutor: User, custodian: User,
    investigator: User,
) -> None:  # fmt: skip
    access.grant(trial.case, role="custodian", to=custodian, actor=investigator, reason="Keeps")
    made = act(exhibit, trial, "produced", prosecutor, witness=witness)
    hidden = witnesses.add(trial.case, name="X", is_protected=True, actor=prosecutor)
    marks.correct(
        made, kind="produced", happened_on=DAY, witness=hidden, correction="Misheard",
        actor=prosecutor,
    )  # fmt: skip
    assert life.of_proceeding(trial, custodian) == []
    assert len(life.of_proceeding(trial, prosecutor)) == 1


@given(st.lists(st.sampled_from(ACTS), max_size=8))
def test_a_line_without_fault_has_a_production_before_each_ruling(acts: list[str]) -> None:
    fault = order.first_fault(acts)
    if fault is not None:
        assert order.first_fault(acts[:fault]) is None
        return
    for place, kind in enumerate(acts):
        since = acts[:place]
        if "released" in since:
            since = since[len(since) - since[::-1].index("released") :]
        if kind in ("admitted", "refused"):
            assert since[-1] == "produced"
            assert "admitted" not in since


def test_a_case_of_the_other_kind(case: Case, trial: Proceeding, prosecutor: User) -> None:
    """A witness of another case produced nothing here."""
    exhibit = tusks(trial.case, trial.case.lead_officer)
    stranger = witnesses.add(case, name="Zuri", actor=prosecutor)
    with pytest.raises(RuleBroken) as caught:
        act(exhibit, trial, "produced", prosecutor, witness=stranger)
    assert caught.value.field == "witness"

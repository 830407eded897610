"""The sentence on a count: passed, warned of, corrected, fallen on appeal, paid and served."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework import charges, clock, outcomes, proceedings
from casework.errors import NotAllowed, RuleBroken
from casework.models import Accused, Charge, Outcome, Sentence, User
from casework.sentencing import corrections, events, sentences, sums
from casework.sentencing.term_words import words
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

DAY = stories.DECIDED


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


def convicted(pair: Pair, *, counts: int = 1) -> list[Charge]:
    """One accused, convicted on a plea of guilty on so many counts."""
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    accused = stories.accuse(case, pair, "Benson Tsofa")
    found = [stories.count_in(trial, accused, pair)[0] for _ in range(counts)]
    stories.file_sheet(trial, pair)
    stories.plead(found, pair, plea="guilty")
    stories.decide(dict.fromkeys(found, "convicted_plea"), pair)
    return found


def outcome_of(charge: Charge) -> Outcome:
    found: Outcome = charge.outcomes.current().select_related("proceeding__case").get()
    return found


def passed(charge: Charge, pair: Pair, **values: Any) -> Sentence:
    return outcomes.sentence(outcome_of(charge), actor=pair.prosecutor, **values)


def address(charge: Charge, rest: str = "") -> str:
    case = charge.count.charge_sheet.proceeding.case
    return f"/cases/{case.reference}/charges/{charge.pk}/sentence/{rest}"


def plain(text: str) -> str:
    """Days are written with a space that does not break."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def told(accused: Accused) -> str:
    (found,) = sums.of_accused([accused])
    return plain(" ".join(found.words))


def test_terms_one_after_another_add_up_in_words(pair: Pair) -> None:
    first, second = convicted(pair, counts=2)
    one = passed(first, pair, imprisonment_days=5 * 365, credited_days=100)
    two = passed(second, pair, imprisonment_days=2 * 365, runs="consecutive", after=one)
    assert words(two) == "Imprisonment for 2 years, after that on count 1"
    assert told(first.accused).startswith(
        "Imprisonment for 7 years in all. 100 days in remand count: 2,455 days to serve. "
        "From 1 Jun 2021 to "
    )


def test_what_the_court_did_not_say_is_told_as_open(pair: Pair) -> None:
    first, second = convicted(pair, counts=2)
    for charge, years in ((first, 5), (second, 2)):
        passed(charge, pair, imprisonment_days=years * 365)
    assert "5 years if the terms run together, 7 years if one after another" in told(first.accused)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"fine": 5, "runs": "concurrent"}, "runs"),
        ({"fine": 5, "credited_days": 3}, "credited_days"),
        ({"imprisonment_days": 10, "credited_days": 11}, "credited_days"),
        ({"imprisonment_days": 5, "is_life": True}, "is_life"),
        ({}, "imprisonment_days"),
    ],
)
def test_what_no_court_can_have_said_is_refused(
    pair: Pair, values: dict[str, Any], field: str
) -> None:
    (charge,) = convicted(pair)
    with pytest.raises(RuleBroken) as refused:
        passed(charge, pair, **values)
    assert refused.value.field == field


def test_no_term_runs_after_itself_and_none_after_somebody_else_s(pair: Pair) -> None:
    first, second = convicted(pair, counts=2)
    one = passed(first, pair, imprisonment_days=100)
    two = passed(second, pair, imprisonment_days=100, runs="consecutive", after=one)
    with pytest.raises(RuleBroken, match="after this one already"):
        corrections.correct(
            one, why="Read wrongly", actor=pair.prosecutor, imprisonment_days=100,
            runs="consecutive", after=two,
        )  # fmt: skip
    (other,) = convicted(pair)
    with pytest.raises(RuleBroken, match="same accused"):
        passed(other, pair, imprisonment_days=100, runs="consecutive", after=one)


def test_a_sentence_the_law_does_not_know_is_recorded_once_the_court_is_said_to_have_ordered_it(
    pair: Pair, client: Client
) -> None:
    (charge,) = convicted(pair)
    client.force_login(pair.prosecutor)
    typed = {"fine": "3", "currency": "KES", "runs": ""}
    answer = client.post(address(charge, "new/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The court ordered it so" in page
    assert not Sentence.objects.exists()
    codes = [row.code for row in sentences.warnings(charge, {"fine": 3})]
    assert client.post(address(charge, "new/"), {**typed, "ordered_so": "odd"}).status_code == 200
    answer = client.post(address(charge, "new/"), {**typed, "ordered_so": " ".join(codes)})
    assert answer.status_code == 302
    assert Sentence.objects.get().fine == 3


def test_a_wrong_record_is_corrected_and_what_was_paid_stays(pair: Pair, client: Client) -> None:
    (charge,) = convicted(pair)
    row = passed(charge, pair, fine=2_000_000, default_days=365)
    events.record(row, kind="paid", happened_on=DAY, amount=500_000, actor=pair.prosecutor)
    client.force_login(pair.prosecutor)
    typed = {"fine": "3000000", "currency": "KES", "default_days": "365", "runs": "",
             "correction": "A digit was misread"}  # fmt: skip
    codes = " ".join(w.code for w in sentences.warnings(charge, {"fine": 3_000_000}))
    answer = client.post(address(charge, "correct/"), {**typed, "ordered_so": codes})
    assert answer.status_code == 302
    page = client.get(address(charge)).content.decode()
    assert "KES 2,500,000" in page  # what is owed
    assert "<s><bdi>Fine of KES 2,000,000" in page
    with pytest.raises(RuleBroken, match="A later entry stands"):
        corrections.correct(row, why="Again", actor=pair.prosecutor, fine=1)
    assert "Fines of KES 3,000,000. KES 2,500,000 is not paid." in told(charge.accused)


def test_a_sentence_falls_with_the_conviction_that_an_appeal_quashes(
    pair: Pair, client: Client
) -> None:
    (charge,) = convicted(pair)
    passed(charge, pair, imprisonment_days=5 * 365)
    appeal = stories.appeal(charge.count.charge_sheet.proceeding, pair)
    stories.decide_appeal(appeal, {charge: "quashed"}, pair)
    assert sums.of_accused([charge.accused]) == []
    client.force_login(pair.investigator)
    page = client.get(address(charge)).content.decode()
    assert "No sentence stands on this count" in page
    assert "Imprisonment for 5 years" in page
    trial = client.get(
        f"/cases/{charge.accused.case.reference}/proceedings/"
        f"{charge.count.charge_sheet.proceeding_id}/"
    ).content.decode()
    assert '<small class="struck">Imprisonment for 5 years' in trial


def test_a_fine_is_paid_in_parts_and_never_more_than_is_owed(pair: Pair) -> None:
    (charge,) = convicted(pair)
    row = passed(charge, pair, fine=100, default_days=30)
    for amount in (60, 40):
        events.record(
            row, kind="paid", happened_on=DAY, amount=amount, receipt="R 1", actor=pair.prosecutor
        )
    with pytest.raises(RuleBroken, match="Nothing is owed any more"):
        events.record(row, kind="paid", happened_on=DAY, amount=1, actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="nothing is owed"):
        events.record(row, kind="default", happened_on=DAY, actor=pair.prosecutor)
    assert sums.of_charge(row).state == ("full", "Fine paid")
    assert told(charge.accused) == "Fines of KES 100. Nothing is owed."


def test_a_payment_recorded_wrongly_is_corrected_or_taken_back_once(pair: Pair) -> None:
    (charge,) = convicted(pair)
    row = passed(charge, pair, fine=100, default_days=30)
    paid = events.record(row, kind="paid", happened_on=DAY, amount=60, actor=pair.prosecutor)
    right = events.correct(paid, why="Six, not sixty", amount=6, actor=pair.prosecutor)
    assert sums.of_charge(row).standing.owed == 94
    with pytest.raises(RuleBroken, match="A later entry stands"):
        events.take_back(paid, why="Again", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="what was wrong"):
        events.take_back(right, why=" ", actor=pair.prosecutor)
    events.take_back(right, why="Of another case", actor=pair.prosecutor)
    assert sums.of_charge(row).standing.owed == 100


def test_a_term_is_served_from_its_beginning_to_its_release(pair: Pair) -> None:
    (charge,) = convicted(pair)
    row = passed(charge, pair, imprisonment_days=100)
    with pytest.raises(RuleBroken, match="No term has begun"):
        events.record(row, kind="released", happened_on=DAY, actor=pair.prosecutor)
    for kind, days in (("begun", 0), ("released", 60)):
        day = DAY + timedelta(days=days)
        events.record(row, kind=kind, happened_on=day, actor=pair.prosecutor)
    assert plain(sums.of_charge(row).state[1]) == "Released 31 Jul 2021"
    with pytest.raises(RuleBroken, match="before the sentence"):
        events.record(row, kind="begun", happened_on=DAY - timedelta(days=1), actor=pair.prosecutor)


def test_the_pages_of_a_sentence_take_a_payment_and_a_correction(
    pair: Pair, client: Client
) -> None:
    (charge,) = convicted(pair)
    passed(charge, pair, fine=100, default_days=30)
    client.force_login(pair.prosecutor)
    typed = {"kind": "paid", "happened_on": str(DAY), "amount": "150", "receipt": "<i>R</i>"}
    assert client.post(address(charge, "events/"), typed).status_code == 200  # more than owed
    answer = client.post(address(charge, "events/"), {**typed, "amount": "50"})
    assert answer.status_code == 302
    (event,) = events.of_charge(charge)
    page = client.get(address(charge)).content.decode()
    assert "&lt;i&gt;R" in page
    wrong = {**typed, "amount": "70", "correction": "Misread"}
    assert client.post(address(charge, f"events/{event.pk}/correct/"), wrong).status_code == 302
    assert client.get(address(charge, f"events/{event.pk}/correct/")).status_code == 404
    (last,) = events.of_charge(charge)
    gone = client.post(address(charge, f"events/{last.pk}/withdraw/"), {"correction": "Not paid"})
    assert gone.status_code == 302
    assert events.of_charge(charge) == []


def test_who_does_not_prosecute_reads_and_does_not_write(
    pair: Pair, auditor: User, outsider: User, client: Client
) -> None:
    (charge,) = convicted(pair)
    row = passed(charge, pair, fine=100)
    with pytest.raises(NotAllowed):
        events.record(row, kind="paid", happened_on=DAY, amount=1, actor=pair.investigator)
    client.force_login(auditor)
    assert client.get(address(charge)).status_code == 200
    assert client.get(address(charge, "events/")).status_code == 403
    client.force_login(outsider)
    assert client.get(address(charge)).status_code == 404


def test_the_retrial_s_sentence_is_the_one_in_force(pair: Pair) -> None:
    (charge,) = convicted(pair)
    first = passed(charge, pair, imprisonment_days=100)
    events.record(first, kind="begun", happened_on=DAY, actor=pair.prosecutor)
    appeal = stories.appeal(charge.count.charge_sheet.proceeding, pair)
    stories.decide_appeal(appeal, {charge: "retrial"}, pair)
    assert sums.of_accused([charge.accused]) == []
    again = proceedings.open_proceeding(
        charge.accused.case, kind="retrial", court=stories.court(), number="CR 2/2022",
        opened_on=clock.today(), actor=pair.prosecutor,
    )  # fmt: skip
    charges.enter_pleas(
        again, pleas={charge: "guilty"}, entered_on=clock.today(), actor=pair.prosecutor
    )
    outcomes.decide(
        again, decisions={charge: "convicted_plea"}, decided_on=clock.today(),
        actor=pair.prosecutor,
    )  # fmt: skip
    second = passed(charge, pair, imprisonment_days=40)
    assert sums.of_charge(second).state[1] == "Beginning of the term not recorded"
    assert told(charge.accused).startswith("Imprisonment for 40 days in all.")


def test_a_release_keeps_the_beginning_that_it_rests_on(pair: Pair) -> None:
    (charge,) = convicted(pair)
    row = passed(charge, pair, imprisonment_days=300)
    begun = events.record(row, kind="begun", happened_on=DAY, actor=pair.prosecutor)
    events.record(
        row, kind="released", happened_on=DAY + timedelta(days=90), actor=pair.prosecutor
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="release"):
        events.take_back(begun, why="Never happened", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="release"):
        events.correct(
            begun, why="Misread", happened_on=DAY + timedelta(days=100), actor=pair.prosecutor
        )
    events.correct(begun, why="Misread", happened_on=DAY + timedelta(days=1), actor=pair.prosecutor)

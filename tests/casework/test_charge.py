"""The charge sheet's pages: drafting, the law of the day, filing, pleas and decisions in a grid."""

from typing import Any

import pytest
from django.test import Client

from casework import charges, reference
from casework.models import Charge, Count, Outcome, Plea, Proceeding, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    """A draft with two accused and no count."""
    case = stories.accepted(stories.seized(pair), pair)
    stories.accuse(case, pair, "Benson Tsofa", "Lucy Muriuki")
    return stories.opened(case, pair)


@pytest.fixture
def browser(pair: Pair, client: Client) -> Client:
    client.force_login(pair.prosecutor)
    return client


def at(trial: Proceeding, page: str = "") -> str:
    return f"/cases/{trial.case.reference}/proceedings/{trial.pk}/{page}"


def count(trial: Proceeding, **changes: Any) -> dict[str, Any]:
    accused = list(trial.case.accused.values_list("pk", flat=True))
    return {
        "offence_on": "2020-03-02", "provision": stories.provision().pk, "accused": accused,
        "particulars": "Had 24 tusks.", **changes,
    }  # fmt: skip


def test_a_count_takes_the_words_of_its_provision(trial: Proceeding, browser: Client) -> None:
    browser.post(at(trial, "charge-sheet/counts/new/"), count(trial))
    made = Count.objects.get()
    assert made.offence == stories.provision().offence
    assert made.charges.count() == 2


def test_a_count_names_its_species_on_the_same_page(trial: Proceeding, browser: Client) -> None:
    page = at(trial, "charge-sheet/counts/new/")
    refused = browser.post(page, count(trial, taxon="Loxodonta imaginata")).content.decode()
    assert "This species is not in the list." in refused
    browser.post(page, count(trial, taxon="Loxodonta africana"))
    assert str(Count.objects.get().taxon) == str(reference.find_taxon("Loxodonta africana"))
    form = browser.get(at(trial, "charge-sheet/counts/1/")).content.decode()
    assert 'value="Loxodonta africana"' in form


def test_asking_for_the_law_of_another_day_keeps_what_was_typed(
    trial: Proceeding, browser: Client
) -> None:
    page = at(trial, "charge-sheet/counts/new/")
    posted = count(trial, offence_on="2017-05-01", particulars="<u>kept</u>", law="1")
    answer = browser.post(page, posted)
    sections = {row.section for row in answer.context["form"].fields["provision"].queryset}
    assert "92" in sections
    assert "92(4)" not in sections
    assert "&lt;u&gt;kept" in answer.content.decode()
    assert not Count.objects.exists()


def test_a_provision_of_another_time_is_refused(trial: Proceeding, browser: Client) -> None:
    answer = browser.post(
        at(trial, "charge-sheet/counts/new/"), count(trial, offence_on="2017-05-01")
    )
    assert answer.context["form"].errors["provision"]
    assert not Count.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("offence_on", "2999-01-01"), ("offence_until", "2020-01-01"), ("accused", []),
     ("accused", ["999999"]), ("accused", ["9" * 20]), ("particulars", ""), ("provision", "x"),
     ("offence", "x" * 301)],
)  # fmt: skip
def test_a_wrong_count_is_answered_beside_its_field(
    trial: Proceeding, browser: Client, field: str, value: object
) -> None:
    answer = browser.post(at(trial, "charge-sheet/counts/new/"), count(trial, **{field: value}))
    assert answer.context["form"].errors[field]
    assert not Count.objects.exists()


def test_a_draft_changes_and_renumbers(trial: Proceeding, pair: Pair, browser: Client) -> None:
    people = list(trial.case.accused.all())
    stories.count_in(trial, people, pair)
    stories.count_in(trial, people[:1], pair)
    changed = count(trial, accused=[people[1].pk], particulars="Other words")
    browser.post(at(trial, "charge-sheet/counts/2/"), changed)
    second = Count.objects.get(number=2)
    assert [charge.accused for charge in second.charges.all()] == [people[1]]
    browser.post(at(trial, "charge-sheet/counts/1/remove/"))
    second.refresh_from_db()
    assert second.number == 1


def test_an_empty_sheet_is_not_filed(trial: Proceeding, browser: Client) -> None:
    answer = browser.post(at(trial, "charge-sheet/file/"), {"filed_on": "2020-03-12"})
    assert "Add a count first" in answer.content.decode()


def test_from_the_filing_to_the_verdict_through_the_pages(
    trial: Proceeding, pair: Pair, browser: Client
) -> None:
    one, two = stories.count_in(trial, list(trial.case.accused.all()), pair)
    filed = {"filed_on": "2020-03-12", "despite": "The evidence is on paper."}
    browser.post(at(trial, "charge-sheet/file/"), filed)
    field = charges.field_of
    browser.post(
        at(trial, "pleas/"),
        {"entered_on": "2020-03-16", field(one): "guilty", field(two): "not_guilty"},
    )
    assert Plea.objects.count() == 2
    refused = browser.post(
        at(trial, "decisions/"),
        {"decided_on": "2021-06-01", field(one): "convicted_trial", field(two): "convicted_plea",
         "reason": "typed"},
    )  # fmt: skip
    assert refused.context["form"].errors[field(two)]
    assert "typed" in refused.content.decode()
    assert not Outcome.objects.exists()
    browser.post(
        at(trial, "decisions/"),
        {"decided_on": "2021-06-01", field(one): "convicted_plea", field(two): "acquitted"},
    )
    page = browser.get(at(trial)).content.decode()
    assert "Convicted on a plea of guilty" in page
    sentence = f"/cases/{trial.case.reference}/charges/{one.pk}/sentence/new/"
    browser.post(sentence, {"fine": "3000000", "default_days": "365", "currency": "KES"})
    assert "Fine of KES 3,000,000, in default 1 year" in browser.get(at(trial)).content.decode()


def test_an_appeal_and_a_correction_through_the_pages(pair: Pair, browser: Client) -> None:
    (charge,) = stories.charged(pair)
    trial = charge.count.charge_sheet.proceeding
    stories.decide({charge: "convicted_trial"}, pair)
    brought = stories.appeal(trial, pair)
    field = charges.field_of(charge)
    browser.post(at(brought, "decisions/"), {"decided_on": "2022-02-01", field: "quashed"})
    assert _stands(charge) == Outcome.Decision.ACQUITTED
    page = browser.get(at(trial)).content.decode()
    assert "Convicted after trial" in page  # struck, but on record
    correct = f"/cases/{trial.case.reference}/charges/{charge.pk}/correct/"
    browser.post(
        correct, {"decision": "retrial", "decided_on": "2022-02-01", "reason": "Read it again"}
    )
    assert _stands(charge) == Outcome.Decision.RETRIAL


def _stands(charge: Charge) -> str:
    decision: str = charge.outcomes.current().get().decision
    return decision


def test_a_tampered_grid_enters_nothing(trial: Proceeding, pair: Pair, browser: Client) -> None:
    """A charge of another trial, and a decision that no trial makes."""
    one, _two = stories.count_in(trial, list(trial.case.accused.all()), pair)
    stories.file_sheet(trial, pair)
    (foreign,) = stories.charged(pair)
    posted = {
        "decided_on": "2021-06-01", charges.field_of(foreign): "withdrawn",
        charges.field_of(one): "retrial",
    }  # fmt: skip
    answer = browser.post(at(trial, "decisions/"), posted)
    assert answer.context["form"].errors[charges.field_of(one)]
    assert not Outcome.objects.exists()


def test_the_choice_for_all_changes_no_plea_that_is_on_record(
    trial: Proceeding, pair: Pair, browser: Client
) -> None:
    one, two = stories.count_in(trial, list(trial.case.accused.all()), pair)
    stories.file_sheet(trial, pair)
    posted = {"entered_on": "2020-03-16", charges.field_of(two): "guilty"}
    browser.post(at(trial, "pleas/"), posted)
    browser.post(at(trial, "pleas/"), {"entered_on": "2020-03-17", "others": "not_guilty"})
    assert one.pleas.get().plea == Plea.Kind.NOT_GUILTY
    assert two.pleas.get().plea == Plea.Kind.GUILTY


def test_one_choice_for_all_that_are_left_empty(
    trial: Proceeding, pair: Pair, browser: Client
) -> None:
    one, two = stories.count_in(trial, list(trial.case.accused.all()), pair)
    stories.file_sheet(trial, pair)
    field = charges.field_of
    browser.post(
        at(trial, "pleas/"),
        {"entered_on": "2020-03-16", field(two): "guilty", "others": "not_guilty"},
    )
    assert one.pleas.get().plea == Plea.Kind.NOT_GUILTY
    assert two.pleas.get().plea == Plea.Kind.GUILTY
    posted = {"decided_on": "2021-06-01", "others": "acquitted", field(two): "convicted_plea"}
    browser.post(at(trial, "decisions/"), posted)
    assert (_stands(one), _stands(two)) == ("acquitted", "convicted_plea")
    again = browser.post(at(trial, "decisions/"), {"decided_on": "2021-06-01", "others": "retrial"})
    assert again.context["form"].errors["others"]


def test_a_filed_sheet_leads_to_its_amendment_while_the_charges_are_open(
    trial: Proceeding, pair: Pair, browser: Client
) -> None:
    found = stories.count_in(trial, list(trial.case.accused.all()), pair)
    page, link = at(trial, "charge-sheet/"), at(trial, "charge-sheet/amend/")
    assert link not in browser.get(page).content.decode()
    stories.file_sheet(trial, pair)
    assert link in browser.get(page).content.decode()
    stories.plead(found, pair)
    stories.step(trial, "opened", pair)
    stories.decide(dict.fromkeys(found, "acquitted"), pair)
    assert link not in browser.get(page).content.decode()

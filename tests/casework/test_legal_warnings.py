"""What the law of the day says against a count or a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework import charges, clock
from casework.errors import RuleBroken
from casework.legal import rows, warnings
from casework.legal.kinds import PROVISIONS
from casework.legal.warnings import Warning
from casework.models import Count, Listing, Provision, Taxon, User
from tests.casework import court_stories
from tests.casework.court_stories import Pair

pytestmark = pytest.mark.django_db
WILDLIFE = "Wildlife Conservation and Management Act, 2013"


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def count(pair: Pair) -> Count:
    """A filed count under s. 92(4) of possessing tusks of an elephant."""
    found = court_stories.charged(pair)[0].count
    found.taxon = taxon("Loxodonta africana")
    found.save()
    return Count.objects.get(pk=found.pk)


def taxon(name: str) -> Taxon:
    return Taxon.objects.get(scientific_name=name)


def provision(section: str) -> Provision:
    return Provision.objects.get(statute=WILDLIFE, section=section)


def codes(found: list[Warning]) -> list[str]:
    return [one.code for one in found]


def of(count: Count, **values: Any) -> list[str]:
    for name, value in values.items():
        setattr(count, name, value)
    return codes(warnings.of_count(count))


def test_a_fitting_count_is_only_warned_that_nobody_verified_its_law(count: Count) -> None:
    assert of(count) == ["unverified"]
    Provision.objects.filter(pk=count.provision_id).update(is_verified=True)
    count.provision.refresh_from_db()
    assert of(count) == []


def test_the_law_of_another_day_is_named_with_its_days(count: Count) -> None:
    count.offence_on = date(2018, 5, 1)
    first = warnings.of_count(count)[0]
    assert (first.code, first.mark) == ("not_in_force", "cross")
    assert "from 4\N{NO-BREAK SPACE}Jan 2019" in first.text


def test_an_offence_over_a_change_of_law_is_warned_of(count: Count) -> None:
    old = provision("92")
    found = of(count, provision=old, offence_on=date(2018, 12, 1), offence_until=date(2019, 2, 1))
    assert "law_changed" in found
    assert "not_in_force" not in found


def test_a_section_for_a_tier_does_not_fit_a_species_of_another_one(count: Count) -> None:
    assert of(count, taxon=taxon("Hippopotamus amphibius"))[0] == "tier"
    assert of(count, taxon=taxon("Dalbergia melanoxylon"))[0] == "not_listed"
    assert of(count, taxon=None)[0] == "species_unsaid"


def test_a_general_section_beside_one_for_the_species_is_warned_of(count: Count) -> None:
    count.provision, count.offence = provision("95"), ""
    found = warnings.of_count(count)
    assert found[0].code == "other_section"
    assert "s. 92(4)" in found[0].text
    assert "other_section" not in of(count, taxon=taxon("Hippopotamus amphibius"))


def test_the_words_of_another_section_are_noticed(count: Count) -> None:
    count.provision = provision("95")
    assert "statement" in of(count)
    assert "statement" not in of(count, offence="Keeping tusks of elephants")


def test_a_timber_whose_listing_came_between_offence_and_charge(count: Count) -> None:
    count.provision, count.taxon = provision("99"), taxon("Dalbergia melanoxylon")
    count.offence_on = date(2016, 12, 20)
    found = {one.code: one for one in warnings.of_count(count)}
    assert "20\N{NO-BREAK SPACE}Dec 2016, on the day of the offence: not listed" in (
        found["listing_changed"].text
    )
    assert "at the seizure: II" in found["listing_changed"].text


def test_the_same_appendix_with_another_annotation_is_told_with_it(count: Count) -> None:
    count.provision, count.taxon = provision("99"), taxon("Dalbergia melanoxylon")
    count.offence_on = date(2018, 1, 1)
    changed = {one.code: one for one in warnings.of_count(count)}["listing_changed"]
    assert "II (All Dalbergia species; see annotation 15)" in changed.text


def test_a_listing_that_changed_after_the_filing_is_the_listing_of_its_day(count: Count) -> None:
    elephant = taxon("Loxodonta africana")
    Listing.objects.create(
        taxon=elephant, scheme="An invented schedule", appendix="A", source="invented",
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    assert "listing_changed" not in of(count)


def test_a_filed_count_is_told_what_its_law_said_at_the_filing(count: Count, legal: User) -> None:
    rows.change(count.provision, actor=legal, reason="As the Act has it", title="Trophies")
    count.provision.refresh_from_db()
    found = {one.code: one for one in warnings.of_count(count)}
    assert "Possession of a trophy of a listed species" in found["law_edited"].why


def test_a_law_that_was_only_verified_says_what_it_said(count: Count, legal: User) -> None:
    rows.verify(count.provision, actor=legal, reason="Print of 2022")
    count.provision.refresh_from_db()
    assert of(count) == []


def test_a_law_that_ended_later_says_what_it_said(count: Count, legal: User) -> None:
    values = {name: getattr(count.provision, name) for name in (*PROVISIONS.fields, "source")}
    rows.follow(
        count.provision, starts_on=date(2025, 1, 1), actor=legal, reason="New Act", **values
    )
    count.provision.refresh_from_db()
    assert of(count) == ["unverified"]


def test_a_law_edited_before_the_filing_is_the_law_of_the_filing(pair: Pair, legal: User) -> None:
    with clock.telling(court_stories.noon(court_stories.SEIZED)):
        rows.change(provision("92(4)"), actor=legal, reason="As the Act has it", title="Trophies")
    charge = court_stories.charged(pair)[0]
    assert "law_edited" not in codes(warnings.of_count(Count.objects.get(pk=charge.count_id)))


def test_a_count_of_another_country_is_told_whose_law_applies(count: Count) -> None:
    Provision.objects.filter(pk=count.provision_id).update(country="TZ")
    count.provision.refresh_from_db()
    assert "law of TZ" in warnings.of_count(count)[0].text


def test_the_counts_of_a_sheet_are_asked_in_as_many_queries_as_one(
    count: Count, pair: Pair, django_assert_num_queries: Any
) -> None:
    trial = count.charge_sheet.proceeding
    for day in range(1, 9):
        Count.objects.create(
            charge_sheet=count.charge_sheet, number=1 + day, provision=provision("95"),
            offence="Possession", particulars="Tusks", offence_on=date(2020, 2, day),
            taxon=count.taxon,
        )  # fmt: skip
    related = ("provision", "taxon", "charge_sheet__proceeding__case__agency")
    counts = list(Count.objects.filter(charge_sheet__proceeding=trial).select_related(*related))
    with django_assert_num_queries(4):
        assert len(warnings.of_counts(counts)) == 9


# Sentences


def sentence(count: Count, section: str, on: date = date(2020, 3, 2), **values: Any) -> list[str]:
    charge = count.charges.get()
    charge.count.provision, charge.count.offence_on = provision(section), on
    return codes(warnings.of_sentence(charge, {"currency": "KES", **values}))


def test_the_penalty_of_section_92_under_section_95_is_found(count: Count) -> None:
    """[2022] KEHC 16100: life or 20 million shillings, passed under s. 95."""
    found = sentence(count, "95", date(2016, 5, 1), is_life=True, fine=20_000_000, default_days=365)
    assert found == ["other_section", "life"]


def test_a_sentence_in_range_is_not_warned_of(count: Count) -> None:
    assert sentence(count, "92(4)", fine=3_000_000, default_days=365) == []
    assert sentence(count, "92(2)", imprisonment_days=7 * 365) == []


def test_a_sentence_below_the_least_names_the_least(count: Count) -> None:
    charge = count.charges.get()
    low = warnings.of_sentence(charge, {"fine": 100_000, "currency": "KES", "default_days": 30})
    assert [one.code for one in low] == ["fine_low"]
    assert "KES 3,000,000" in low[0].text


def test_a_fine_without_a_term_in_default_is_warned_of(count: Count) -> None:
    assert sentence(count, "92(4)", fine=3_000_000) == ["no_default"]


def test_a_fine_where_only_imprisonment_is_provided_is_warned_of(count: Count) -> None:
    assert sentence(count, "92(2)", fine=5_000_000, default_days=30)[1:] == [
        "fine_barred", "term_missing",
    ]  # fmt: skip


def test_a_penalty_that_is_not_recorded_is_said_to_be_unknown(count: Count) -> None:
    assert sentence(count, "99", imprisonment_days=365) == ["penalty_unknown"]


# What is offered


def test_a_provision_of_another_day_is_refused_with_its_days(count: Count, pair: Pair) -> None:
    trial = court_stories.opened(count.charge_sheet.proceeding.case, pair, number="CR 9/2020")
    people = [charge.accused for charge in count.charges.all()]
    with pytest.raises(RuleBroken, match=r"is law from 4.Jan 2019 on"):
        charges.add_count(
            trial.charge_sheets.get(), provision=provision("92(4)"), particulars="Tusks",
            offence_on=date(2018, 1, 1), accused=people, actor=pair.prosecutor,
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="creates no offence"):
        charges.add_count(
            trial.charge_sheets.get(), provision=provision("105"), particulars="Tusks",
            offence_on=court_stories.SEIZED, accused=people, actor=pair.prosecutor,
        )  # fmt: skip
    assert clock.today() > court_stories.SEIZED


def test_the_count_form_says_why_a_provision_is_not_offered(
    count: Count, prosecutor: User, sign_in: Callable[[User], Client]
) -> None:
    trial = count.charge_sheet.proceeding
    pair = Pair(prosecutor, prosecutor)
    other = court_stories.opened(trial.case, pair, number="CR 8/2020")
    at = f"/cases/{trial.case.reference}/proceedings/{other.pk}/charge-sheet/counts/new/"
    sent = {
        "offence_on": "2018-05-01", "provision": provision("92(4)").pk, "particulars": "Tusks",
        "accused": [count.charges.get().accused_id],
    }  # fmt: skip
    browser = sign_in(prosecutor)
    refused = browser.post(at, sent)
    assert "is law from" in str(refused.context["form"].errors["provision"])
    shown = browser.post(at, {**sent, "law": "1"}).content.decode()
    assert '<optgroup label="Wildlife Conservation' in shown
    assert "was not in force on" in shown
    assert Count.objects.count() == 1

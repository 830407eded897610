"""A second country is data: its provisions, schedule and limits come from files, no code changes.

The country, its act and its schedule are plainly invented.
"""

from datetime import date
from pathlib import Path

import pytest

from casework import charges, law, people, reference
from casework.errors import RuleBroken
from casework.forms.court_charges import CountForm
from casework.legal import warnings
from casework.models import Proceeding, Provision, User
from casework.reference_files import COLUMNS
from tests.casework import court_stories
from tests.casework.court_stories import Pair
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
ACT, SCHEDULE, DAY = "Invented Wildlife Act", "Invented First Schedule (TZ)", date(2020, 3, 2)
SAID = {"source": "invented", "is_verified": "yes"}


def csv(folder: Path, kind: str, *rows: dict[str, str]) -> Path:
    path, names = folder / f"{kind}.csv", list(COLUMNS[kind])
    lines = [",".join({**SAID, **row}.get(name, "") for name in names) for row in rows]
    path.write_text("\n".join([",".join(names), *lines]) + "\n")
    return path


@pytest.fixture
def country(tmp_path: Path) -> str:
    of = {"country": "TZ", "statute": ACT, "currency": "TZS", "is_offence": "yes",
          "title": "Possession", "proof_template": "possession"}  # fmt: skip
    tier = {"listing_scheme": SCHEDULE, "listing_grades": "part one"}
    reference.load("provisions", csv(
        tmp_path, "provisions",
        {**of, "section": "86", "penalty_join": "term", "min_term_months": "240",
         "valid_from": "2010-01-01", **tier},
        {**of, "section": "87", "penalty_join": "any", "max_fine": "1000000",
         "valid_from": "2015-01-01"},
    ))  # fmt: skip
    listing = {"taxon": "Loxodonta africana", "scheme": SCHEDULE, "appendix": "part one"}
    reference.load("listings", csv(tmp_path, "listings", {**listing, "valid_from": "2010-01-01"}))
    limit = {"country": "TZ", "code": "appeal", "label": "Appeal", "starts": "judgment",
             "amount": "45", "unit": "days"}  # fmt: skip
    reference.load("time_limits", csv(tmp_path, "time_limits", limit))
    return "TZ"


@pytest.fixture
def trial(country: str, prosecutor: User) -> Proceeding:
    agency = people.create_agency(
        code="TWS", name="Invented Service", kind="wildlife", country=country, actor=None
    )
    unit = people.create_unit(agency, code="DAR", name="Port Unit", actor=None)
    officer = people.create_person(
        username="officer", password=PASSWORD, name="Neema Invented", position="investigator",
        agency=agency, unit=unit, actor=None,
    )  # fmt: skip
    pair = Pair(officer, prosecutor)
    case = court_stories.accepted(court_stories.seized(pair), pair)
    court_stories.accuse(case, pair, "Juma Invented")
    return court_stories.opened(case, pair)


def section(number: str, statute: str = ACT) -> Provision:
    return Provision.objects.get(statute=statute, section=number)


def test_the_law_of_the_agency_s_country_is_offered(trial: Proceeding) -> None:
    form = CountForm(trial.case)
    field = form.fields["provision"]
    assert {row.section for row in field.queryset} == {"86", "87"}  # type: ignore[attr-defined]
    assert {row.section for row in law.offered(date(2012, 1, 1), "TZ")} == {"86"}


def test_a_count_is_charged_and_held_against_that_law(trial: Proceeding, prosecutor: User) -> None:
    count = charges.add_count(
        trial.charge_sheets.get(), provision=section("87"), offence_on=DAY,
        particulars="Tusks", accused=trial.case.accused.all(), actor=prosecutor,
    )  # fmt: skip
    count.taxon = reference.find_taxon("Loxodonta africana")
    found = {one.code: one for one in warnings.of_count(count)}
    assert "s. 86" in found["other_section"].text
    passed = {"fine": 2_000_000, "currency": "TZS", "default_days": 30}
    assert [one.code for one in warnings.of_sentence(count.charges.get(), passed)] == ["fine_high"]


def test_the_law_of_another_country_is_refused(trial: Proceeding, prosecutor: User) -> None:
    with pytest.raises(RuleBroken, match="law of KE"):
        charges.add_count(
            trial.charge_sheets.get(), provision=court_stories.provision(), offence_on=DAY,
            particulars="Tusks", accused=trial.case.accused.all(), actor=prosecutor,
        )  # fmt: skip


def test_the_limits_of_time_are_its_own(trial: Proceeding) -> None:
    limit = law.time_limit("appeal", DAY, law.country_of(trial.case))
    assert limit
    assert limit.amount == 45
    assert law.time_limit("arraignment", DAY, "TZ") is None

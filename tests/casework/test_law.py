"""The law on a day: what is offered, how a taxon is listed, which limits of time run."""

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from casework import law, reference
from casework.legal import book as books
from casework.legal.kinds import KINDS, Kind
from casework.models import Element, Listing, Provision, Taxon, TimeLimit
from casework.reference_files import COLUMNS, LATER, ReferenceFileError

pytestmark = pytest.mark.django_db
OLD, NEW = date(2018, 6, 1), date(2019, 1, 4)
WILDLIFE = "Wildlife Conservation and Management Act, 2013"


def provision(section: str) -> Provision:
    found: Provision = Provision.objects.get(statute=WILDLIFE, section=section)
    return found


def test_a_provision_is_in_force_from_its_first_day_to_its_last() -> None:
    old = provision("92")
    assert old.valid_from
    assert old.valid_to
    assert law.in_force(old, on=old.valid_from)
    assert law.in_force(old, on=old.valid_to)
    assert not law.in_force(old, on=NEW)
    assert not law.in_force(old, on=date(2013, 12, 31))


def test_what_is_offered_is_in_force_that_day_and_can_be_charged() -> None:
    before = {p.section for p in law.offered(OLD).filter(statute=WILDLIFE)}
    after = {p.section for p in law.offered(NEW).filter(statute=WILDLIFE)}
    assert before == {"92", "95", "84(1)", "99"}
    assert after == {"92(1)", "92(2)", "92(3)", "92(4)", "95", "84(1)", "99"}
    assert not law.offered(NEW, country="TZ").exists()


def test_each_limit_of_time_is_there_with_its_source() -> None:
    codes = ("arraignment", "remand", "disclosure", "appeal", "prosecution_appeal", "limitation")
    for code in codes:
        limit = law.time_limit(code, NEW)
        assert limit is not None
        assert limit.source
        assert not limit.is_verified
    appeal = law.time_limit("appeal", NEW)
    assert appeal
    assert (appeal.amount, appeal.unit) == (14, "days")
    assert law.time_limit("appeal", NEW, country="TZ") is None


def test_of_two_limits_the_later_law_counts() -> None:
    TimeLimit.objects.create(
        country="KE", code="appeal", label="Appeal", starts="judgment", amount=30, unit="days",
        valid_from=date(2026, 1, 1), source="an invented act",
    )  # fmt: skip
    limits = [law.time_limit("appeal", day) for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert [limit and limit.amount for limit in limits] == [14, 30]


def test_every_offered_provision_has_points_to_prove() -> None:
    for found in law.offered(NEW):
        assert law.elements(found, NEW).exists(), found


def test_elements_are_proved_by_known_kinds() -> None:
    known = {"exhibit", "statement", "certificate", "report", "fact", "admission", "file"}
    for element in Element.objects.all():
        assert element.proven_by
        assert set(element.proven_by.split()) <= known
        assert element.explanation


def test_a_taxon_is_listed_by_its_own_name_or_by_its_genus() -> None:
    species = Taxon.objects.create(scientific_name="Dalbergia inventa", family="Leguminosae")
    before, after = date(2016, 12, 31), date(2017, 1, 2)
    assert law.listings(species, before)["CITES"].appendix == "II"
    assert law.listings(species, after)["CITES"].appendix == "I/II"
    own = Taxon.objects.get(scientific_name="Dalbergia melanoxylon")
    assert law.listings(own, date(2011, 1, 1)) == {}
    assert law.listings(own, after)["CITES"].appendix == "II"


def test_a_national_schedule_stands_beside_cites() -> None:
    elephant = Taxon.objects.get(scientific_name="Loxodonta africana")
    found = law.listings(elephant, NEW)
    assert {scheme: row.appendix for scheme, row in found.items()} == {
        "CITES": "I/II",
        "Fourth Schedule (KE)": "endangered",
    }


def provisions(folder: Path, columns: list[str], **cells: str) -> Path:
    path = folder / "provisions.csv"
    row = {"country": "ZZ", "statute": "Invented Act", "section": "1", "title": "Trade",
           "currency": "ZZD", "source": "invented", "is_verified": "no", **cells}  # fmt: skip
    path.write_text(
        ",".join(columns) + "\n" + ",".join(row.get(name, "") for name in columns) + "\n"
    )
    return path


def test_a_file_of_the_older_shape_loads_and_a_newer_one_completes_it(tmp_path: Path) -> None:
    every = list(COLUMNS["provisions"])
    older = [name for name in every if name not in LATER["provisions"]]
    assert reference.load("provisions", provisions(tmp_path, older)).added == 1
    newer = provisions(tmp_path, every, proof_template="dealing", is_offence="yes")
    assert reference.load("provisions", newer).updated == 1
    assert Provision.objects.get(country="ZZ").proof_template == "dealing"
    assert reference.load("provisions", provisions(tmp_path, older)).unchanged == 1


def test_a_provision_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    every = list(COLUMNS["provisions"])
    reference.load("provisions", provisions(tmp_path, every))
    row = Provision.objects.get(country="ZZ")
    row.title = "As the Act has it"
    row.save()
    assert reference.load("provisions", provisions(tmp_path, every, title="New")).kept == 1
    assert Provision.objects.get(country="ZZ").title == "As the Act has it"


def test_a_row_edited_before_there_were_such_columns_is_given_them(tmp_path: Path) -> None:
    every = list(COLUMNS["provisions"])
    older = [name for name in every if name not in LATER["provisions"]]
    reference.load("provisions", provisions(tmp_path, older))
    row = Provision.objects.get(country="ZZ")
    row.title = "As the Act has it"
    row.save()
    newer = provisions(tmp_path, every, proof_template="dealing", is_offence="yes")
    assert reference.load("provisions", newer).updated == 1
    row.refresh_from_db()
    assert (row.title, row.proof_template) == ("As the Act has it", "dealing")
    row.proof_template = ""  # and a person who empties one is not overruled
    row.save()
    row.title = "Again"
    row.save()
    reference.load("provisions", newer)
    row.refresh_from_db()
    assert row.proof_template == ""


def listings_file(folder: Path, *rows: str) -> Path:
    path = folder / "listings.csv"
    path.write_text("\n".join([",".join(COLUMNS["listings"]), *rows]) + "\n")
    return path


def test_listings_load_by_the_name_of_their_taxon(tmp_path: Path) -> None:
    path = listings_file(tmp_path, "Panthera leo,Schedule 1 (ZZ),A,,2020-01-01,,invented,no")
    assert reference.load("listings", path).added == 1
    assert reference.load("listings", path).unchanged == 1


def test_a_listing_of_an_unknown_taxon_refuses_the_file(tmp_path: Path) -> None:
    path = listings_file(tmp_path, "Panthera inventa,Schedule 1 (ZZ),A,,,,invented,no")
    with pytest.raises(ReferenceFileError, match="Panthera inventa"):
        reference.load("listings", path)


def test_a_listing_without_its_first_day_is_given_it(tmp_path: Path) -> None:
    leo = Taxon.objects.get(scientific_name="Panthera leo")
    Listing.objects.bulk_create([Listing(taxon=leo, scheme="S (ZZ)", appendix="A", source="old")])
    path = listings_file(
        tmp_path,
        "Panthera leo,S (ZZ),A,,2000-01-01,2009-12-31,invented,no",
        "Panthera leo,S (ZZ),A,,2010-01-01,,invented,no",
    )
    reference.load("listings", path)
    days = Listing.objects.filter(scheme="S (ZZ)").values_list("valid_from", flat=True)
    assert list(days) == [date(2000, 1, 1), date(2010, 1, 1)]


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_no_two_shipped_versions_of_a_rule_are_in_force_on_one_day(kind: Kind) -> None:
    rules: dict[tuple[object, ...], list[Any]] = {}
    for row in kind.rows.order_by("valid_from", "pk"):
        rules.setdefault(tuple(getattr(row, name) for name in kind.key), []).append(row)
    for versions in rules.values():
        for earlier, later in combinations(versions, 2):
            days = [row.valid_from for row in (earlier, later) if row.valid_from] or [OLD]
            both = [day for day in days if law.is_on(earlier, day) and law.is_on(later, day)]
            assert both == [], (earlier, later)


def test_each_shipped_tier_is_a_scheme_that_lists_something() -> None:
    schemes = set(Listing.objects.values_list("scheme", flat=True))
    for found in Provision.objects.exclude(listing_scheme=""):
        assert found.listing_scheme in schemes
        assert books.grades(found)


def test_the_shipped_bounds_are_those_that_the_words_say() -> None:
    words = {1_000_000: "1 million", 3_000_000: "3 million", 20_000_000: "20 million"}
    for found in Provision.objects.filter(min_fine__isnull=False):
        assert words[found.min_fine or 0] in found.penalty
        assert found.penalty_join
        assert found.has_life_term == ("life" in found.penalty)

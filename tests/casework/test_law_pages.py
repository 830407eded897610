"""The law as everybody reads it, and as the legal officer keeps it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import law
from casework.errors import NotAllowed, RuleBroken
from casework.legal import row_history, rows
from casework.legal.kinds import KINDS, PROVISIONS
from casework.models import AuditEntry, Element, Listing, Provision, Taxon, TimeLimit, User
from tests.casework import court_stories
from tests.casework.court_stories import Pair

pytestmark = pytest.mark.django_db
WILDLIFE = "Wildlife Conservation and Management Act, 2013"
DAY = date(2025, 7, 1)
Enter = Callable[[User], Client]


def provision(section: str = "95") -> Provision:
    return Provision.objects.get(statute=WILDLIFE, section=section)


def typed(row: Any, **changed: Any) -> dict[str, Any]:
    """The fields of a row as its form sends them."""
    values = {name: getattr(row, name) for name in PROVISIONS.fields}
    values |= {"valid_from": row.valid_from, "source": row.source, "reason": "Read in the Act"}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return sent | changed


# Reading


@pytest.mark.parametrize("who", ["investigator", "outsider", "legal"])
def test_everyone_signed_in_reads_the_law(
    who: str, request: pytest.FixtureRequest, sign_in: Enter
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    for kind, at in (("provisions", ""), ("listings", "listings/"), ("points", "points/"),
                     ("limits", "limits/")):  # fmt: skip
        row = KINDS[kind].rows.order_by("pk").first()
        assert browser.get(f"/law/{at}").status_code == 200
        assert browser.get(f"/law/{kind}/{row.pk}/").status_code == 200
    assert browser.get("/law/nonsense/1/").status_code == 404
    assert browser.get("/law/provisions/999999/").status_code == 404


def test_the_law_on_a_day_has_the_sections_of_that_day(sign_in: Enter, investigator: User) -> None:
    browser = sign_in(investigator)

    def sections(day: str) -> set[str]:
        page = browser.get("/law/", {"on": day, "q": "Wildlife"}).context["page"]
        return {row.section for row in page}

    assert "92" in sections("2018-06-01")
    assert "92(4)" not in sections("2018-06-01")
    assert sections("2020-06-01") >= {"92(4)", "95"}
    assert "92" in sections("not a day")


def test_a_listing_shows_its_times_and_the_other_schemes(
    sign_in: Enter, investigator: User
) -> None:
    row = Listing.objects.get(
        taxon__scientific_name="Manis gigantea", scheme="CITES", appendix="II"
    )
    answer = sign_in(investigator).get(f"/law/listings/{row.pk}/")
    assert [one.appendix for one in answer.context["versions"]] == ["II", "I"]
    assert [one.scheme for one in answer.context["others"]] == ["Fourth Schedule (KE)"]


@pytest.mark.parametrize("pk", ["0", "9" * 30])
def test_a_number_that_no_row_has_is_not_found(pk: str, sign_in: Enter, investigator: User) -> None:
    assert sign_in(investigator).get(f"/law/provisions/{pk}/").status_code == 404


def test_words_and_country_narrow_the_list(sign_in: Enter, investigator: User) -> None:
    Provision.objects.create(
        country="TZ", statute="Invented Act", section="1", title="Trade", source="invented"
    )
    browser = sign_in(investigator)
    found = browser.get("/law/", {"country": "TZ"}).context["page"]
    assert [row.statute for row in found] == ["Invented Act"]
    assert not browser.get("/law/", {"q": "nothing like it"}).context["page"].object_list
    open_ones = browser.get("/law/", {"open": "1"}).context["page"]
    assert {row.is_verified for row in open_ones} == {False}


def test_the_lists_ask_as_often_for_many_rows_as_for_few(
    sign_in: Enter, investigator: User
) -> None:
    browser = sign_in(investigator)
    browser.get("/law/")  # what is asked once and kept
    counts = []
    for number in (3, 30):
        Provision.objects.exclude(counts__isnull=False).delete()
        Listing.objects.all().delete()
        TimeLimit.objects.all().delete()
        Element.objects.all().delete()
        for row in range(number):
            _one_of_each(row)
        with CaptureQueriesContext(connection) as asked:
            for at in ("", "listings/", "points/", "limits/"):
                browser.get(f"/law/{at}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _one_of_each(number: int) -> None:
    named = {"source": "invented"}
    Provision.objects.create(statute="Invented Act", section=str(number), title="Trade", **named)
    taxon = Taxon.objects.order_by("pk")[number]
    Listing.objects.create(taxon=taxon, scheme="A schedule", appendix="A", **named)
    Element.objects.create(template="invented", code=f"c{number}", label="Point", **named)
    TimeLimit.objects.create(
        code=f"c{number}", label="Limit", starts="arrest", amount=1, country="KE", **named
    )


# Keeping


@pytest.mark.parametrize("who", ["investigator", "prosecutor", "manager", "auditor", "outsider"])
def test_only_a_legal_officer_edits_the_law(
    who: str, request: pytest.FixtureRequest, sign_in: Enter
) -> None:
    person = request.getfixturevalue(who)
    row, browser = provision(), sign_in(person)
    for page in ("change", "new-version", "verify"):
        assert browser.get(f"/law/provisions/{row.pk}/{page}/").status_code == 403
        assert browser.post(f"/law/provisions/{row.pk}/{page}/").status_code == 403
    assert browser.get("/law/limits/add/").status_code == 403
    for act in (rows.change, rows.verify):
        with pytest.raises(NotAllowed):
            act(row, actor=person, reason="Because")


def test_a_correction_keeps_who_why_and_what_it_said(sign_in: Enter, legal: User) -> None:
    row, browser = provision(), sign_in(legal)
    Provision.objects.filter(pk=row.pk).update(is_verified=True)
    sent = typed(row, max_term_months=120, title="Trophies")
    assert browser.post(f"/law/provisions/{row.pk}/change/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.max_term_months, row.is_verified) == (120, False)
    last, first = row_history.of(row)
    assert (last.who, last.reason, first.who) == (legal, "Read in the Act", None)
    assert ("Title", "Offences relating to trophies", "Trophies") in {
        (one.label, one.old, one.new) for one in last.differences
    }
    entry = AuditEntry.objects.get(action="law.change")
    assert (entry.actor, entry.detail["reason"]) == (legal, "Read in the Act")
    page = browser.get(f"/law/provisions/{row.pk}/").content.decode()
    assert "<del>Offences relating to trophies</del>" in page


def test_a_correction_says_why_and_changes_something(sign_in: Enter, legal: User) -> None:
    row, browser = provision(), sign_in(legal)
    at = f"/law/provisions/{row.pk}/change/"
    assert browser.post(at, typed(row, reason="", title="Typed")).context["form"].errors["reason"]
    assert "Typed" in browser.post(at, typed(row, reason="", title="Typed")).content.decode()
    assert browser.post(at, typed(row)).context["form"].non_field_errors()
    wrong = typed(row, min_fine=5, max_fine=4, min_term_months=9, max_term_months=8)
    assert {"max_fine", "max_term_months"} <= set(browser.post(at, wrong).context["form"].errors)


def test_a_new_version_ends_the_old_one_the_day_before(sign_in: Enter, legal: User) -> None:
    row, browser = provision(), sign_in(legal)
    sent = typed(row, valid_from="2025-07-01", min_fine=9_000_000, valid_to="")
    assert browser.post(f"/law/provisions/{row.pk}/new-version/", sent).status_code == 302
    old, new = PROVISIONS.versions(row)
    assert (old.valid_to, new.valid_from, new.min_fine) == (
        date(2025, 6, 30), DAY, 9_000_000,
    )  # fmt: skip
    assert old.min_fine == 1_000_000
    offered = {found.pk for found in law.offered(DAY)}
    assert new.pk in offered
    assert old.pk not in offered
    page = browser.get(f"/law/provisions/{new.pk}/").content.decode()
    assert "9,000,000" in page
    assert "1,000,000" in page


@pytest.mark.parametrize(
    ("day", "field"),
    [("2014-01-10", "valid_from"), ("2010-01-01", "valid_from"), ("", "valid_from")],
)
def test_a_new_version_begins_after_the_old_one(
    day: str, field: str, sign_in: Enter, legal: User
) -> None:
    row = provision()
    sent = typed(row, valid_from=day)
    refused = sign_in(legal).post(f"/law/provisions/{row.pk}/new-version/", sent)
    assert refused.context["form"].errors["valid_from"]
    assert PROVISIONS.versions(row).count() == 1


def test_no_two_versions_are_in_force_on_one_day(sign_in: Enter, legal: User) -> None:
    browser = sign_in(legal)
    sent = typed(provision(), country="KE", statute=WILDLIFE, section="95", valid_from="2020-01-01")
    refused = browser.post("/law/provisions/add/", sent)
    assert "Another version is in force" in str(refused.context["form"].errors["valid_from"])
    sent |= {"valid_from": "2020-01-01", "valid_to": "2019-01-01"}
    refused = browser.post("/law/provisions/add/", sent)
    assert refused.context["form"].errors["valid_to"]


def test_what_a_rule_is_called_by_never_changes_in_place(legal: User) -> None:
    with pytest.raises(RuleBroken, match="add another one"):
        rows.change(provision(), actor=legal, reason="Wrong section", section="96")


def test_verifying_says_who_and_with_what(sign_in: Enter, legal: User) -> None:
    row, browser = provision("92(4)"), sign_in(legal)
    at = f"/law/provisions/{row.pk}/verify/"
    assert browser.post(at, {"reason": ""}).context["form"].errors
    browser.post(at, {"reason": "Print of 2022", "source": "WCMA s. 92(4), print of 2022"})
    row.refresh_from_db()
    assert row.source == "WCMA s. 92(4), print of 2022"
    verified = row_history.verified(row)
    assert verified
    assert (verified.who, verified.reason) == (legal, "Print of 2022")
    assert "Verified by Lilian Chebet" in browser.get(f"/law/provisions/{row.pk}/").content.decode()
    with pytest.raises(RuleBroken):
        rows.verify(row, actor=legal, reason="Again")


@pytest.mark.parametrize(
    ("table", "sent"),
    [
        ("provisions", {"country": "TZ", "statute": "Invented Act", "section": "7",
                        "title": "Trade", "currency": "TZS", "is_offence": "on"}),
        ("listings", {"taxon": "Panthera leo", "scheme": "Schedule (TZ)", "appendix": "A"}),
        ("points", {"template": "possession", "code": "new_point", "label": "Something",
                    "proven_by": ["exhibit", "report"], "position": "90"}),
        ("limits", {"country": "TZ", "code": "appeal", "label": "Appeal", "starts": "judgment",
                    "amount": "30", "unit": "days", "warn_days": "5", "position": "1"}),
    ],
)  # fmt: skip
def test_each_table_takes_a_new_row(
    table: str, sent: dict[str, Any], sign_in: Enter, legal: User
) -> None:
    browser, kind = sign_in(legal), KINDS[table]
    before = kind.rows.count()
    answer = browser.post(f"/law/{table}/add/", {**sent, "source": "An Act", "reason": "New"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert kind.rows.count() == before + 1
    row = kind.rows.latest("pk")
    assert not row.is_verified
    assert browser.get(f"/law/{table}/{row.pk}/change/").status_code == 200
    assert browser.get(f"/law/{table}/{row.pk}/new-version/").status_code == 200


def test_a_listing_of_an_unknown_species_says_so(sign_in: Enter, legal: User) -> None:
    sent = {"taxon": "Felis inventa", "scheme": "S", "appendix": "A", "source": "x", "reason": "y"}
    refused = sign_in(legal).post("/law/listings/add/", sent)
    assert "not in the table" in str(refused.context["form"].errors["taxon"])


# What rests on the law


def test_the_editor_is_told_only_of_charges_they_may_see(
    investigator: User, prosecutor: User, legal: User, sign_in: Enter
) -> None:
    charge = court_stories.charged(Pair(investigator, prosecutor))[0]
    row = charge.count.provision
    assert rows.charges_on(row, prosecutor) == 1
    assert rows.charges_on(row, legal) == 0
    page = sign_in(legal).get(f"/law/provisions/{row.pk}/change/").content.decode()
    assert "Filed charges may rest on this row." in page


def test_a_new_version_leaves_filed_charges_with_the_law_of_their_day(
    investigator: User, prosecutor: User, legal: User
) -> None:
    charge = court_stories.charged(Pair(investigator, prosecutor))[0]
    row = charge.count.provision
    values = {name: getattr(row, name) for name in (*PROVISIONS.fields, "source")}
    rows.follow(row, starts_on=DAY, actor=legal, reason="New Act", **values)
    charge.count.refresh_from_db()
    assert charge.count.provision == row
    assert law.in_force(charge.count.provision, charge.count.offence_on)

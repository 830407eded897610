"""The versions of a customs entry, and what was amended once the lane was known."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, User
from kyc.cargo import entries, version_pages
from kyc.models import Consignment, EntryVersion
from tests.kyc import scene
from tests.kyc.test_consignment import address

SignIn = Callable[[User], Client]
LODGED = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
LANE = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 6, 7, 0, tzinfo=UTC)


@pytest.fixture
def consignment(case: Case, investigator: User) -> Consignment:
    load = scene.seize(case, investigator).consignments.get()
    entries.add_version(
        load, actor=investigator, number="2026MSA40117", lodged_at=LODGED, lane="red",
        selected_at=LANE, exporter="Tamarind Reef Exporters Ltd", hs_codes="0902.40",
    )  # fmt: skip
    return load


@pytest.fixture
def amended(consignment: Consignment, investigator: User) -> EntryVersion:
    return entries.add_version(
        consignment, actor=investigator, lodged_at=LATER, changed_by="Seven Baobabs",
        exporter="Amani Highlands Growers", hs_codes="0902.40",
    )  # fmt: skip


def test_the_consignment_takes_the_number(consignment: Consignment) -> None:
    assert Consignment.objects.get().entry_number == "2026MSA40117"


def test_amended_after_selection_is_said(
    consignment: Consignment, amended: EntryVersion, prosecutor: User, sign_in: SignIn
) -> None:
    browser = sign_in(prosecutor)
    page = browser.get(address(consignment, "entry/")).content.decode()
    assert "Amended after selection." in page
    assert "<ins><bdi>Amani Highlands Growers</bdi></ins>" in page
    assert "Amended after selection." in browser.get(address(consignment)).content.decode()


def test_what_was_changed_before_selection_is_not(
    consignment: Consignment, amended: EntryVersion, investigator: User
) -> None:
    entries.correct(amended, lodged_at=LODGED, reason="Wrong day", actor=investigator)
    rows = list(consignment.entries.all())
    assert version_pages.changed_after_selection(rows) == []


def test_a_version_is_typed_and_corrected(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    typed = {
        "number": "2026MSA40117", "lane": "green", "value": "41600.50", "value_currency": "usd",
        "country_of_destination": "VN", "lodged_at_0": "2026-03-06", "lodged_at_1": "10:00",
    }  # fmt: skip
    browser.post(address(consignment, "entry/new/"), typed)
    made = EntryVersion.objects.get(version=2)
    assert (made.value_currency, made.country_of_destination) == ("USD", "VN")
    assert made.lodged_at == LATER
    browser.post(address(consignment, "entry/2/"), {**typed, "value": "416", "reason": "Zeros"})
    assert EntryVersion.objects.get(version=2).value == 416
    assert "Zeros" in browser.get(address(consignment, "entry/")).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("value", "41.600,50", "with a point before the decimals"),
        ("value_currency", "US", "A currency has three letters"),
        ("selected_at_0", "2999-01-01", "has not come yet"),
    ],
)
def test_what_is_typed_wrong_is_said(
    consignment: Consignment, investigator: User, sign_in: SignIn, field: str, typed: str, says: str
) -> None:
    filled = {"number": "X", field: typed, "selected_at_1": "10:00" if "at_0" in field else ""}
    page = sign_in(investigator).post(address(consignment, "entry/new/"), filled).content.decode()
    assert says in page
    assert typed in page


def test_rules(consignment: Consignment, prosecutor: User, investigator: User) -> None:
    with pytest.raises(NotAllowed):
        entries.add_version(consignment, actor=prosecutor)
    with pytest.raises(RuleBroken):
        entries.correct(consignment.entries.get(), reason=" ", actor=investigator)
    with pytest.raises(RuleBroken):
        entries.add_version(consignment, number="", actor=investigator)


def test_the_timeline_tells_of_versions(
    consignment: Consignment, amended: EntryVersion, investigator: User, sign_in: SignIn
) -> None:
    case = consignment.seizure.case
    page = sign_in(investigator).get(f"/cases/{case.reference}/").content.decode()
    assert "Customs entry changed." in page
    assert "Changed by Seven Baobabs" in page


def test_an_entry_is_found_by_what_only_an_earlier_version_said(
    consignment: Consignment,
    amended: EntryVersion,
    investigator: User,
    outsider: User,
    sign_in: SignIn,
) -> None:
    from search import sync

    sync.rebuild()
    page = sign_in(investigator).get("/search/?q=tamarind+reef").content.decode()
    assert consignment.seizure.case.reference in page
    page = sign_in(outsider).get("/search/?q=tamarind+reef").content.decode()
    assert consignment.seizure.case.reference not in page

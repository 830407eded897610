"""The versions of a bill of lading: kept, compared, corrected, and who changed what when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import files
from kyc.cargo import bills, version_pages
from kyc.models import BillOfLading, Consignment
from tests.evidence.pictures import jpeg, upload
from tests.kyc import scene
from tests.kyc.test_consignment import address

SignIn = Callable[[User], Client]
CHANGED = datetime(2026, 3, 7, 20, 47, tzinfo=UTC)


@pytest.fixture
def consignment(case: Case, investigator: User) -> Consignment:
    load = scene.seize(case, investigator).consignments.get()
    bills.correct(
        load.bills.get(), reason="Not typed yet", actor=investigator,
        consignee="Golden Egret Foodstuff Trading Co., Ltd", notify_party="Pham Quoc Dat",
        port_of_discharge="Hai Phong VNHPH", shipped_on_board_on=date(2026, 3, 5),
    )  # fmt: skip
    return load


@pytest.fixture
def switched(consignment: Consignment, investigator: User) -> BillOfLading:
    first = consignment.bills.get()
    same = {n: getattr(first, n) for n in ("notify_party", "shipped_on_board_on")}
    return bills.add_version(
        consignment, actor=investigator, consignee="", is_to_order=True,
        port_of_discharge="Port Klang MYPKG", changed_by="Seven Baobabs Clearing",
        changed_at=CHANGED, change_reason="Buyer changed", received_from="Corralis Line", **same,
    )  # fmt: skip


def test_a_new_version_leaves_the_last_as_it_was(switched: BillOfLading) -> None:
    first = BillOfLading.objects.get(version=1)
    assert (switched.version, switched.number) == (2, first.number)
    assert first.consignee == "Golden Egret Foodstuff Trading Co., Ltd"
    assert AuditEntry.objects.filter(action="bill.version").count() == 1


def test_the_changes_name_who_and_when(consignment: Consignment, switched: BillOfLading) -> None:
    found = version_pages.bill_changes(consignment.bills.all())
    assert {change.line.field for change in found} == {
        "consignee", "is_to_order", "port_of_discharge",
    }  # fmt: skip
    assert all(change.line.is_switch for change in found)
    assert {(change.by, change.at) for change in found} == {("Seven Baobabs Clearing", CHANGED)}


def test_the_page_shows_the_last_two_side_by_side(
    consignment: Consignment, switched: BillOfLading, prosecutor: User, sign_in: SignIn
) -> None:
    page = sign_in(prosecutor).get(address(consignment, "bill/")).content.decode()
    for shown in (
        "<del><bdi>Golden Egret Foodstuff Trading Co., Ltd</bdi></del>", "3 switches.",
        "<ins><bdi>Port Klang MYPKG</bdi></ins>", "2 days after loading", "Buyer changed",
    ):  # fmt: skip
        assert shown in page
    assert "Pham Quoc Dat" not in page.split("What we had typed wrong")[0]
    every = sign_in(prosecutor).get(address(consignment, "bill/?all=1")).content.decode()
    assert "Pham Quoc Dat" in every.split("What we had typed wrong")[0]


def test_any_two_versions_can_be_compared(
    consignment: Consignment, switched: BillOfLading, investigator: User, sign_in: SignIn
) -> None:
    bills.add_version(consignment, actor=investigator, consignee="Lotus Arch")
    page = sign_in(investigator).get(address(consignment, "bill/?old=1&new=3"))
    assert "What changed from version 1 to 3" in page.content.decode()
    for asked in ("?old=9&new=x", "?old=3&new=3", "?old=3&new=1"):
        assert sign_in(investigator).get(address(consignment, "bill/" + asked)).status_code == 200


def test_a_new_version_begins_as_the_last_and_asks_what_changed(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser, url = sign_in(investigator), address(consignment, "bill/new/")
    page = browser.get(url).content.decode()
    assert 'value="Pham Quoc Dat"' in page
    assert "Or correct what was typed wrong in it" in page
    typed = {
        "number": "mdo-mba-2402817", "consignee": "Lotus Arch", "changed_by": "The forwarder",
        "changed_at_0": "2026-03-07", "changed_at_1": "23:47", "hs_codes": "090240; 0902.30",
        "gross_weight_mg": "23.48 t", "equipment_references": "mdou4182079",
        "port_of_discharge": "Anchorage off Lamu",
    }  # fmt: skip
    assert browser.post(url, typed).status_code == 302
    made = BillOfLading.objects.get(version=2)
    assert (made.hs_codes, made.gross_weight_mg) == ("0902.40, 0902.30", 23_480_000_000)
    assert (made.changed_at, made.equipment_references) == (CHANGED, "MDOU 418207 9")
    assert made.port_of_discharge == "Anchorage off Lamu"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("gross_weight_mg", "23480,5", "with a point before the decimals"),
        ("hs_codes", "0902.4", "An HS code has"),
        ("equipment_references", "MDOU418207", "four letters"),
        ("equipment_references", "MDOU4182075", "tick “As printed”"),
        ("seal_numbers", "CU_1", "letters and digits only"),
        ("carrier_code", "M1", "two to four letters"),
        ("changed_at_0", "2999-01-01", "has not come yet"),
        ("issued_on", "2999-01-01", "has not come yet"),
        ("number", "", "Fill this in."),
    ],
)
def test_what_is_typed_wrong_is_said_and_stays(
    consignment: Consignment, investigator: User, sign_in: SignIn, field: str, typed: str, says: str
) -> None:
    filled = {"number": "X-1", "shipper": "Tamarind Reef", "changed_at_1": "", field: typed}
    if field == "changed_at_0":
        filled["changed_at_1"] = "10:00"
    page = sign_in(investigator).post(address(consignment, "bill/new/"), filled).content.decode()
    assert says in page
    assert "Tamarind Reef" in page
    assert BillOfLading.objects.count() == 1


def test_a_number_may_be_printed_wrong(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    filled = {"number": "X", "equipment_references": "MDOU4182075", "is_as_printed": "on"}
    sign_in(investigator).post(address(consignment, "bill/new/"), filled)
    assert BillOfLading.objects.get(version=2).equipment_references == "MDOU 418207 5"


def test_a_correction_needs_a_reason_and_stays_in_the_history(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser, url = sign_in(investigator), address(consignment, "bill/1/")
    typed = {"number": "MDO-MBA-2402817", "notify_party": "Pham Quoc Dac"}
    assert "Fill this in." in browser.post(url, typed).content.decode()
    browser.post(url, {**typed, "reason": "Last letter misread"})
    bill = BillOfLading.objects.get()
    assert (bill.version, bill.notify_party) == (1, "Pham Quoc Dac")
    page = browser.get(address(consignment, "bill/")).content.decode()
    assert "<del><bdi>Pham Quoc Dat</bdi></del> <ins><bdi>Pham Quoc Dac</bdi></ins>" in page
    assert "Last letter misread" in page


def test_the_document_is_a_file_that_every_reader_may_open(
    consignment: Consignment, case: Case, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    open_file, sealed = (
        files.attach(
            case, upload=upload(jpeg(), name), kind="document", is_sensitive=hidden,
            actor=investigator,
        )
        for name, hidden in (("bill.jpg", False), ("informant.jpg", True))
    )  # fmt: skip
    with pytest.raises(RuleBroken):
        bills.add_version(consignment, attachment=sealed, actor=investigator)
    bills.add_version(consignment, attachment=open_file, actor=investigator)
    page = sign_in(prosecutor).get(address(consignment, "bill/")).content.decode()
    assert "bill.jpg" in page
    form = sign_in(investigator).get(address(consignment, "bill/new/")).content.decode()
    assert "informant.jpg" not in form
    files.amend(open_file, caption="", kind="document", is_sensitive=True, actor=investigator)
    assert "bill.jpg" not in sign_in(prosecutor).get(address(consignment, "bill/")).content.decode()


def test_a_document_that_became_sensitive_stays_with_its_version(
    consignment: Consignment, case: Case, investigator: User, sign_in: SignIn
) -> None:
    kept = files.attach(case, upload=upload(jpeg()), kind="document", actor=investigator)
    bills.add_version(consignment, attachment=kept, actor=investigator)
    files.amend(kept, caption="", kind="document", is_sensitive=True, actor=investigator)
    typed = {"number": "X-1", "reason": "Number misread"}
    sign_in(investigator).post(address(consignment, "bill/2/"), typed)
    assert BillOfLading.objects.get(version=2).attachment == kept


def test_every_act_needs_the_edit_right(consignment: Consignment, prosecutor: User) -> None:
    bill = consignment.bills.get()
    with pytest.raises(NotAllowed):
        bills.add_version(consignment, actor=prosecutor)
    with pytest.raises(NotAllowed):
        bills.correct(bill, reason="No", actor=prosecutor)
    with pytest.raises(TypeError):
        bills.correct(bill, reason="No", version=9, actor=bill.recorded_by)


def test_a_change_cannot_lie_ahead(consignment: Consignment, investigator: User) -> None:
    with pytest.raises(RuleBroken) as broken:
        bills.add_version(
            consignment, changed_at=clock.now() + timedelta(hours=1), actor=investigator
        )
    assert broken.value.field == "changed_at"


def test_the_page_costs_the_same_at_2_and_at_9_versions(
    consignment: Consignment, investigator: User, sign_in: SignIn
) -> None:
    browser, costs = sign_in(investigator), []
    for more in (1, 7):
        for number in range(more):
            bills.add_version(consignment, actor=investigator, consignee=f"Buyer {number}")
        for tail in ("", "bill/"):
            browser.get(address(consignment, tail))
            with CaptureQueriesContext(connection) as queries:
                browser.get(address(consignment, tail))
            costs.append(len(queries))
    assert costs[:2] == costs[2:]

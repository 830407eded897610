"""Recording a seizure opens its case; nothing impossible is written, and history is kept."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from casework import seized_items, seizures
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Code, SeizedItem, Seizure, Taxon, User
from casework.seizures import Found, Stop

Rows = list[tuple[int | None, dict[str, Any]]]
WHEN = datetime(2026, 3, 14, 2, 40, tzinfo=UTC)


def tusks(**changes: object) -> Found:
    values: dict[str, object] = {
        "taxon": Taxon.objects.get(scientific_name="Loxodonta africana"),
        "specimen": Code.objects.get(kind="specimen", code="TUS"),
        "count": 187,
        "weight_mg": 1_612_400_000,
        "scale": "SC-14",
        **changes,
    }
    return Found(**values)  # type: ignore[arg-type]


@pytest.fixture
def seizure(investigator: User, auditor: User) -> Seizure:
    return seizures.record(
        actor=investigator,
        title="Ivory in tea",
        tier="port",
        seized_at=WHEN,
        place="Kilindini",
        items=[tusks()],
        route=[Stop("origin", "KE", 60), Stop("origin", "UG", 40), Stop("destination", "VN")],
    )


def test_the_case_is_granted_to_recorder_unit_and_auditors(
    seizure: Seizure, investigator: User, colleague: User, auditor: User, outsider: User
) -> None:
    readers = (investigator, colleague, auditor)
    assert all(seizure.case in Case.objects.visible_to(person) for person in readers)
    assert seizure not in Seizure.objects.visible_to(outsider)


def test_recording_is_in_the_audit(seizure: Seizure, investigator: User) -> None:
    entry = AuditEntry.objects.get(action="seizure.record")
    assert (entry.actor, entry.case, entry.detail["items"]) == (investigator, seizure.case, 1)


def test_references_run_on_in_the_unit_and_year(seizure: Seizure, investigator: User) -> None:
    other = seizures.record(actor=investigator, title="Two", tier="port", seized_at=WHEN)
    first, second = seizure.case.reference, other.case.reference
    assert first.rsplit("-", 1)[0] == second.rsplit("-", 1)[0]
    assert int(second.rsplit("-", 1)[1]) == int(first.rsplit("-", 1)[1]) + 1


def test_the_route_keeps_its_order_and_shares(seizure: Seizure) -> None:
    stops = [(stop.role, stop.country, stop.percent) for stop in seizure.route.all()]
    assert stops == [("destination", "VN", None), ("origin", "KE", 60), ("origin", "UG", 40)]


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (timedelta(days=1), "This is tomorrow."),
        (timedelta(days=9), "This lies in the future."),
        (timedelta(days=-400 * 366), "Write the year with four digits."),
    ],
)
def test_no_seizure_lies_ahead(investigator: User, ahead: timedelta, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        seizures.record(
            actor=investigator, title="x", tier="port", seized_at=timezone.now() + ahead
        )
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight_mg": -1}, "weight_mg"),
        ({"weight_mg": 2**60}, "weight_mg"),
        ({"scale": ""}, "scale"),
        ({"count": 0}, "count"),
        ({"count": 2**40}, "count"),
        ({"taxon": None, "specimen": None}, "taxon"),
        ({"description": "x" * 301}, "description"),
        ({"quantity": Decimal("1.2345678")}, "quantity"),
    ],
)
def test_an_impossible_item_stops_the_whole_seizure(
    investigator: User, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        seizures.record(
            actor=investigator, title="x", tier="port", seized_at=WHEN, items=[tusks(**changes)]
        )
    assert broken.value.field == field
    assert not Case.objects.exists()


def test_an_estimated_weight_needs_no_scale(investigator: User) -> None:
    found = tusks(scale="", is_weight_estimated=True)
    seizures.record(actor=investigator, title="x", tier="port", seized_at=WHEN, items=[found])
    assert SeizedItem.objects.get().is_weight_estimated


def test_who_may_not_record(prosecutor: User, outsider: User) -> None:
    for person in (prosecutor, outsider):
        with pytest.raises(NotAllowed):
            seizures.record(actor=person, title="x", tier="port", seized_at=WHEN)


def test_amending_keeps_what_stood_before(seizure: Seizure, investigator: User) -> None:
    seizures.amend(seizure, actor=investigator, place="Kilindini, berth 19", reason="Misread")
    old = seizure.history.last()
    assert (old.place, seizure.place) == ("Kilindini", "Kilindini, berth 19")
    assert seizure.history.first().history_user == investigator
    assert AuditEntry.objects.get(action="seizure.amend").detail["fields"] == ["place"]


def test_amending_needs_the_right(seizure: Seizure, auditor: User) -> None:
    with pytest.raises(NotAllowed):
        seizures.amend(seizure, actor=auditor, place="Elsewhere")


def test_items_are_amended_and_added_together(seizure: Seizure, investigator: User) -> None:
    rows: Rows = [(1, {"count": 188}), (None, {"description": "A tarpaulin", "count": 1})]
    seized_items.amend_all(seizure, rows, actor=investigator)
    assert [item.count for item in seizure.items.all()] == [188, 1]
    first = seizure.items.get(number=1)
    assert first.weight_mg == 1_612_400_000
    assert [row.count for row in first.history.all()] == [188, 187]


def test_one_wrong_item_leaves_all_as_they_were(seizure: Seizure, investigator: User) -> None:
    rows: Rows = [(1, {"count": 188}), (None, {"weight_mg": -1, "description": "x"})]
    with pytest.raises(RuleBroken):
        seized_items.amend_all(seizure, rows, actor=investigator)
    assert [item.count for item in seizure.items.all()] == [187]


def test_the_listing_shown_is_that_of_the_day_of_seizure(investigator: User) -> None:
    parrot = tusks(taxon=Taxon.objects.get(scientific_name="Psittacus erithacus"))
    shown = []
    for year in (2010, 2020):
        made = seizures.record(
            actor=investigator,
            title="Parrots",
            tier="trafficking",
            seized_at=datetime(year, 5, 1, tzinfo=UTC),
            items=[parrot],
        )
        (item,) = seized_items.of_seizure(made)
        shown.append([row.appendix for row in item.taxon.listed])  # type: ignore[union-attr]
    assert shown == [["II"], ["I"]]

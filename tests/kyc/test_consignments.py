"""Operations on consignments: check digits, seals by their key, one bill, all or nothing."""

import pytest

from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Code, Seizure, User
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from kyc.models import Consignment, Container, Seal
from tests.kyc import scene


@pytest.fixture
def seizure(case: Case, investigator: User) -> Seizure:
    return scene.seize(case, investigator)


@pytest.fixture
def consignment(seizure: Seizure) -> Consignment:
    return Consignment.objects.get(seizure=seizure)


def test_containers_seals_and_bill_come_with_it(consignment: Consignment) -> None:
    assert [str(box) for box in consignment.containers.all()] == [scene.container_number(0)]
    assert consignment.seals.get().number_key == "CU558120"
    assert (consignment.bills.get().number, consignment.bills.get().version) == (
        "MDO-MBA-2402817",
        1,
    )


@pytest.mark.parametrize(
    ("box", "field"),
    [
        (Box(number="MDOU4182075"), "number"),
        (Box(number="rubbish", is_recorded_as_found=True), "number"),
        (Box(seal_number="CU 1"), "seal_source"),
        (Box(number=scene.container_number(9)), "number"),
    ],
)
def test_what_is_wrong_on_a_door_stops_the_whole(
    seizure: Seizure, investigator: User, box: Box, field: str
) -> None:
    twice = Box(number=scene.container_number(9))
    with pytest.raises(RuleBroken) as broken:
        consignments.add(seizure, actor=investigator, boxes=[twice, box])
    assert broken.value.field == field
    assert Consignment.objects.count() == 1


def test_a_wrong_digit_is_recorded_as_found(seizure: Seizure, investigator: User) -> None:
    box = Box(number="MDOU 418207 5", is_recorded_as_found=True)
    made = consignments.add(seizure, actor=investigator, boxes=[box])
    assert made.containers.get().is_recorded_as_found


def test_a_right_digit_is_never_called_as_found(seizure: Seizure, investigator: User) -> None:
    box = Box(number=scene.container_number(5), is_recorded_as_found=True)
    made = consignments.add(seizure, actor=investigator, boxes=[box])
    assert not made.containers.get().is_recorded_as_found


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"vessel_imo": "9817558"}, "vessel_imo"),
        ({"declared_weight_mg": -1}, "__all__"),
        ({"voyage": "x" * 41}, "voyage"),
        ({"bill": {"shipper": "Tamarind Reef Exporters Ltd"}}, "bill_number"),
    ],
)
def test_impossible_values_are_refused(
    seizure: Seizure, investigator: User, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        consignments.add(seizure, actor=investigator, **fields)  # type: ignore[arg-type]
    assert broken.value.field == field
    assert Consignment.objects.count() == 1


def test_amending_leaves_the_bill_alone(consignment: Consignment, investigator: User) -> None:
    consignments.amend(consignment, actor=investigator, voyage="025E")
    assert Consignment.objects.get().voyage == "025E"
    assert consignment.bills.get().history.count() == 1
    with pytest.raises(TypeError):
        consignments.amend(consignment, actor=investigator, bill={"number": "X"})


def test_a_misread_container_is_corrected(consignment: Consignment, investigator: User) -> None:
    box = consignment.containers.get()
    consignments.amend_container(
        box, number=scene.container_number(7), is_recorded_as_found=False, actor=investigator
    )
    assert Container.objects.get().number == scene.container_number(7)


def test_a_seal_reading_is_added(consignment: Consignment, investigator: User) -> None:
    source = Code.objects.get(kind="seal_source", code="CAR")
    consignments.add_seal(consignment, number="ml-ke 77", source=source, actor=investigator)
    assert Seal.objects.filter(number_key="MLKE77").exists()
    assert AuditEntry.objects.filter(action="consignment.add_seal").count() == 1


def test_every_act_needs_the_edit_right(
    consignment: Consignment, seizure: Seizure, prosecutor: User
) -> None:
    source = Code.objects.get(kind="seal_source", code="CAR")
    box = consignment.containers.get()
    acts = (
        lambda: consignments.add(seizure, actor=prosecutor),
        lambda: consignments.amend(consignment, actor=prosecutor),
        lambda: consignments.add_seal(consignment, number="1", source=source, actor=prosecutor),
        lambda: consignments.amend_container(
            box, number=box.number, is_recorded_as_found=False, actor=prosecutor
        ),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_two_pages_sent_at_once_keep_both(
    consignment: Consignment, investigator: User, colleague: User
) -> None:
    read_before = Consignment.objects.get(pk=consignment.pk)
    consignments.amend(consignment, weighbridge_mg=21_000_000_000, actor=colleague)
    consignments.amend(read_before, stuffing_place="Nyali, godown 4", actor=investigator)
    consignment.refresh_from_db()
    assert consignment.weighbridge_mg == 21_000_000_000
    assert consignment.stuffing_place == "Nyali, godown 4"

"""Rules about containers, seals, stuffing, scan and weights."""

from datetime import date

import pytest

from kyc.redflags.indicators.load import Elsewhere, Load
from tests.kyc.indicators.made import bill, box, lacks, load, seal, sentences

KG = 1_000_000
CLONE = Elsewhere(
    key="CU558120", number="CU 558120", container="MDOU5520139", case="KE-MSA-2024-0002"
)
TOLD = Elsewhere(key="CU558120", number="CU 558120", told="KE-NBO-2023-0009")
HERE = Elsewhere(key="CU558120", number="CU 558120", container="MDOU5520139", pk=99)


@pytest.mark.parametrize(
    ("code", "subject", "found"),
    [
        ("C1", load(seals=(seal(),), elsewhere=(CLONE,)), ["seal_elsewhere"]),
        ("C1", load(seals=(seal(),), elsewhere=(TOLD,)), ["seal_shared"]),
        ("C1", load(seals=(seal(),), elsewhere=(HERE,)), ["seal_in_case"]),
        ("C1", load(seals=(seal(), seal(container="MDOU5520139", pk=61))), ["seal_twice"]),
        ("C2", load(is_stuffing_supervised=False), ["unsupervised"]),
        ("C2", load(is_stuffing_supervised=False, stuffing_place="Yard"), ["unsupervised_at"]),
        (
            "C3",
            load(seals=(seal(stage="gate_in"), seal("CU9", stage="discharge", pk=61))),
            ["seal_changed"],
        ),
        ("C3", load(seals=(seal(stage="scan", is_intact=False),)), ["seal_broken"]),
        ("C5", load(boxes=(box("MDOU4182075"),)), ["check_digit"]),
        ("C6", load(boxes=(box(is_shipper_owned=True),)), ["shipper_owned"]),
        ("C7", load(stuffing_kind="cfs", stuffing_word="Freight station"), ["stuffed_at_kind"]),
        ("C7", load(stuffing_kind="cfs", stuffing_place="Miritini"), ["stuffed_at_place"]),
        ("C9", load(is_scanned=False), ["not_scanned"]),
        ("C11", load(declared_mg=21_760 * KG, weighbridge_mg=23_510 * KG), ["weights_apart"]),
        ("C11", load(bills=(bill(gross_mg=20 * KG),), vgm_mg=30 * KG), ["weights_apart"]),
    ],
)
def test_it_is_raised(code: str, subject: Load, found: list[str]) -> None:
    assert sentences(code, subject) == found


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("C1", load(seals=(seal(), seal(pk=61, stage="scan")))),
        ("C2", load(is_stuffing_supervised=True)),
        ("C3", load(seals=(seal(stage="gate_in"), seal(stage="loading", pk=61)))),
        ("C5", load(boxes=(box(),))),
        ("C6", load(boxes=(box(is_shipper_owned=False),))),
        ("C7", load(stuffing_kind="shipper")),
        ("C9", load(is_scanned=True)),
        ("C11", load(declared_mg=21_760 * KG, weighbridge_mg=22_000 * KG)),
        ("C11", load(declared_mg=21_760 * KG, vgm_mg=24_060 * KG, tare_mg=2_300 * KG)),
    ],
)
def test_it_is_not_raised(code: str, subject: Load) -> None:
    assert (sentences(code, subject), lacks(code, subject)) == ([], [])


@pytest.mark.parametrize(
    ("code", "subject", "missing"),
    [
        ("C1", load(), "seals"),
        ("C2", load(), "stuffing_supervised"),
        ("C3", load(seals=(seal(stage="gate_in"),)), "two_readings"),
        ("C5", load(), "containers"),
        ("C6", load(boxes=(box(),)), "shipper_owned"),
        ("C7", load(), "stuffing_kind"),
        ("C9", load(), "scanned"),
        ("C11", load(declared_mg=1), "two_weights"),
    ],
)
def test_it_cannot_be_judged(code: str, subject: Load, missing: str) -> None:
    assert lacks(code, subject) == [missing]


def test_a_seal_cut_at_the_opening_is_no_flag() -> None:
    opened = seal(stage="opening", is_intact=False, on=date(2024, 3, 14), pk=61)
    assert sentences("C3", load(seals=(seal(stage="gate_in"), opened))) == []

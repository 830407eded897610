"""What the matcher must reach on real labelled pairs, where these are at hand."""

import os
from pathlib import Path

import pytest

from bench import matching as bench
from kyc.naming import matching

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("CASEWORK_TEST_DATA", ROOT.parent / "shared/data")) / "kyc"
RECOGNISED = {
    "arabic": 0.7, "chinese": 0.6, "hebrew": 0.8, "japanese": 0.7, "korean": 0.6, "russian": 0.85,
}  # fmt: skip


def pairs(name: str) -> list[bench.Pair]:
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not in {DATA}")
    return bench.read(DATA / name)


def test_labelled_pairs() -> None:
    rows = bench.measure(pairs("name_pairs_dev_90.csv"), "names", matching.names)
    found = {str(row["name"]): float(str(row["value"])) for row in rows}
    f1 = [value for name, value in found.items() if name.endswith(": F1")]
    assert len(f1) == 2  # at the default threshold, and at the best one
    assert min(f1) >= 0.9
    assert found["names, precision at recall 0.835"] >= 0.9


@pytest.mark.parametrize("language", RECOGNISED)
def test_two_scripts(language: str) -> None:
    found = [pair for pair in pairs("translit_dev_1800.tsv") if pair.group == language]
    right, shuffled = (row["value"] for row in bench.by_language(found))
    assert float(str(right)) >= RECOGNISED[language]
    assert float(str(shuffled)) <= 0.02

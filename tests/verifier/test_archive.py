"""Zips made to hurt: each is refused before anything is believed or filled with bytes."""

import warnings
import zipfile
from pathlib import Path

import pytest

from casework.ledger.format import Mismatch
from evidence.verifier.archive import Archive
from evidence.verifier.cli import BROKEN

REFUSED = (Mismatch, zipfile.BadZipFile, *BROKEN)


def zip_of(path: Path, names: list[str], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns about the duplicate that the test is about
        for name in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, b"0" * 1000)
    return path


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["bag/a", "bag/a"],
        ["bag/../a"],
        ["bag/a/../../b"],
        ["/bag/a"],
        ["bag/a", "other/b"],
        ["a"],
        ["bag/.hidden"],
        ["bag/a b"],
        ["bag/é"],
        ["bag/a\\b"],
        ["bag/"],
        ["bag//a"],
        ["bag/a\nb"],
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, names: list[str]) -> None:
    with pytest.raises(Mismatch):
        assert Archive(zip_of(tmp_path / "bad.zip", names)).read("signer.vkey")


def test_packed_bytes_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Mismatch, match="no more than the zip itself"):
        Archive(zip_of(tmp_path / "bomb.zip", ["bag/a"], zipfile.ZIP_DEFLATED))


def test_bytes_before_between_and_after_are_refused(tmp_path: Path) -> None:
    data = zip_of(tmp_path / "plain.zip", ["bag/a"]).read_bytes()
    for spoilt in (b"hidden" + data, data + b"hidden", data[:-2] + b"\x06\x00hidden"):
        path = tmp_path / "spoilt.zip"
        path.write_bytes(spoilt)
        with pytest.raises(REFUSED):
            Archive(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"%PDF-1.7"])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(data)
    with pytest.raises(REFUSED):
        Archive(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Archive(tmp_path / "absent.zip")

"""Zips made to hurt: each is refused before anything is believed or filled with bytes."""

import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.ledger.format import Mismatch
from evidence.verifier.archive import Archive
from evidence.verifier.cli import BROKEN

REFUSED = (Mismatch, OSError, EOFError, zipfile.BadZipFile, *BROKEN)  # what cli.py answers


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
    with pytest.raises(Mismatch, match="stored plainly"):
        Archive(zip_of(tmp_path / "bomb.zip", ["bag/a"], zipfile.ZIP_DEFLATED))


@pytest.mark.parametrize("method", [8, 12, 14, 93, 99])
def test_a_stored_file_that_says_it_is_packed_is_refused(tmp_path: Path, method: int) -> None:
    path = zip_of(tmp_path / "plain.zip", ["bag/a"])
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 10] = method
    path.write_bytes(data)
    with pytest.raises(REFUSED):
        Archive(path)


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


def test_archives_with_zip64_records_are_compared_too(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As those from 2 GiB on have them; the limit is lowered so that the test stays small."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 500)
    data = write().read_bytes()
    assert b"PK\x06\x06" in data
    Archive(tmp_path / "bundle.zip")
    table = data.index(b"PK\x01\x02")
    for place in [*range(60), *range(table, table + 90), *range(len(data) - 98, len(data))]:
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << place % 8
        (tmp_path / "spoilt.zip").write_bytes(spoilt)
        with pytest.raises(REFUSED):
            Archive(tmp_path / "spoilt.zip")

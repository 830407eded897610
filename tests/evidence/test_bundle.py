"""The writer of bundles: the same bytes each time, and nothing that is not what it claims."""

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from evidence.dossier import bundle
from evidence.dossier.bundle import BundleError, BundleFile, BundleInput
from tests.verifier.conftest import NAME, extract, given, good, signer, write

__all__ = ["extract", "given", "good", "signer", "write"]


def test_the_same_input_gives_the_same_bytes(given: BundleInput, tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    digest = bundle.write(given, first)
    bundle.write(replace(given, files=list(reversed(given.files))), second)
    assert first.read_bytes() == second.read_bytes()
    assert digest == hashlib.sha256(first.read_bytes()).hexdigest()


def test_it_is_a_bag_that_other_tools_read(good: Path) -> None:
    with zipfile.ZipFile(good) as archive:
        assert archive.testzip() is None
        listing = archive.read(f"{NAME}/manifest-sha256.txt").decode()
        for line in listing.splitlines():
            digest, path = line.split("  ")
            assert hashlib.sha256(archive.read(f"{NAME}/{path}")).hexdigest() == digest
        info = archive.read(f"{NAME}/bag-info.txt").decode()
    assert "Payload-Oxum: " in info
    assert "Bagging-Date: 2026-03-20\n" in info


def test_a_file_that_changed_on_disk_stops_the_build(given: BundleInput, tmp_path: Path) -> None:
    photo = given.files[1].source
    assert isinstance(photo, Path)
    photo.write_bytes(b"another photograph")
    with pytest.raises(BundleError, match=r"photo\.jpg"):
        bundle.write(given, tmp_path / "out.zip")
    assert not list(tmp_path.glob("out.zip*"))
    photo.unlink()
    with pytest.raises(BundleError, match="cannot be read"):
        bundle.write(given, tmp_path / "out.zip")


@pytest.mark.parametrize("path", ["../a", "a b", "/a", "é.pdf", "a//b", "", "ledger/custody.json"])
def test_paths_that_do_not_travel_are_refused(
    write: Callable[..., Path], given: BundleInput, path: str
) -> None:
    with pytest.raises(BundleError):
        write(files=[*given.files, bundle.from_bytes(path, b"x")])


def test_paths_that_differ_in_case_only_are_refused(
    write: Callable[..., Path], given: BundleInput
) -> None:
    twin = BundleFile("exhibits/e7/PHOTO.jpg", b"x", "00")
    with pytest.raises(BundleError, match="two files"):
        write(files=[*given.files, twin])


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo 1.jpg", "photo-1.jpg"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u202egpj.exe", "gpj.exe"),
        ("象牙.jpg", "jpg"),
        ("...", "unnamed"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_file_names_become_segments(name: str, safe: str) -> None:
    assert bundle.safe_segment(name) == safe
    assert bundle.SEGMENT.fullmatch(bundle.safe_segment(name))


def test_the_bag_is_valid_for_the_program_of_a_library(good: Path, tmp_path: Path) -> None:
    """bagit, which others wrote, checks each digest and the number of bytes (RFC 8493)."""
    with zipfile.ZipFile(good) as archive:
        archive.extractall(tmp_path / "unpacked")
    bag = bagit.Bag(str(tmp_path / "unpacked" / NAME))
    bag.validate()
    assert bag.info["External-Identifier"] == NAME
    photo = tmp_path / "unpacked" / NAME / "data/exhibits/E7/photo.jpg"
    photo.write_bytes(b"another")
    with pytest.raises(bagit.BagValidationError):
        bag.validate()

"""An annex volume claims PDF/A only where veraPDF is named and lets it pass."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pytest_django import Settings

from evidence.dossier import annex
from evidence.dossier.pages import Volume
from evidence.issuing import archival
from tests.evidence import foreign_papers as papers
from tests.evidence import verapdf
from tests.evidence.dossier_snapshot import photograph
from tests.evidence.foreign_papers import RUNNING, Desk


@pytest.fixture
def desk(tmp_path: Path, faces: None) -> Desk:
    return Desk(tmp_path)


def merged(desk: Desk) -> Volume:
    (volume,) = annex.write(desk.prepared(), 413, RUNNING, desk.folder)
    return archival.claimed(volume)


def test_a_photograph_passes_and_claims_it(desk: Desk, settings: Settings) -> None:
    settings.VERAPDF = verapdf.command()
    desk.put(photograph("Scan"), "image/jpeg", name="scan.jpg")
    volume = merged(desk)
    assert volume.claims_archival
    assert verapdf.broken_rules([volume.path]) == {volume.path: []}


def test_a_letter_without_its_face_claims_nothing(desk: Desk, settings: Settings) -> None:
    settings.VERAPDF = verapdf.command()
    desk.put(papers.data(papers.simple(1)))
    volume = merged(desk)
    assert not volume.claims_archival
    with pikepdf.open(volume.path) as pdf:
        assert "/Metadata" not in pdf.Root


@pytest.mark.parametrize("command", ["", "/nowhere/verapdf", "false"])
def test_without_a_checker_that_answers_nothing_is_claimed(
    desk: Desk, settings: Settings, command: str
) -> None:
    settings.VERAPDF = command
    desk.put(photograph("Scan"), "image/jpeg", name="scan.jpg")
    volume = merged(desk)
    assert volume == replace(volume, claims_archival=False)
    assert [path.suffix for path in desk.folder.glob("annex-*")] == [".pdf"]


def test_a_claim_is_the_same_bytes_again(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VERAPDF = "true"
    monkeypatch.setattr(archival, "_passes", lambda path: True)
    desk.put(photograph("Scan"), "image/jpeg", name="scan.jpg")
    assert merged(desk).path.read_bytes() == merged(desk).path.read_bytes()

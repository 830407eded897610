"""The system checks of witnesses, watched ledgers, former keys and the time-stamp authority."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.checks import run_checks
from pytest_django import Settings

from casework.ledger import signing
from tests.evidence.ledgers import witnessed_by
from tests.evidence.stamp_authority import Authority, authority

__all__ = ["authority"]
KEY = signing.Signer("watch.example/1", Ed25519PrivateKey.generate())


def found() -> set[str]:
    return {str(message.id) for message in run_checks(tags=["casework"])}


@pytest.mark.parametrize("setting", ["WITNESSES", "WATCHED_LOGS", "FORMER_KEYS"])
def test_a_key_file_of_nonsense_is_an_error(
    settings: Settings, tmp_path: Path, setting: str
) -> None:
    path = tmp_path / "keys.txt"
    path.write_text("nonsense\n")
    setattr(settings, setting, str(path))
    assert "evidence.E003" in found()


def test_a_file_that_is_not_there_is_an_error_but_for_former_keys(
    settings: Settings, tmp_path: Path
) -> None:
    settings.FORMER_KEYS = str(tmp_path / "absent.txt")
    assert "evidence.E003" not in found()
    settings.WITNESSES = str(tmp_path / "absent.txt")
    assert "evidence.E003" in found()


def test_an_address_without_tls_is_an_error(settings: Settings, tmp_path: Path) -> None:
    witnessed_by(settings, tmp_path, KEY.witness_key, "http://watch.example/witness")
    assert "evidence.E004" in found()
    witnessed_by(settings, tmp_path, KEY.witness_key, "https://watch.example/witness")
    assert not {"evidence.E003", "evidence.E004"} & found()


def test_a_witness_key_is_a_key_with_a_name_of_its_own(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    signing.create_key(path, "x")
    settings.WITNESS_KEY_FILE = str(path)
    assert not {"evidence.E006", "evidence.E007"} & found()
    settings.SIGNING_KEY_FILE = str(path)
    assert "evidence.E007" in found()
    settings.WITNESS_NAME = "a name with spaces"
    assert "evidence.E006" in found()
    path.write_text("nonsense")
    assert "evidence.E006" in found()


def test_an_authority_needs_its_certificates(settings: Settings, tmp_path: Path) -> None:
    settings.TIMESTAMP_URL = "https://stamps.example/"
    assert "evidence.W004" in found()
    settings.TIMESTAMP_CERTIFICATES = str(tmp_path / "absent.pem")
    assert "evidence.E005" in found()


def test_a_true_authority_is_silent(authority: Authority) -> None:
    assert not {"evidence.W004", "evidence.E005"} & found()

"""Settings that would be unsafe, or could not work, are named before anybody is harmed."""

import zoneinfo
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

PUBLIC = "https://casework.example.org"


def ids() -> set[str]:
    found = run_checks(tags=["casework"])
    assert all(message.hint for message in found)
    return {str(message.id) for message in found if str(message.id).startswith("casework.")}


@pytest.fixture(autouse=True)
def _a_sound_installation(settings: Settings) -> None:
    settings.PUBLIC_URL, settings.IS_HTTPS, settings.DEBUG = PUBLIC, True, False
    settings.ALLOWED_HOSTS = ["casework.example.org"]
    settings.LEDGER_ORIGIN = "casework.example.org/ledger"


def test_a_sound_installation_is_left_in_peace() -> None:
    assert ids() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PUBLIC_URL", "casework", "casework.E001"),
        ("IS_HTTPS", False, "casework.E002"),
        ("IS_DEMONSTRATION", True, "casework.E003"),
        ("DEBUG", True, "casework.E004"),
        ("ALLOWED_HOSTS", ["127.0.0.1"], "casework.E005"),
        ("LEDGER_ORIGIN", "casework.invalid/ledger", "casework.W001"),
    ],
)
def test_each_mistake_is_named(settings: Settings, name: str, value: object, expected: str) -> None:
    setattr(settings, name, value)
    assert ids() == {expected}


def test_a_zone_that_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: {"Europe/Vienna"})
    assert ids() == {"casework.E007"}


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:80"]
)
def test_on_one_machine_plain_http_and_the_demonstration_are_fine(
    settings: Settings, address: str
) -> None:
    settings.PUBLIC_URL, settings.IS_HTTPS = address, False
    settings.IS_DEMONSTRATION = settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    assert ids() == set()


def test_a_folder_that_cannot_be_made_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.FILES_DIR = tmp_path / "file" / "files"
    assert ids() == {"casework.E006"}


def test_a_key_that_others_may_read_is_named(settings: Settings, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("key")
    settings.SIGNING_KEY_FILE = str(key)
    key.chmod(0o640)
    assert ids() == {"casework.W002"}
    key.chmod(0o600)
    assert ids() == set()

"""The certificates that the demonstration signs with."""

from pathlib import Path

import pytest
from pytest_django import Settings

from casework import clock
from casework.demonstration import PASSWORD
from casework.models import User
from evidence.signing import doubts
from evidence.signing.credentials import CertificateRefused, open_file
from search.demo import certificates

NAMES = {"investigator": "Amina Wekesa", "prosecutor": "Grace Odera"}


def test_they_are_made_once_and_open_with_the_password_of_the_logins(tmp_path: Path) -> None:
    made = certificates.write(tmp_path / "keys", NAMES, PASSWORD)
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert certificates.write(tmp_path / "keys", NAMES, PASSWORD) == made
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == before
    for login, path in made.items():
        opened = open_file(path.read_bytes(), PASSWORD, at=clock.now())
        assert opened.name == NAMES[login]
        assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(CertificateRefused):
        open_file(made["investigator"].read_bytes(), "another", at=clock.now())


def test_nothing_is_doubted_where_their_root_is_known(settings: Settings, tmp_path: Path) -> None:
    made = certificates.write(tmp_path, NAMES, PASSWORD)
    settings.TRUST_ROOTS = str(tmp_path / certificates.ROOT)
    opened = open_file(made["investigator"].read_bytes(), PASSWORD, at=clock.now())
    assert doubts.of(opened, User(name="Amina Wekesa")) == []
    assert len(doubts.of(opened, User(name="Grace Odera"))) == 1


@pytest.mark.parametrize(
    ("certified", "name", "is_same"),
    [
        ("WEKESA Amina", "Amina Wekesa", True),
        ("Sgt Amina N. Wekesa", "Amina Wekesa", True),
        ("Nguyen Duc Thang", "Nguyễn Đức Thắng", False),  # Đ is a letter of its own
        ("Nguyễn Duc", "Nguyen Duc", True),
        ("Amina Barasa", "Amina Wekesa", False),
        ("", "Amina Wekesa", False),
        ("محمد عبد الرحمن", "محمد عبد الرحمن", True),
    ],
)
def test_names_are_the_same_in_any_order(certified: str, name: str, is_same: bool) -> None:
    assert doubts.is_name_of(certified, name) is is_same

"""The first administrator comes from the machine itself."""

import io

import pytest
from django.core.management import CommandError, call_command

from casework import access, roles
from casework.models import Agency, Unit, User

GOOD = "lantern-river-9"


def create(monkeypatch: pytest.MonkeyPatch, *args: str, password: str = GOOD) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("create_person", *args, "--password-stdin", stdout=io.StringIO())


def test_the_first_administrator_looks_after_everybody(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(monkeypatch, "root", "--name", "Faith Naliaka")
    person = User.objects.get()
    assert access.holds(person, roles.MANAGE_PEOPLE)
    assert person.check_password("lantern-river-9")
    assert person.agency is None


def test_others_get_their_agency_and_unit(
    wildlife: Agency, port_unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(
        monkeypatch, "juma", "--name", "Juma", "--position", "investigator",
        "--agency", "WS", "--unit", "MSA",
    )  # fmt: skip
    assert User.objects.get().unit == port_unit


@pytest.mark.parametrize(
    ("more", "password", "says"),
    [
        (["--agency", "NO"], "lantern-river-9", "No agency has the code NO"),
        (["--agency", "WS", "--unit", "NO"], "lantern-river-9", "has no unit NO"),
        ([], "short", "too short"),
    ],
)
def test_a_mistake_creates_nobody(
    wildlife: Agency, monkeypatch: pytest.MonkeyPatch, more: list[str], password: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        create(monkeypatch, "root", "--name", "Faith", *more, password=password)
    assert not User.objects.exists()

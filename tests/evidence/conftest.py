"""What the tests of dossiers and of the ledger need: faces cut once, a key, some chains."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from casework import people
from casework.models import Case, Code, User
from evidence import custody, exhibits
from evidence.dossier import fonts
from evidence.exhibits import Thing
from evidence.models import Exhibit
from tests.conftest import PASSWORD
from tests.evidence import dossier_case
from tests.evidence.broken_ledgers import sequence


@pytest.fixture(scope="session")
def faces(request: pytest.FixtureRequest) -> None:
    """Cutting the faces takes seconds: kept between the runs."""
    cache = request.config.cache
    assert cache is not None
    fonts.register(Path(cache.mkdir("faces")))


@pytest.fixture
def ledger_key(settings: Settings, tmp_path: Path) -> Path:
    """A signing key; the path of its public half."""
    path = tmp_path / "ledger.pem"
    settings.SIGNING_KEY_FILE, settings.LEDGER_ORIGIN = str(path), "casework.example/test"
    call_command("create_signing_key", stdout=StringIO())
    return path.with_suffix(".vkey")


@pytest.fixture
def told_case(
    faces: None, ledger_key: Path, case: Case, investigator: User, custodian: User, prosecutor: User
) -> Case:
    """A case told through the real operations, as far as its trial."""
    dossier_case.tell(case, investigator, custodian, prosecutor)
    case.refresh_from_db()
    return case


@pytest.fixture
def key_file(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "signing.pem"
    settings.SIGNING_KEY_FILE, settings.LEDGER_ORIGIN = str(path), "casework.example/test"
    call_command("create_signing_key", stdout=StringIO())
    return path


@pytest.fixture
def make(case: Case, investigator: User) -> Callable[[], Exhibit]:
    kind = Code.objects.filter(kind="exhibit_kind").first()
    assert kind
    thing = Thing(kind=kind, description="Tusks", count=41, seal_number="KWS 000318")
    return lambda: exhibits.register(case, thing, actor=investigator)


@pytest.fixture
def ledger(
    key_file: Path,
    make: Callable[[], Exhibit],
    investigator: User,
    custodian: User,
) -> list[Exhibit]:
    """Two exhibits with eight events, all sequenced with what the audit says, under some heads."""
    made = [make(), make()]
    sequence()
    for exhibit in made:
        custody.examine(exhibit, actor=investigator, note="Counted", place="Quay 11")
        offer = custody.offer(exhibit, to=custodian, actor=investigator)
        sequence()
        custody.acknowledge(offer, actor=custodian, seal_number="KWS 000318")
        sequence()
    return made


@pytest.fixture
def witness_file(ledger: list[Exhibit], settings: Settings, tmp_path: Path) -> Path:
    """The heads as a witness has kept them until now."""
    path = tmp_path / "witness.txt"
    path.write_bytes(Path(settings.HEADS_FILE).read_bytes())
    return path


@pytest.fixture
def keeper(db: None) -> User:
    """Who keeps the reference tables and the templates of dossiers; opens no case."""
    return people.create_person(
        username="keeper", password=PASSWORD, name="Rehema Said", position="administrator",
        agency=None, actor=None,
    )  # fmt: skip

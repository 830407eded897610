"""What the tests of dossiers need: faces that are cut once, and a key for the ledger."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from casework.models import Case, User
from evidence.dossier import fonts
from tests.evidence import dossier_case


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

"""A built dossier that two people sign, and certificates to sign it with."""

from pathlib import Path

import pytest

from casework import access, clock
from casework.models import Case, User
from evidence.issuing import dossiers
from evidence.models import Dossier
from evidence.signing import turns
from evidence.signing.credentials import Credentials, open_file
from search.demo import certificates
from search.demo.certificates import Made
from tests.evidence import scenes

PASSPHRASE = "a-passphrase-that-nobody-keeps"
INVESTIGATES, PROSECUTES = "Investigating officer", "Prosecutor"


@pytest.fixture
def root() -> Made:
    return certificates.root()


@pytest.fixture
def small_case(
    faces: None, ledger_key: Path, case: Case, investigator: User, prosecutor: User
) -> Case:
    """One exhibit, and a prosecutor: enough to be signed."""
    scenes.exhibit(case, investigator)
    access.grant(case, role="prosecutor", to=prosecutor, actor=investigator, reason="To prosecute")
    return case


@pytest.fixture
def built(small_case: Case, investigator: User, prosecutor: User) -> Dossier:
    """To be signed by the investigator, then by the prosecutor."""
    return build(small_case, (investigator, INVESTIGATES), (prosecutor, PROSECUTES))


def build(case: Case, *signers: tuple[User, str]) -> Dossier:
    dossier = dossiers.request(case, actor=signers[-1][0], signers=signers)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.failure == ""
    return dossier


def credentials(name: str, by: Made | None = None) -> Credentials:
    made = certificates.make(name, by)
    chain = [by.certificate] if by else []
    return open_file(made.packed(PASSPHRASE, *chain), PASSPHRASE, at=clock.now())


def sign_one(dossier: Dossier, by: Made) -> bool:
    """The next one signs; False where nobody is left."""
    row = turns.next_of(dossier)
    if row is not None:
        turns.sign(dossier, credentials(row.signer.name, by), actor=row.signer)
    return row is not None


def sign_all(dossier: Dossier, by: Made) -> None:
    while sign_one(dossier, by):
        pass
    dossier.refresh_from_db()

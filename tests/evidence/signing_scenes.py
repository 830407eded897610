"""A built dossier that two people sign, and certificates to sign it with."""

from casework import clock
from casework.models import Case, User
from evidence.issuing import dossiers
from evidence.models import Dossier
from evidence.signing import turns
from evidence.signing.credentials import Credentials, open_file
from search.demo import certificates
from search.demo.certificates import Made

PASSPHRASE = "a-passphrase-that-nobody-keeps"
INVESTIGATES, PROSECUTES = "Investigating officer", "Prosecutor"


def built(case: Case, *signers: tuple[User, str]) -> Dossier:
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

"""A change of the signing key: old heads verify by the old key, and dossiers go on."""

from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from pytest_django import Settings

from casework.ledger import checkpoint, signing
from casework.ledger.format import Mismatch
from casework.models import Case, User
from evidence import custody, custody_check, sequencer
from evidence.dossier import bundle
from evidence.models import Exhibit, SignedHead
from evidence.tree import trusted_keys
from evidence.verifier.check import verify
from tests.evidence.ledgers import head, register, sequence, signed

__all__ = ["head", "signed"]


@pytest.fixture
def former(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "former-keys.txt"
    settings.FORMER_KEYS = str(path)
    return path


@pytest.fixture
def changed(head: SignedHead, former: Path, signed: signing.Signer) -> signing.Signer:
    """The new key, after the change as operations.md tells it."""
    call_command("retire_signing_key", stdout=StringIO())
    call_command("create_signing_key", stdout=StringIO())
    assert sequencer.signer().key != signed.key
    return sequencer.signer()


def test_heads_of_both_keys_verify(
    changed: signing.Signer, case: Case, investigator: User, head: SignedHead
) -> None:
    assert custody_check.check().is_signer_checked
    register(case, investigator)
    newest = sequence()
    assert newest.tree_size > head.tree_size
    assert custody_check.check().heads == SignedHead.objects.count()


def test_without_the_former_key_old_heads_do_not_verify(
    changed: signing.Signer, settings: Settings
) -> None:
    settings.FORMER_KEYS = ""
    with pytest.raises(Mismatch, match="signer"):
        custody_check.check()


def test_a_former_key_signs_nothing_after_its_last_head(
    changed: signing.Signer, signed: signing.Signer, case: Case, investigator: User
) -> None:
    register(case, investigator)
    newest = sequence()
    keys = trusted_keys.own(changed.key)
    forged = signed.sign(newest.note.partition("\n\n")[0] + "\n")
    with pytest.raises(Mismatch, match="signer"):
        keys.open(forged)
    assert keys.open(newest.note).size == newest.tree_size


def test_a_dossier_across_the_change_needs_one_key(
    head: SignedHead, changed: signing.Signer, case: Case, investigator: User, tmp_path: Path
) -> None:
    register(case, investigator)
    exhibits = list(Exhibit.objects.all())
    extract = custody.extract(exhibits, since=head)
    path = tmp_path / "D2.zip"
    made = bundle.BundleInput(
        name="D2",
        case_reference=case.reference,
        organisation="Wildlife Service",
        issued_at=case.created_at,
        files=[],
        ledger=extract,
        signer=changed,
    )
    bundle.write(made, path)
    told = verify(path, changed.key, kept=head.note)
    assert f"it continues the head of {head.tree_size} records, of the last dossier" in told
    assert "it continues the checkpoint that you gave" in told


def test_a_head_that_the_former_key_did_not_sign_is_not_signed_anew(
    changed: signing.Signer, signed: signing.Signer
) -> None:
    stranger = signing.Signer(signed.name, Ed25519PrivateKey.generate())
    forged = stranger.sign(str(checkpoint.Head(signed.name, 1, bytes(32))))
    with pytest.raises(Mismatch, match="signer"):
        trusted_keys.countersigned(forged, changed)


def test_a_key_is_retired_once_and_kept(
    changed: signing.Signer, former: Path, settings: Settings, signed: signing.Signer
) -> None:
    assert former.read_text().startswith(str(signed.key))
    assert Path(f"{settings.SIGNING_KEY_FILE}.retired").exists()
    settings.FORMER_KEYS = ""
    with pytest.raises(CommandError, match="CASEWORK_FORMER_KEYS"):
        call_command("retire_signing_key")


def test_a_former_key_without_its_size_is_refused(
    former: Path, signed: signing.Signer, settings: Settings
) -> None:
    former.write_text(f"{signed.key}\n")
    with pytest.raises(trusted_keys.BadKeyFile, match="size"):
        trusted_keys.former()

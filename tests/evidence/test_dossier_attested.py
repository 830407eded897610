"""A dossier whose head was cosigned and stamped: both are in its bundle, and can be checked."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as used
from pytest_django import Settings

from casework.ledger import checkpoint, signing
from casework.models import Case, User
from evidence.issuing import dossiers
from evidence.models import Dossier
from evidence.tree import outgoing
from evidence.tree.outgoing import NoAnswer
from evidence.verifier import cli
from tests.evidence.ledgers import (
    register,
    sequence,
    signed,
    through_the_client,
    trust,
    watching,
    witnessed_by,
)
from tests.evidence.stamp_authority import Authority, authority

__all__ = ["authority", "signed", "through_the_client", "watching"]


@pytest.fixture
def recorded(signed: signing.Signer, case: Case, investigator: User) -> Case:
    register(case, investigator)
    sequence()
    return case


def build(case: Case, actor: User) -> Path:
    asked = dossiers.request(case, addressed_to="Court", actor=actor)
    dossiers.build(asked)
    issued = Dossier.objects.get(pk=asked.pk)
    assert issued.state == Dossier.State.ISSUED, issued.failure
    return Path(used.DOSSIERS_DIR) / issued.bundle_path


def test_the_witness_is_in_the_bundle(
    recorded: Case,
    prosecutor: User,
    signed: signing.Signer,
    watching: signing.Signer,
    through_the_client: None,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    trust(settings, tmp_path, signed.key)
    witnessed_by(settings, tmp_path, watching.witness_key, "https://watch.example/witness")
    path = build(recorded, prosecutor)
    (tmp_path / "w.key").write_text(str(watching.witness_key))
    (tmp_path / "us.key").write_text(str(signed.key))
    trusted = ["--key", str(tmp_path / "us.key")]
    assert cli.main([str(path), *trusted, "--witness", str(tmp_path / "w.key")]) == 0
    out = capsys.readouterr().out
    assert f"{watching.name} witnessed the head in data/ledger/checkpoint.note at 20" in out
    stranger = checkpoint.Key("nobody.example/1", watching.witness_key.public, checkpoint.WITNESS)
    (tmp_path / "w.key").write_text(str(stranger))
    assert cli.main([str(path), *trusted, "--witness", str(tmp_path / "w.key")]) == 1
    assert "a cosignature of nobody.example/1" in capsys.readouterr().out


def test_the_stamp_is_in_the_bundle_and_openssl_finds_it_good(
    recorded: Case, prosecutor: User, authority: Authority, tmp_path: Path
) -> None:
    """With the words of the README in the bundle."""
    with zipfile.ZipFile(build(recorded, prosecutor)) as archive:
        archive.extractall(tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    readme = (folder / "README.txt").read_text()
    lines = [line.strip() for line in readme.splitlines()]
    (first,) = [line for line in lines if line.startswith("head -n 5")]
    (second,) = [line for line in lines if line.startswith("openssl ts")]
    command = f"{first} && {second}".replace("CERTIFICATE.pem", str(authority.certificates))
    result = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Verification: OK" in result.stdout + result.stderr


def test_a_dossier_waits_for_nobody(
    recorded: Case,
    prosecutor: User,
    watching: signing.Signer,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*args: object) -> None:
        raise NoAnswer("away")

    monkeypatch.setattr(outgoing, "post", away)
    witnessed_by(settings, tmp_path, watching.witness_key, "https://watch.example/witness")
    assert cli.main([str(build(recorded, prosecutor))]) == 0

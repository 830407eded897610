"""`export_dossier`: the dossier in a folder, or exit 2 with the same words for all who may not."""

import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casework.models import AuditEntry, Case, User
from evidence.models import Dossier, Exhibit
from evidence.verifier import cli


def export(case: str, username: str, out: Path, *more: str) -> str:
    said = StringIO()
    call_command("export_dossier", case, "--as", username, "--out", str(out), *more, stdout=said)
    return said.getvalue()


def test_it_copies_a_dossier_that_verifies(
    told_case: Case, prosecutor: User, ledger_key: Path, tmp_path: Path
) -> None:
    said = export(told_case.reference, "prosecutor", tmp_path / "out", "--for", "High Court")
    pdf, bundle = [Path(line) for line in said.splitlines()]
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert cli.main([str(bundle), "--key", str(ledger_key)]) == 0
    assert AuditEntry.objects.filter(action="dossier.download").count() == 2


@pytest.mark.parametrize(
    ("reference", "username"),
    [("", "outsider"), ("", "custodian"), ("", "nobody"), ("XX-1", "prosecutor")],
)
def test_whoever_may_not_hears_the_same(
    case: Case, outsider: User, reference: str, username: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="no such case that this person") as refused:
        export(reference or case.reference, username, tmp_path)
    assert refused.value.returncode == 2
    assert not case.dossiers.exists()


def test_a_disclosure_leaves_out_what_is_sensitive(
    told_case: Case, prosecutor: User, ledger_key: Path, tmp_path: Path
) -> None:
    Exhibit.objects.filter(case=told_case, label="E2").update(is_restricted=True)
    said = export(told_case.reference, "prosecutor", tmp_path / "out", "--disclosure")
    bundle = Path(said.splitlines()[-1])
    assert cli.main([str(bundle), "--key", str(ledger_key)]) == 0
    names = zipfile.ZipFile(bundle).namelist()
    assert not any("/exhibits/E2/" in name for name in names)
    assert any("/exhibits/E1/" in name for name in names)
    made = Dossier.objects.get(case=told_case)
    assert made.is_disclosure
    assert made.items.get(key="exhibit:E2").treatment == "withheld"


@pytest.mark.parametrize("username", ["outsider", "custodian"])
def test_whoever_may_not_hears_the_same_of_a_disclosure(
    case: Case, outsider: User, username: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="no such case that this person") as refused:
        export(case.reference, username, tmp_path, "--disclosure")
    assert refused.value.returncode == 2


def test_a_failure_is_told(case: Case, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="signing key"):
        export(case.reference, "prosecutor", tmp_path)
    with pytest.raises(CommandError, match="200"):
        export(case.reference, "prosecutor", tmp_path, "--for", "x" * 201)

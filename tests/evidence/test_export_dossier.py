"""`export_dossier`: the dossier in a folder, or exit 2 with the same words for all who may not."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casework.models import AuditEntry, Case, User
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


def test_disclosure_comes_later(case: Case, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="later") as refused:
        export(case.reference, "prosecutor", tmp_path, "--disclosure")
    assert refused.value.returncode == 2


def test_a_failure_is_told(case: Case, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="signing key"):
        export(case.reference, "prosecutor", tmp_path)
    with pytest.raises(CommandError, match="200"):
        export(case.reference, "prosecutor", tmp_path, "--for", "x" * 201)

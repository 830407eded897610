"""The command as the court's expert runs it: from a source tree, and as one file."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from casework.ledger.signing import Signer
from evidence.dossier.bundle import LedgerExtract
from evidence.verifier import build, cli

ROOT = Path(__file__).parents[2]


@pytest.fixture
def key_file(tmp_path: Path, signer: Signer) -> Path:
    path = tmp_path / "agency.vkey"
    path.write_text(f"{signer.key}\n")
    return path


def test_with_the_key_it_says_verified(
    good: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(good), "--key", str(key_file)]) == 0
    assert capsys.readouterr().out.endswith("VERIFIED\n")


def test_without_the_key_it_names_the_fingerprint_and_its_limit(
    good: Path, signer: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(good)]) == 0
    out = capsys.readouterr().out
    assert signer.key.fingerprint in out
    assert out.endswith("internally consistent, signer not checked\n")


def test_a_kept_checkpoint(
    good: Path, extract: LedgerExtract, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.note"
    kept.write_text(extract.previous_checkpoint or "")
    assert cli.main([str(good), "--checkpoint", str(kept)]) == 0
    assert "it continues the checkpoint that you gave" in capsys.readouterr().out


def test_the_first_fault_is_named(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = good.read_bytes()
    good.write_bytes(data.replace(b"%PDF-1.7", b"%PDF-1.6"))
    assert cli.main([str(good)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("NOT VERIFIED\n")
    assert "data/dossier/volume-1.pdf" in out


def test_a_file_that_cannot_be_read_is_no_traceback(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(good), "--key", "absent.vkey"]) == 1
    assert "absent.vkey" in capsys.readouterr().out
    assert cli.main(["absent.zip"]) == 1


def test_the_single_file_runs_without_the_source_tree(
    good: Path, key_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "casework-verify.pyz"
    build.build(out)
    command = [sys.executable, str(out), str(good), "--key", str(key_file)]
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(
        command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("VERIFIED\n")


def test_it_needs_the_standard_library_and_cryptography_only() -> None:
    allowed = sys.stdlib_module_names | {"cryptography", "casework", "evidence"}
    for module in build.MODULES:
        for node in ast.walk(ast.parse((ROOT / module).read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= allowed, module
            ours = {n for n in names if n.partition(".")[0] in ("casework", "evidence")}
            assert all(n.startswith(("casework.ledger", "evidence.verifier")) for n in ours)


def test_it_is_small_enough_to_be_read() -> None:
    lines = {module: len((ROOT / module).read_text().splitlines()) for module in build.MODULES}
    assert sum(lines.values()) < 500, lines
    beside = {p.relative_to(ROOT).as_posix() for p in (ROOT / "evidence/verifier").glob("*.py")}
    assert beside - {"evidence/verifier/build.py"} <= {*build.MODULES}

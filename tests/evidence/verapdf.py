"""veraPDF, which says whether a file is PDF/A-2b: see deploy/test_verapdf.sh."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

HOME = "CASEWORK_TEST_VERAPDF"
SCRIPT = Path(__file__).parents[2] / "deploy/test_verapdf.sh"
SECONDS = 300


def command() -> str:
    """As CASEWORK_VERAPDF takes it."""
    return f"java -cp '{_home()}/lib/*' org.verapdf.apps.GreenfieldCliWrapper"


def broken_rules(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """For each file the rules of PDF/A-2b that it breaks."""
    check = [str(SCRIPT), "check", _home(), *map(str, paths)]
    said = subprocess.run(check, capture_output=True, text=True, timeout=SECONDS, check=False)
    found: dict[Path, list[str]] = {}
    current: list[str] = []
    for line in said.stdout.splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            path = Path(line[5:].rsplit(" ", 1)[0])
            current = found[path] = [] if line.startswith("PASS ") else ["FAIL"]
        elif line.startswith("  FAIL "):
            current.append(line.removeprefix("  FAIL "))
    assert set(found) == set(paths), said.stdout + said.stderr
    return found


def _home() -> str:
    home = os.environ.get(HOME, "")
    if home and Path(home, "lib").is_dir():
        return home
    if os.environ.get("CI") == "true":
        pytest.fail(f"{HOME} names no folder with veraPDF")
    pytest.skip(f"{HOME} names no folder with veraPDF (deploy/test_verapdf.sh bring FOLDER)")

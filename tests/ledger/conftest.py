import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The public conformance vectors, which are not part of this repository."""
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("CASEWORK_TEST_DATA", root.parent / "shared" / "data"))
    found = folder / "conformance"
    if not found.is_dir():
        pytest.skip(f"set CASEWORK_TEST_DATA: there is no {found.name} folder in {folder.name}")
    return found

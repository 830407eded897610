"""Builds the verifier as one file: `python -m evidence.verifier.build casework-verify.pyz`."""

import shutil
import sys
import tempfile
import zipapp
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = [
    "casework/__init__.py",
    "casework/ledger/__init__.py",
    "casework/ledger/checkpoint.py",
    "casework/ledger/format.py",
    "casework/ledger/merkle.py",
    "evidence/__init__.py",
    "evidence/verifier/__init__.py",
    "evidence/verifier/archive.py",
    "evidence/verifier/check.py",
    "evidence/verifier/cli.py",
]


def build(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for module in MODULES:
            place = Path(folder, module)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / module, place)
        main = "import sys\nfrom evidence.verifier.cli import main\nsys.exit(main())\n"
        Path(folder, "__main__.py").write_text(main, encoding="utf-8")
        zipapp.create_archive(folder, out, interpreter="/usr/bin/env python3")


if __name__ == "__main__":
    build(Path(sys.argv[1]))

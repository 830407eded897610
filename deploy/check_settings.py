"""What `make test` asks of the settings: no missing migration, no warning in a deployment."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ},
            "CASEWORK_SECRET_KEY": "k" * 30 + "-0123456789-abcdefghij-KLMNOP",
            "CASEWORK_PUBLIC_URL": "https://casework.example.org",
            "CASEWORK_ALLOWED_HOSTS": "casework.example.org",
            "CASEWORK_DATA_DIR": folder,
            "CASEWORK_LEDGER_ORIGIN": "casework.example.org/ledger",
            "CASEWORK_SIGNING_KEY_FILE": f"{folder}/keys/signing-key.pem",
            "CASEWORK_IGNORE_ENV_FILE": "1",
        }
        commands = (
            ["create_signing_key"],
            ["makemigrations", "--check", "--dry-run"],
            ["check", "--deploy", "--fail-level", "WARNING"],
        )
        for command in commands:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=False
            )
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())

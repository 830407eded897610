"""Write `.env` for a first run on this machine, once: a secret of its own and the demonstration on.

An existing `.env` is never touched.
"""

import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TEXT = """\
# Written by `make run` for a first look on this machine. See .env.example for every setting.
CASEWORK_SECRET_KEY={secret}
CASEWORK_SIGNING_KEY_FILE={root}/var/keys/demonstration-signing-key.pem
CASEWORK_TRUST_ROOTS={root}/var/keys/demonstration-root.pem
CASEWORK_DEMONSTRATION=1
"""


def main() -> None:
    target = ROOT / ".env"
    if target.exists():
        return
    target.touch(mode=0o600)
    target.write_text(TEXT.format(secret=secrets.token_urlsafe(50), root=ROOT))


if __name__ == "__main__":
    main()

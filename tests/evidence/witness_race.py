"""Twenty requests at once, each for another size of one ledger: a program of its own.

Every one of them begins from the same size, so only one of them may be cosigned.
"""

import json
import sys

from tests.race import race, start

SIZES = range(6, 26)


def main() -> None:
    start()
    from django.conf import settings

    from casework.ledger import signing
    from evidence.models import WatchedHead
    from evidence.tree import watching
    from tests.evidence.ledgers import OtherLedger

    folder = settings.DATA_DIR
    other = OtherLedger(leaves=30)
    (folder / "logs.txt").write_text(f"{other.signer.key}\n")
    settings.WATCHED_LOGS = str(folder / "logs.txt")
    settings.WITNESS_KEY_FILE = str(folder / "witness.pem")
    signing.create_key(folder / "witness.pem", settings.WITNESS_NAME)
    watching.add_checkpoint(other.ask(0, 5))
    waiting = [other.ask(5, size) for size in SIZES]

    def ask() -> None:
        try:
            watching.add_checkpoint(waiting.pop())
        except watching.Refused as refused:
            raise conflict(refused.status) from refused

    outcomes = race(ask, hands=len(SIZES))
    sizes = list(WatchedHead.objects.order_by("tree_size").values_list("tree_size", flat=True))
    sys.stdout.write(json.dumps({"outcomes": outcomes, "sizes": sizes}))


def conflict(status: int) -> Exception:
    from casework.errors import DomainError

    error = DomainError()
    error.code = str(status)
    return error


if __name__ == "__main__":
    main()

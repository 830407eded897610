"""`casework-verify BUNDLE`: tells what is proved, exit 0; or names the first fault, exit 1."""

import argparse
import sys
from pathlib import Path
from zipfile import BadZipFile

from casework.ledger.checkpoint import WITNESS, parse_key
from casework.ledger.format import Mismatch
from evidence.verifier.check import verify

# What comes of it where a forger wrote something else than the published form.
BROKEN = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="casework-verify", description=__doc__)
    parser.add_argument("bundle", type=Path, metavar="BUNDLE")
    parser.add_argument("--key", type=Path, help="the signer's public key, compared by you")
    parser.add_argument("--checkpoint", type=Path, help="a signed head that you kept")
    parser.add_argument("--witness", type=Path, action="append", default=[], help="a witness's key")
    given = parser.parse_args(arguments)
    try:
        key = parse_key(given.key.read_text("utf-8")) if given.key else None
        kept = given.checkpoint.read_text("utf-8") if given.checkpoint else None
        witnesses = [parse_key(path.read_text("utf-8"), WITNESS) for path in given.witness]
        lines = verify(given.bundle, key, kept, witnesses)
    except Mismatch as fault:
        lines = [fault.part, f"  expected: {fault.expected}", f"  found:    {fault.computed}"]
    except (OSError, EOFError, BadZipFile, *BROKEN) as fault:
        lines = [f"not a bundle in the published form: {type(fault).__name__}: {fault}"]
    else:
        end = "VERIFIED" if key else "internally consistent, signer not checked"
        sys.stdout.write("\n".join([*lines, end]) + "\n")
        return 0
    sys.stdout.write("\n".join(["NOT VERIFIED", *lines]) + "\n")
    return 1

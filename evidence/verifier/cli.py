"""`casework-verify BUNDLE [--key FILE] [--checkpoint FILE]`: exit 0, or 1 with the first fault."""

import argparse
import sys
from pathlib import Path

from casework.ledger import checkpoint
from casework.ledger.format import FormatError, Mismatch
from evidence.verifier.check import Report, verify

BROKEN = (Mismatch, FormatError, KeyError, TypeError, ValueError, IndexError, AttributeError)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="casework-verify", description=__doc__)
    parser.add_argument("bundle", type=Path, metavar="BUNDLE")
    parser.add_argument("--key", type=Path, help="the signer's public key, compared by you")
    parser.add_argument("--checkpoint", type=Path, help="a signed head that you kept")
    options = parser.parse_args(arguments)
    try:
        key = checkpoint.parse_key(options.key.read_text("utf-8")) if options.key else None
        known = options.checkpoint.read_text("utf-8") if options.checkpoint else None
        report = verify(options.bundle, key, known)
    except OSError as error:
        sys.stdout.write(f"NOT VERIFIED\n{error.filename}: {error.strerror}\n")
        return 1
    except BROKEN as fault:  # whatever a forger wrote into the ledger is a fault of the bundle
        sys.stdout.write(f"NOT VERIFIED\n{_words(fault)}\n")
        return 1
    sys.stdout.write(_summary(report, trusted=key is not None, kept=known is not None))
    return 0


def _words(fault: Exception) -> str:
    if not isinstance(fault, Mismatch):
        return f"data/ledger/custody.json: not in the published form ({fault!r})"
    return f"{fault.part}\n  expected: {fault.expected}\n  found:    {fault.computed}"


def _summary(report: Report, *, trusted: bool, kept: bool) -> str:
    lines = [
        f"{len(report.archive.digests)} files, every byte covered by the signature",
        f"{report.events} custody events of {len(report.labels)} exhibits, each chain unbroken",
        f"each event proved under the head of {report.head.size} events",
        f"{report.withheld} names or texts withheld; all that are disclosed were opened",
        f"signed by {report.key.name}, fingerprint\n  {report.key.fingerprint}",
    ]
    if report.old_head is not None:
        lines.append(f"continues the ledger of {report.old_head.size} events of the last dossier")
    if kept:
        lines.append("continues the checkpoint that you gave")
    lines.append("VERIFIED" if trusted else "internally consistent, signer not checked")
    return "\n".join(lines) + "\n"

"""Re-computes every chain, the audit trail, the tree and the signed heads, and compares.

Finds rows that were edited, deleted, cut off, moved or chained anew, also by somebody who went past
the code and the triggers. The first fault is raised as Mismatch; what a clock did is only flagged.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from casework import triggers
from casework.ledger.format import Mismatch
from casework.ledger.tree import Proofs
from evidence import sequencer
from evidence.ledger_check import clocks, heads, nodes, one, statements, whole
from evidence.ledger_check.heads import Checker
from evidence.ledger_check.whole import Progress
from evidence.models import Exhibit, SignedHead
from evidence.tree import timestamps, trusted_keys, watching, witnesses


@dataclass(frozen=True, kw_only=True)
class Report:
    events: int
    exhibits: int
    pending: int
    heads: int
    unpublished: int  # heads that our heads file has not got yet; the next act writes them
    tree_size: int
    root: str
    is_signer_checked: bool  # without a key here, roots are compared but signatures are not
    audit_entries: int = 0
    pending_entries: int = 0
    cosignatures: int = 0
    warnings: Sequence[str] = ()

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"warnings": list(self.warnings)}


def silent(done: int, of: int) -> None:
    """Progress that nobody watches."""


def check(
    exhibit: Exhibit | None = None, heads_file: Path | None = None, progress: Progress = silent
) -> Report:
    """Check one exhibit or all; `heads_file` is a witness's copy, by default our own file.

    Triggers that are off may be put back: what was changed meanwhile is named before them.
    """
    lost = ", ".join(triggers.missing(connection))
    try:
        report = _one(exhibit, heads_file) if exhibit else _all(heads_file, progress)
    except Mismatch as fault:
        if not lost:
            raise
        found = f"{fault.computed}; triggers are missing, too: {lost}"
        raise Mismatch(fault.part, fault.expected, found) from fault
    if lost:
        raise Mismatch("triggers", "all in place", f"missing: {lost}")
    return report


def _all(heads_file: Path | None, progress: Progress) -> Report:
    published = heads.ours()
    found = whole.check(progress)
    checker = Checker(found.tree, trusted_keys.own(sequencer.public_key()))
    statements.check()
    missing = nodes.check(found.tree)
    count = checker.rows(found.newest_head)
    unpublished = _files(checker, published, heads_file, found.tree)
    cosignatures = witnesses.check(found.tree)
    timestamps.check()
    watching.check()
    told = clocks.warnings(found.clocks) + heads.clock_warnings() + missing
    return Report(
        events=found.events,
        exhibits=found.exhibits,
        pending=found.pending,
        heads=count,
        unpublished=unpublished,
        tree_size=len(found.tree),
        root=found.tree.root().hex(),
        is_signer_checked=sequencer.public_key() is not None,
        audit_entries=found.entries,
        pending_entries=found.pending_entries,
        cosignatures=cosignatures,
        warnings=told,
    )


def _one(exhibit: Exhibit, heads_file: Path | None) -> Report:
    """Without reading the whole tree: proofs under the newest head, and that head."""
    found = one.check(exhibit)
    checker = Checker(found.tree, trusted_keys.own(sequencer.public_key()))
    count = checker.last_row()
    if heads_file is not None:
        checker.file(heads_file, heads.notes_of(heads_file), is_ours=False)
    return Report(
        events=found.events,
        exhibits=1,
        pending=found.pending,
        heads=count,
        unpublished=0,
        tree_size=len(found.tree),
        root=found.tree.root().hex(),
        is_signer_checked=sequencer.public_key() is not None,
    )


def _files(checker: Checker, published: list[str] | None, given: Path | None, tree: Proofs) -> int:
    """How many of our heads our own file has not got yet; with a witness's copy that is read."""
    if given is not None:
        checker.file(given, heads.notes_of(given), is_ours=False)
        return 0
    path = Path(settings.HEADS_FILE)
    if published is None:
        if len(tree):
            raise Mismatch("heads file", f"{path.name} with {len(tree)} records", "no file")
        return 0
    last = checker.file(path, published, is_ours=True)
    return int(SignedHead.objects.filter(tree_size__gt=last, tree_size__lte=len(tree)).count())
